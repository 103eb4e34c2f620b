"""Lines, each to be matched with one of the options."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy

from assessments.scoring import part_points

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import FileFields, ItemFault, ItemType, Json, check_choices, explained_from, explained_to, one_of


class Matching(ItemType):
    """An option for each line: {"matched": {line: option}}. The options are the choices; one may serve two lines."""

    kind = "matching"
    label = gettext_lazy("Matching")
    scoring_rule = "part_by_part"
    asked_template = "assessments/items/lines.html"
    reviewed_template = "assessments/items/matching_reviewed.html"
    hint = gettext_lazy("Choose what fits for each line. Each line that fits earns a part.")

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, {})
        lines = structure.get("lines", [])
        if len(lines) < 2:
            raise ItemFault("a matching item needs at least two lines", field="en")
        if set(key.get("pairs", {})) != set(lines):
            raise ItemFault("the answer names every line once, each with its option")
        if strangers := set(key["pairs"].values()) - set(structure["choices"]):
            raise ItemFault(f"the answer names an option that is not there: {', '.join(sorted(strangers))}")

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        matched = {}
        for number, line in enumerate(structure["lines"], start=1):
            option = one_of(posted.parts.get(str(number), ""), order)
            if option is not None:
                matched[line] = option
        return {"matched": matched}

    def fields(self, given: Given) -> dict[str, list[str]]:
        matched, order = given.kept.get("matched", {}), list(given.order)
        return {
            str(number): [str(order.index(matched[line]) + 1)] if line in matched else [""]
            for number, line in enumerate(given.structure["lines"], start=1)
        }

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        matched = (value or {}).get("matched", {})
        return part_points([matched.get(line) == option for line, option in key["pairs"].items()])

    def best(self, key: Json, structure: Json) -> Json:
        return {"matched": {line: key["pairs"][line] for line in structure["lines"]}}

    def asked(self, given: Given) -> Shown:
        matched = given.kept.get("matched", {})
        parts = [
            PartShown(number, given.texts["lines"][line]["text"], self._options(given, matched.get(line)))
            for number, line in enumerate(given.structure["lines"], start=1)
        ]
        return Shown(
            prompt=given.texts["prompt"],
            parts=parts,
            answer=[f"{one.text}: {one.given}" for one in parts if one.given],
            hint=str(self.hint),
        )

    def _options(self, given: Given, chosen: str | None) -> list[ChoiceShown]:
        words = given.texts["choices"]
        return [
            ChoiceShown(number, words[option]["text"], option == chosen)
            for number, option in enumerate(given.order, start=1)
        ]

    def reviewed(self, given: Given, key: Json) -> Shown:
        matched, words = given.kept.get("matched", {}), given.texts["choices"]
        parts = []
        for number, line in enumerate(given.structure["lines"], start=1):
            picked, fitting = matched.get(line), key["pairs"][line]
            parts.append(
                PartShown(
                    number,
                    given.texts["lines"][line]["text"],
                    self._options(given, picked),
                    is_right=picked == fitting,
                    answer=words[fitting]["text"],
                    explanation=given.texts["lines"][line]["explanation"],
                )
            )
        options = [
            ChoiceShown(number, words[option]["text"], False, None, words[option]["explanation"])
            for number, option in enumerate(given.order, start=1)
        ]
        return Shown(prompt=given.texts["prompt"], parts=parts, choices=options, answer=self.asked(given).answer)

    def rows(self, given: Given) -> list[tuple[str, str]]:
        lines, options = given.texts["lines"], given.texts["choices"]
        return [
            (f"{line} {option}", f"{lines[line]['text']}: {options[option]['text']}")
            for line in given.structure["lines"]
            for option in given.order
        ]

    def picked(self, value: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(f"{line} {option}" for line, option in value.get("matched", {}).items())

    def texts_from(self, inner: FileFields) -> Json:
        return {
            "prompt": inner.text("prompt"),
            "lines": explained_from(inner.mapping("lines")),
            "choices": explained_from(inner.mapping("options")),
        }

    def structure_from(self, fields: FileFields, texts: Json) -> Json:
        return {"choices": list(texts["choices"]), "lines": list(texts["lines"])}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        pairs = fields.mapping("answer")
        return {"pairs": {line: pairs.text(line) for line in pairs.names()} if pairs else {}}

    def check_texts(self, texts: Mapping[str, Json], structure: Json) -> None:
        super().check_texts(texts, structure)
        for code, one in texts.items():
            if set(one["lines"]) != set(structure["lines"]):
                raise ItemFault(f"the lines in “{code}” are not those in “en”", field=code)

    def key_to(self, key: Json, structure: Json) -> Json:
        return {"answer": {line: key["pairs"][line] for line in structure["lines"]}}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        return {
            "prompt": texts["prompt"],
            "lines": explained_to(texts["lines"], structure["lines"]),
            "options": explained_to(texts["choices"], structure["choices"]),
        }
