"""Attempts, seen from an enrolment: one begins, linked to it in the attempt's own transaction."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts import start_attempt
from assessments.drawing import BankTooSmall
from assessments.models import Assessment, Attempt
from assessments.rules import AttemptRefused

from .choices import EnrolmentState
from .models import AttemptLink, Enrolment
from .openings import OnLeave, rules_for
from .states import change_state


@transaction.atomic
def begin_attempt(
    enrolment: Enrolment, assessment: Assessment, *, language: str, at: datetime, seed: str = ""
) -> Attempt:
    """The enrolment's open attempt at this assessment, or a new one, linked to it in the same transaction.

    Whoever begins here has begun the course: nobody takes the place back any more (taking_back.py). Whoever is on leave
    comes back to their open attempt and begins no new one. The draw is by chance; sample people alone name a `seed`, so
    that theirs is the same every time. Raises AttemptRefused in one of its kinds.
    """
    state = Enrolment.objects.select_for_update().values_list("state", flat=True).get(pk=enrolment.pk)
    if state == EnrolmentState.WITHDRAWN:
        raise AttemptRefused(_("Your enrolment has ended. Your trainer can help."))
    if state == EnrolmentState.ON_LEAVE:
        return _under_way(enrolment, assessment)
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


def _under_way(enrolment: Enrolment, assessment: Assessment) -> Attempt:
    """The attempt that whoever is on leave may still hand in. Raises OnLeave where there is none."""
    found = Attempt.objects.open().filter(assessment=assessment, run_id=enrolment.run_id).first()
    if found is None:
        raise OnLeave
    return found
