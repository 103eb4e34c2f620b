"""A learner's record as a file: a page that needs no network, a PDF, or JSON."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from toolkit.typesetting import printable, typeset

from people.models import User

from .record import Record, Standing

LAYOUT = Path(__file__).parent / "paper" / "record.typ"


def as_json(record: Record, person: User, *, at: datetime) -> bytes:
    """One object; days as 2026-11-26, moments with their zone."""
    return json.dumps(_facts(record, person, at), ensure_ascii=False, indent=2).encode()


def as_html(record: Record, person: User, *, at: datetime) -> bytes:
    return render_to_string("player/record_file.html", _shown(record, person, at)).encode()


def as_pdf(record: Record, person: User, *, at: datetime) -> bytes:
    """Raises toolkit.typesetting.CannotBePrinted for letters that no font here has."""
    facts = {
        "title": _("Record of learning"),
        "language": get_language() or "en",
        "brand": settings.BRAND_NAME,
        "name": printable(person.name),
        "about": _("As it stood on %(day)s") % {"day": date_format(at.date(), "j F Y")},
        "period": period_in_words(record),
        "total": total_in_words(record),
        "parts": [part for part in _parts(record) if part["rows"]],
        "page_of": _("Page {page} of {count}"),
    }
    return typeset(LAYOUT, facts, at=at.astimezone(UTC).replace(microsecond=0))


def period_in_words(record: Record) -> str:
    starts_on, ends_on = record.period.starts_on, record.period.ends_on
    days = {"first": starts_on and _day(starts_on), "last": ends_on and _day(ends_on)}
    if starts_on and ends_on:
        return _("From %(first)s to %(last)s") % days
    if starts_on:
        return _("From %(first)s") % days
    return _("Until %(last)s") % days if ends_on else _("All time")


def minutes_in_words(minutes: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def total_in_words(record: Record) -> str:
    """Here, elsewhere and together."""
    return _("%(here)s here and %(elsewhere)s elsewhere: %(all)s in all.") % {
        "here": minutes_in_words(record.minutes_here),
        "elsewhere": minutes_in_words(record.minutes_elsewhere),
        "all": minutes_in_words(record.minutes),
    }


def standing_in_words(one: Standing) -> str:
    """How far one course is, and what is due when."""
    said = _("%(done)s of %(count)s done") % {"done": one.done_count, "count": one.step_count}
    if one.due_on:
        said += " · " + _("due by %(day)s") % {"day": date_format(one.due_on, "j F Y")}
    return said


def _parts(record: Record) -> list[dict[str, Any]]:
    """Headed lists of rows; a row is a title and lines under it, all on paper in one line each."""
    done = [(one.title, [_line(one.kind, one.course, _day(one.done_on), _taken(one.minutes))]) for one in record.done]
    elsewhere = [
        (one.title, [_line(one.provider, _day(one.done_on), minutes_in_words(one.minutes)), *one.gained.splitlines()])
        for one in record.elsewhere
    ]
    written = [
        (
            _line(one.kind_in_words, one.activity, one.place),
            [*([f"“{one.quote}”"] if one.quote else []), *one.words.splitlines()],
        )
        for one in record.written
    ]
    return [
        _part(_("Courses under way"), [(one.title, [standing_in_words(one)]) for one in record.under_way]),
        _part(_("Courses completed"), [(one.title, [standing_in_words(one)]) for one in record.completed]),
        _part(_("Done here"), done),
        _part(_("Learned elsewhere"), elsewhere),
        _part(_("Earned"), [(one.title, [_line(_day(one.valid_from_on), one.shown_code)]) for one in record.earned]),
        _part(_("Written for yourself"), written),
    ]


def _part(heading: str, rows: list[tuple[str, list[str]]]) -> dict[str, Any]:
    told = [{"title": printable(title), "lines": [printable(line) for line in lines]} for title, lines in rows]
    return {"heading": heading, "rows": told}


def _line(*words: str) -> str:
    return " · ".join(word for word in words if word)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _taken(minutes: int | None) -> str:
    return "" if minutes is None else minutes_in_words(minutes)


def _shown(record: Record, person: User, at: datetime) -> dict[str, Any]:
    said = {"period": period_in_words(record), "total": total_in_words(record)}
    parts = [part for part in _parts(record) if part["rows"]]
    return {"person": person, "at": at, "brand_name": settings.BRAND_NAME, "parts": parts, **said}


def _facts(record: Record, person: User, at: datetime) -> dict[str, Any]:
    starts_on, ends_on = record.period.starts_on, record.period.ends_on
    return {
        "made_at": at.isoformat(),
        "site": settings.BRAND_NAME,
        "address": settings.SITE_URL,
        "name": person.name,
        "period": {
            "from": starts_on.isoformat() if starts_on else None,
            "until": ends_on.isoformat() if ends_on else None,
        },
        "minutes": {"here": record.minutes_here, "elsewhere": record.minutes_elsewhere, "all": record.minutes},
        "courses": [_course(one) for one in record.standings],
        "done": [
            {"title": one.title, "course": one.course, "kind": one.kind, "on": str(one.done_on), "minutes": one.minutes}
            for one in record.done
        ],
        "elsewhere": [
            {
                "title": one.title,
                "provider": one.provider,
                "on": str(one.done_on),
                "minutes": one.minutes,
                "gained": one.gained,
            }
            for one in record.elsewhere
        ],
        "earned": [{"title": one.title, "on": str(one.valid_from_on), "code": one.shown_code} for one in record.earned],
        "written": [
            {
                "kind": one.kind,
                "activity": one.activity,
                "place": one.place,
                "quote": one.quote,
                "words": one.words,
                "saved_at": one.saved_at.isoformat(),
            }
            for one in record.written
        ],
    }


def _course(one: Standing) -> dict[str, Any]:
    return {
        "title": one.title,
        "cohort": one.enrolment.cohort.name,
        "state": one.enrolment.state,
        "done": one.done_count,
        "of": one.step_count,
        "due_on": str(one.due_on) if one.due_on else None,
    }
