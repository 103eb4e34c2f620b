"""Reports of what editors have to look at, each to read and to take away as CSV or XLSX.

Each names the pages the person may change, with a sentence why; queries do not grow with the pages.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Q, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.reports import PageReportView
from wagtail.coreutils import get_content_type_label
from wagtail.models import Page

from briefings.models import BriefingPage
from courses.models import LessonPage
from enrolments.models import Progress
from media.models import FilmPage
from publishing.changed import FEWEST_SAID
from publishing.checks import link_targets
from publishing.drafts import drafts_of
from reference.pages import written_models

from .waiting import overdue, pages_to_edit


class Report(PageReportView, ABC):
    """A list of pages with the reason each is in it."""

    results_template_name = "publishing/report_results.html"
    header_icon = "list-ul"
    any_permission_required = ["add", "change", "publish"]
    export_headings = {
        "why": gettext_lazy("Why"),
        "content_type": gettext_lazy("Type"),
        "locale.language_code": gettext_lazy("Language"),
        "url_path": gettext_lazy("Path"),
    }
    list_export = ["title", "content_type", "locale.language_code", "why", "url_path"]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        as_label = {self.FORMAT_CSV: get_content_type_label, self.FORMAT_XLSX: get_content_type_label}
        wagtails: dict[str, Any] = self.custom_field_preprocess  # type: ignore[has-type]
        self.custom_field_preprocess = {**wagtails, "content_type": as_label}

    @abstractmethod
    def found(self) -> dict[int, str]:
        """Why, by the page's key."""

    def mine(self) -> Any:
        return pages_to_edit(self.request.user)

    def get_queryset(self) -> Any:
        self.why = self.found()
        pages = Page.objects.filter(pk__in=self.why).select_related("content_type", "locale")
        self.queryset = pages.prefetch_workflow_states().annotate_approved_schedule().order_by("title", "pk")
        return super().get_queryset()

    def decorate_paginated_queryset(self, pages: Iterable[Page]) -> Iterable[Page]:
        for page in pages:
            page.why = self.why[page.pk]
        return pages


class OverdueReviews(Report):
    """Live briefings whose review date has passed."""

    page_title = gettext_lazy("Overdue reviews")
    index_url_name, index_results_url_name = "report_overdue", "report_overdue_results"

    def found(self) -> dict[int, str]:
        words = _("To be reviewed by %(day)s")
        late: list[BriefingPage] = list(overdue(self.mine()))
        return {page.pk: words % {"day": date_format(page.review_due_on, "j F Y")} for page in late}


class NotChecked(Report):
    """Live pages for which no practitioner is named, or whose text has changed since."""

    page_title = gettext_lazy("Not yet checked by a practitioner")
    index_url_name, index_results_url_name = "report_not_checked", "report_not_checked_results"

    def found(self) -> dict[int, str]:
        mine, found = self.mine().values("pk"), {}
        for model in written_models():
            pages = model.objects.filter(live=True, pk__in=mine)
            for key in pages.filter(Q(checked_by="")).values_list("pk", flat=True):
                found[key] = _("Nobody is named who checked it")
            for page in pages.exclude(checked_by=""):
                if not page.is_checked:
                    found[page.pk] = _("Changed since %(who)s checked it") % {"who": page.checked_by}
        return found


class BrokenLinks(Report):
    """Live pages with links that lead nowhere on this site, or to a page that is not published."""

    page_title = gettext_lazy("Broken links on this site")
    index_url_name, index_results_url_name = "report_links", "report_links_results"

    def found(self) -> dict[int, str]:
        mine = self.mine().values("pk")
        pages = [page for model in written_models() for page in model.objects.filter(live=True, pk__in=mine)]
        drafts = zip(pages, drafts_of(pages), strict=True)
        faults = {page.pk: [one.sentence for one in link_targets.check(draft)] for page, draft in drafts}
        return {key: " ".join(sentences) for key, sentences in faults.items() if sentences}


class Readership(Report):
    """Live lessons, and films of a course, by how many trainees opened them: those that few open come first.

    Pages that anybody may read are not in it: nobody is counted there.
    """

    page_title = gettext_lazy("Least and most read")
    index_url_name, index_results_url_name = "report_readership", "report_readership_results"

    def found(self) -> dict[int, str]:
        opened = dict(Progress.objects.values_list("activity").annotate(number=Count("pk")))
        mine = self.mine().values("pk")
        stood = LessonPage.objects.live().filter(pk__in=mine).values_list("pk", "activity")
        shown = FilmPage.objects.live().filter(pk__in=mine, film__activities__isnull=False)
        numbers: dict[int, int] = {}
        for page, activity in [*stood, *shown.values_list("pk", "film__activities")]:
            numbers[page] = numbers.get(page, 0) + opened.get(activity, 0)
        self.numbers = numbers
        return {page: _opened_by(number) for page, number in numbers.items()}

    def get_queryset(self) -> Any:
        pages = super().get_queryset()
        return pages.order_by(
            Case(*(When(pk=page, then=_said(number)) for page, number in self.numbers.items())), "title"
        )


def _said(number: int) -> int:
    """What pages are ordered by: their order tells no more than their words."""
    return max(number, FEWEST_SAID - 1)


def _opened_by(number: int) -> str:
    """Below five it is not said how many, nor whether anybody: in a small cohort somebody would know who."""
    if number < FEWEST_SAID:
        return _("Opened by fewer than 5 trainees")
    words = ngettext("Opened by %(number)s trainee", "Opened by %(number)s trainees", number)
    return words % {"number": number}


REPORTS = (OverdueReviews, NotChecked, BrokenLinks, Readership)
