"""When a letter may reach somebody: not at night, where they are. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8), time(20)


def next_daytime(at: datetime, zone: str) -> datetime:
    """The moment itself between 08:00 and 20:00 of that time zone, or the next 08:00 there."""
    there = at.astimezone(ZoneInfo(zone))
    if OPENS <= there.time() < CLOSES:
        return at
    day = there.date() if there.time() < OPENS else there.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=ZoneInfo(zone)).astimezone(at.tzinfo)
