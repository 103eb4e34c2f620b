"""A live session as a calendar file (iCalendar, RFC 5545).

One session keeps one UID for good and its SEQUENCE rises with each change, so that a file taken later replaces the
earlier one in whoever's calendar. Times stand in the cohort's time zone with the zone's rules beside them. There is no
organiser and there are no attendees: an address in a file travels further than anybody agreed to.
"""

from icalendar import Calendar, Event

from .models import LiveSession

_HOST = "learning-together.invalid"  # as in Message-IDs: it makes the name unique and leads nowhere


def calendar_file(session: LiveSession, *, address: str) -> bytes:
    """The session as it stands; `address` is the page that tells of it."""
    event = Event()
    event.add("uid", f"{session.uuid}@{_HOST}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.changed_at)
    event.add("last-modified", session.changed_at)
    event.add("dtstart", session.starts_there)
    event.add("dtend", session.ends_there)
    event.add("summary", session.title)
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    if where := session.place or session.link:
        event.add("location", where)
    event.add("description", "\n".join(line for line in (session.cohort.name, session.link, address) if line))
    event.add("url", address)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Learning Together//Live sessions//EN")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
