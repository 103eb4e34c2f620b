"""Roles and appointments that run from `starts_on` up to, not including, `ends_on`; an empty end is open."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _


class TermRefused(Exception):
    """Raised for days that a role cannot run on; worded for whoever gives it."""


def running(on: date, prefix: str = "") -> Q:
    """The condition that a term runs on a day; `prefix` is the way to it, such as "cohort__roles__"."""
    ends_later = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on})
    return ends_later & Q(**{f"{prefix}starts_on__lte": on})


class TermQuerySet(models.QuerySet[Any]):
    """Rows with `starts_on` and `ends_on`."""

    def current(self, on: date) -> "TermQuerySet":
        return self.filter(running(on))

    def overlapping(self, starts_on: date, ends_on: date | None) -> "TermQuerySet":
        """Those that run on some day of this term."""
        later = Q() if ends_on is None else Q(starts_on__lt=ends_on)
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), later)


def require_term(held: TermQuerySet, starts_on: date, ends_on: date | None) -> None:
    """Make sure that a term has a day, and that none of `held` runs on one of its days. Raises TermRefused."""
    if ends_on is not None and ends_on <= starts_on:
        raise TermRefused(_("The end has to be a later day than the start."))
    if held.overlapping(starts_on, ends_on).exists():
        raise TermRefused(_("They hold this role on some of these days already. End that one, or choose other days."))


def require_end(held: TermQuerySet, starts_on: date, ends_on: date | None) -> None:
    """The same for a new end of a term that is there: it may end with the day it began. `held` are the others."""
    if ends_on is not None and ends_on < starts_on:
        raise TermRefused(_("The end cannot be an earlier day than the start."))
    if ends_on != starts_on:
        require_term(held, starts_on, ends_on)
