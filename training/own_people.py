"""The people of an organisation as its lead may see them: one row for each person and run, in five statements.

Everything a lead's pages and files say comes from here, so that they cannot differ. Never an answer, a score, a note,
an adjustment or a supervision record: none of them is read. What a person does elsewhere is not read either.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from toolkit.by_language import in_language

from credentials.choices import CredentialState, Standing
from credentials.models import Achievement, Credential
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment, Invitation, PinnedSet
from people.choices import Agency
from people.models import Membership, Organisation

from .choices import Stage
from .expiring import months_left

_STAGES = {
    EnrolmentState.BOOKED: Stage.BOOKED,
    EnrolmentState.ACTIVE: Stage.DOING,
    EnrolmentState.ON_LEAVE: Stage.DOING,
    EnrolmentState.COMPLETED: Stage.DONE,
    EnrolmentState.WITHDRAWN: Stage.LEFT,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate earned in a booking: `within` is the smallest number of months it runs out in, of those asked."""

    title: str
    valid_until_on: date | None
    standing: Standing
    within: int | None = None

    @property
    def words(self) -> str:
        """What somebody has to know of it; empty while it is simply valid."""
        if self.within:
            return (
                _("Runs out within %(count)s months") % {"count": self.within}
                if self.within > 1
                else _("Runs out within a month")
            )
        return "" if self.standing == Standing.VALID else str(self.standing.label)


@dataclass(slots=True)
class Row:
    """One person and one run, or a person without one. `uuid` is the booking's, or the invitation's it waits on."""

    uuid: UUID | None
    person: UUID | None  # of whoever has a page; empty for those who were only written to
    name: str
    stage: Stage
    cohort: str = ""
    agency: str = ""
    since_on: date | None = None  # booked, begun, done or left, as the stage says
    leaves_on: date | None = None
    enrolment: int | None = None
    held: tuple[Held, ...] = ()
    percents: tuple[tuple[str, int], ...] = field(default=())

    @property
    def agency_label(self) -> str:
        return str(Agency(self.agency).label) if self.agency else ""

    @property
    def may_be_taken_back(self) -> bool:
        """Nobody has begun it."""
        return self.stage in (Stage.LETTER_SENT, Stage.BOOKED)

    @property
    def valid_until_on(self) -> date | None:
        """The first day on which something they hold runs out."""
        return min((one.valid_until_on for one in self.held if one.valid_until_on), default=None)


def people_of(organisation: Organisation, *, on: date, person: UUID | None = None) -> list[Row]:
    """Everybody of the organisation that day, in no order; with a `person` only their rows."""
    booked, learners = _booked(organisation, on, person)
    rows = booked + _members(organisation, on, person, learners)
    return rows if person else rows + _invited(organisation)


def _booked(organisation: Organisation, on: date, person: UUID | None) -> tuple[list[Row], set[UUID]]:
    """Every booking that has not ended, but for those taken back before anybody began; and the people in them."""
    not_ended = Q(booking_ended_on=None) | Q(booking_ended_on__gt=on)
    taken_back = Q(state=EnrolmentState.WITHDRAWN, started_at=None)
    bookings = organisation.booked_enrolments.filter(not_ended, learner__blanked_at=None).exclude(taken_back)
    if person:
        bookings = bookings.filter(learner__uuid=person)
    held = _held(bookings, on)
    columns = bookings.values_list(
        "pk", "uuid", "learner__uuid", "learner__name", "learner__last_login", "agency", "cohort__name", "state",
        "booked_at", "started_at", "completed_at", "withdrawn_at", "booking_ended_on",
    )  # fmt: skip
    rows, learners = [], set()
    for pk, uuid, learner, name, signed_in, agency, cohort, state, booked, begun, done, left, ends in columns:
        learners.add(learner)
        stage = _STAGES[EnrolmentState(state)]
        if stage == Stage.BOOKED and signed_in is None:
            rows.append(Row(uuid, None, name, Stage.LETTER_SENT, cohort, since_on=_day(booked)))
            continue
        moment = {Stage.BOOKED: booked, Stage.DOING: begun, Stage.DONE: done, Stage.LEFT: left}[stage]
        rows.append(Row(uuid, learner, name, stage, cohort, agency, _day(moment), ends, pk, tuple(held.get(pk, ()))))
    return rows, learners


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _members(organisation: Organisation, on: date, person: UUID | None, learners: set[UUID]) -> list[Row]:
    """Members who are in no booking that is shown."""
    members = Membership.objects.current(on).filter(organisation=organisation, person__blanked_at=None)
    if person:
        members = members.filter(person__uuid=person)
    columns = members.values_list("person__uuid", "person__name", "person__agency", "ended_on")
    return [
        Row(None, uuid, name, Stage.NOT_BOOKED, agency=agency, leaves_on=ends_on)
        for uuid, name, agency, ends_on in columns
        if uuid not in learners
    ]


