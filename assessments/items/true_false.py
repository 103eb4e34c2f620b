"""A statement that is true or false, and the reason why."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.scoring import verdict_and_reason_points

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import (
    FileFields,
    ItemFault,
    ItemType,
    Json,
    NotAnswerable,
    check_choices,
    choices_shown,
    explained_from,
    explained_to,
    one_of,
)
from .words import Form

VERDICTS = ("true", "false")


class TrueFalse(ItemType):
    """A verdict and a reason: {"verdict": "true", "false" or None, "chosen": [the reason]}. Reasons are the choices."""

    kind = "true_false"
    label = gettext_lazy("True or false, with reasons")
    scoring_rule = "verdict_and_reason"
    asked_template = "assessments/items/true_false.html"
    reviewed_template = "assessments/items/true_false_reviewed.html"
    first_field = "verdict-1"
    forms = {**ItemType.forms, "if_true": Form.LINKED, "if_false": Form.LINKED}
    hint = gettext_lazy("Say whether it is true, and choose the reason. Without the reason that fits, half the points.")

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, key)
        if len(key.get("correct", [])) != 1:
            raise ItemFault("exactly one reason fits")
        if key.get("verdict") not in VERDICTS:
            raise ItemFault("“verdict” is true or false", field="verdict")

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        if len(set(posted.chosen)) > 1:
            raise NotAnswerable("choose one reason")
        reason = one_of(posted.chosen[0] if posted.chosen else "", order)
        return {
            "verdict": one_of(posted.parts.get("verdict", ""), VERDICTS),
            "chosen": [reason] if reason is not None else [],
        }

    def fields(self, given: Given) -> dict[str, list[str]]:
        verdict, chosen = given.kept.get("verdict"), given.kept.get("chosen", [])
        return {
            "": [str(number) for number, choice in enumerate(given.order, start=1) if choice in chosen],
            "verdict": [str(VERDICTS.index(verdict) + 1)] if verdict in VERDICTS else [],
        }

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        kept = value or {}
        return verdict_and_reason_points(
            fits=kept.get("verdict") == key["verdict"], is_reason=kept.get("chosen") == key["correct"]
        )

    def best(self, key: Json, structure: Json) -> Json:
        return {"verdict": key["verdict"], "chosen": key["correct"]}

    def asked(self, given: Given) -> Shown:
        choices = choices_shown(given, given.kept.get("chosen", []))
        verdict = PartShown(1, _("Is it true?"), self._verdicts(given))
        reasons = [one.text for one in choices if one.is_chosen]
        said = [one for one in (verdict.given, *reasons) if one]
        return Shown(prompt=given.texts["prompt"], choices=choices, parts=[verdict], answer=said, hint=str(self.hint))

    def reviewed(self, given: Given, key: Json) -> Shown:
        shown = self.asked(given)
        verdicts = self._verdicts(given, key["verdict"])
        return Shown(
            prompt=shown.prompt,
            choices=choices_shown(given, given.kept.get("chosen", []), key["correct"]),
            parts=[PartShown(1, shown.parts[0].text, verdicts)],
            answer=shown.answer,
        )

    def _verdicts(self, given: Given, answer: str | None = None) -> list[ChoiceShown]:
        words = {"true": _("It is true."), "false": _("It is not true.")}
        return [
            ChoiceShown(
                number=number,
                text=words[one],
                is_chosen=given.kept.get("verdict") == one,
                is_answer=None if answer is None else one == answer,
                explanation="" if answer is None else given.texts["verdicts"][one],
            )
            for number, one in enumerate(VERDICTS, start=1)
        ]

    def rows(self, given: Given) -> list[tuple[str, str]]:
        verdicts = [(f"verdict {name}", one.text) for name, one in zip(VERDICTS, self._verdicts(given), strict=True)]
        return [*verdicts, *((one, given.texts["choices"][one]["text"]) for one in given.order)]

    def picked(self, value: Mapping[str, Any]) -> frozenset[str]:
        return frozenset([f"verdict {value.get('verdict')}", *value.get("chosen", [])])

    def texts_from(self, inner: FileFields) -> Json:
        return {
            "prompt": inner.text("prompt"),
            "verdicts": {"true": inner.text("if_true"), "false": inner.text("if_false")},
            "choices": explained_from(inner.mapping("reasons")),
        }

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        verdict = fields.get("verdict")
        return {"verdict": str(verdict).lower(), "correct": sorted(fields.words("answer"))}

    def key_to(self, key: Json, structure: Json) -> Json:
        return {"verdict": key["verdict"] == "true", "answer": key["correct"]}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        return {
            "prompt": texts["prompt"],
            "if_true": texts["verdicts"]["true"],
            "if_false": texts["verdicts"]["false"],
            "reasons": explained_to(texts["choices"], structure["choices"]),
        }
