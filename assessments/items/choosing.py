"""What single choice and multiple response have in common, and others that tick choices: {"chosen": [identifiers]}."""

from collections.abc import Mapping, Sequence
from typing import Any

from .asking import Given, Posted, Shown
from .base import FileFields, ItemType, Json, choices_shown, chosen_from, explained_from, explained_to


class ChoosingType(ItemType):
    """Choices that are ticked. A value is {"chosen": [choice identifiers in file order]}."""

    asked_template = "assessments/items/choices.html"
    reviewed_template = "assessments/items/choices_reviewed.html"

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        return {"chosen": chosen_from(posted.chosen, structure, order)}

    def fields(self, given: Given) -> dict[str, list[str]]:
        chosen = given.kept.get("chosen", [])
        return {"": [str(number) for number, choice in enumerate(given.order, start=1) if choice in chosen]}

    def best(self, key: Json, structure: Json) -> Json:
        return {"chosen": [choice for choice in structure["choices"] if choice in key["correct"]]}

    def wrong(self, key: Json, structure: Json) -> Json:
        return {"chosen": [choice for choice in structure["choices"] if choice not in key["correct"]][:1]}

    def asked(self, given: Given) -> Shown:
        choices = choices_shown(given, given.kept.get("chosen", []))
        return Shown(
            prompt=given.texts["prompt"],
            choices=choices,
            answer=[one.text for one in choices if one.is_chosen],
            hint=str(self.hint),
        )

    def reviewed(self, given: Given, key: Json) -> Shown:
        choices = choices_shown(given, given.kept.get("chosen", []), key["correct"])
        return Shown(
            prompt=given.texts["prompt"], choices=choices, answer=[one.text for one in choices if one.is_chosen]
        )

    def rows(self, given: Given) -> list[tuple[str, str]]:
        return [(choice, given.texts["choices"][choice]["text"]) for choice in given.order]

    def picked(self, value: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(value.get("chosen", []))

    def texts_from(self, inner: FileFields) -> Json:
        return {"prompt": inner.text("prompt"), "choices": explained_from(inner.mapping("choices"))}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        return {"prompt": texts["prompt"], "choices": explained_to(texts["choices"], structure["choices"])}
