"""The front door: the page at `/` and at `/cy/`, and the pages that stand beside it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from toolkit.threads import AGENCY_THREADS
from wagtail.admin.panels import FieldPanel

from courses.models import CoursePage
from people.choices import Agency
from reference.pages import WrittenPage, translations_of

from .carrying_on import carry_on_of
from .choices import StandingKind
from .concerns import ConcernForm, lead
from .front import front_parts
from .kept_for import kept_for
from .shelves import for_directors, front, resources
from .shift import SCALE


def course_page_in(language: str) -> CoursePage | None:
    """The course's public page in a language, or in English."""
    pages = {page.language: page for page in CoursePage.objects.live().public().filter(language__in=[language, "en"])}
    return pages.get(language) or pages.get("en")


class HomePage(WrittenPage):
    """The front page in one language."""

    max_count_per_parent = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "courses.CoursePage",
        "briefings.BriefingIndexPage",
        "briefings.ReportIndexPage",
        "briefings.StoryIndexPage",
        "media.FilmIndexPage",
        "home.StandardPage",
        "home.TryPage",
    ]
    exclude_fields_in_copy = ["language"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        found = carry_on_of(request)
        hero, below = front_parts(self, is_signed_in=request.user.is_authenticated, is_banded=found is None)
        return {**context, "hero": hero, "below": below, "next": found, **translations_of(self)}

    def public_context(self) -> dict[str, Any]:
        """For the parts that say the same to everybody."""
        try_pages = TryPage.objects.live().public().filter(language__in=[self.language, "en"]).order_by("language")
        return {
            "page": self,
            "course_page": course_page_in(self.language),
            "try_page": try_pages.last(),
            "shelves": front(self.language),
            "agencies": [(agency.thread, agency.label) for agency in list(Agency)[: len(AGENCY_THREADS)]],
        }

    class Meta:
        verbose_name = _("front page")


class TryPage(WrittenPage):
    """One decision to be rated before and after its ending is told. The text has three sections, told one by one."""

    PARTS = ("decision", "ending", "meaning")

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    exclude_fields_in_copy = ["language"]

    def clean(self) -> None:
        super().clean()
        if tuple(key for key, _heading in self.sections) != self.PARTS:
            raise ValidationError({"body": _("The text has three sections: decision, ending and meaning.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        course_page = course_page_in(self.language)
        return {**context, "course_page": course_page, **self.told_by(1), **translations_of(self)}

    def told_by(self, step: int) -> dict[str, Any]:
        """What a reader has been told by step 1, 2 or 3: nothing of a later step leaves the server."""
        keys = {1: ["decision"], 2: ["decision", "ending"], 3: ["meaning"]}[step]
        parts = {part.key: part for part in self.parts}
        return {"step": step, "scale": SCALE, **{key: parts[key] for key in keys}}

    class Meta:
        verbose_name = _("try-it page")


class StandardPage(WrittenPage):
    """A standing page in one language; some kinds have lists that the site adds to the text."""

    kind = models.CharField(_("kind"), max_length=20, choices=StandingKind.choices, default=StandingKind.TEXT)

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["language"]
    content_panels = [*WrittenPage.content_panels[:-1], FieldPanel("kind"), WrittenPage.content_panels[-1]]

    class Meta:
        verbose_name = _("standing page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context(request, *args, **kwargs), **translations_of(self)}
        if self.kind == StandingKind.RESOURCES:
            context |= {"shelves": resources(request, self.language)}
        elif self.kind == StandingKind.FOR_DIRECTORS:
            context |= {"shelves": for_directors(request, self.language)}
        elif self.kind == StandingKind.PRIVACY:
            context |= {"kept": kept_for(), "controller": settings.CONTROLLER, **lead()}
        elif self.kind == StandingKind.CONTACT:
            context |= lead()
        elif self.kind == StandingKind.REPORT_A_CONCERN:
            context |= {"form": ConcernForm(), **lead()}
        return context

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return f"home/standing_{self.kind}.html"
