"""The report of legal statements that somebody has to hold against the law, and of those that ended and still stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.days import site_day
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from reference.law import keys_placed
from reference.models import LegalStatement
from reference.pages import written_models


@dataclass(frozen=True)
class Row:
    """One statement, and why it is here."""

    statement: LegalStatement
    nation: str
    words: str
    why: str
    due: str  # the day by which it was to be checked; empty where nobody ever has
    placed: int  # live pages that show it
    address: str


class LegalChecksDue(ReportView):
    """Statements that nobody has checked, or not lately; and those that have ended and still stand on a live page."""

    page_title = gettext_lazy("Legal checks due")
    index_url_name, index_results_url_name = "report_law", "report_law_results"
    header_icon = "clipboard-list"
    results_template_name = "publishing/report_law_results.html"
    export_headings = {
        "nation": gettext_lazy("Nation"),
        "words": gettext_lazy("What it says"),
        "why": gettext_lazy("Why"),
        "due": gettext_lazy("Due by"),
        "placed": gettext_lazy("Pages that show it"),
        "address": gettext_lazy("Address at the desk"),
    }
    list_export = ["nation", "words", "why", "due", "placed", "address"]
    permission_policy = ModelPermissionPolicy(LegalStatement)
    any_permission_required = ["add", "change"]

    def get_filtered_queryset(self) -> list[Row]:
        return due_rows(self.request.user)


def due_rows(user: AbstractBaseUser) -> list[Row]:
    """What is due today, never checked first, then longest overdue; nothing for whoever may not change them."""
    rows = list(_rows(_shown_on(), site_day())) if may_check(user) else []
    return sorted(rows, key=lambda row: (row.statement.check_due_on or date.min, row.nation, row.statement.key))


def due_count(user: AbstractBaseUser) -> int:
    """How many those are; pages are looked at only where a statement has ended."""
    if not may_check(user):
        return 0
    statements, today = list(LegalStatement.objects.all()), site_day()
    ended = {one.key for one in statements if one.has_ended(today)}
    return sum(one.is_due(today) for one in statements) + (len(ended & set(_shown_on())) if ended else 0)


def may_check(user: Any) -> bool:
    return bool(ModelPermissionPolicy(LegalStatement).user_has_permission(user, "change"))


def _rows(shown: dict[str, int], today: date) -> Iterator[Row]:
    for one in LegalStatement.objects.all():
        placed = shown.get(one.key, 0)
        if why := _why(one, placed, today):
            yield Row(
                statement=one,
                nation=str(one.get_nation_display()),
                words=str(one).partition(": ")[2],
                why=why,
                due=_day(one.check_due_on),
                placed=placed,
                address=reverse(LegalStatement.snippet_viewset.get_url_name("edit"), args=[one.pk]),  # type: ignore[attr-defined]
            )


def _why(one: LegalStatement, placed: int, today: date) -> str:
    if one.has_ended(today):
        return (
            _("No longer the law since %(day)s, and a live page shows it") % {"day": _day(one.valid_to)}
            if placed
            else ""
        )
    if not one.checked_on:
        return _("Not yet checked by a lawyer")
    if one.valid_from is None:
        return _("It does not say from which day on it is the law")
    words = _("Checked by %(who)s on %(day)s, which is too long ago")
    return words % {"who": one.checked_by, "day": _day(one.checked_on)} if one.is_due(today) else ""


def _shown_on() -> dict[str, int]:
    """How many live pages show each statement, by its key."""
    found: dict[str, int] = {}
    for model in written_models():
        stored = model.objects.live().annotate(stored=Cast("body", TextField()))
        for page in stored.filter(stored__contains="legal_statement"):
            for key in keys_placed(page.body.raw_data):
                found[key] = found.get(key, 0) + 1
    return found


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
