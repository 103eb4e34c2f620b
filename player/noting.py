"""A lesson's or film's page with what its learner marked there, and the forms to mark more."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from courses.models import Activity, LessonPage
from enrolments.models import Enrolment
from media.moments import clock

from .models import Note
from .notes import notes_of
from .passages import Passage, cut, stands_in


@dataclass(frozen=True)
class TypedNote:
    """What could not be saved, as it was typed, and why."""

    section: str
    quote: str
    words: str
    moment: str
    problem: str


@dataclass(frozen=True)
class ShownNote:
    """A note beside its text. `is_changed`: the words it is about do not stand there any more."""

    note: Note
    is_changed: bool = False

    @property
    def clock(self) -> str:
        return clock(self.note.moment_seconds or 0)


def with_notes(
    page: LessonPage, request: HttpRequest, enrolment: Enrolment | None, typed: TypedNote | None = None
) -> SafeString:
    """The lesson's text with the learner's notes and a form under each section; as it is for staff."""
    if enrolment is None:
        return page.text
    passages, rest = cut(page.text)
    notes, headings = notes_of(enrolment, page.activity), dict(page.sections)
    known = {passage.key for passage in passages}
    html = [passage.html + _under(passage, page, request, _about(passage, notes), typed) for passage in passages]
    lost = [ShownNote(note, is_changed=True) for note in notes if note.section not in known]
    if lost:
        html.append(render_to_string("player/_lost_notes.html", {"notes": lost, "headings": headings}, request))
    return mark_safe("".join(html) + rest)  # noqa: S308  (passed the one seam; words are escaped by the templates)


def under_section(
    page: LessonPage, request: HttpRequest, enrolment: Enrolment, section: str, typed: TypedNote | None = None
) -> str:
    """What stands under one section alone, for the page's script."""
    passage = next(one for one in cut(page.text)[0] if one.key == section)
    return _under(passage, page, request, _about(passage, notes_of(enrolment, page.activity)), typed)


def section_named(page: LessonPage, key: str) -> Passage | None:
    """The section of a lesson; None if it has no such one."""
    return next((passage for passage in cut(page.text)[0] if passage.key == key), None)


def _about(passage: Passage, notes: list[Note]) -> list[ShownNote]:
    here = [note for note in notes if note.section == passage.key]
    return [ShownNote(note, bool(note.quote) and not stands_in(note.quote, passage.html)) for note in here]


def _under(
    passage: Passage, page: LessonPage, request: HttpRequest, notes: list[ShownNote], typed: TypedNote | None
) -> str:
    context: dict[str, Any] = {
        "activity": page.activity,
        "key": passage.key,
        "heading": dict(page.sections).get(passage.key, page.title),
        "notes": [one for one in notes if one.note.kind != "bookmark"],
        "is_bookmarked": any(one.note.kind == "bookmark" for one in notes),
        "typed": typed if typed and typed.section == passage.key else None,
    }
    return render_to_string("player/_notes.html", context, request)


def film_notes(enrolment: Enrolment | None, activity: Activity) -> list[ShownNote]:
    """A learner's moments of a film, in the film's order."""
    return [ShownNote(note) for note in notes_of(enrolment, activity)]
