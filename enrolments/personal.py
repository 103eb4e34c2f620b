"""What this room holds about people, and how it goes (toolkit/personal.py).

That somebody completed, passed and met a set is kept without what it was told from (`progress.keep_standing`).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, Subject, about_nobody, delete_rows, hold, mentions, retain, rows_of

from assessments.models import Attempt, Draft
from assessments.removal import delete_attempts

from .choices import LIVE_STATES, EnrolmentState, ListState, RequestState
from .closing_models import QuizClosing
from .models import (
    Adjustment,
    Appointment,
    AttemptLink,
    Attendance,
    Cohort,
    CohortOffer,
    CohortProvider,
    CohortRole,
    Enrolment,
    EnrolmentChange,
    EnrolmentList,
    Invitation,
    InvitationUse,
    LiveSession,
    ModuleOpening,
    PinnedSet,
    PlaceRequest,
    PlannedDate,
    Progress,
    RecordedResult,
    ReplacedLink,
)
from .progress import keep_standing
from .states import change_state

LIST_KEPT_FOR = timedelta(days=7)
KEPT_COUNTS = _("Kept without your name: reports count places by agency and area.")
KEPT_AWARDS = _("That you completed and passed is kept without your name, because certificates rest on it.")


def _keep_standing(runs: QuerySet[Enrolment]) -> None:
    for run in list(runs):
        keep_standing(run)


def _forget_places(rows: QuerySet[Progress], at: datetime) -> int:
    _keep_standing(Enrolment.objects.filter(progress__in=rows).distinct())
    return rows.update(place="", place_at=None)


def _leave(rows: QuerySet[Enrolment], at: datetime) -> int:
    """A running course ends with the account."""
    running = list(rows.filter(state__in=LIVE_STATES))
    for enrolment in running:
        change_state(enrolment, EnrolmentState.WITHDRAWN, at=at)
    return len(running)


def _empty_reasons(rows: QuerySet[EnrolmentChange], at: datetime) -> int:
    return rows.exclude(why="").update(why="", reduced_at=at)


def _end_terms(rows: QuerySet[Any], at: datetime) -> int:
    """End open terms today, or on the day they begin if that is later."""
    today = at.date()
    ends = Case(When(starts_on__gt=today, then=F("starts_on")), default=Value(today))
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=today)).update(ends_on=ends)


def _invitations(subject: Subject) -> QuerySet[Invitation]:
    wanted = Q(pk__in=[])
    for address in subject.addresses:
        wanted |= Q(email__lower=address)
    return Invitation.objects.filter(wanted)


def _withdraw_invitations(rows: QuerySet[Invitation], at: datetime) -> int:
    """Without its address a link would open for anybody, so it is withdrawn as well."""
    return rows.update(email="", name="", revoked_at=Coalesce("revoked_at", Value(at)))


def _withdraw_requests(rows: QuerySet[PlaceRequest], at: datetime) -> int:
    waiting = rows.filter(state=RequestState.WAITING)
    withdrawn = waiting.update(state=RequestState.WITHDRAWN, decided_at=at, note="", name="")
    return withdrawn + rows.exclude(note="", name="").update(note="", name="")


def _lists(subject: Subject) -> QuerySet[EnrolmentList]:
    """Lists not yet taken in that name one of the addresses: on a line, or in the report beside somebody else’s."""
    open_lists = EnrolmentList.objects.exclude(rows=[], report={})
    naming = [one.pk for one in open_lists.iterator() if mentions([one.rows, one.report], subject.addresses)]
    return EnrolmentList.objects.filter(pk__in=naming)


def _give_lists_up(rows: QuerySet[EnrolmentList], at: datetime) -> int:
    """A list that names somebody who went is given up whole: whoever sent it sends it again without them."""
    return rows.update(rows=[], report={}, state=ListState.GIVEN_UP, moved_at=at)


_TERM = {"role": _("Role"), "starts_on": _("From"), "ends_on": _("To")}

hold(
    Holding(
        Invitation,
        _("Invitations sent to your address"),
        "invitations",
        {
            "email": _("Address"),
            "name": _("Name"),
            "cohort__name": _("Cohort"),
            "created_at": _("Made"),
            "expires_at": _("Works until"),
        },
        _invitations,
        _withdraw_invitations,
    ),
    Holding(
        EnrolmentList,
        _("Lists of people to be booked that name you"),
        "invitations",
        {"organisation__name": _("Organisation"), "cohort__name": _("Cohort"), "uploaded_at": _("Sent in")},
        _lists,
        _give_lists_up,
    ),
    Holding(
        PlaceRequest,
        _("Places you asked for"),
        "attendance",
        {
            "cohort__name": _("Cohort"),
            "organisation__name": _("Organisation"),
            "name": _("Name you asked under"),
            "state": _("State"),
            "asked_at": _("Asked"),
            "decided_at": _("Answered"),
            "note": _("What you were told"),
        },
        rows_of(PlaceRequest, "person"),
        _withdraw_requests,
        kept=KEPT_COUNTS,
    ),
    Holding(
        InvitationUse,
        _("Invitations you accepted"),
        "attendance",
        {"invitation__cohort__name": _("Cohort"), "used_at": _("When")},
        rows_of(InvitationUse, "person"),
        kept=KEPT_COUNTS,
    ),
    Holding(
        CohortRole,
        _("Your roles in cohorts"),
        "attendance",
        {"cohort__name": _("Cohort"), **_TERM},
        rows_of(CohortRole, "person"),
        _end_terms,
    ),
    Holding(
        Appointment,
        _("Learners you were appointed to"),
        "attendance",
        {"enrolment__cohort__name": _("Cohort"), **_TERM},
        rows_of(Appointment, "person"),
        _end_terms,
    ),
    Holding(
        Adjustment,
        _("What your trainers granted you beyond the rules"),
        "drafts",
        {"kind": _("What"), "percent": _("Per cent"), "given_at": _("When"), "taken_back_at": _("Taken back")},
        rows_of(Adjustment, "enrolment__learner"),
        delete_rows,
    ),
    Holding(
        Attendance,
        _("Live sessions, as entered in their registers"),
        "attendance",
        {
            "session__title": _("What"),
            "session__starts_at": _("When"),
            "number": _("Entry"),
            "state": _("State"),
            "at": _("Entered"),
        },
        rows_of(Attendance, "enrolment__learner"),
        kept=KEPT_AWARDS,
    ),
    Holding(
        EnrolmentChange,
        _("What changed on your courses"),
        "attendance",
        {"to_state": _("Became"), "at": _("When"), "why": _("Why")},
        rows_of(EnrolmentChange, "enrolment__learner"),
        _empty_reasons,
    ),
    Holding(
        Enrolment,
        _("Your courses"),
        "attendance",
        {
            "course__code": _("Course"),
            "cohort__name": _("Cohort"),
            "state": _("State"),
            "booked_by__name": _("Booked by"),
            "agency": _("Agency at booking"),
            "area__name": _("Area at booking"),
            "booked_at": _("Booked"),
            "started_at": _("Begun"),
            "completed_at": _("Completed"),
            "withdrawn_at": _("Left"),
        },
        rows_of(Enrolment, "learner"),
        _leave,
        kept=KEPT_COUNTS,
    ),
    Holding(
        PinnedSet,
        _("How far you are"),
        "attendance",
        {"key": _("For"), "percent": _("Per cent done"), "met_at": _("Everything done")},
        rows_of(PinnedSet, "enrolment__learner"),
        kept=KEPT_AWARDS,
    ),
    Holding(
        Progress,
        _("What you read, watched and passed"),
        "attendance",
        {
            "activity__kind": _("Kind"),
            "activity__uuid": _("Identifier"),
            "first_seen_at": _("First opened"),
            "last_seen_at": _("Last opened"),
            "place": _("Section you were last in"),
            "marked_read_at": _("Marked as read"),
            "watched_at": _("Film watched"),
            "completed_at": _("Completed"),
            "passed_at": _("Passed"),
        },
        rows_of(Progress, "enrolment__learner"),
        _forget_places,
        kept=KEPT_AWARDS,
    ),
)
hold(
    Holding(
        RecordedResult,
        _("Results of yours that were recorded here"),
        "attendance",
        {
            "activity__kind": _("Kind"),
            "activity__uuid": _("Identifier"),
            "points": _("Points"),
            "max_score": _("Of"),
            "passed": _("Passed"),
            "at": _("When"),
            "recorded_at": _("Recorded"),
            "source": _("Where it was read"),
        },
        rows_of(RecordedResult, "enrolment__learner"),
        kept=KEPT_AWARDS,
    ),
)
about_nobody(
    _("Names of groups, who delivers them and who may book into them; people stand there by rows of other tables."),
    Cohort,
    CohortProvider,
    CohortOffer,
    LiveSession,
    PlannedDate,
)
about_nobody(_("Days on which parts of a course open to a group."), ModuleOpening)
about_nobody(_("Days on which the quizzes of a course close to a group."), QuizClosing)
about_nobody(_("Digests of links that open nothing any more; the invitation says whose they were."), ReplacedLink)
about_nobody(_("Joins an attempt to its course; both say for themselves what they hold."), AttemptLink)


# -- What is too old ----------------------------------------------------------------------------------------------


def ended_runs(before: datetime, held: frozenset[int]) -> QuerySet[Enrolment]:
    """Enrolments that ended before: completed, left, or never ended in a cohort that did."""
    ended = Q(completed_at__lt=before) | Q(withdrawn_at__lt=before) | Q(cohort__ends_on__lt=before.date())
    open_now = Q(state__in=LIVE_STATES) & (Q(cohort__ends_on=None) | Q(cohort__ends_on__gte=before.date()))
    return Enrolment.objects.filter(ended).exclude(open_now).exclude(learner__in=held)


def _old_drafts(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Drafts of courses that ended; what was handed in stands in responses."""
    return Draft.objects.filter(place__attempt__link__enrolment__in=ended_runs(before, held)).delete()[0]


