"""How a lead looks at their people: which of them, by what words, in what order. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from toolkit.folding import fold

from credentials.choices import Standing

from .choices import Stage
from .expiring import expiring_months
from .narrowing import EVERYBODY, Asked, Show
from .own_people import Row

EXPIRED, EXPIRING = "expired", "expiring"
_LAST = date.max
_STAGE_ORDER = {stage: place for place, stage in enumerate(Stage)}
# By what a list may be sorted; people of one name always stand in the same order.
SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: fold(row.name),
    "cohort": lambda row: (row.cohort == "", fold(row.cohort)),
    "agency": lambda row: (row.agency == "", row.agency_label),
    "state": lambda row: _STAGE_ORDER[row.stage],
    "since": lambda row: (row.moment is None, row.moment),
    "until": lambda row: row.valid_until_on or _LAST,
}


class Look(Asked):
    """How the list was asked for."""

    @classmethod
    def asked(cls, given: Mapping[str, str]) -> "Look":
        """From an address."""
        return cls.read(given, shows={one.key for one in shows()}, sorts=SORTS)

    def of(self, rows: list[Row]) -> list[Row]:
        """The rows asked for, sorted."""
        admits = next(one.admits for one in shows() if one.key == self.show)
        chosen = [row for row in rows if admits(row) and self.names(row.name)]
        chosen.sort(key=lambda row: (fold(row.name), _mixed(row)))
        chosen.sort(key=SORTS[self.sort], reverse=self.backwards)
        return chosen


def _mixed(row: Row) -> str:
    """An order of people of one name that is always the same and tells nothing of who was booked and who invited."""
    return sha256(f"{row.cohort}|{row.enrolment}|{row.invitation}|{row.member}".encode()).hexdigest()


def shows() -> list[Show[Row]]:
    """Every way to narrow the list, in the order of the page."""
    return [*by_state(), *by_certificate()]


def by_state() -> list[Show[Row]]:
    """Whoever was only written to has a place too: they are among the booked."""
    return [
        Show(EVERYBODY, _("Everybody"), lambda row: True),
        Show("not_booked", str(Stage.NOT_BOOKED.label), lambda row: row.stage == Stage.NOT_BOOKED),
        Show("booked", str(Stage.BOOKED.label), lambda row: row.may_be_taken_back),
        Show("doing", str(Stage.DOING.label), lambda row: row.stage == Stage.DOING),
        Show("done", str(Stage.DONE.label), lambda row: row.stage == Stage.DONE),
        Show("left", str(Stage.LEFT.label), lambda row: row.stage == Stage.LEFT),
    ]


def by_certificate() -> list[Show[Row]]:
    """Certificates that run out soon, and those that did."""
    soon: list[Show[Row]] = []
    for place, months in enumerate(expiring_months()):
        words = ngettext("Within %(count)s month", "Within %(count)s months", months) % {"count": months}
        soon.append(Show(EXPIRING if place == 0 else f"{EXPIRING}-{months}", words, _runs_out_within(months)))
    soon.append(Show(EXPIRED, _("Expired"), lambda row: any(one.standing == Standing.EXPIRED for one in row.held)))
    return soon


def _runs_out_within(months: int) -> Callable[[Row], bool]:
    return lambda row: any(one.within is not None and one.within <= months for one in row.held)
