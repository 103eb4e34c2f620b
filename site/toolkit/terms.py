"""Roles and appointments that run from `starts_on` up to, not including, `ends_on`; an empty end is open."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


def running(on: date, prefix: str = "") -> Q:
    """The condition that a term runs on a day; `prefix` is the way to it, such as "cohort__roles__"."""
    ends_later = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on})
    return ends_later & Q(**{f"{prefix}starts_on__lte": on})


class TermQuerySet(models.QuerySet[Any]):
    """Rows with `starts_on` and `ends_on`."""

    def current(self, on: date) -> "TermQuerySet":
        return self.filter(running(on))
