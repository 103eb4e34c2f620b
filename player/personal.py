"""What this room holds about people, and how it goes (toolkit/personal.py)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, delete_rows, hold, retain, rows_of

from enrolments.personal import ended_runs

from .models import LearningElsewhere, Note, Reflection


def _old_reflections(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """They are drafts of thoughts, and go with the drafts: a year after the course ended."""
    return Reflection.objects.filter(enrolment__in=ended_runs(before, held)).delete()[0]


def _old_notes(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """With the reflections, by the same rule."""
    return Note.objects.filter(enrolment__in=ended_runs(before, held)).delete()[0]


hold(
    Holding(
        LearningElsewhere,
        _("What you learned elsewhere"),
        "accounts",
        {
            "title": _("What it was"),
            "provider": _("Who offered it"),
            "done_on": _("Day"),
            "minutes": _("Minutes"),
            "gained": _("What you take from it"),
            "saved_at": _("Saved"),
        },
        rows_of(LearningElsewhere, "learner"),
        delete_rows,
    ),
    Holding(
        Note,
        _("Your notes, highlights and bookmarks"),
        "drafts",
        {
            "heading": _("Where"),
            "moment_seconds": _("Moment of the film, in seconds"),
            "quote": _("Words of the text"),
            "words": _("Your words"),
            "saved_at": _("Saved"),
        },
        rows_of(Note, "enrolment__learner"),
        delete_rows,
    ),
    Holding(
        Reflection,
        _("What you wrote for yourself in lessons"),
        "drafts",
        {"question": _("Question"), "words": _("Your words"), "saved_at": _("Saved")},
        rows_of(Reflection, "enrolment__learner"),
        delete_rows,
    ),
)
retain(Retention("drafts", Note, _old_notes), Retention("drafts", Reflection, _old_reflections))
