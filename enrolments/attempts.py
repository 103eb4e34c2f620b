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
from .openings import rules_for
from .states import change_state


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
