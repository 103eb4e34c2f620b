"""What happened in a run, in order: from being booked to what was earned. No answer, note or reflection is read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from assessments.choices import AttemptState
from assessments.models import Attempt
from courses.choices import ActivityKind
from credentials.models import Credential
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment
from player.words import points_in_words

from ..models import Nudge
from .granting_words import granted_in_words


@dataclass(frozen=True)
class Try:
    """One attempt: `points` in words, such as "5 of 8"; empty until it is scored."""

    attempt: Attempt
    points: str
    passed: bool | None

    @property
    def words(self) -> str:
        if self.attempt.state == AttemptState.VOID:
            return str(AttemptState.VOID.label)
        if self.passed is None:
            return str(AttemptState(self.attempt.state).label)
        return _("passed") if self.passed else _("not passed")


@dataclass(frozen=True)
class Event:
    """Something that happened, in a sentence."""

    at: datetime
    words: str


def tries_at(run: Enrolment) -> dict[int, list[Try]]:
    """Every attempt of the run by activity, oldest first."""
    attempts = Attempt.objects.filter(link__enrolment=run).select_related("assessment")
    found: dict[int, list[Try]] = defaultdict(list)
    for attempt in attempts.prefetch_related("results").order_by("number"):
        superseded = {result.supersedes_id for result in attempt.results.all()}
        standing = next((one for one in attempt.results.all() if one.pk not in superseded), None)
        points = ""
        if standing:
            values = {"points": points_in_words(standing.points), "max": points_in_words(standing.max_score)}
            points = _("%(points)s of %(max)s points") % values
        found[attempt.assessment.activity_id].append(Try(attempt, points, standing.passed if standing else None))
    return found


def story_of(
    run: Enrolment, titles: Mapping[int, str], tries: Mapping[int, list[Try]], *, for_trainer: bool
) -> list[Event]:
    """Everything with a moment, the oldest first. `titles` and `tries` (of `tries_at`) are by activity.

    What trainers granted and wrote to the learner is for trainers, and so is which of them took a register.
    """
    events = [*_changes(run), *_progress(run, titles), *_attempts(tries), *_earned(run), *_recorded(run, titles)]
    events += _registers(run, with_names=for_trainer)
    if for_trainer:
        events += [*_granted(run, titles), *_reminders(run)]
    return sorted(events, key=lambda event: event.at)


def _changes(run: Enrolment) -> list[Event]:
    words: dict[str, str] = {
        EnrolmentState.BOOKED: _("Booked"),
        EnrolmentState.ACTIVE: _("Began the course"),
        EnrolmentState.ON_LEAVE: _("Went on leave"),
        EnrolmentState.COMPLETED: _("Completed the course"),
    }
    events = []
    for change in run.changes.all():
        back = change.to_state == EnrolmentState.ACTIVE and change.from_state == EnrolmentState.ON_LEAVE
        events.append(Event(change.at, _("Came back from leave") if back else words.get(change.to_state, "")))
    return [event for event in events if event.words]


def _progress(run: Enrolment, titles: Mapping[int, str]) -> list[Event]:
    events = []
    for row in run.progress.exclude(activity__kind=ActivityKind.LIVE_SESSION):
        values = {"title": titles.get(row.activity_id, "")}
        if not values["title"]:
            continue
        events.append(Event(row.first_seen_at, _("Opened “%(title)s”") % values))
        if row.marked_read_at:
            events.append(Event(row.marked_read_at, _("Marked “%(title)s” as read") % values))
        if row.watched_at:
            events.append(Event(row.watched_at, _("Watched “%(title)s”") % values))
    return events


def _registers(run: Enrolment, *, with_names: bool) -> list[Event]:
    """Every entry, corrections among them."""
    named = _("%(trainer)s entered “%(state)s” in the register of “%(title)s”")
    words = named if with_names else _("“%(state)s” entered in the register of “%(title)s”")
    return [
        Event(one.at, words % {"trainer": one.by, "state": one.get_state_display(), "title": one.session.title})
        for one in run.attendance.select_related("session", "by")
    ]


def _attempts(tries: Mapping[int, list[Try]]) -> list[Event]:
    events = []
    for at_one in tries.values():
        for one in at_one:
            values = {"title": one.attempt.assessment.title, "number": one.attempt.number, "points": one.points}
            begun = _("Began attempt %(number)s at “%(title)s”") % values
            events.append(Event(one.attempt.started_at, begun))
            if one.attempt.handed_in_at and one.points:
                words = _("Handed in attempt %(number)s at “%(title)s”: %(points)s, %(result)s")
                events.append(Event(one.attempt.handed_in_at, words % {**values, "result": one.words}))
    return events


def _recorded(run: Enrolment, titles: Mapping[int, str]) -> list[Event]:
    """Results that were reached elsewhere, each correction as it was written down."""
    events = []
    for one in run.recorded_results.all():
        if not (title := titles.get(one.activity_id)):
            continue
        if one.points is None:
            events.append(
                Event(one.at, _("Handed in “%(title)s” elsewhere; its points are not known") % {"title": title})
            )
            continue
        values = {
            "title": title,
            "points": points_in_words(one.points),
            "max": points_in_words(one.max_score),
            "result": _("passed") if one.passed else _("not passed"),
        }
        events.append(
            Event(one.at, _("Result recorded for “%(title)s”: %(points)s of %(max)s points, %(result)s") % values)
        )
    return events


def _granted(run: Enrolment, titles: Mapping[int, str]) -> list[Event]:
    events = []
    for one in run.adjustments.all():
        words = granted_in_words(one, titles)
        events.append(Event(one.given_at, _("Granted: %(what)s") % {"what": words}))
        if one.taken_back_at:
            events.append(Event(one.taken_back_at, _("Taken back: %(what)s") % {"what": words}))
    return events


def _earned(run: Enrolment) -> list[Event]:
    """What was earned, and what became of it; a replacement is no award of its own."""
    earned = _("Earned the certificate “%(title)s”")
    events = []
    for held in Credential.objects.filter(enrolment=run).prefetch_related("changes"):
        if held.replaces_id is None:
            events.append(Event(held.awarded_at, earned % {"title": held.title}))
        for change in held.changes.all():
            words = _("The certificate “%(title)s” became: %(state)s")
            events.append(Event(change.at, words % {"title": held.title, "state": change.get_to_state_display()}))
    return events


def _reminders(run: Enrolment) -> list[Event]:
    return [
        Event(
            one.written_at,
            _("%(trainer)s wrote a reminder (%(state)s): %(reason)s")
            % {
                "trainer": one.by.name,
                "state": one.get_state_display(),
                "reason": one.get_reason_display() or _("what comes next"),
            },
        )
        for one in Nudge.objects.filter(enrolment=run).select_related("by")
    ]
