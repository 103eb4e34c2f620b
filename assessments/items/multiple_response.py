"""Several choices of several."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.scoring import choose_all_points

from .base import ItemFault, Json, check_choices
from .choosing import ChoosingType


class MultipleResponse(ChoosingType):
    """Checkboxes; a wrong tick costs what a right one earns, never below zero (`choose_all_points`, version 1)."""

    kind = "multiple_response"
    label = _("Multiple response")
    scoring_rule = "choose_all_points"
    hint = _("Choose all that fit. A choice that does not fit costs what a fitting one earns.")

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, key)
        if not key.get("correct"):
            raise ItemFault("a multiple-response item needs at least one answer")

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        return choose_all_points(frozenset((value or {}).get("chosen", [])), frozenset(key["correct"]))
