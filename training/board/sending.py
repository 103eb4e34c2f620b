"""Sending reminders once their reader is awake: those that wait for one person go as one letter."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from enrolments.choices import EnrolmentState
from people.models import User
from post.models import Message
from post.outbox import queue_message
from post.preferences import is_wanted
from post.unsubscribing import address_for

from ..choices import NudgeState
from ..models import Nudge
from .nudge_words import letter_of, subject_of

KIND = "reminder"
NOT_REMINDED = (EnrolmentState.WITHDRAWN, EnrolmentState.ON_LEAVE)  # nothing is due to them


def proved_address(person: User) -> str:
    """The address they have proved to be theirs, the one they sign in with before any other; empty for none."""
    proved = list(EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "pk"))
    own = [one.email for one in proved if one.email.lower() == (person.email or "").lower()]
    return (own or [one.email for one in proved] or [""])[0]


def send_due_nudges(at: datetime | None = None) -> int:
    """Make letters of all reminders that are due; returns how many letters. May run twice without harm."""
    now = at or timezone.now()
    due = Nudge.objects.filter(state=NudgeState.WAITING, due_at__lte=now)
    people = due.order_by("enrolment__learner").values_list("enrolment__learner", flat=True).distinct()
    return sum(_send_to(person, now) for person in list(people))


@transaction.atomic
def _send_to(learner: int, now: datetime) -> bool:
    """One letter to one person; the lock on the person lets no second worker write the same."""
    person = User.objects.select_for_update().get(pk=learner)
    waiting = Nudge.objects.filter(enrolment__learner=person, state=NudgeState.WAITING, due_at__lte=now)
    found = list(waiting.select_related("enrolment__cohort", "by"))
    kept = [one for one in found if may_be_written_to(one, person)]
    Nudge.objects.filter(pk__in={one.pk for one in found} - {one.pk for one in kept}).update(state=NudgeState.DROPPED)
    if not kept:
        return False
    message = _queue(person, kept, now)
    state = NudgeState.SENT if message else NudgeState.DROPPED
    Nudge.objects.filter(pk__in=[one.pk for one in kept]).update(state=state, message=message)
    return message is not None


def may_be_written_to(nudge: Nudge, person: User) -> bool:
    """Whether it may still go: nobody who left, went on leave, was erased or said no meanwhile is written to."""
    gone = nudge.enrolment.state in NOT_REMINDED or person.blanked_at or not person.is_active
    return not gone and is_wanted(person, KIND)


def _queue(person: User, nudges: list[Nudge], now: datetime) -> Message | None:
    with translation.override(person.language):
        text = letter_of(
            [(one.text, one.by.name) for one in nudges],
            course=settings.SITE_URL + reverse("dashboard"),
            stop=address_for(person, KIND),
        )
        return queue_message(
            kind=KIND,
            subject=subject_of([one.enrolment.cohort.name for one in nudges]),
            text=text,
            at=now,
            to=person,
            action=_("Go to my course"),
            dedupe_key=f"reminder:{nudges[0].uuid}",
            reply_to=list(dict.fromkeys(address for one in nudges if (address := proved_address(one.by)))),
        )
