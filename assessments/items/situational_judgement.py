"""Ways to act in a situation, each rated, and compared with how a panel rated it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.scoring import is_split, median_of, panel_points, total

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import FileFields, ItemFault, ItemType, Json, check_choices, explained_from, explained_to, one_of

RATINGS = ("-2", "-1", "0", "1", "2")


def signed(rating: Fraction | int) -> str:
    """A rating as people write it: −2, 0, +1, +1½."""
    whole, rest = divmod(abs(Fraction(rating)), 1)
    half = "½" if rest else ""
    words = f"{whole}{half}" if whole or not half else half
    return ("−" if rating < 0 else "+" if rating > 0 else "") + words


class SituationalJudgement(ItemType):
    """A rating of each option from −2 to +2: {"rated": {option: rating}}; the key is {"panel": {option: [ratings]}}.

    What the panel is split about (more than 2 between its ends) is shown and discussed, and not scored.
    """

    kind = "situational_judgement"
    label = gettext_lazy("Situational judgement")
    scoring_rule = "panel_median"
    asked_template = "assessments/items/ratings.html"
    reviewed_template = "assessments/items/ratings_reviewed.html"
    first_field = "1-1"
    hint = gettext_lazy(
        "Rate each one from −2 (would do harm) to +2 (would help most). "
        "The nearer you are to the middle of an expert panel, the more it earns."
    )

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, {})
        panel = key.get("panel", {})
        if set(panel) != set(structure["choices"]):
            raise ItemFault("the panel rates every option", field="panel")
        if any(str(rating) not in RATINGS for ratings in panel.values() for rating in ratings):
            raise ItemFault("the panel’s ratings are whole numbers from -2 to 2", field="panel")
        if len({len(ratings) for ratings in panel.values()}) != 1 or any(len(one) < 3 for one in panel.values()):
            raise ItemFault("three or more experts rate every option, the same number each", field="panel")

    def is_worth_something(self, structure: Json, key: Json) -> bool:
        return bool(self._scored(key))

    def _scored(self, key: Json) -> list[str]:
        return [option for option, ratings in key["panel"].items() if not is_split(ratings)]

    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        rated = {}
        for number, option in enumerate(order, start=1):
            place = one_of(posted.parts.get(str(number), ""), RATINGS)
            if place is not None:
                rated[option] = int(place)
        return {"rated": {option: rated[option] for option in structure["choices"] if option in rated}}

    def fields(self, given: Given) -> dict[str, list[str]]:
        rated = given.kept.get("rated", {})
        return {
            str(number): [str(RATINGS.index(str(rated[option])) + 1)] if option in rated else []
            for number, option in enumerate(given.order, start=1)
        }

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        rated, scored = (value or {}).get("rated", {}), self._scored(key)
        if not scored:
            return Fraction(0)
        earned = total(panel_points(rated[one], key["panel"][one]) for one in scored if one in rated)
        return earned / len(scored)

    def best(self, key: Json, structure: Json) -> Json:
        return {"rated": {one: int(median_of(key["panel"][one])) for one in structure["choices"]}}

    def asked(self, given: Given) -> Shown:
        rated = given.kept.get("rated", {})
        parts = [
            PartShown(number, given.texts["choices"][option]["text"], self._scale(rated.get(option)))
            for number, option in enumerate(given.order, start=1)
        ]
        return Shown(
            prompt=given.texts["prompt"],
            parts=parts,
            answer=[f"{one.given}: {one.text}" for one in parts if one.given],
            hint=str(self.hint),
        )

    def _scale(self, chosen: int | None) -> list[ChoiceShown]:
        return [
            ChoiceShown(number, signed(int(rating)), rating == str(chosen))
            for number, rating in enumerate(RATINGS, start=1)
        ]

    def reviewed(self, given: Given, key: Json) -> Shown:
        rated, words = given.kept.get("rated", {}), given.texts["choices"]
        parts = []
        for number, option in enumerate(given.order, start=1):
            panel, rating = key["panel"][option], rated.get(option)
            split = is_split(panel)
            parts.append(
                PartShown(
                    number,
                    words[option]["text"],
                    self._scale(rating),
                    is_right=None if split or rating is None else panel_points(rating, panel) >= Fraction(3, 4),
                    explanation=words[option]["explanation"],
                    note=_panel_in_words(panel),
                )
            )
        return Shown(prompt=given.texts["prompt"], parts=parts, answer=self.asked(given).answer)

    def rows(self, given: Given) -> list[tuple[str, str]]:
        words = given.texts["choices"]
        return [
            (f"{option} {rating}", f"{signed(int(rating))}: {words[option]['text']}")
            for option in given.order
            for rating in RATINGS
        ]

    def picked(self, value: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(f"{option} {rating}" for option, rating in value.get("rated", {}).items())

    def texts_from(self, inner: FileFields) -> Json:
        return {"prompt": inner.text("prompt"), "choices": explained_from(inner.mapping("choices"))}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        panel = fields.mapping("panel")
        given = {option: panel.get(option) for option in panel.names()} if panel else {}
        whole = all(isinstance(ratings, list) for ratings in given.values())
        return {"panel": given if whole else {}}

    def key_to(self, key: Json, structure: Json) -> Json:
        return {"panel": {option: key["panel"][option] for option in structure["choices"]}}

    def texts_to(self, texts: Json, structure: Json) -> Json:
        return {"prompt": texts["prompt"], "choices": explained_to(texts["choices"], structure["choices"])}


def _panel_in_words(panel: Sequence[int]) -> str:
    values = {"low": signed(min(panel)), "high": signed(max(panel)), "middle": signed(median_of(panel))}
    if is_split(panel):
        return _("The panel was split, from %(low)s to %(high)s, so this is for discussion and not scored.") % values
    return _("The middle of the panel is %(middle)s; it ranged from %(low)s to %(high)s.") % values
