"""A response in the learner's own words, which a person marks by a rubric."""

from fractions import Fraction
from typing import Any

from toolkit.typed import typed_text

from assessments.scoring import rubric_points

from .base import ItemFault, NotAnswerable, chosen_from

LONGEST = 6000  # characters: some 900 words


class TooLong(NotAnswerable):
    """Raised for more words than are taken."""


class OpenResponse:
    """A box for text, and what it rests on: {"text": str, "chosen": [what is cited, in file order]}."""

    kind = "open_response"
    scoring_rule = "rubric"
    scoring_rule_version = 1
    control = "text"
    is_marked = True

    def check(self, structure: dict[str, Any], key: dict[str, Any]) -> None:
        criteria = structure.get("criteria", [])
        if not criteria:
            raise ItemFault("an open response needs a rubric with at least one criterion")
        if len({one["key"] for one in criteria}) != len(criteria):
            raise ItemFault("two criteria share an identifier")
        if any(not 2 <= one["levels"] <= 9 for one in criteria):
            raise ItemFault("each criterion has two to nine levels")
        if key.get("correct"):
            raise ItemFault("an open response has no answer; its rubric says what is looked for")

    def read(self, posted: list[str], structure: dict[str, Any], words: str = "") -> dict[str, Any]:
        text = typed_text(words).strip()
        if len(text) > LONGEST:
            raise TooLong(str(LONGEST))
        return {"text": text, "chosen": chosen_from(posted, structure)}

    def share(self, value: dict[str, Any] | None, key: dict[str, Any]) -> Fraction:
        """Without a person only this is known: nothing written earns nothing."""
        return Fraction(0)

    def is_for_a_marker(self, value: dict[str, Any] | None) -> bool:
        return bool((value or {}).get("text"))


def rubric_share(levels: dict[str, int], structure: dict[str, Any]) -> Fraction:
    """Points for these levels, as an exact share. Raises NotAnswerable where they are not the rubric's."""
    criteria: dict[str, int] = {one["key"]: one["levels"] for one in structure["criteria"]}
    if set(levels) != set(criteria) or any(not 0 <= level < criteria[name] for name, level in levels.items()):
        raise NotAnswerable("a level for each criterion")
    return rubric_points([(levels[name], count - 1) for name, count in criteria.items()])
