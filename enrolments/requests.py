"""Asking for a place by a link that asks first; a lead of the organisation, or a trainer of the cohort, answers.

Why it is so: docs/decisions/0029-invitations-and-requests.md.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.models import User

from .answers import tell_approved, tell_refused
from .booking import book_enrolment
from .choices import RequestState
from .invitations import InvitationRefused, free_seat, require_addressee, run_that_stays
from .kept_places import keep_place, run_elsewhere
from .models import Enrolment, Invitation, InvitationUse, PlaceRequest
from .places import require_places

SHOWN_FOR = timedelta(days=90)  # how long an answer stands on lists


class AlreadyOnCourse(Exception):
    """Raised when somebody asks for a place on a course they are on; `run` is theirs."""

    def __init__(self, run: Enrolment) -> None:
        super().__init__(_("You are on this course already. You need not ask for a place."))
        self.run = run


class RequestRefused(Exception):
    """Raised when a request cannot be answered so; worded for whoever answers."""


@transaction.atomic
def ask_for_place(invitation: Invitation, person: User, *, at: datetime) -> PlaceRequest:
    """Ask for a place by a link; asking twice returns the same request.

    Raises InvitationRefused for an address it is not for, for a link that is used up, withdrawn or run out, and for
    somebody to whom this link was answered with no; AlreadyOnCourse.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    require_addressee(held, person)
    if run := run_that_stays(held, person):
        raise AlreadyOnCourse(run)
    waiting = PlaceRequest.objects.filter(person=person, cohort=held.cohort, state=RequestState.WAITING)
    if asked := waiting.first():
        return asked
    _require_open(held, person, at=at)
    try:
        with transaction.atomic():
            asked = PlaceRequest.objects.create(
                person=person,
                name=person.name,
                cohort=held.cohort,
                organisation=held.organisation,
                invitation=held,
                asked_at=at,
            )
            note_act("place_asked", subject=asked, at=at, actor=person, person=person)
            return asked
    except IntegrityError:
        # By another link at the same moment; the constraint one_waiting_request_per_cohort let the first in.
        return waiting.get()


def _require_open(invitation: Invitation, person: User, *, at: datetime) -> None:
    if invitation.revoked_at is not None or invitation.expires_at <= at:
        raise InvitationRefused(_("This invitation link does not work any more. Ask whoever sent it for a new one."))
    if invitation.requests.filter(person=person, state=RequestState.REFUSED).exists():
        raise InvitationRefused(
            _("You asked by this link before, and the answer was no. Speak to whoever sent it; they can invite you.")
        )
    if not _is_seated(invitation, person):
        free_seat(invitation)


@transaction.atomic
def approve_request(asked: PlaceRequest, *, by: User, at: datetime, note: str = "") -> PlaceRequest:
    """Book the person in, taking a seat of the link they came by, and tell them.

    Raises RequestRefused, NoPlacesLeft or InvitationRefused (no seat left); nothing is changed then. For somebody who
    has come on the course another way meanwhile the place is kept; they are told so, and whoever answers sees a yes
    like any other (docs/decisions/0035-a-yes-that-changes-nothing.md).
    """
    held = _hold(asked, by=by)
    elsewhere = run_elsewhere(held)
    run = _give_place(held, elsewhere, by=by, at=at)
    held.enrolment = None if elsewhere else run
    _close(held, RequestState.APPROVED, at=at, by=by, note=note)
    note_act("place_request_approved", subject=held, at=at, actor=by, person=held.person)
    tell_approved(held, elsewhere, at=at)
    return held


def _give_place(asked: PlaceRequest, elsewhere: Enrolment | None, *, by: User, at: datetime) -> Enrolment:
    """Booked, or kept beside the run they have, and seated; in the caller's transaction."""
    own = Enrolment.objects.live().filter(learner=asked.person, course=asked.cohort.course)
    if not elsewhere and own.exists():  # booked by the organisation itself since they asked
        return book_enrolment(asked.person, asked.cohort, booked_by=asked.organisation, at=at, by=by)
    # First the invitation, then the offer, as accepting does: two who wait for each other would wait for ever.
    invitation = _held_invitation(asked)
    require_places(asked.cohort, asked.organisation, count=1, at=at)
    seat = _seat_for(invitation) if invitation and not _is_seated(invitation, asked.person) else 0
    if elsewhere:
        keep_place(asked, by=by, at=at)
    run = elsewhere or book_enrolment(asked.person, asked.cohort, booked_by=asked.organisation, at=at, by=by)
    if invitation and seat:
        InvitationUse.objects.create(invitation=invitation, person=asked.person, enrolment=run, seat=seat, used_at=at)
    return run


