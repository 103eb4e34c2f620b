"""At a Glance briefings, reports and stories of good practice, and the shelves they stand on."""

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
from toolkit.digests import digest_of
from toolkit.frozen import frozen
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from reference.choices import Audience, Topic
from reference.models import in_a_row
from reference.pages import WrittenPage, address_of, translations_of
from reference.picked import PickedField
from reference.reading import words_of

from .blocks import KeyMessages
from .forms import BriefingForm, ReportForm
from .panels import NumberPanel
from .paper import paper_of
from .see_also import pages_at
from .sorting import filters, narrowed

MOST_WORDS = 1_400
YEARS_TO_REVIEW = 2
STORY_KEYS = ["what-was-done", "what-made-it-possible", "what-changed"]


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


class SortedPage(WrittenPage):
    """A written page that says whom it is for and what it is about."""

    audience = PickedField(_("audience"), choices_of=Audience)
    topics = PickedField(_("topics"), choices_of=Topic, blank=True)

    class Meta:
        abstract = True

    @property
    def audience_in_words(self) -> str:
        return in_a_row([str(Audience(one).label) for one in Audience.values if one in self.audience])

    @property
    def topics_in_words(self) -> str:
        return in_a_row([str(Topic(one).label) for one in Topic.values if one in self.topics])


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
        *WrittenPage.content_panels[2:],
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("topics")], heading=_("Whom it is for, what it is about")),
        MultiFieldPanel([FieldPanel("published_on"), FieldPanel("review_due_on")], heading=_("How long it holds")),
        FieldPanel("supersedes"),
        FieldPanel("see_also"),
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
        self.published_on = self.published_on or timezone.localdate()
        self.review_due_on = self.review_due_on or years_after(self.published_on)
        if self.review_due_on <= self.published_on:
            raise ValidationError({"review_due_on": _("The review comes after the publication.")})
        if self.supersedes_id and self.supersedes_id == self.briefing_id:
            raise ValidationError({"supersedes": _("A briefing cannot take its own place.")})
        if words_of(list(self.body.raw_data)) > MOST_WORDS:
            raise ValidationError({"body": _("A briefing has at most 1,400 words, so that it prints on four pages.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.published_on = self.published_on or timezone.localdate()
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
        return digest_of({"page": super().content_digest, "key_messages": self.messages})

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
        return timezone.localdate() > self.review_due_on

    @cached_property
    def successor(self) -> "BriefingPage | None":
        """The published page that takes this one's place, in its language or else in English."""
        successors = BriefingPage.objects.live().filter(supersedes=self.briefing_id)
        readable = successors.filter(language__in={self.language, "en"}).select_related("briefing", "locale")
        return readable.order_by("language").first()  # "cy" stands before "en"


class StoryPage(SortedPage):
    """A story of good practice in one language: what was done, what made it possible, what changed."""

    parent_page_types = ["briefings.StoryIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["language"]

    content_panels = [*WrittenPage.content_panels, FieldPanel("audience"), FieldPanel("topics")]

    class Meta:
        verbose_name = _("story of good practice")

    def clean(self) -> None:
        super().clean()
        if [key for key, _heading in self.sections] != STORY_KEYS:
            raise ValidationError({"body": _("A story has three sections, with these identifiers in this order: ")
                                   + ", ".join(STORY_KEYS)})  # fmt: skip

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **translations_of(self)}


class ReportPage(SortedPage):
    """A report in one language: numbered chapters, and how to cite it."""

    authors = models.JSONField(_("authors"), default=list)
    published_on = models.DateField(_("published on"), default=timezone.localdate)

    parent_page_types = ["briefings.ReportIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["language"]
    base_form_class = ReportForm

    content_panels = [
        *WrittenPage.content_panels,
        *(FieldPanel(name) for name in ("authors", "published_on", "audience", "topics")),
    ]

    class Meta:
        verbose_name = _("report")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **translations_of(self)}

    @property
    def authors_in_words(self) -> str:
        return in_a_row(self.authors)

    @property
    def address(self) -> str:
        """Where it stands, as a citation gives it."""
        return address_of(self)


class Shelf(Page):
    """A list of pages of one kind, in one language."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences under the title."))

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **translations_of(self)}


class BriefingIndexPage(Shelf):
    """All briefings, by number; those that another has taken the place of come last."""

    subpage_types = ["briefings.BriefingPage"]

    class Meta:
        verbose_name = _("shelf of briefings")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = BriefingPage.objects.live().child_of(self).select_related("briefing", "locale")
        ordered = list(pages.order_by("briefing__number"))
        replaced = {page.supersedes_id for page in ordered}
        current = [page for page in ordered if page.briefing_id not in replaced]
        return {
            **super().get_context(request, *args, **kwargs),
            "briefings": narrowed(current, request.GET),
            "replaced": [page for page in ordered if page.briefing_id in replaced],
            "filters": filters(current, request.GET),
            "count": len(current),
            "nav_current": "briefings",
        }


class StoryIndexPage(Shelf):
    """All stories of good practice."""

    subpage_types = ["briefings.StoryPage"]

    class Meta:
        verbose_name = _("shelf of stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        stories = StoryPage.objects.live().child_of(self).select_related("locale").order_by("title")
        return {**super().get_context(request, *args, **kwargs), "stories": stories}


class ReportIndexPage(Shelf):
    """Our own reports, and the catalogue of works they rest on that are not ours."""

    subpage_types = ["briefings.ReportPage"]

    class Meta:
        verbose_name = _("shelf of reports")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        reports = ReportPage.objects.live().child_of(self).select_related("locale").prefetch_related("sources")
        works = {source for report in reports for source in report.sources.all() if not source.ours}
        catalogue = sorted(works, key=lambda source: (source.year or 9999, source.title))
        context = super().get_context(request, *args, **kwargs)
        return {**context, "reports": reports, "catalogue": catalogue}


def years_after(day: date, years: int = YEARS_TO_REVIEW) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
