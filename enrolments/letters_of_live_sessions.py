"""What whoever is booked is told when a live session is moved or cancelled."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from post.outbox import queue_message

from .live_words import day_in_words, times_in_words
from .models import Enrolment, LiveSession

KIND = "live_session"


def tell_moved(session: LiveSession, *, at: datetime) -> None:
    """The new time and place, and the way to a new calendar file."""
    _tell(session, moved=True, at=at)


def tell_cancelled(session: LiveSession, *, at: datetime) -> None:
    """That it does not take place."""
    _tell(session, moved=False, at=at)


def _tell(session: LiveSession, *, moved: bool, at: datetime) -> None:
    """Each in their language, once for each change, whoever booked them and whether they have begun or not."""
    runs = Enrolment.objects.live().filter(cohort=session.cohort_id, learner__blanked_at=None, learner__is_active=True)
    for run in runs.select_related("learner"):
        with translation.override(run.learner.language):
            subject, said = _moved(session, run) if moved else _cancelled(session, run)
            text = "\n\n".join(
                [
                    _("Hello %(name)s,") % {"name": run.learner.name},
                    *said,
                    settings.SITE_URL + reverse("live_sessions", args=[run.uuid]),
                ]
            )
            queue_message(
                to=run.learner,
                kind=KIND,
                subject=subject,
                text=text,
                action=_("See your live sessions"),
                at=at,
                dedupe_key=f"live-session:{session.uuid}:{session.sequence}:{run.learner.uuid}",
            )


def _values(session: LiveSession, run: Enrolment) -> dict[str, str]:
    return {
        "title": session.title,
        "cohort": session.cohort.name,
        "day": day_in_words(session),
        "times": times_in_words(session, ZoneInfo(run.learner.time_zone)),
        "place": session.place,
    }


def _moved(session: LiveSession, run: Enrolment) -> tuple[str, list[str]]:
    values = _values(session, run)
    when = _("“%(title)s” with “%(cohort)s” has changed. It is now on %(day)s, %(times)s.") % values
    where = [_("Where: %(place)s") % values] if session.place else []
    again = _("If it is in your calendar, take the new calendar file: it replaces the old one.")
    return _("Changed: %(title)s, %(day)s") % values, [when, *where, again]


def _cancelled(session: LiveSession, run: Enrolment) -> tuple[str, list[str]]:
    values = _values(session, run)
    words = _("“%(title)s” with “%(cohort)s” does not take place on %(day)s, %(times)s. It was cancelled.") % values
    again = _("If it is in your calendar, take the new calendar file: it strikes the session out.")
    return _("Cancelled: %(title)s, %(day)s") % values, [words, again]
