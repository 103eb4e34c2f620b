"""What a board says: why somebody needs their trainer, and how a cohort stands, in whole sentences."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..choices import Reason
from .reading import Board
from .stuck import Need


def why(need: Need, today: date) -> str:
    """The reason and since when, short enough for a cell."""
    days = need.days(today)
    if need.reason == Reason.NO_TRIES_LEFT:
        values = {"title": need.title, "day": date_format(need.since, "j F")}
        return _("No attempts left at “%(title)s” since %(day)s") % values
    if need.reason == Reason.NEVER_BEGAN:
        words = ngettext("Not begun after %(count)s day", "Not begun after %(count)s days", days)
        return words % {"count": days}
    if need.due_on:
        words = ngettext(
            "Nothing done for %(count)s day; “%(title)s” was planned for %(day)s",
            "Nothing done for %(count)s days; “%(title)s” was planned for %(day)s",
            days,
        )
        return words % {"count": days, "title": need.title, "day": date_format(need.due_on, "j F")}
    return ngettext("Nothing done for %(count)s day", "Nothing done for %(count)s days", days) % {"count": days}


def written(on: date, *, seen_since: bool) -> str:
    """When they were last written to, and whether they did anything since."""
    values = {"day": date_format(on, "j F")}
    return _("Written to on %(day)s, seen since") % values if seen_since else _("Written to on %(day)s") % values


def heading(board: Board) -> str:
    """Who needs the trainer, said as the page's heading."""
    if not board.rows:
        return _("Nobody is in this cohort yet")
    count = len(board.in_need)
    if count == 0:
        return _("Nobody needs you today")
    return ngettext("%(count)s person needs you today", "%(count)s people need you today", count) % {"count": count}


def standing(done: int, doing: int, waiting: int, away: int) -> str:
    """How many have finished, are at work, have not begun and are away: a sentence for each that is not none."""
    told = [
        (ngettext("%(count)s has completed the course.", "%(count)s have completed the course.", done), done),
        (ngettext("%(count)s is under way.", "%(count)s are under way.", doing), doing),
        (ngettext("%(count)s has not begun.", "%(count)s have not begun.", waiting), waiting),
        (ngettext("%(count)s is on leave.", "%(count)s are on leave.", away), away),
    ]
    return " ".join(words % {"count": count} for words, count in told if count)