def _held_invitation(asked: PlaceRequest) -> Invitation | None:
    if asked.invitation_id is None:
        return None
    return Invitation.objects.select_for_update().get(pk=asked.invitation_id)


def _is_seated(invitation: Invitation, person: User) -> bool:
    return invitation.uses.filter(person=person).exists()


def _seat_for(invitation: Invitation) -> int:
    try:
        return free_seat(invitation)
    except InvitationRefused as full:
        words = _(
            "All %(count)s places of the link they came by are taken. You can still invite them by their address."
        )
        raise RequestRefused(words % {"count": invitation.max_uses}) from full


@transaction.atomic
def refuse_request(asked: PlaceRequest, *, by: User, at: datetime, note: str = "") -> PlaceRequest:
    """Say no, and tell the person. Raises RequestRefused."""
    held = _hold(asked, by=by)
    _close(held, RequestState.REFUSED, at=at, by=by, note=note)
    note_act("place_request_refused", subject=held, at=at, actor=by, person=held.person)
    tell_refused(held, at=at)
    return held


@transaction.atomic
def withdraw_request(asked: PlaceRequest, *, at: datetime) -> PlaceRequest:
    """The person asks no more. One that was answered stays as it is."""
    held = PlaceRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=asked.pk)
    if held.state == RequestState.WAITING:
        _close(held, RequestState.WITHDRAWN, at=at)
        note_act("place_request_withdrawn", subject=held, at=at, actor=held.person, person=held.person)
    return held


def _hold(asked: PlaceRequest, *, by: User) -> PlaceRequest:
    """The request under a lock, still waiting and somebody else's. Raises RequestRefused."""
    locked = PlaceRequest.objects.select_for_update(of=("self",))
    held = locked.select_related("person", "cohort__course", "organisation", "decided_by").get(pk=asked.pk)
    if held.state != RequestState.WAITING:
        raise RequestRefused(over_in_words(held))
    if held.person == by:
        raise RequestRefused(_("Nobody answers their own request. Somebody else has to."))
    return held


def _close(asked: PlaceRequest, state: str, *, at: datetime, by: User | None = None, note: str = "") -> None:
    asked.state, asked.decided_at, asked.decided_by, asked.note = state, at, by, note
    asked.save(update_fields=["state", "decided_at", "decided_by", "note", "enrolment"])


def over_in_words(asked: PlaceRequest) -> str:
    """Why a request cannot be answered any more, for whoever wanted to."""
    if asked.state == RequestState.WITHDRAWN:
        return _("%(name)s does not ask for a place any more.") % {"name": asked.asker}
    values = {
        "name": asked.asker,
        "other": asked.decided_by or _("Somebody"),
        "moment": date_format(localtime(asked.decided_at), "j F Y, H:i"),
    }
    if asked.state == RequestState.APPROVED:
        return _("%(other)s has said yes to %(name)s already (%(moment)s). That stands.") % values
    return _("%(other)s has said no to %(name)s already (%(moment)s). That stands.") % values


def waiting_first(requests: QuerySet[PlaceRequest], *, at: datetime) -> QuerySet[PlaceRequest]:
    """Those that wait, the oldest first, and below them what was answered or withdrawn lately, the newest first."""
    shown = Q(state=RequestState.WAITING) | Q(decided_at__gte=at - SHOWN_FOR)
    related = requests.filter(shown).select_related("person", "cohort", "invitation__created_by", "decided_by")
    return related.order_by(F("decided_at").desc(nulls_first=True), "asked_at", "pk")


def asked_by(person: User, *, at: datetime) -> QuerySet[PlaceRequest]:
    """What somebody sees of their own requests: those that wait, and what was refused lately."""
    refused = Q(state=RequestState.REFUSED, decided_at__gte=at - SHOWN_FOR)
    mine = PlaceRequest.objects.filter(Q(state=RequestState.WAITING) | refused, person=person)
    return mine.select_related("cohort", "organisation").order_by("-asked_at")
