"""All that a learner wrote for themselves: notes, highlights, bookmarks and reflections, with where each leads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from toolkit.folding import fold

from courses.models import Activity
from media.moments import clock
from people.models import User

from .models import Note, Reflection
from .notes import own_notes
from .stops import Stop, stops_of


@dataclass(frozen=True)
class Written:
    """One thing, as it is shown in a list and in an export. `uuid` only for what has a page of its own."""

    kind: str  # note, highlight, bookmark or reflection
    kind_in_words: str
    activity: str  # its title; what it was called then, if it is not published any more
    place: str  # a heading, a moment or a question
    quote: str
    words: str
    saved_at: datetime
    url: str  # of the place; empty if it is not published any more
    uuid: UUID | None = None

    @property
    def all_words(self) -> str:
        return " ".join((self.kind_in_words, self.activity, self.place, self.quote, self.words))


def written_by(person: User) -> list[Written]:
    """In the order of the course, and within an activity as it was kept."""
    ties = ("activity__module", "activity__course")
    notes = list(own_notes(person).select_related(*ties))
    reflections = list(Reflection.objects.filter(enrolment__learner=person).select_related(*ties).order_by("pk"))
    stops = _stops({note.activity for note in notes} | {one.activity for one in reflections})
    found = [(note.activity, _of_note(note, stops.get(note.activity_id))) for note in notes]
    found += [(one.activity, _of_reflection(one, stops.get(one.activity_id))) for one in reflections]
    return [written for _activity, written in sorted(found, key=lambda pair: _order(pair[0]))]


def found_in(written: list[Written], wanted: str) -> list[Written]:
    """Those that hold every word that is looked for, whatever their accents and capitals."""
    words = fold(wanted).split()
    return [one for one in written if all(word in fold(one.all_words) for word in words)]


def _order(activity: Activity) -> tuple[int, int, int]:
    number = activity.module.number if activity.module else 0
    return activity.course_id, number, activity.position


def _stops(activities: set[Activity]) -> dict[int, Stop]:
    modules = {activity.module for activity in activities if activity.module}
    language = get_language() or "en"
    return {stop.activity.pk: stop for module in modules for stop in stops_of(module, language=language).stops}


def _of_note(note: Note, stop: Stop | None) -> Written:
    place = note.heading if note.moment_seconds is None else clock(note.moment_seconds)
    title = stop.title if stop else note.heading
    return Written(
        kind=note.kind.value,
        kind_in_words=str(note.kind.label),
        activity=title,
        place="" if place == title else place,
        quote=note.quote,
        words=note.words,
        saved_at=note.saved_at,
        url=_address(note, stop),
        uuid=note.uuid,
    )


def _address(note: Note, stop: Stop | None) -> str:
    if stop is None:
        return ""
    if note.moment_seconds is not None:
        return f"{reverse('film_activity', args=[note.activity.uuid])}?t={note.moment_seconds}"
    return f"{stop.url}#{note.section or 'notes-beginning'}"


def _of_reflection(one: Reflection, stop: Stop | None) -> Written:
    return Written(
        kind="reflection",
        kind_in_words=_("Reflection"),
        activity=stop.title if stop else _("A lesson that is not published any more"),
        place=one.question,
        quote="",
        words=one.words,
        saved_at=one.saved_at,
        url=f"{stop.url}#reflect-{one.block}" if stop else "",
    )
