"""A number, with how far off it may be, and its unit."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.points import read_points

from assessments.scoring import number_points

from .asking import Given, PartShown, Posted, Shown
from .base import (
    FileFields,
    ItemFault,
    ItemType,
    Json,
    NotAnswerable,
    choices_shown,
    explained_from,
    explained_to,
    one_of,
)
from .wording import typed_form

_FIGURES = re.compile(r"[+-]?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,12})?")


def read_number(text: str) -> Fraction | None:
    """Figures as an exact number: 15, 2.5, 1,200 or −3. None for anything else."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace(" ", "")
    return Fraction(plain.replace(",", "")) if _FIGURES.fullmatch(plain) else None


class Number(ItemType):
    """What was typed, and the unit: {"typed": str, "unit": identifier or None}. The units are the choices.

    The key is {"value": exact, "tolerance": exact, "correct": [unit]}; one unit stands behind the field, of several
    one is chosen, and without any none is asked.
    """

    kind = "number"
    label = gettext_lazy("Number")
    scoring_rule = "number_and_unit"
    asked_template = "assessments/items/typed.html"
    reviewed_template = "assessments/items/number_reviewed.html"

    def check(self, structure: Json, key: Json) -> None:
        try:
            tolerance = read_points(key.get("tolerance", ""))
            read_points(key.get("value", ""))
        except ValueError:
            raise ItemFault("“answer” and “tolerance” are numbers, in quotation marks if they have a point") from None
        if tolerance < 0:
            raise ItemFault("a tolerance is not below nought", field="tolerance")
        units = structure["choices"]
        if units and (len(key.get("correct", [])) != 1 or key["correct"][0] not in units):
            raise ItemFault("“unit” names one of the units", field="unit")

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        if len(set(posted.chosen)) > 1:
            raise NotAnswerable("choose one unit")
        unit = one_of(posted.chosen[0] if posted.chosen else "", order)
        return {"typed": typed_form(posted.parts.get("1", "")), "unit": unit}

    def fields(self, given: Given) -> dict[str, list[str]]:
        unit = given.kept.get("unit")
        chosen = [str(number) for number, one in enumerate(given.order, start=1) if one == unit]
        return {"1": [given.kept.get("typed", "")], "": chosen}

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        kept = value or {}
        given = read_number(kept.get("typed", ""))
        if given is None:
            return Fraction(0)
        is_unit = len(structure["choices"]) < 2 or [kept.get("unit")] == key["correct"]
        near = abs(given - Fraction(key["value"])) <= Fraction(key["tolerance"])
        return number_points(is_near=near, is_unit=is_unit)

    def best(self, key: Json, structure: Json) -> Json:
        unit = key["correct"][0] if len(structure["choices"]) > 1 else None
        return {"typed": _figures(key["value"]), "unit": unit}

    def asked(self, given: Given) -> Shown:
        typed = given.kept.get("typed", "")
        units = choices_shown(given, [given.kept.get("unit") or ""])
        part = self._part(given, typed)
        return Shown(
            prompt=given.texts["prompt"],
            choices=units if len(units) > 1 else [],
            parts=[part],
            answer=self._said(typed, [one.text for one in units if one.is_chosen], part),
            hint=_("Write it in figures, such as 15 or 2.5."),
            unread=self._unread(typed),
        )

    def _part(self, given: Given, typed: str) -> PartShown:
        only = given.texts["choices"][given.order[0]]["text"] if len(given.order) == 1 else ""
        return PartShown(1, _("Your answer"), typed=typed, after=only)

    def _said(self, typed: str, chosen: Sequence[str], part: PartShown) -> list[str]:
        words = " ".join(one for one in (typed, *chosen, part.after if typed else "") if one)
        return [words] if words else []

    def _unread(self, typed: str) -> str:
        if not typed or read_number(typed) is not None:
            return ""
        return _("“%(typed)s” is saved, but cannot be read as a number. Write it in figures, such as 15 or 2.5.") % {
            "typed": typed
        }

    def reviewed(self, given: Given, key: Json) -> Shown:
        shown, typed = self.asked(given), given.kept.get("typed", "")
        number = read_number(typed)
        near = number is not None and abs(number - Fraction(key["value"])) <= Fraction(key["tolerance"])
        part = PartShown(
            1,
            _("Your answer"),
            typed=typed,
            after=shown.parts[0].after,
            is_right=near,
            answer=self._expected(key),
            explanation=given.texts["explanation"],
        )
        units = choices_shown(given, [given.kept.get("unit") or ""], key["correct"])
        return Shown(prompt=shown.prompt, parts=[part], choices=units if len(units) > 1 else [], answer=shown.answer)

    def _expected(self, key: Json) -> str:
        value, off = _figures(key["value"]), _figures(key["tolerance"])
        if key["tolerance"] == "0":
            return value
        return _("%(number)s, or up to %(off)s more or less") % {"number": value, "off": off}

    def typed(self, given: Given, key: Json) -> list[tuple[str, str]]:
        """Equal numbers are one, however they were written."""
        said = self.asked(given).answer
        number = read_number(given.kept.get("typed", ""))
        return [(f"{number} {given.kept.get('unit')}" if number is not None else one, one) for one in said]

    def texts_from(self, inner: FileFields) -> Json:
        return {
            "prompt": inner.text("prompt"),
            "explanation": inner.text("explanation"),
            "choices": explained_from(inner.mapping("units", required=False)),
        }

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        unit = fields.text("unit", required=False)
        return {
            "value": _canonical(fields.get("answer")),
            "tolerance": _canonical(fields.get("tolerance") or 0),
            "correct": [unit] if unit else [],
        }

    def key_to(self, key: Json, structure: Json) -> Json:
        tolerance = {} if key["tolerance"] == "0" else {"tolerance": _figures(key["tolerance"])}
        unit = {"unit": key["correct"][0]} if key["correct"] else {}
        return {"answer": _figures(key["value"]), **tolerance, **unit}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        units = explained_to(texts["choices"], structure["choices"])
        return {
            "prompt": texts["prompt"],
            **({"units": units} if units else {}),
            "explanation": texts["explanation"],
        }


def _canonical(given: Any) -> str:
    """A number of a file as an exact fraction; what is none stays as it is, for the check to refuse."""
    number = read_number(str(given)) if isinstance(given, str | int) and not isinstance(given, bool) else None
    return "" if number is None else str(number)


def _figures(exact: str) -> str:
    """An exact number with a decimal point where that says it all: 5/2 is 2.5."""
    number = Fraction(exact)
    if number.denominator == 1:
        return str(number)
    digits = next((count for count in range(1, 13) if (number * 10**count).denominator == 1), None)
    return exact if digits is None else f"{float(number):.{digits}f}"
