"""The few questions every item type answers. When feedback shows and how many tries there are is not among them."""

from fractions import Fraction
from typing import Any, Protocol


class ItemFault(ValueError):
    """Raised for an item nobody could answer or score; worded for the editor who wrote it."""


class NotAnswerable(ValueError):
    """Raised for a posted value this item cannot have, such as a choice it does not offer."""


class ItemType(Protocol):
    """How one kind of item asks and scores. Values are {"chosen": [choice identifiers in file order]}, and more."""

    kind: str
    scoring_rule: str
    scoring_rule_version: int
    control: str  # the native control: "radio", "checkbox" or "text"
    is_marked: bool  # whether a person marks it

    def check(self, structure: dict[str, Any], key: dict[str, Any]) -> None:
        """Raises ItemFault if the item could not be asked or scored."""

    def read(self, posted: list[str], structure: dict[str, Any], words: str = "") -> dict[str, Any]:
        """The value of a posted form. Raises NotAnswerable. Nothing chosen and nothing written is a value too."""

    def share(self, value: dict[str, Any] | None, key: dict[str, Any]) -> Fraction:
        """Points earned as an exact share of max_score, 0 to 1; no answer earns 0."""

    def is_for_a_marker(self, value: dict[str, Any] | None) -> bool:
        """Whether there is something that only a person can judge."""


def chosen_from(posted: list[str], structure: dict[str, Any]) -> list[str]:
    """The posted choices, each once, in file order. Raises NotAnswerable for one that is not offered."""
    offered: list[str] = structure["choices"]
    unknown = set(posted) - set(offered)
    if unknown:
        raise NotAnswerable(f"not a choice of this item: {sorted(unknown)}")
    return [choice for choice in offered if choice in posted]


def check_choices(structure: dict[str, Any], key: dict[str, Any]) -> None:
    """What every choice item must have. Raises ItemFault."""
    choices = structure.get("choices", [])
    if len(choices) < 2:
        raise ItemFault("an item needs at least two choices")
    if len(set(choices)) != len(choices):
        raise ItemFault("two choices share an identifier")
    strangers = set(key.get("correct", [])) - set(choices)
    if strangers:
        raise ItemFault(f"the answer names a choice that is not there: {', '.join(sorted(strangers))}")
