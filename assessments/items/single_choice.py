"""One choice of several."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.scoring import choose_one_points

from .asking import Posted
from .base import ItemFault, Json, NotAnswerable, check_choices
from .choosing import ChoosingType


class SingleChoice(ChoosingType):
    """Radio buttons; all the points or none."""

    kind = "single_choice"
    label = _("Single choice")
    scoring_rule = "choose_one"
    asked_template = "assessments/items/one_choice.html"
    hint = _("Choose one.")

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, key)
        if len(key.get("correct", [])) != 1:
            raise ItemFault("a single-choice item has exactly one answer")

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        if len(set(posted.chosen)) > 1:
            raise NotAnswerable("choose one")
        return super().read(posted, structure, order)

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        return choose_one_points(frozenset((value or {}).get("chosen", [])), key["correct"][0])
