"""One choice of several."""

from fractions import Fraction
from typing import Any

from assessments.scoring import choose_one_points

from .base import ItemFault, NotAnswerable, check_choices, chosen_from


class SingleChoice:
    """Radio buttons; all the points or none."""

    kind = "single_choice"
    scoring_rule = "choose_one"
    scoring_rule_version = 1
    is_marked = False
    control = "radio"

    def check(self, structure: dict[str, Any], key: dict[str, Any]) -> None:
        check_choices(structure, key)
        if len(key.get("correct", [])) != 1:
            raise ItemFault("a single-choice item has exactly one answer")

    def read(self, posted: list[str], structure: dict[str, Any], words: str = "") -> dict[str, Any]:
        if len(set(posted)) > 1:
            raise NotAnswerable("choose one")
        return {"chosen": chosen_from(posted, structure)}

    def share(self, value: dict[str, Any] | None, key: dict[str, Any]) -> Fraction:
        chosen = frozenset((value or {}).get("chosen", []))
        return choose_one_points(chosen, key["correct"][0])

    def is_for_a_marker(self, value: dict[str, Any] | None) -> bool:
        return False
