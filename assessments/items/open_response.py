"""A response in the learner's own words, which a person marks by a rubric."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.typed import typed_text

from assessments.scoring import rubric_points

from .asking import Given, Posted, Shown
from .base import (
    FileFields,
    ItemFault,
    ItemType,
    Json,
    NotAnswerable,
    TooLong,
    choices_shown,
    chosen_from,
)

LONGEST = 6000  # characters: some 900 words


class OpenResponse(ItemType):
    """A box for text, and what it rests on: {"text": str, "chosen": [what is cited, in file order]}.

    Its choices are what may be cited, in their own order. `structure` also has {"criteria": [{"key", "levels"}, …]}.
    Without a rubric its writer compares it with a model answer, and it earns nothing.
    """

    kind = "open_response"
    label = gettext_lazy("Open response")
    scoring_rule = "rubric"
    is_marked = True
    mixes = False
    first_field = "text"
    asked_template = "assessments/items/open.html"
    reviewed_template = "assessments/items/open_reviewed.html"

    def check(self, structure: Json, key: Json) -> None:
        criteria = structure.get("criteria", [])
        if not criteria and not structure.get("is_compared"):
            raise ItemFault("an open response needs a rubric with at least one criterion, or a model answer")
        if len({one["key"] for one in criteria}) != len(criteria):
            raise ItemFault("two criteria share an identifier")
        if any(not 2 <= one["levels"] <= 9 for one in criteria):
            raise ItemFault("each criterion has two to nine levels")
        if key.get("correct"):
            raise ItemFault("an open response has no answer; its rubric says what is looked for")

    def is_worth_something(self, structure: Json, key: Json) -> bool:
        """What only its writer checks, beside a model answer, earns nothing."""
        return bool(structure["criteria"])

    def points_possible(self, structure: Json) -> int | None:
        return sum(one["levels"] - 1 for one in structure["criteria"])

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        text = typed_text(posted.parts.get("text", "")).strip()
        if len(text) > LONGEST:
            raise TooLong(str(LONGEST))
        return {"text": text, "chosen": chosen_from(posted.chosen, structure, order)}

    def fields(self, given: Given) -> dict[str, list[str]]:
        chosen = given.kept.get("chosen", [])
        return {
            "": [str(number) for number, choice in enumerate(given.order, start=1) if choice in chosen],
            "text": [given.kept.get("text", "")],
        }

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        """Without a person only this is known: nothing written earns nothing."""
        return Fraction(0)

    def best(self, key: Json, structure: Json) -> Json:
        return {"text": "", "chosen": []}  # only a person can say

    def is_for_a_marker(self, value: Mapping[str, Any] | None, structure: Json) -> bool:
        return bool((value or {}).get("text")) and bool(structure.get("criteria"))

    def asked(self, given: Given) -> Shown:
        choices = choices_shown(given, given.kept.get("chosen", []))
        text = given.kept.get("text", "")
        cited = [one.text for one in choices if one.is_chosen]
        return Shown(
            prompt=given.texts["prompt"],
            choices=choices,
            text=text,
            answer=[text, *cited] if text else [],
            hint=""
            if given.structure.get("criteria")
            else _(
                "This is for yourself: once you have handed in, you compare it with another text. It earns nothing."
            ),
        )

    def reviewed(self, given: Given, key: Json) -> Shown:
        return replace(self.asked(given), model=given.texts.get("model", ""), checks=given.texts.get("checks", []))

    def typed(self, given: Given, key: Json) -> list[tuple[str, str]]:
        """By its length: what it says is read where it is marked."""
        count = len(given.kept.get("text", "").split())
        lengths = {50: _("Up to 50 words"), 150: _("51 to 150 words"), LONGEST: _("More than 150 words")}
        return [next((str(most), words) for most, words in lengths.items() if count <= most)] if count else []

    def texts_from(self, inner: FileFields) -> Json:
        texts: Json = {"prompt": inner.text("prompt"), "choices": {}, "criteria": {}}
        evidence = inner.mapping("evidence", required=False)
        for name in evidence.names() if evidence else []:
            texts["choices"][name] = {"text": evidence.text(name) if evidence else "", "explanation": ""}
        criteria = inner.mapping("criteria", required=not inner.has("model"))
        for name in criteria.names() if criteria else []:
            criterion = criteria.mapping(name) if criteria else None
            if criterion is not None:
                texts["criteria"][name] = {"title": criterion.text("title"), "levels": sentences(criterion, "levels")}
                criterion.refuse_unknown()
        texts["comments"] = sentences(inner, "comments")
        if inner.has("model"):
            texts.update(model=inner.text("model"), checks=sentences(inner, "checks"))
        return texts

    def structure_from(self, fields: FileFields, texts: Json) -> Json:
        criteria = [{"key": name, "levels": len(one["levels"])} for name, one in texts["criteria"].items()]
        compared = {"is_compared": True} if "model" in texts else {}
        return {"choices": list(texts["choices"]), "criteria": criteria, **compared}

    def check_texts(self, texts: Mapping[str, Json], structure: Json) -> None:
        super().check_texts(texts, structure)
        wanted = {one["key"]: one["levels"] for one in structure["criteria"]}
        for code, one in texts.items():
            if {name: len(words["levels"]) for name, words in one["criteria"].items()} != wanted:
                raise ItemFault(f"the criteria in “{code}” are not those in “en”, or have other levels", field=code)
            if ("model" in one) != bool(structure.get("is_compared")):
                raise ItemFault(f"a model answer stands in every language or in none; see “{code}”", field=code)

    def key_to(self, key: Json, structure: Json) -> Json:
        return {}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        criteria = {one["key"]: texts["criteria"][one["key"]] for one in structure["criteria"]}
        return {
            "prompt": texts["prompt"],
            "evidence": {name: texts["choices"][name]["text"] for name in structure["choices"]},
            "criteria": {name: {"title": one["title"], "levels": one["levels"]} for name, one in criteria.items()},
            "comments": texts["comments"],
            **({"model": texts["model"], "checks": texts["checks"]} if "model" in texts else {}),
        }


def sentences(fields: FileFields, name: str) -> list[str]:
    """A list of sentences, with single spaces."""
    given = fields.get(name)
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(one, str) and one.strip() for one in given):
        fields.fault(name, "is a list of sentences.")
        return []
    return [" ".join(one.split()) for one in given]


def rubric_share(levels: dict[str, int], structure: dict[str, Any]) -> Fraction:
    """Points for these levels, as an exact share. Raises NotAnswerable where they are not the rubric's."""
    criteria: dict[str, int] = {one["key"]: one["levels"] for one in structure["criteria"]}
    if set(levels) != set(criteria) or any(not 0 <= level < criteria[name] for name, level in levels.items()):
        raise NotAnswerable("a level for each criterion")
    return rubric_points([(levels[name], count - 1) for name, count in criteria.items()])
