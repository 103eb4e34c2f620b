"""Several choices of several."""

from fractions import Fraction
from typing import Any

from assessments.scoring import choose_all_points

from .base import ItemFault, check_choices, chosen_from


class MultipleResponse:
    """Checkboxes; a wrong tick costs what a right one earns, never below zero."""

    kind = "multiple_response"
    scoring_rule = "choose_all_points"
    scoring_rule_version = 1
    is_marked = False
    control = "checkbox"

    def check(self, structure: dict[str, Any], key: dict[str, Any]) -> None:
        check_choices(structure, key)
        if not key.get("correct"):
            raise ItemFault("a multiple-response item needs at least one answer")

    def read(self, posted: list[str], structure: dict[str, Any], words: str = "") -> dict[str, Any]:
        return {"chosen": chosen_from(posted, structure)}

    def share(self, value: dict[str, Any] | None, key: dict[str, Any]) -> Fraction:
        return choose_all_points(frozenset((value or {}).get("chosen", [])), frozenset(key["correct"]))

    def is_for_a_marker(self, value: dict[str, Any] | None) -> bool:
        return False
