"""How sure somebody was and how often they were right, over all their answers in a course that said so.

What counts is the first try at a question: after it one knows more. Answers of attempts whose review matrix does not
show now whether they fit are left out. Source: docs/decisions/0065-rules-of-an-attempt.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from assessments.choices import AttemptState, Certainty, Reveal
from assessments.models import Response
from assessments.review import fits_in_words, shown_of
from assessments.tries import is_given, share_of
from enrolments.models import Enrolment


@dataclass(frozen=True)
class Sure:
    """One answer with how sure its learner was. `fits` is whether it fits whole."""

    prompt: str
    certainty: int
    fits: bool
    judged: str
    url: str

    @property
    def certainty_in_words(self) -> str:
        return str(Certainty(self.certainty).label)


@dataclass(frozen=True)
class Step:
    """How many answers were given with one step of certainty, and how many of them fit."""

    words: str
    count: int
    fitting: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down."""
        return 100 * self.fitting // self.count if self.count else 0


@dataclass(frozen=True)
class Calibration:
    """The steps from very sure on, and the answers to look at again."""

    steps: list[Step]
    again: list[Sure]

    @property
    def count(self) -> int:
        return sum(step.count for step in self.steps)


def calibration_of(enrolment: Enrolment, at: datetime) -> Calibration:
    """Of everything the run's learner may know by now."""
    return calibrated(_answers(enrolment, at))


def calibrated(answers: Iterable[Sure]) -> Calibration:
    """Steps; and answers, the surest that do not fit first, then the least sure of those that do. Pure."""
    rows = list(answers)
    steps = []
    for one in sorted(Certainty, reverse=True):
        given = [row for row in rows if row.certainty == one]
        steps.append(Step(str(one.label), len(given), sum(row.fits for row in given)))
    again = [row for row in rows if not row.fits or row.certainty < Certainty.SURE]
    return Calibration(steps, sorted(again, key=lambda row: (row.fits, row.certainty if row.fits else -row.certainty)))


def _answers(enrolment: Enrolment, at: datetime) -> Iterable[Sure]:
    found = Response.objects.filter(
        place__attempt__link__enrolment=enrolment,
        place__attempt__state=AttemptState.SCORED,
        certainty__isnull=False,
        try_number=1,
        removed_at=None,
    ).select_related("place__attempt", "place__item_version")
    for response in found.order_by("-place__attempt__handed_in_at", "place__position"):
        place = response.place
        if is_given(response.value) and Reveal.CORRECTNESS in shown_of(place.attempt, at):
            share = share_of(response, place.item_version)
            yield Sure(
                prompt=_prompt(place.item_version.texts, place.attempt.language),
                certainty=response.certainty or Certainty.UNSURE,
                fits=share == 1,
                judged=fits_in_words(share),
                url=f"{reverse('quiz_result', args=[place.attempt.uuid])}#q{place.position}",
            )


def _prompt(texts: dict[str, Any], language: str) -> str:
    return str((texts.get(language) or texts["en"])["prompt"])