def _old_evidence(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Attempts of courses that ended long ago; that they were passed stays as a fact of its own."""
    links = AttemptLink.objects.filter(enrolment__in=ended_runs(before, held))
    _keep_standing(Enrolment.objects.filter(attempt_links__in=links).distinct())
    attempts = list(links.values_list("attempt", flat=True))
    links.delete()
    return delete_attempts(Attempt.objects.filter(pk__in=attempts))


def _old_attendance(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Registers of courses that ended long ago; that somebody attended stays as a fact of its own."""
    rows = Attendance.objects.filter(enrolment__in=ended_runs(before, held))
    _keep_standing(Enrolment.objects.filter(attendance__in=rows).distinct())
    return rows.delete()[0]


def _old_recorded(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Recorded results go like attempts; the newest first, for each points at the one it supersedes."""
    gone, old = 0, RecordedResult.objects.filter(enrolment__in=ended_runs(before, held))
    _keep_standing(Enrolment.objects.filter(recorded_results__in=old).distinct())
    while found := list(old.filter(successor=None).values_list("pk", flat=True)):
        gone += delete_rows(RecordedResult.objects.filter(pk__in=found), at)
    return gone


def _old_progress(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Of old progress only completed and passed stay."""
    rows = Progress.objects.filter(enrolment__in=ended_runs(before, held)).exclude(
        marked_read_at=None, watched_at=None, place="", digest_seen="", digest_read=""
    )
    _keep_standing(Enrolment.objects.filter(progress__in=rows).distinct())
    return rows.update(marked_read_at=None, watched_at=None, place="", place_at=None, digest_seen="", digest_read="")


def _old_changes(before: datetime, at: datetime, held: frozenset[int]) -> int:
    old = EnrolmentChange.objects.filter(at__lt=before).exclude(enrolment__learner__in=held)
    return old.filter(~Q(why="") | Q(by__isnull=False)).update(why="", by=None, reduced_at=at)


def _old_roles(before: datetime, at: datetime, held: frozenset[int]) -> int:
    return CohortRole.objects.filter(ends_on__lt=before.date()).exclude(person__in=held).delete()[0]


def _old_adjustments(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """They may tell something of somebody's health, so they go with the drafts: a year after the course ended."""
    return Adjustment.objects.filter(enrolment__in=ended_runs(before, held)).delete()[0]


def _old_appointments(before: datetime, at: datetime, held: frozenset[int]) -> int:
    old = Appointment.objects.filter(ends_on__lt=before.date())
    return old.exclude(person__in=held).exclude(enrolment__learner__in=held).delete()[0]


def _old_uses(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Who came by which link; seats are counted while a link can still be used, and no longer."""
    old = InvitationUse.objects.filter(used_at__lt=before, invitation__expires_at__lt=before)
    return old.exclude(person__in=held).delete()[0]


def _old_invitations(before: datetime, at: datetime, held: frozenset[int]) -> int:
    old = Invitation.objects.filter(expires_at__lt=before).exclude(email="").exclude(uses__person__in=held)
    ReplacedLink.objects.filter(invitation__expires_at__lt=before).delete()
    return Invitation.objects.filter(pk__in=list(old.values_list("pk", flat=True))).update(email="", name="")


def _old_lists(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Lists nobody took in within a week, whatever the rule says of invitations: they are not needed any more."""
    old = EnrolmentList.objects.filter(moved_at__lt=at - LIST_KEPT_FOR)
    return old.exclude(rows=[], report={}).update(rows=[], report={}, state=ListState.GIVEN_UP, moved_at=at)


def _old_requests(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Of a yes to a booking nobody has begun it stays that it was one, or lists would show the booking anew."""
    old = PlaceRequest.objects.filter(decided_at__lt=before).exclude(person__in=held)
    stays = Q(state=RequestState.APPROVED, enrolment__state=EnrolmentState.BOOKED)
    emptied = old.filter(stays).exclude(note="", name="", decided_by=None).update(note="", name="", decided_by=None)
    return emptied + old.exclude(pk__in=old.filter(stays).values("pk")).delete()[0]


retain(
    Retention("drafts", Draft, _old_drafts),
    Retention("drafts", Adjustment, _old_adjustments),
    Retention("attendance", Attempt, _old_evidence),
    Retention("attendance", Attendance, _old_attendance),
    Retention("attendance", RecordedResult, _old_recorded),
    Retention("attendance", Progress, _old_progress),
    Retention("attendance", EnrolmentChange, _old_changes),
    Retention("attendance", CohortRole, _old_roles),
    Retention("attendance", Appointment, _old_appointments),
    Retention("attendance", InvitationUse, _old_uses),
    Retention("attendance", PlaceRequest, _old_requests),
    Retention("invitations", Invitation, _old_invitations),
    Retention("invitations", EnrolmentList, _old_lists),
)
