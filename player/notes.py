"""A learner's notes, highlights and bookmarks: kept on a passage or a moment, for them alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from toolkit.typed import typed_line, typed_text

from courses.models import Activity
from enrolments.models import Enrolment
from people.models import User

from .models import Note
from .reflections import NotSaved, SavedElsewhere


@dataclass(frozen=True)
class Spot:
    """Where a note stands: a section of a lesson with the words it is about, or a moment of a film."""

    heading: str
    section: str = ""
    quote: str = ""
    moment_seconds: int | None = None


def notes_of(enrolment: Enrolment | None, activity: Activity) -> list[Note]:
    """The learner's own in one activity, in the order they were made; in a film, of its moments."""
    if enrolment is None:
        return []
    return list(Note.objects.filter(enrolment=enrolment, activity=activity))


def own_notes(person: User) -> QuerySet[Note]:
    """All of a person's, in every run of every course."""
    return Note.objects.filter(enrolment__learner=person)


def keep_note(enrolment: Enrolment, activity: Activity, spot: Spot, *, words: str, at: datetime) -> Note:
    """Keep a note, a highlight (a quote, no words) or a bookmark (neither); the same again is one. Raises NotSaved."""
    words, quote = _checked(words), typed_line(spot.quote)
    if len(quote) > Note.LONGEST_QUOTE:
        raise NotSaved(
            _("The passage is longer than %(most)d characters, so it was not saved. Choose a shorter one.")
            % {"most": Note.LONGEST_QUOTE}
        )
    place: dict[str, Any] = {
        "enrolment": enrolment,
        "activity": activity,
        "section": spot.section,
        "quote": quote,
        "moment_seconds": spot.moment_seconds,
        "words": words,
    }
    with transaction.atomic():
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if Note.objects.filter(enrolment=enrolment, activity=activity).count() >= Note.MOST:
            raise NotSaved(
                _("There are %(most)d notes here already, so this one was not saved. Take one away first.")
                % {"most": Note.MOST}
            )
        same = Note.objects.filter(**place).first()
        return same or Note.objects.create(**place, heading=spot.heading[:255], saved_at=at)


def change_note(note: Note, *, words: str, seen: str, at: datetime) -> Note:
    """Other words for a note. `seen` is the stamp its page was shown. Raises NotSaved."""
    words = _checked(words)
    with transaction.atomic():
        row = Note.objects.select_for_update().get(pk=note.pk)
        if row.words != words and stamp_of(row) != seen:
            raise SavedElsewhere(
                _("You saved other words here since this page was opened. They are shown below yours.")
            )
        if not words and not row.quote:
            raise NotSaved(_("Nothing was written. To remove the note, choose “Take it away”."))
        row.words, row.saved_at = words, at
        row.save(update_fields=["words", "saved_at"])
    return row


def take_bookmark_away(enrolment: Enrolment, activity: Activity, spot: Spot) -> None:
    """The bookmark of a section; doing it again changes nothing."""
    here = Note.objects.filter(enrolment=enrolment, activity=activity, section=spot.section)
    here.filter(quote="", words="", moment_seconds=spot.moment_seconds).delete()


def stamp_of(note: Note) -> str:
    """Tells one saved version from another."""
    return note.saved_at.isoformat()


def _checked(words: str) -> str:
    words = typed_text(words).strip()
    if len(words) > Note.LONGEST:
        raise NotSaved(
            _("This is longer than %(most)d characters, so it was not saved. Shorten it, and save again.")
            % {"most": Note.LONGEST}
        )
    return words
