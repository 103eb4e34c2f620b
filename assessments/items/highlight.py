"""A text of which the sentences that are evidence are marked."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy

from assessments.scoring import code_points

from .base import FileFields, ItemFault, Json, check_choices, explained_from, explained_to
from .choosing import ChoosingType


class Highlight(ChoosingType):
    """Sentences are the choices, in the order of the text: {"chosen": [sentences]}.

    The key is {"correct": [evidence], "accepted": [what may be marked and neither earns nor costs]}.
    """

    kind = "highlight"
    label = gettext_lazy("Highlight the evidence")
    scoring_rule = "marked_sentences"
    mixes = False
    asked_template = "assessments/items/sentences.html"
    hint = gettext_lazy("Mark the sentences that fit. One that does not fit costs what a fitting one earns.")

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, {"correct": [*key.get("correct", []), *key.get("accepted", [])]})
        if not key.get("correct"):
            raise ItemFault("at least one sentence is evidence")
        if set(key["correct"]) & set(key["accepted"]):
            raise ItemFault("a sentence is evidence or accepted beside it, not both", field="accepted")

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        chosen = frozenset((value or {}).get("chosen", []))
        return code_points(chosen, frozenset(key["correct"]), frozenset(key["accepted"]))

    def wrong(self, key: Json, structure: Json) -> Json:
        fitting = {*key["correct"], *key["accepted"]}
        return {"chosen": [choice for choice in structure["choices"] if choice not in fitting][:1]}

    def texts_from(self, inner: FileFields) -> Json:
        return {"prompt": inner.text("prompt"), "choices": explained_from(inner.mapping("sentences"))}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        return {"correct": sorted(fields.words("answer")), "accepted": sorted(fields.words("accepted"))}

    def key_to(self, key: Json, structure: Json) -> Json:
        return {"answer": key["correct"], **({"accepted": key["accepted"]} if key["accepted"] else {})}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        return {"prompt": texts["prompt"], "sentences": explained_to(texts["choices"], structure["choices"])}
