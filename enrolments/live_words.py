"""When and where a live session is, in words."""

from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import LiveSession

CALENDAR_FIELDS = {"title", "starts_at", "ends_at", "place", "link"}  # what somebody booked has to know


def day_in_words(session: LiveSession) -> str:
    """Its day, for the cohort."""
    return date_format(session.starts_there, "l j F Y")


def times_in_words(session: LiveSession, reader: tzinfo) -> str:
    """From when to when, by the cohort's clock; where the reader's clock shows another time, by that as well."""
    there = _from_to(session, session.zone)
    here = _from_to(session, reader)
    if session.starts_at.astimezone(reader).replace(tzinfo=None) == session.starts_there.replace(tzinfo=None):
        return there
    values = {"there": there, "zone": _city(session.zone), "here": here, "yours": _city(reader)}
    return _("%(there)s (%(zone)s), which is %(here)s (%(yours)s)") % values


def _from_to(session: LiveSession, zone: tzinfo) -> str:
    begins, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    values = {"start": date_format(begins, "H:i"), "end": date_format(ends, "H:i")}
    if begins.date() != session.on:
        values["start"] = date_format(begins, "j F, H:i")
    return _("%(start)s to %(end)s") % values


def _city(zone: tzinfo) -> str:
    """As people name a time zone: "London" for Europe/London."""
    name = zone.key if isinstance(zone, ZoneInfo) else str(zone)
    return name.rpartition("/")[2].replace("_", " ")
