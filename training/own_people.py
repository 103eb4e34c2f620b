"""The people of an organisation as its lead may see them: one row for each person and run.

Everything a lead's pages and files say comes from here, so that they cannot differ. Never an answer, a score, a note,
an adjustment or a supervision record: none of them is read. What a person does elsewhere is not read either.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from toolkit.by_language import in_language
from toolkit.days import site_day

from credentials.choices import CredentialState, Standing
from credentials.models import Achievement, Credential
from enrolments.choices import EnrolmentState
from enrolments.coming import forgotten, never_seen, unanswered
from enrolments.models import Enrolment, Invitation, PinnedSet
from enrolments.querysets import by_a_yes
from people.choices import Agency
from people.models import Membership, Organisation, User

from .choices import Stage
from .expiring import months_left
from .how_far import Share, in_few_words, percent_of_all, titles_of_sets

_STAGE = Case(
    When(state=EnrolmentState.BOOKED, learner__last_login=None, then=Value(Stage.LETTER_SENT)),
    When(state=EnrolmentState.BOOKED, then=Value(Stage.BOOKED)),
    When(state=EnrolmentState.COMPLETED, then=Value(Stage.DONE)),
    When(state=EnrolmentState.WITHDRAWN, then=Value(Stage.LEFT)),
    default=Value(Stage.DOING),
)
_MOMENT = Case(
    When(state=EnrolmentState.BOOKED, then=F("booked_at")),
    When(state=EnrolmentState.COMPLETED, then=F("completed_at")),
    When(state=EnrolmentState.WITHDRAWN, then=F("withdrawn_at")),
    default=F("started_at"),
)


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
    """One person and one run, or a person without one.

    What a page or a file says of it and a count or an order does not need is told later, by `told`: the identifiers
    for addresses, and how far they are.
    """

    name: str
    stage: Stage
    cohort: str = ""
    agency: str = ""
    moment: datetime | None = None  # booked, begun, done or left, as the stage says
    leaves_on: date | None = None
    enrolment: int | None = None
    invitation: int | None = None
    member: int | None = None  # the person; empty for those who were only written to
    held: tuple[Held, ...] = ()
    uuid: UUID | None = None  # of the booking, or of the invitation that waits for an answer
    person: UUID | None = None
    shares: tuple[Share, ...] = ()

    @property
    def since_on(self) -> date | None:
        return site_day(self.moment) if self.moment else None

    @property
    def agency_label(self) -> str:
        return str(Agency(self.agency).label) if self.agency else ""

    @property
    def may_be_taken_back(self) -> bool:
        """Nobody has begun it."""
        return self.stage in (Stage.LETTER_SENT, Stage.BOOKED)

    @property
    def how_far(self) -> list[str]:
        """A phrase for each requirement set they have begun, and one for the others."""
        return in_few_words(self.shares)

    @property
    def percent(self) -> int:
        """Of everything that is asked of them."""
        return percent_of_all((one.done, one.required) for one in self.shares)

    @property
    def valid_until_on(self) -> date | None:
        """The first day on which something they hold runs out."""
        return min((one.valid_until_on for one in self.held if one.valid_until_on), default=None)


def people_of(organisation: Organisation, *, on: date, person: UUID | None = None) -> list[Row]:
    """Everybody of the organisation that day, in no order; with a `person` only their rows."""
    booked, learners = _booked(organisation, on, person)
    members = _members(organisation, on, person)
    letters = _letters(organisation, on, {one.address: one for one in members}, is_for_one=person is not None)
    told_of = learners | {row.member for row in letters}
    return [*booked, *letters, *(one.row() for one in members if one.pk not in told_of)]


def _booked(organisation: Organisation, on: date, person: UUID | None) -> tuple[list[Row], set[int]]:
    """Every booking that has not ended, but for those taken back before anybody began; and the people in them."""
    taken_back = Q(state=EnrolmentState.WITHDRAWN, started_at=None)
    bookings = Enrolment.objects.reported_by(organisation, on=on).filter(learner__blanked_at=None)
    bookings = bookings.exclude(taken_back).exclude(forgotten(on=on))
    if person:
        bookings = bookings.filter(learner__uuid=person)
    held = _held(bookings, on)
    columns = bookings.annotate(stage=_STAGE, moment=_MOMENT, by_a_yes=by_a_yes()).values_list(
        "pk", "learner", "learner__name", "stage", "cohort__name", "agency", "moment", "booking_ended_on",
        "by_a_yes", "learner__agency",
    )  # fmt: skip
    rows, learners = [], set()
    for pk, learner, name, stage, cohort, agency, moment, ends_on, answered_yes, agency_now in columns:
        learners.add(learner)
        if stage == Stage.BOOKED and answered_yes:  # as one looks for whom the place is only kept (decision 35)
            rows.append(Row(name, Stage.LETTER_SENT, cohort, agency_now, moment, ends_on, pk, None, learner))
        elif stage == Stage.LETTER_SENT:
            rows.append(Row(name, Stage.LETTER_SENT, cohort, agency, moment, enrolment=pk))
        else:
            rows.append(Row(name, _STAGES[stage], cohort, agency, moment, ends_on, pk, None, learner, held.get(pk, ())))
    return rows, learners


_STAGES = {stage.value: stage for stage in Stage}


@dataclass(frozen=True, slots=True)
class _Member:
    """A current member, by the address they sign in with."""

    pk: int
    name: str
    address: str
    agency: str
    leaves_on: date | None

    def row(self) -> Row:
        """Of a member who is in no booking that is shown."""
        return Row(self.name, Stage.NOT_BOOKED, agency=self.agency, leaves_on=self.leaves_on, member=self.pk)


def _members(organisation: Organisation, on: date, person: UUID | None) -> list[_Member]:
    lost = Enrolment.objects.filter(never_seen(on=on), booked_by=organisation).values("learner")
    members = Membership.objects.current(on).filter(organisation=organisation, person__blanked_at=None)
    members = members.exclude(person__in=lost)
    if person:
        members = members.filter(person__uuid=person)
    columns = members.values_list("person", "person__name", "person__email", "person__agency", "ended_on")
    return [_Member(pk, name, (email or "").lower(), agency, ends_on) for pk, name, email, agency, ends_on in columns]


def _letters(organisation: Organisation, on: date, members: dict[str, _Member], *, is_for_one: bool) -> list[Row]:
    """People who were written to and have not answered; members among them under their own name.

    Whether the link still works is not asked: somebody booked at once who never signed in stays on the list too, and
    the two may not be told apart.
    """
    waiting = unanswered(on=on).filter(organisation=organisation)
    rows = []
    for pk, name, email, agency, cohort, made in waiting.values_list(
        "pk", "name", "email", "agency", "cohort__name", "created_at"
    ):
        if member := members.get(email.lower()):
            row = Row(member.name, Stage.LETTER_SENT, cohort, member.agency, made, member.leaves_on, member=member.pk)
        elif is_for_one:
            continue
        else:
            row = Row(name or _("No name given"), Stage.LETTER_SENT, cohort, agency, made)
        row.invitation = pk
        rows.append(row)
    return rows


def _held(bookings: Any, on: date) -> dict[int, tuple[Held, ...]]:
    """The certificates earned in the bookings, by enrolment.

    One that was followed by another is left out, and one that a later certificate of the same kind covers is not
    running out. A certificate without a last day is later than any other.
    """
    columns = (
        Credential.objects.not_replaced()
        .filter(enrolment__in=bookings.values("pk"))
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
    return {enrolment: tuple(those) for enrolment, those in held.items()}


def told(rows: Iterable[Row]) -> list[Row]:
    """The rows, told their identifiers and how far each is in every requirement set; five statements."""
    known = list(rows)
    shares = _shares([row.enrolment for row in known if row.enrolment])
    bookings = _uuids(Enrolment.objects.all(), [row.enrolment for row in known])
    letters = _uuids(Invitation.objects.all(), [row.invitation for row in known])
    members = _uuids(User.objects.all(), [row.member for row in known])
    for row in known:
        row.uuid = bookings.get(row.enrolment) or letters.get(row.invitation)
        row.person = members.get(row.member)
        row.shares = tuple(shares.get(row.enrolment or 0, ())) if row.stage != Stage.LETTER_SENT else ()
    return known


def _uuids(rows: QuerySet[Any], keys: list[int | None]) -> dict[int | None, UUID]:
    return dict(rows.filter(pk__in=[key for key in keys if key]).values_list("pk", "uuid"))


def _shares(bookings: list[int]) -> dict[int, list[Share]]:
    titles = titles_of_sets()
    shares: dict[int, list[Share]] = defaultdict(list)
    pinned = PinnedSet.objects.filter(enrolment__in=bookings).order_by("key")
    for enrolment, course, key, *counted in pinned.values_list(
        "enrolment", "enrolment__course", "key", "done_count", "required_count", "percent"
    ):
        shares[enrolment].append(Share(titles.get((course, key)) or key, *counted))
    return shares


def in_parts(rows: list[Row], *, of: int = 1000) -> Iterator[Row]:
    """The rows, each told the rest, so many at a time."""
    for start in range(0, len(rows), of):
        yield from told(rows[start : start + of])


def booking_at(organisation: Organisation, uuid: UUID, *, on: date) -> tuple[Row, Enrolment | Invitation] | None:
    """One row of a booking or of a letter, and what stands behind it."""
    behind = (
        Enrolment.objects.filter(uuid=uuid, booked_by=organisation).select_related("learner").first()
        or Invitation.objects.filter(uuid=uuid, organisation=organisation).first()
    )
    if behind is None:
        return None
    place = "enrolment" if isinstance(behind, Enrolment) else "invitation"
    row = next((row for row in people_of(organisation, on=on) if getattr(row, place) == behind.pk), None)
    return (told([row])[0], behind) if row else None
