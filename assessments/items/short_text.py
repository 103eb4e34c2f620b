"""A word or a few, typed, and compared with the forms that are accepted."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import FileFields, ItemFault, ItemType, Json
from .wording import check_forms, rules_from, rules_of, rules_to, typed_form


class ShortText(ItemType):
    """What was typed: {"typed": str}.

    The key holds the forms that are known, right and wrong, of all languages: {"forms": {identifier: [form, …]},
    "correct": [identifiers]}; and {"case": true}, {"accents": true} where those tell two words apart.
    """

    kind = "short_text"
    label = gettext_lazy("Short text")
    scoring_rule = "accepted_form"
    mixes = False
    asked_template = "assessments/items/typed.html"
    reviewed_template = "assessments/items/typed_reviewed.html"

    def check(self, structure: Json, key: Json) -> None:
        forms, rules = key.get("forms", {}), rules_of(key)
        if not key.get("correct") or set(key["correct"]) - set(forms):
            raise ItemFault("the answer names one or more of the forms")
        for one in forms.values():
            check_forms(one)
        right = {rules.folded(form) for name in key["correct"] for form in forms[name]}
        wrong = {rules.folded(form) for name in set(forms) - set(key["correct"]) for form in forms[name]}
        if both := right & wrong:
            raise ItemFault(f"“{min(both)}” is both accepted and not accepted")

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        return {"typed": typed_form(posted.parts.get("1", ""))}

    def fields(self, given: Given) -> dict[str, list[str]]:
        return {"1": [given.kept.get("typed", "")]}

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        accepted = [form for name in key["correct"] for form in key["forms"][name]]
        return Fraction(int(rules_of(key).among((value or {}).get("typed", ""), accepted)))

    def best(self, key: Json, structure: Json) -> Json:
        return {"typed": key["forms"][key["correct"][0]][0]}

    def asked(self, given: Given) -> Shown:
        typed = given.kept.get("typed", "")
        return Shown(
            prompt=given.texts["prompt"],
            parts=[PartShown(1, _("Your answer"), typed=typed)],
            answer=[typed] if typed else [],
            hint=_("Type a word, a name or a few words. Other spellings of the same are taken too."),
        )

    def reviewed(self, given: Given, key: Json) -> Shown:
        shown, forms = self.asked(given), given.texts["forms"]
        typed = given.kept.get("typed", "")
        met = next((name for name, those in key["forms"].items() if rules_of(key).among(typed, those)), None)
        fits = met in key["correct"]
        part = PartShown(
            1, _("Your answer"), typed=typed, is_right=fits, answer=forms[key["correct"][0]]["accepted"][0]
        )
        known = [
            ChoiceShown(number, one["accepted"][0], name == met, name in key["correct"], one["explanation"])
            for number, (name, one) in enumerate(forms.items(), start=1)
        ]
        return Shown(prompt=shown.prompt, parts=[part], choices=known, answer=shown.answer)

    def typed(self, given: Given, key: Json) -> list[tuple[str, str]]:
        words = given.kept.get("typed", "")
        return [(rules_of(key).folded(words), words)] if words else []

    def texts_from(self, inner: FileFields) -> Json:
        forms: Json = {}
        named = inner.mapping("forms")
        for name in named.names() if named else []:
            one = named.mapping(name) if named else None
            if one is not None:
                forms[name] = {"accepted": one.words("accepted"), "explanation": one.text("explanation")}
                one.refuse_unknown()
        return {"prompt": inner.text("prompt"), "choices": {}, "forms": forms}

    def structure_from(self, fields: FileFields, texts: Json) -> Json:
        return {"choices": [], "forms": list(texts["forms"])}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        forms = {
            name: list(dict.fromkeys(form for one in texts.values() for form in _accepted(one, name)))
            for name in structure["forms"]
        }
        return {"forms": forms, "correct": sorted(fields.words("answer")), **rules_from(fields)}

    def check_texts(self, texts: Mapping[str, Json], structure: Json) -> None:
        for code, one in texts.items():
            if set(one["forms"]) != set(structure["forms"]):
                raise ItemFault(f"the forms in “{code}” are not those in “en”", field=code)
            if not all(words["accepted"] for words in one["forms"].values()):
                raise ItemFault("at least one form must be accepted", field=code)

    def key_to(self, key: Json, structure: Json) -> Json:
        return {"answer": key["correct"], **rules_to(key)}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        forms = {name: texts["forms"][name] for name in structure["forms"]}
        return {
            "prompt": texts["prompt"],
            "forms": {
                name: {"accepted": one["accepted"], "explanation": one["explanation"]} for name, one in forms.items()
            },
        }


def _accepted(texts: Json, name: str) -> list[str]:
    forms: list[str] = texts["forms"].get(name, {}).get("accepted", [])
    return forms
