"""A film's page in one language, and the channel that lists them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from toolkit.digests import digest_of
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtailmedia.edit_handlers import MediaChooserPanel

from reference.pages import WrittenPage, translations_of

from .access import may_see_page
from .captions import read_captions
from .channel import channel_of
from .chapters import Chapter, read_chapters
from .completeness import missing_from
from .embeds import Embed, UnknownFilm, allow_frames, read_address
from .films import Film, FilmFile
from .forms import FilmPageForm
from .lines_panel import LinesPanel
from .remarks import BadText
from .showing import showing_of
from .transcripts import Line, read_lines


class FilmPage(WrittenPage):
    """A film in one language: about it, its captions, transcript and chapters. Watching hangs on its film.

    Under a FilmIndexPage it is public; elsewhere (under a module) only those see it whom a rule allows (access.py).
    """

    film = models.ForeignKey(Film, models.PROTECT, related_name="pages", editable=False)
    film_file = models.ForeignKey(
        FilmFile, models.PROTECT, null=True, blank=True, related_name="pages", verbose_name=_("film file")
    )
    embed_address = models.URLField(
        _("address at a film host"), blank=True, help_text=_("For a film at YouTube or Vimeo instead of a file.")
    )
    embed_captioned = models.BooleanField(_("its host shows captions"), default=False)
    embed_seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    poster = models.ForeignKey(
        "media.SiteImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("poster")
    )
    poster_alt = models.CharField(_("what the poster shows"), max_length=250, blank=True)
    audience = models.JSONField(_("for whom"), default=list, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    chapters = models.JSONField(_("chapters"), default=list, blank=True)
    captions = models.TextField(_("captions"), blank=True)
    transcript = models.JSONField(_("transcript"), default=list, blank=True)

    parent_page_types = ["media.FilmIndexPage", "courses.ModulePage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["film", "language"]
    neutral_field = "film"
    base_form_class = FilmPageForm

    content_panels = [
        *WrittenPage.content_panels[:3],
        MultiFieldPanel(
            [
                MediaChooserPanel("film_file", media_type="video"),
                FieldPanel("embed_address"),
                FieldPanel("embed_seconds"),
                FieldPanel("embed_captioned"),
                FieldPanel("poster"),
                FieldPanel("poster_alt"),
            ],
            heading=_("The film"),
        ),
        MultiFieldPanel(
            [FieldPanel("captions_file"), FieldPanel("captions"), LinesPanel("transcript"), LinesPanel("chapters")],
            heading=_("The film as text"),
        ),
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("topics")], heading=_("For whom, and about what")),
        *WrittenPage.content_panels[3:],
    ]

    class Meta:
        verbose_name = _("film")
        constraints = [models.UniqueConstraint(fields=["film", "language"], name="one_film_page_per_language")]

    def clean(self) -> None:
        super().clean()
        faults: dict[str, list[str]] = {}
        for name, read in (("transcript", read_lines), ("chapters", read_chapters), ("captions", _kept_captions)):
            try:
                read(getattr(self, name))
            except BadText as bad:
                faults[name] = [str(fault) for fault in bad.faults]
        if self.embed_address:
            try:
                read_address(self.embed_address)
            except UnknownFilm as unknown:
                faults["embed_address"] = [str(unknown)]
        if faults:
            raise ValidationError(faults)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whatever door a film is published through, it is refused here if it is not whole."""
        changed = kwargs.get("update_fields")
        if self.live and kwargs.get("clean", True) and (changed is None or "live" in changed):
            if missing := missing_from(self):
                raise ValidationError({field: [words] for field, words in missing})
            super().save(*args, **kwargs)
            self._tell_film()
        else:
            super().save(*args, **kwargs)

    def _tell_film(self) -> None:
        """Keep the film's title in this language and its length on its own row."""
        titles = {**self.film.titles, self.language: self.title}
        Film.objects.filter(pk=self.film_id).update(titles=titles, duration_seconds=round(self.seconds) or None)

    def new_neutral_row(self) -> Film:
        key = stem = (self.slug or slugify(self.title))[:45]
        number = 1
        while Film.objects.filter(key=key).exists():
            number += 1
            key = f"{stem}-{number}"
        return Film.objects.create(key=key, titles={self.locale.language_code: self.title})

    @property
    def content_digest(self) -> str:
        """Besides a page's text: everything of the film that is read."""
        own = {"captions": self.captions, "transcript": self.transcript, "chapters": self.chapters}
        return digest_of({"page": super().content_digest, **own})

    @property
    def seconds(self) -> float:
        """The film's length; 0 where it is not known."""
        return float(self.film_file.duration if self.film_file else self.embed_seconds or 0)

    @property
    def minutes(self) -> int:
        """The film's length in whole minutes, never below one."""
        return max(1, round(self.seconds / 60))

    @property
    def lines(self) -> list[Line]:
        return read_lines(self.transcript)

    @property
    def chapter_list(self) -> list[Chapter]:
        return read_chapters(self.chapters)

    @property
    def embed(self) -> Embed | None:
        return read_address(self.embed_address) if self.embed_address else None

    @cached_property
    def is_in_channel(self) -> bool:
        """Whether it stands under a channel, where anybody may see it."""
        return FilmIndexPage.objects.parent_of(self).exists()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For the channel, whose restrictions Wagtail has asked; elsewhere the room that knows learners is first."""
        if not self.is_in_channel and not may_see_page(request, self):
            raise PermissionDenied
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if self.embed_address:
            allow_frames(response)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "showing": showing_of(self, request), "nav_current": "films", **translations_of(self)}


def _kept_captions(text: str) -> None:
    if text.strip():
        read_captions(text)


class FilmIndexPage(WrittenPage):
    """The channel: every film in a language, with its length and whom it is for."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["media.FilmPage"]
    max_count_per_parent = 1
    exclude_fields_in_copy = ["language"]

    class Meta:
        verbose_name = _("film channel")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "channel": channel_of(self, request, FilmPage.objects.all()),
            "nav_current": "films",
            **translations_of(self),
        }