def _invited(organisation: Organisation) -> list[Row]:
    """People who were written to and have not answered.

    Whether the link still works is not asked: somebody booked at once who never signed in stays on the list too, and
    the two may not be told apart.
    """
    waiting = Invitation.objects.filter(organisation=organisation, revoked_at=None, uses=None).exclude(email="")
    columns = waiting.values_list("uuid", "name", "cohort__name", "created_at")
    return [
        Row(uuid, None, name or _("No name given"), Stage.LETTER_SENT, cohort, since_on=_day(made))
        for uuid, name, cohort, made in columns
    ]


def _held(bookings: Any, on: date) -> dict[int, list[Held]]:
    """The certificates earned in the bookings, by enrolment.

    One that was followed by another is left out, and one that a later certificate of the same kind covers is not
    running out. A certificate without a last day is later than any other.
    """
    columns = (
        Credential.objects.filter(enrolment__in=bookings.values("pk"), successor=None)
        .exclude(state=CredentialState.REPLACED)
        .order_by("pk")
        .values_list("enrolment_id", "learner_id", "achievement_id", "state", "valid_until_on")
    )
    found = list(columns)
    titles = {pk: in_language(texts) for pk, texts in Achievement.objects.values_list("pk", "titles")}
    latest: dict[tuple[int, int], date] = {}
    for _enrolment, learner, achievement, state, until in found:
        if state == CredentialState.ISSUED:
            latest[learner, achievement] = max(latest.get((learner, achievement), date.min), until or date.max)
    held: dict[int, list[Held]] = defaultdict(list)
    for enrolment, learner, achievement, state, until in found:
        standing = Standing.EXPIRED if until and on > until else Standing.VALID
        if state != CredentialState.ISSUED:
            standing = Standing(state)
        is_latest = standing == Standing.VALID and latest[learner, achievement] == until
        within = months_left(until, on=on) if until and is_latest else None
        held[enrolment].append(Held(titles.get(achievement, ""), until, standing, within))
    return held


def with_percents(rows: Iterable[Row]) -> list[Row]:
    """The rows, told how far each is in every requirement set they are pinned to; two statements."""
    told = list(rows)
    bookings = [row.enrolment for row in told if row.enrolment]
    titles = {
        (course, key): in_language(texts)
        for course, key, texts in Achievement.objects.values_list("course_id", "key", "titles")
    }
    percents: dict[int, list[tuple[str, int]]] = defaultdict(list)
    pinned = PinnedSet.objects.filter(enrolment__in=bookings).order_by("key")
    for enrolment, course, key, percent in pinned.values_list("enrolment", "enrolment__course", "key", "percent"):
        percents[enrolment].append((titles.get((course, key)) or key, percent))
    for row in told:
        row.percents = tuple(percents.get(row.enrolment or 0, ()))
    return told


def in_parts(rows: list[Row], *, of: int = 500) -> Iterator[Row]:
    """The rows, each told its percentages, some hundred at a time."""
    for start in range(0, len(rows), of):
        yield from with_percents(rows[start : start + of])


def booking_at(organisation: Organisation, uuid: UUID, *, on: date) -> tuple[Row, Enrolment | Invitation] | None:
    """One row of a booking or of a letter, and what stands behind it."""
    row = next((row for row in people_of(organisation, on=on) if row.uuid == uuid), None)
    if row is None:
        return None
    behind = Enrolment.objects.filter(uuid=uuid).select_related("learner").first()
    return row, behind or Invitation.objects.get(uuid=uuid)
