"""Attempts, seen from an enrolment: which rules apply, and the link made in the attempt's own transaction."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts import start_attempt
from assessments.choices import AT_A_MARKER, AttemptState
from assessments.drawing import BankTooSmall
from assessments.models import Assessment, Attempt
from assessments.rules import AtMarker, AttemptRefused, AttemptRules, NoMoreAttempts
from courses.models import Requirement

from .adjustments import extra_for
from .choices import EnrolmentState
from .models import AttemptLink, Enrolment
from .states import change_state


class NotAsked(AttemptRefused):
    """Raised when none of the enrolment's requirement sets asks for the assessment."""


def rules_for(enrolment: Enrolment, assessment: Assessment) -> AttemptRules:
    """The rules of the enrolment's pinned set, with the cohort's own in place of them where it has some.

    Where several pinned sets ask for the assessment, the highest share, the fewest attempts and the longest gap
    apply. What a trainer granted this learner comes on top (adjustments.py). Raises NotAsked.
    """
    asked = list(
        Requirement.objects.filter(
            requirement_set__in=enrolment.pinned_sets.values("requirement_set"),
            activity=assessment.activity_id,
            pass_share__isnull=False,
        )
    )
    if not asked:
        return _own_rules(enrolment, assessment)
    limits = [enrolment.cohort] if enrolment.cohort.own_attempt_rules else asked
    counts = [one.attempts_allowed for one in limits if one.attempts_allowed is not None]
    extra, limit = extra_for(enrolment, assessment), enrolment.cohort.time_limit_seconds
    return AttemptRules(
        pass_share=max(one.pass_share or Fraction(0) for one in asked),
        attempts_allowed=min(counts, default=None),
        extra_attempts=extra.attempts,
        gap_seconds=0 if extra.is_without_pause else max(one.gap_seconds for one in limits),
        time_limit_seconds=limit,
        extra_seconds=(limit or 0) * extra.percent // 100,
        closes_at=closes_at(enrolment, assessment),
    )


def closes_at(enrolment: Enrolment, assessment: Assessment) -> datetime | None:
    """When the quiz closes to the enrolment's cohort: at the end of a day in the cohort's time zone; None if never."""
    closing = enrolment.cohort.closings.filter(module=assessment.activity.module_id).first()
    return enrolment.cohort.end_of(closing.closes_on) if closing else None


def _own_rules(enrolment: Enrolment, assessment: Assessment) -> AttemptRules:
    """Of an exercise beside the course, as often as one likes. Raises NotAsked for any other."""
    if assessment.own_pass_share is None or assessment.activity.course_id != enrolment.course_id:
        raise NotAsked(_("This quiz is not part of your enrolment."))
    return AttemptRules(pass_share=assessment.own_pass_share, closes_at=closes_at(enrolment, assessment))


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


def opening_of(enrolment: Enrolment, assessment: Assessment) -> Opening:
    """The rules in force and the attempts so far of an enrolment at an assessment, oldest first. Raises NotAsked."""
    rules = rules_for(enrolment, assessment)
    attempts = list(
        Attempt.objects.filter(assessment=assessment, run_id=enrolment.run_id)
        .exclude(state=AttemptState.VOID)
        .prefetch_related("results")
    )
    if any(attempt.state == AttemptState.IN_PROGRESS for attempt in attempts):
        return Opening(rules, attempts, is_open=True)
    if any(attempt.state in AT_A_MARKER for attempt in attempts):
        waits = AtMarker(_("Your last attempt is not marked yet. Another one can begin once it is."))
        return Opening(rules, attempts, is_open=False, refusal=waits)
    ended = [attempt.handed_in_at for attempt in attempts if attempt.handed_in_at]
    try:
        opens_at = rules.may_begin_at(used=len(attempts), last_ended_at=max(ended, default=None))
    except NoMoreAttempts as no_more:
        return Opening(rules, attempts, is_open=False, refusal=no_more)
    return Opening(rules, attempts, is_open=False, opens_at=opens_at)


@transaction.atomic
def begin_attempt(
    enrolment: Enrolment, assessment: Assessment, *, language: str, at: datetime, seed: str = ""
) -> Attempt:
    """The enrolment's open attempt at this assessment, or a new one, linked to it in the same transaction.

    Whoever begins here has begun the course: nobody takes the place back any more (taking_back.py). The draw is by
    chance; sample people alone name a `seed`, so that theirs is the same every time. Raises AttemptRefused in one of
    its kinds.
    """
    state = Enrolment.objects.select_for_update().values_list("state", flat=True).get(pk=enrolment.pk)
    if state in (EnrolmentState.WITHDRAWN, EnrolmentState.ON_LEAVE):
        raise AttemptRefused(_("Your enrolment is paused or ended. Your trainer can help."))
    try:
        attempt = start_attempt(
            assessment,
            enrolment.learner,
            run_id=enrolment.run_id,
            rules=rules_for(enrolment, assessment),
            language=language,
            at=at,
            seed=seed or secrets.token_hex(16),
        )
    except BankTooSmall as too_small:
        raise AttemptRefused(_("This quiz has too few questions just now. Your trainer can tell us.")) from too_small
    AttemptLink.objects.get_or_create(attempt=attempt, defaults={"enrolment": enrolment})
    if state == EnrolmentState.BOOKED:
        change_state(enrolment, EnrolmentState.ACTIVE, at=at, by=enrolment.learner)
    return attempt
