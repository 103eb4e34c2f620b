"""Lines to be put in order."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy

from assessments.scoring import adjacent_pair_points

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import FileFields, ItemFault, ItemType, Json, check_choices, explained_from, explained_to, one_of


class Ordering(ItemType):
    """A place for each line: {"placed": {line: its place from 1}}; a line without one is left out."""

    kind = "ordering"
    label = gettext_lazy("Ordering")
    scoring_rule = "adjacent_pairs"
    asked_template = "assessments/items/ordering.html"
    reviewed_template = "assessments/items/lines_reviewed.html"
    hint = gettext_lazy(
        "Give each line its place. Each line that comes directly after the one it should follow earns a part."
    )

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, key)
        if len(structure["choices"]) < 3:
            raise ItemFault("an ordering needs at least three lines", field="en")
        if sorted(key.get("order", [])) != sorted(structure["choices"]):
            raise ItemFault("the answer names every line once, in the right order")

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        places = [str(number) for number in range(1, len(order) + 1)]
        placed = {}
        for number, line in enumerate(order, start=1):
            place = one_of(posted.parts.get(str(number), ""), places)
            if place is not None:
                placed[line] = int(place)
        return {"placed": {line: placed[line] for line in structure["choices"] if line in placed}}

    def fields(self, given: Given) -> dict[str, list[str]]:
        placed = given.kept.get("placed", {})
        return {
            str(number): [str(placed[line])] if line in placed else [""]
            for number, line in enumerate(given.order, start=1)
        }

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        return adjacent_pair_points((value or {}).get("placed", {}), key["order"])

    def best(self, key: Json, structure: Json) -> Json:
        return {"placed": {line: key["order"].index(line) + 1 for line in structure["choices"]}}

    def asked(self, given: Given) -> Shown:
        placed = given.kept.get("placed", {})
        parts = [
            PartShown(number, given.texts["choices"][line]["text"], self._places(given, placed.get(line)))
            for number, line in enumerate(given.order, start=1)
        ]
        said = sorted((placed[line], given.texts["choices"][line]["text"]) for line in given.order if line in placed)
        return Shown(
            prompt=given.texts["prompt"],
            parts=parts,
            answer=[f"{place}. {words}" for place, words in said],
            hint=str(self.hint),
        )

    def _places(self, given: Given, chosen: int | None) -> list[ChoiceShown]:
        return [ChoiceShown(place, str(place), place == chosen) for place in range(1, len(given.order) + 1)]

    def reviewed(self, given: Given, key: Json) -> Shown:
        placed = given.kept.get("placed", {})
        parts = []
        for number, line in enumerate(key["order"], start=1):
            before = key["order"][number - 2] if number > 1 else None
            follows = before is not None and adjacent_pair_points(placed, [before, line]) == 1
            parts.append(
                PartShown(
                    number,
                    given.texts["choices"][line]["text"],
                    self._places(given, placed.get(line)),
                    is_right=None if before is None else follows,
                    answer=str(number),
                    explanation=given.texts["choices"][line]["explanation"],
                )
            )
        return Shown(prompt=given.texts["prompt"], parts=parts, answer=self.asked(given).answer)

    def rows(self, given: Given) -> list[tuple[str, str]]:
        places = range(1, len(given.order) + 1)
        words = given.texts["choices"]
        return [(f"{line} {place}", f"{place}. {words[line]['text']}") for line in given.order for place in places]

    def picked(self, value: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(f"{line} {place}" for line, place in value.get("placed", {}).items())

    def texts_from(self, inner: FileFields) -> Json:
        return {"prompt": inner.text("prompt"), "choices": explained_from(inner.mapping("lines"))}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        return {"order": fields.words("answer")}

    def structure_from(self, fields: FileFields, texts: Json) -> Json:
        return {"choices": sorted(texts["choices"])}  # the order of the file may be the key

    def key_to(self, key: Json, structure: Json) -> Json:
        return {"answer": key["order"]}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        return {"prompt": texts["prompt"], "lines": explained_to(texts["choices"], structure["choices"])}
