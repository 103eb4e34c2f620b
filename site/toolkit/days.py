"""Which day it is for the site, whatever time zone its reader chose for the times they are shown."""

from datetime import date, datetime

from django.utils import timezone


def site_day(at: datetime | None = None) -> date:
    """The day, in the site's own time zone, by which roles, memberships, bookings and periods begin and end.

    Django's `localdate` is the reader's: whoever chose another time zone would hold a role a day early, or keep it.
    """
    return timezone.localdate(at, timezone=timezone.get_default_timezone())
