"""A page that tells something and asks nothing."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy

from .asking import Given, Posted, Shown
from .base import FileFields, ItemFault, ItemType, Json
from .words import Form


class Information(ItemType):
    """Words alone: nothing to answer, nothing to earn, and never counted as unanswered."""

    kind = "information"
    label = gettext_lazy("Information page")
    scoring_rule = "nothing"
    asks = False
    mixes = False
    forms = {**ItemType.forms, "text": Form.WHOLE}
    asked_template = reviewed_template = "assessments/items/information.html"

    def check(self, structure: Json, key: Json) -> None:
        if structure.get("choices") or key:
            raise ItemFault("an information page asks nothing and has no answer", field="en")

    def is_worth_something(self, structure: Json, key: Json) -> bool:
        return False

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        return {}

    def fields(self, given: Given) -> dict[str, list[str]]:
        return {}

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        return Fraction(0)

    def best(self, key: Json, structure: Json) -> Json:
        return {}

    def asked(self, given: Given) -> Shown:
        return Shown(prompt=given.texts["prompt"], passage=given.texts["passage"])

    def reviewed(self, given: Given, key: Json) -> Shown:
        return self.asked(given)

    def texts_from(self, inner: FileFields) -> Json:
        return {"prompt": inner.text("prompt"), "passage": inner.text("text"), "choices": {}}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        return {}

    def key_to(self, key: Json, structure: Json) -> Json:
        return {}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        return {"prompt": texts["prompt"], "text": texts["passage"]}
