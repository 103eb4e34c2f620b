"""Briefings: a number that is never given again, and its text in each language."""

from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from toolkit.days import site_day
from toolkit.digests import digest_of
from toolkit.frozen import frozen
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from briefings.blocks import KeyMessages
from briefings.forms import BriefingForm
from briefings.panels import NumberPanel
from briefings.paper import paper_of
from briefings.see_also import pages_at
from briefings.team_pack import faults_of
from reference.pages import WrittenPage, translations_of
from reference.reading import words_of

from .sorted_page import SortedPage

MOST_WORDS = 1_400
YEARS_TO_REVIEW = 2


class NumberIsSpent(Exception):
    """Raised when a briefing is to be deleted, and with it the memory of its number."""

    def __init__(self) -> None:
        super().__init__(_("A briefing’s number is never given again, so its row stays."))


class BriefingQuerySet(models.QuerySet["Briefing"]):
    """Briefings, none of which is ever deleted."""

    def delete(self) -> Any:
        raise NumberIsSpent


@frozen()
class Briefing(models.Model):
    """A briefing whatever the language: its number, which is never changed and never given again."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(unique=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(_("Briefing %(number)s") % {"number": self.shown_number})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise NumberIsSpent

    @property
    def shown_number(self) -> str:
        """As it is printed: 04, 12, 103."""
        return f"{self.number:02}"


class BriefingPage(SortedPage):
    """A briefing in one language."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="pages", editable=False)
    key_messages = StreamField(KeyMessages(), verbose_name=_("key messages"))
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    review_due_on = models.DateField(_("review due on"), blank=True, help_text=_("Left empty: in two years."))
    supersedes = models.ForeignKey(
        Briefing,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successor_pages",
        verbose_name=_("takes the place of"),
        help_text=_("The earlier briefing keeps its number and its page, and leads readers here."),
    )
    see_also = models.JSONField(_("see also"), default=list, blank=True)
    team_agenda = models.JSONField(_("agenda for a team meeting"), default=list, blank=True)
    team_questions = models.JSONField(_("questions for a team meeting"), default=list, blank=True)

    parent_page_types = ["briefings.BriefingIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["briefing", "language", "supersedes"]
    neutral_field = "briefing"
    base_form_class = BriefingForm

    content_panels = [
        *Page.content_panels,
        NumberPanel("briefing", heading=_("Number")),
        FieldPanel("lead"),
        FieldPanel("key_messages"),
        *WrittenPage.content_panels[2:-1],
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("topics")], heading=_("Whom it is for, what it is about")),
        MultiFieldPanel([FieldPanel("published_on"), FieldPanel("review_due_on")], heading=_("How long it holds")),
        FieldPanel("supersedes"),
        FieldPanel("see_also"),
        MultiFieldPanel([FieldPanel("team_agenda"), FieldPanel("team_questions")], heading=_("Team pack")),
        WrittenPage.content_panels[-1],
    ]

    class Meta:
        verbose_name = _("briefing")
        constraints = [
            models.UniqueConstraint(fields=["briefing", "language"], name="one_briefing_page_per_language"),
            models.UniqueConstraint(fields=["supersedes", "language"], name="one_successor_per_briefing"),
        ]

    def new_neutral_row(self) -> Briefing:
        last = Briefing.objects.aggregate(last=Max("number"))["last"] or 0
        return Briefing.objects.create(number=last + 1)

    def clean(self) -> None:
        super().clean()
        self.published_on = self.published_on or site_day()
        self.review_due_on = self.review_due_on or years_after(self.published_on)
        if self.review_due_on <= self.published_on:
            raise ValidationError({"review_due_on": _("The review comes after the publication.")})
        if self.supersedes_id and self.supersedes_id == self.briefing_id:
            raise ValidationError({"supersedes": _("A briefing cannot take its own place.")})
        if words_of(list(self.body.raw_data)) > MOST_WORDS:
            raise ValidationError({"body": _("A briefing has at most 1,400 words, so that it prints on four pages.")})
        if faults := faults_of(self.team_agenda, self.team_questions):
            raise ValidationError(faults)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.published_on = self.published_on or site_day()
        self.review_due_on = self.review_due_on or years_after(self.published_on)
        super().save(*args, **kwargs)

    def get_admin_display_title(self) -> str:
        return f"{self.number} {super().get_admin_display_title()}".strip()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        published = self.live and not getattr(request, "is_preview", False)
        return {
            **super().get_context(request, *args, **kwargs),
            "see_also": pages_at(self.see_also, request, language=self.language),
            "paper": paper_of(self) if published else None,
            "team_pack": published and self.has_team_pack,
            "nav_current": "briefings",
            **translations_of(self),
        }

    @property
    def number(self) -> str:
        """As it is printed; empty on the form for a briefing that has none yet."""
        return self.briefing.shown_number if self.briefing_id else ""

    @property
    def messages(self) -> list[str]:
        return [str(block.value) for block in self.key_messages]

    @property
    def content_digest(self) -> str:
        said: dict[str, Any] = {"page": super().content_digest, "key_messages": self.messages}
        if self.has_team_pack:
            said["team_pack"] = [self.team_agenda, self.team_questions]
        return digest_of(said)

    @property
    def has_team_pack(self) -> bool:
        return bool(self.team_agenda and self.team_questions)

    @property
    def cover_seed(self) -> str:
        """What its drawing grows from: its number, on every card, page and paper."""
        return f"briefing-{self.briefing.number}"

    @property
    def cover_windows(self) -> int:
        """One to three, so that neighbours on a shelf differ."""
        return 1 + self.briefing.number % 3

    @property
    def is_past_review(self) -> bool:
        return site_day() > self.review_due_on

    @cached_property
    def successor(self) -> "BriefingPage | None":
        """The published page that takes this one's place, in its language or else in English."""
        successors = BriefingPage.objects.live().public().filter(supersedes=self.briefing_id)
        readable = successors.filter(language__in={self.language, "en"}).select_related("briefing", "locale")
        return readable.order_by("language").first()  # "cy" stands before "en"


def years_after(day: date, years: int = YEARS_TO_REVIEW) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
