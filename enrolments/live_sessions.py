"""Planning the live sessions of a cohort: adding, changing, cancelling. Whoever is booked hears of what changed."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.models import User

from .choices import EnrolmentState
from .letters_of_live_sessions import tell_cancelled, tell_moved
from .live_words import CALENDAR_FIELDS
from .models import Attendance, Cohort, Enrolment, LiveSession

EXPECTED_STATES = (EnrolmentState.BOOKED, EnrolmentState.ACTIVE)


class SessionRefused(Exception):
    """Raised for a change that cannot be made any more; worded for the trainer."""


@transaction.atomic
def plan_session(cohort: Cohort, *, by: User, at: datetime, **fields: Any) -> LiveSession:
    """A new session. Raises SessionRefused if the same one is there already, as after a second click."""
    try:
        with transaction.atomic():
            made = LiveSession.objects.create(cohort=cohort, changed_at=at, **fields)
    except IntegrityError as error:
        raise SessionRefused(_("A session of this title is planned for this time already.")) from error
    note_act("live_session_planned", subject=made, at=at, actor=by)
    return made


@transaction.atomic
def change_session(session: LiveSession, *, seen: int, by: User, at: datetime, **fields: Any) -> LiveSession:
    """Change what is given; whoever is booked is told of a new time or place while it lies ahead.

    `seen` is the sequence that whoever changes it has seen. Raises SessionRefused.
    """
    held = _held(session)
    _require_open(held, seen)
    if {"starts_at", "ends_at", "activity"} & _changed(held, fields) and held.register.exists():
        raise SessionRefused(_("The register has been begun, so time and what it counts as stay as they are."))
    moved = CALENDAR_FIELDS & _changed(held, fields)
    for name, value in fields.items():
        setattr(held, name, value)
    held.sequence, held.changed_at = held.sequence + 1, at
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        raise SessionRefused(_("A session of this title is planned for this time already.")) from error
    note_act("live_session_changed", subject=held, at=at, actor=by)
    if moved and held.ends_at > at:
        tell_moved(held, at=at)
    return held


@transaction.atomic
def cancel_session(session: LiveSession, *, by: User, at: datetime) -> LiveSession:
    """It does not take place, and whoever is booked is told. Doing it twice is doing it once. Raises SessionRefused."""
    held = _held(session)
    if held.cancelled_at is not None:
        return held
    if held.register.exists():
        raise SessionRefused(_("The register has been begun, so the session took place and cannot be cancelled."))
    held.cancelled_at, held.changed_at, held.sequence = at, at, held.sequence + 1
    held.save()
    note_act("live_session_cancelled", subject=held, at=at, actor=by)
    if held.ends_at > at:
        tell_cancelled(held, at=at)
    return held


def _held(session: LiveSession) -> LiveSession:
    return LiveSession.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=session.pk)


def _require_open(held: LiveSession, seen: int) -> None:
    if held.cancelled_at is not None:
        raise SessionRefused(_("This session was cancelled, so it cannot be changed any more."))
    if held.sequence != seen:
        raise SessionRefused(
            _("Somebody changed this session since you opened this page. What you wrote is still here; look at theirs.")
        )


def _changed(held: LiveSession, fields: dict[str, Any]) -> set[str]:
    return {name for name, value in fields.items() if getattr(held, name) != value}


def on_register(session: LiveSession) -> QuerySet[Enrolment]:
    """Who stands on its register: everybody of the cohort who came, was booked before its end and has not left."""
    runs = Enrolment.objects.not_withdrawn().come().filter(cohort=session.cohort_id, learner__blanked_at=None)
    return runs.filter(booked_at__lt=session.ends_at)


def waiting_registers(cohort: Cohort, *, at: datetime) -> list[LiveSession]:
    """Sessions that have begun and of whose register somebody expected is missing, the oldest first."""
    expected = Enrolment.objects.come().filter(
        cohort=OuterRef("cohort"),
        learner__blanked_at=None,
        state__in=EXPECTED_STATES,
        booked_at__lt=OuterRef("ends_at"),
    )
    entered = Attendance.objects.filter(session=OuterRef(OuterRef("pk")), enrolment=OuterRef("pk"))
    begun = cohort.live_sessions.filter(Exists(expected.filter(~Exists(entered))), cancelled_at=None, starts_at__lte=at)
    return list(begun.select_related("cohort"))
