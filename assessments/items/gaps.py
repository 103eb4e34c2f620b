"""A text with gaps, each typed or chosen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.scoring import part_points

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import FileFields, ItemFault, ItemType, Json, explained_from, explained_to, one_of
from .wording import check_forms, rules_from, rules_of, rules_to, typed_form

_MARK = re.compile(r"\[([a-z0-9-]+)\]")


class Gaps(ItemType):
    """What each gap was given: {"gaps": {gap: identifier of a choice, or what was typed}}.

    `structure["gaps"]` lists the gaps in the order of the English text, each with its choices ("gap.choice"); a gap
    without any is typed. In the passage a gap is `[its key]`.
    """

    kind = "gaps"
    label = gettext_lazy("Gaps in a text")
    scoring_rule = "part_by_part"
    asked_template = "assessments/items/gaps.html"
    reviewed_template = "assessments/items/gaps_reviewed.html"
    hint = gettext_lazy("Fill each gap. Each one that fits earns a part.")

    def check(self, structure: Json, key: Json) -> None:
        gaps = structure.get("gaps", [])
        if not gaps:
            raise ItemFault("the text needs at least one gap", field="en")
        for gap in gaps:
            name = gap["key"]
            if gap["choices"] and len(gap["choices"]) < 2:
                raise ItemFault(f"the gap “{name}” needs at least two choices", field="en")
            if gap["choices"] and key["chosen"].get(name) not in gap["choices"]:
                raise ItemFault(f"the answer names one of the choices of the gap “{name}”")
            if not gap["choices"]:
                check_forms(key["accepted"].get(name, []), "en")

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        filled = {}
        for number, gap in enumerate(structure["gaps"], start=1):
            held = posted.parts.get(str(number), "")
            given = one_of(held, _shown(gap, order)) if gap["choices"] else typed_form(held)
            if given:
                filled[gap["key"]] = given
        return {"gaps": filled}

    def fields(self, given: Given) -> dict[str, list[str]]:
        found = {}
        for number, gap in enumerate(given.structure["gaps"], start=1):
            kept = given.kept.get("gaps", {}).get(gap["key"], "")
            shown = _shown(gap, given.order)
            found[str(number)] = [str(shown.index(kept) + 1) if kept in shown else "" if gap["choices"] else kept]
        return found

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        filled = (value or {}).get("gaps", {})
        return part_points([_fits(gap, filled.get(gap["key"], ""), key) for gap in structure["gaps"]])

    def best(self, key: Json, structure: Json) -> Json:
        right = {**{name: forms[0] for name, forms in key["accepted"].items()}, **key["chosen"]}
        return {"gaps": {gap["key"]: right[gap["key"]] for gap in structure["gaps"]}}

    def asked(self, given: Given) -> Shown:
        parts, rest = self._parts(given)
        return Shown(
            prompt=given.texts["prompt"],
            parts=parts,
            passage=rest,
            answer=[f"{number}. {one.given}" for number, one in enumerate(parts, start=1) if one.given],
            hint=str(self.hint),
        )

    def _parts(self, given: Given) -> tuple[list[PartShown], str]:
        """The gaps in the order of this language's text, each with the words before it; and the words after all."""
        gaps = {gap["key"]: (number, gap) for number, gap in enumerate(given.structure["gaps"], start=1)}
        pieces = _MARK.split(given.texts["passage"])
        parts = []
        for words, name in zip(pieces[::2], pieces[1::2], strict=False):
            number, gap = gaps[name]
            kept = given.kept.get("gaps", {}).get(name, "")
            options = [
                ChoiceShown(place, given.texts["choices"][one]["text"], one == kept)
                for place, one in enumerate(_shown(gap, given.order), start=1)
            ]
            parts.append(PartShown(number, words, options, "" if options else kept))
        return parts, pieces[-1]

    def reviewed(self, given: Given, key: Json) -> Shown:
        gaps = dict(enumerate(given.structure["gaps"], start=1))
        asked, rest = self._parts(given)
        parts = [self._explained(one, gaps[one.number], given, key) for one in asked]
        return Shown(prompt=given.texts["prompt"], parts=parts, passage=rest, answer=self.asked(given).answer)

    def _explained(self, one: PartShown, gap: Json, given: Given, key: Json) -> PartShown:
        name, kept = gap["key"], given.kept.get("gaps", {}).get(gap["key"], "")
        is_right = _fits(gap, kept, key)
        if not gap["choices"]:
            typed = given.texts["typed"][name]
            return replace(one, is_right=is_right, answer=typed["accepted"][0], explanation=typed["explanation"])
        fitting, words = key["chosen"][name], given.texts["choices"]
        options = [
            replace(shown, is_answer=choice == fitting, explanation=words[choice]["explanation"])
            for choice, shown in zip(_shown(gap, given.order), one.options, strict=True)
        ]
        return replace(one, options=options, is_right=is_right, answer=words[fitting]["text"])

    def rows(self, given: Given) -> list[tuple[str, str]]:
        words = given.texts["choices"]
        return [
            (f"{gap['key']} {one}", _("Gap %(number)s: %(words)s") % {"number": number, "words": words[one]["text"]})
            for number, gap in enumerate(given.structure["gaps"], start=1)
            for one in _shown(gap, given.order)
        ]

    def picked(self, value: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(f"{gap} {given}" for gap, given in value.get("gaps", {}).items())

    def typed(self, given: Given, key: Json) -> list[tuple[str, str]]:
        filled, words = given.kept.get("gaps", {}), _("Gap %(number)s: %(words)s")
        return [
            (f"{gap['key']} {rules_of(key).folded(form)}", words % {"number": number, "words": form})
            for number, gap in enumerate(given.structure["gaps"], start=1)
            if not gap["choices"] and (form := filled.get(gap["key"], ""))
        ]

    def texts_from(self, inner: FileFields) -> Json:
        texts: Json = {"prompt": inner.text("prompt"), "passage": inner.text("passage"), "choices": {}, "typed": {}}
        gaps = inner.mapping("gaps")
        for name in gaps.names() if gaps else []:
            gap = gaps.mapping(name) if gaps else None
            if gap is None:
                continue
            if gap.has("choices"):
                choices = explained_from(gap.mapping("choices"))
                texts["choices"].update({f"{name}.{key}": one for key, one in choices.items()})
            else:
                texts["typed"][name] = {"accepted": gap.words("accepted"), "explanation": gap.text("explanation")}
            gap.refuse_unknown()
        return texts

    def structure_from(self, fields: FileFields, texts: Json) -> Json:
        choices = list(texts["choices"])
        names = list(dict.fromkeys(_MARK.findall(texts["passage"])))
        gaps = [{"key": name, "choices": [one for one in choices if one.startswith(f"{name}.")]} for name in names]
        return {"choices": choices, "gaps": gaps}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        answer = fields.mapping("answer") if any(gap["choices"] for gap in structure["gaps"]) else None
        chosen = {name: f"{name}.{answer.text(name)}" for name in answer.names()} if answer else {}
        typed = [gap["key"] for gap in structure["gaps"] if not gap["choices"]]
        accepted = {
            name: list(dict.fromkeys(form for one in texts.values() for form in _accepted(one, name))) for name in typed
        }
        return {"chosen": chosen, "accepted": accepted, **rules_from(fields)}

    def check_texts(self, texts: Mapping[str, Json], structure: Json) -> None:
        super().check_texts(texts, structure)
        names = sorted(gap["key"] for gap in structure["gaps"])
        typed = {gap["key"] for gap in structure["gaps"] if not gap["choices"]}
        for code, one in texts.items():
            if sorted(_MARK.findall(one["passage"])) != names:
                raise ItemFault(f"the passage in “{code}” has not each gap once, as [{names[0]}]", field=code)
            if set(one["typed"]) != typed:
                raise ItemFault(f"the gaps under “{code}” are not those of its passage", field=code)

    def key_to(self, key: Json, structure: Json) -> Json:
        chosen = {name: one.partition(".")[2] for name, one in sorted(key["chosen"].items())}
        return {**({"answer": chosen} if chosen else {}), **rules_to(key)}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        gaps: Json = {}
        for gap in structure["gaps"]:
            inside = {one.partition(".")[2]: texts["choices"][one] for one in gap["choices"]}
            gaps[gap["key"]] = dict(texts["typed"].get(gap["key"], {}))
            if inside:
                gaps[gap["key"]] = {"choices": explained_to(inside, list(inside))}
        return {"prompt": texts["prompt"], "passage": texts["passage"], "gaps": gaps}


def _shown(gap: Json, order: Sequence[str]) -> list[str]:
    """A gap's choices in the order shown."""
    return [one for one in order if one in gap["choices"]]


def _fits(gap: Json, given: str, key: Json) -> bool:
    name = gap["key"]
    if gap["choices"]:
        return bool(given == key["chosen"][name])
    return rules_of(key).among(given, key["accepted"][name])


def _accepted(texts: Json, name: str) -> list[str]:
    forms: list[str] = texts["typed"].get(name, {}).get("accepted", [])
    return forms
