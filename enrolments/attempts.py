"""Attempts, seen from an enrolment: which rules apply, and the link made in the attempt's own transaction."""

import secrets
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts import start_attempt
from assessments.drawing import BankTooSmall
from assessments.models import Assessment, Attempt
from assessments.rules import AttemptRefused, AttemptRules
from courses.models import Requirement

from .choices import EnrolmentState
from .models import AttemptLink, Enrolment


class NotAsked(AttemptRefused):
    """Raised when none of the enrolment's requirement sets asks for the assessment."""


def rules_for(enrolment: Enrolment, assessment: Assessment) -> AttemptRules:
    """The rules of the enrolment's pinned set, with the cohort's own in place of them where it has some.

    Where several pinned sets ask for the assessment, the strictest share applies. Raises NotAsked.
    """
    asked = list(
        Requirement.objects.filter(
            requirement_set__in=enrolment.pinned_sets.values("requirement_set"),
            activity=assessment.activity_id,
            pass_share__isnull=False,
        )
    )
    if not asked:
        raise NotAsked(_("This quiz is not part of your enrolment."))
    share, strictest = max(((one.pass_share or Fraction(0), one) for one in asked), key=lambda pair: pair[0])
    limits = enrolment.cohort if enrolment.cohort.own_attempt_rules else strictest
    return AttemptRules(
        pass_share=share,
        attempts_allowed=limits.attempts_allowed,
        gap_seconds=limits.gap_seconds,
        time_limit_seconds=enrolment.cohort.time_limit_seconds,
    )


@transaction.atomic
def begin_attempt(enrolment: Enrolment, assessment: Assessment, *, language: str, at: datetime) -> Attempt:
    """The enrolment's open attempt at this assessment, or a new one, linked to it in the same transaction.

    Raises AttemptRefused in one of its kinds.
    """
    if enrolment.state in (EnrolmentState.WITHDRAWN, EnrolmentState.ON_LEAVE):
        raise AttemptRefused(_("Your enrolment is paused or ended. Your trainer can help."))
    try:
        attempt = start_attempt(
            assessment,
            enrolment.learner,
            run_id=enrolment.run_id,
            rules=rules_for(enrolment, assessment),
            language=language,
            at=at,
            seed=secrets.token_hex(16),
        )
    except BankTooSmall as too_small:
        raise AttemptRefused(_("This quiz has too few questions just now. Your trainer can tell us.")) from too_small
    AttemptLink.objects.get_or_create(attempt=attempt, defaults={"enrolment": enrolment})
    return attempt
