"""Which rules apply to an enrolment's next attempt at an assessment, and whether it may begin.

Many assessments are asked in as many statements as one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.choices import AT_A_MARKER, AttemptState
from assessments.models import Assessment, Attempt
from assessments.rules import AtMarker, AttemptRefused, AttemptRules, NoMoreAttempts
from courses.models import Requirement

from .adjustments import Extra, extras_for
from .choices import EnrolmentState
from .models import Enrolment


class NotAsked(AttemptRefused):
    """Raised when none of the enrolment's requirement sets asks for the assessment."""

    def __init__(self) -> None:
        super().__init__(_("This quiz is not part of your enrolment."))


class OnLeave(AttemptRefused):
    """Raised when whoever is on leave would begin another attempt."""

    def __init__(self) -> None:
        super().__init__(_("You are on leave, so no attempt begins. Tell your trainer once you are back."))


@dataclass(frozen=True)
class Opening:
    """Whether an enrolment's next attempt may begin: `refusal` says why not, `opens_at` from when on."""

    rules: AttemptRules
    attempts: list[Attempt]
    is_open: bool
    opens_at: datetime | None = None
    refusal: AttemptRefused | None = None

    def is_waiting(self, at: datetime) -> bool:
        return self.opens_at is not None and self.opens_at > at

    def may_start(self, at: datetime) -> bool:
        """Whether pressing the button would lead to a question: a new attempt's, or the open one's."""
        return self.is_open or not (self.refusal or self.is_waiting(at) or self.rules.is_closed(at))


def rules_for(enrolment: Enrolment, assessment: Assessment) -> AttemptRules:
    """The rules of one assessment. Raises NotAsked."""
    rules = _rules_of(enrolment, [assessment])
    if assessment not in rules:
        raise NotAsked
    return rules[assessment]


def opening_of(enrolment: Enrolment, assessment: Assessment) -> Opening:
    """The rules in force and the attempts so far of an enrolment at an assessment, oldest first. Raises NotAsked."""
    openings = openings_of(enrolment, [assessment])
    if assessment not in openings:
        raise NotAsked
    return openings[assessment]


def openings_of(enrolment: Enrolment, assessments: Iterable[Assessment]) -> dict[Assessment, Opening]:
    """The same of several; one that nothing asks of the enrolment is left out."""
    rules = _rules_of(enrolment, assessments)
    attempts = defaultdict(list)
    found = Attempt.objects.filter(assessment__in=rules, run_id=enrolment.run_id).exclude(state=AttemptState.VOID)
    for attempt in found.prefetch_related("results"):
        attempts[attempt.assessment_id].append(attempt)
    is_away = enrolment.state == EnrolmentState.ON_LEAVE
    return {one: _opening(own, attempts[one.pk], is_away=is_away) for one, own in rules.items()}


def _opening(rules: AttemptRules, attempts: list[Attempt], *, is_away: bool) -> Opening:
    if any(attempt.state == AttemptState.IN_PROGRESS for attempt in attempts):
        return Opening(rules, attempts, is_open=True)
    if is_away:
        return Opening(rules, attempts, is_open=False, refusal=OnLeave())
    if any(attempt.state in AT_A_MARKER for attempt in attempts):
        waits = AtMarker(_("Your last attempt is not marked yet. Another one can begin once it is."))
        return Opening(rules, attempts, is_open=False, refusal=waits)
    ended = [attempt.handed_in_at for attempt in attempts if attempt.handed_in_at]
    try:
        opens_at = rules.may_begin_at(used=len(attempts), last_ended_at=max(ended, default=None))
    except NoMoreAttempts as no_more:
        return Opening(rules, attempts, is_open=False, refusal=no_more)
    return Opening(rules, attempts, is_open=False, opens_at=opens_at)


def _rules_of(enrolment: Enrolment, assessments: Iterable[Assessment]) -> dict[Assessment, AttemptRules]:
    """The rules of each that the enrolment may try.

    Those of the pinned sets that ask for it; an exercise beside the course has its own, as often as one likes.
    """
    assessments = list(assessments)
    requirements = defaultdict(list)
    for requirement in Requirement.objects.filter(
        requirement_set__in=enrolment.pinned_sets.values("requirement_set"),
        activity__in=[one.activity_id for one in assessments],
        pass_share__isnull=False,
    ):
        requirements[requirement.activity_id].append(requirement)
    extras, ends = extras_for(enrolment, assessments), _closing_moments(enrolment)
    rules = {}
    for one in assessments:
        asked, closes_at = requirements[one.activity_id], ends.get(one.activity.module_id)
        if asked:
            rules[one] = _rules_asked(enrolment, asked, extras[one], closes_at=closes_at)
        elif one.own_pass_share is not None and one.activity.course_id == enrolment.course_id:
            rules[one] = AttemptRules(pass_share=one.own_pass_share, closes_at=closes_at)
    return rules


def _rules_asked(
    enrolment: Enrolment, asked: list[Requirement], extra: Extra, *, closes_at: datetime | None
) -> AttemptRules:
    """The rules of the enrolment's pinned sets, with the cohort's own in place of them where it has some.

    Where several pinned sets ask for the assessment, the highest share, the fewest attempts and the longest gap
    apply. What a trainer granted this learner comes on top (adjustments.py).
    """
    limits = [enrolment.cohort] if enrolment.cohort.own_attempt_rules else asked
    counts = [one.attempts_allowed for one in limits if one.attempts_allowed is not None]
    limit = enrolment.cohort.time_limit_seconds
    return AttemptRules(
        pass_share=max(one.pass_share or Fraction(0) for one in asked),
        attempts_allowed=min(counts, default=None),
        extra_attempts=extra.attempts,
        gap_seconds=0 if extra.is_without_pause else max(one.gap_seconds for one in limits),
        time_limit_seconds=limit,
        extra_seconds=(limit or 0) * extra.percent // 100,
        closes_at=closes_at,
    )


def _closing_moments(enrolment: Enrolment) -> dict[int | None, datetime]:
    """By module, when its quizzes close to the enrolment's cohort: at the end of a day in the cohort's time zone."""
    cohort = enrolment.cohort
    return {closing.module_id: cohort.end_of(closing.closes_on) for closing in cohort.closings.all()}
