"""What every page of teaching has: text, sources, a content notice, and who drafted and checked it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from toolkit.digests import digest_of
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from .advice import AdvicePanel, WrittenPageForm
from .blocks import PageBody
from .choices import ContentNotice
from .glossary import TermShown, keys_linked, terms_shown
from .models import Source
from .reading import words_of

WORDS_PER_MINUTE = 200  # a careful first reading of plain prose by an adult


class WrittenPage(Page):
    """A page in one language that points to a neutral row, which all its translations share.

    A subclass names the pointing field in `neutral_field` and makes a new row in `new_neutral_row`.
    """

    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences under the title."))
    body = StreamField(PageBody(), blank=True)
    content_notice = models.PositiveSmallIntegerField(
        _("content notice"), choices=ContentNotice.choices, default=ContentNotice.NONE
    )
    content_topics = models.JSONField(_("topics the notice lists"), default=list, blank=True)
    sources = ParentalManyToManyField(Source, blank=True, related_name="+")
    drafted_by = models.CharField(_("drafted by"), max_length=150, blank=True)
    drafted_on = models.DateField(_("drafted on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by a practitioner"), max_length=150, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_digest = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(max_length=8, editable=False)

    neutral_field = ""

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("sources"),
        MultiFieldPanel([FieldPanel("content_notice"), FieldPanel("content_topics")], heading=_("Content notice")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("drafted_by", "drafted_on", "checked_by", "checked_on")],
            heading=_("Who drafted and who checked"),
        ),
        AdvicePanel(heading=_("Before this is published")),
    ]
    base_form_class = WrittenPageForm

    class Meta:
        abstract = True

    def new_neutral_row(self) -> models.Model:
        raise NotImplementedError(f"{type(self).__name__} has no neutral row")

    def clean(self) -> None:
        super().clean()
        if bool(self.checked_by) != bool(self.checked_on):
            raise ValidationError({"checked_on": _("Say both who checked this page and on which day.")})
        if not _are_topics(self.content_topics):
            raise ValidationError({"content_topics": _('Write a list of short texts, such as ["neglect"].')})
        if self.content_notice and not self.content_topics:
            raise ValidationError({"content_topics": _("Say what the content notice is about.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        self.language = self.locale.language_code
        if self.neutral_field and getattr(self, f"{self.neutral_field}_id") is None:
            setattr(self, self.neutral_field, self._translation_shared_row() or self.new_neutral_row())
        if not self.checked_by:
            self.checked_digest = ""
        elif not self.checked_digest:
            self.checked_digest = self.content_digest
        super().save(*args, **kwargs)

    def _translation_shared_row(self) -> models.Model | None:
        """The neutral row of another language's page; a plain copy has a new translation key and finds none."""
        other = type(self).objects.filter(translation_key=self.translation_key).exclude(pk=self.pk).first()
        return getattr(other, self.neutral_field) if other else None

    @property
    def content_digest(self) -> str:
        """SHA-256 of what a reader sees, kept with what they did: it outlives Wagtail's revisions."""
        return digest_of(
            {
                "title": self.title,
                "lead": self.lead,
                "body": list(self.body.raw_data),
                "content_notice": self.content_notice,
                "content_topics": self.content_topics,
            }
        )

    @property
    def is_checked(self) -> bool:
        """Whether a practitioner checked the text that stands here now."""
        return bool(self.checked_by) and self.checked_digest == self.content_digest

    @property
    def sections(self) -> list[tuple[str, str]]:
        """(key, heading) of each section, in order."""
        return [(block.value["key"], block.value["heading"]) for block in self.body if block.block_type == "section"]

    @property
    def parts(self) -> list["Part"]:
        """The text cut at its sections; what stands before the first has the number 0, no key and no heading."""
        parts = [Part(0, "", "", [])]
        for block in self.body:
            if block.block_type == "section":
                parts.append(Part(len(parts), block.value["key"], block.value["heading"], []))
            else:
                parts[-1].blocks.append(block)
        return parts if parts[0].blocks else parts[1:]

    @cached_property
    def terms(self) -> list[TermShown]:
        """The words of the glossary this page links to, in alphabetical order; no query where it links to none."""
        keys = keys_linked(self.body.raw_data)
        return terms_shown(keys, self.language) if keys else []

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes at WORDS_PER_MINUTE, never below one."""
        return max(1, round(words_of(list(self.body.raw_data)) / WORDS_PER_MINUTE))


@dataclass(frozen=True)
class Part:
    """A section of a text: its number from 1, its key and heading, and the blocks under it."""

    number: int
    key: str
    heading: str
    blocks: list[Any]


def written_models() -> list[type[WrittenPage]]:
    """Every kind of written page there is."""
    return [model for model in apps.get_models() if issubclass(model, WrittenPage)]


def _are_topics(value: Any) -> bool:
    """Whether the value is a list of short texts that can be written down (no lone surrogates)."""
    if not isinstance(value, list) or not all(isinstance(one, str) and len(one) <= 60 for one in value):
        return False
    try:
        "".join(value).encode()
    except UnicodeEncodeError:
        return False
    return True


def translations_of(page: Page) -> dict[str, Any]:
    """For a template's context: the same page in the other languages, for a direct switch."""
    return {"translations": page.get_translations().live().select_related("locale")}


def address_of(page: Page, request: HttpRequest | None = None) -> str:
    """The page's whole address, from the SITE_URL setting; a request only spares looking up where the site stands."""
    _site_id, _root_url, path = page.get_url_parts(request)
    return f"{settings.SITE_URL}{path}"
