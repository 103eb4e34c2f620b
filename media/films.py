"""A film whatever its language, the files it is shown from, and what each person has watched of it."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from toolkit.by_language import in_language
from wagtailmedia.models import AbstractMedia, MediaType

from .containers import Measured, NotAFilm, measure

MOST_FILE_BYTES = 1_000_000_000


class Film(models.Model):
    """A Social Care TV film, once for all its languages, files, captions and transcripts."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.SlugField(unique=True)
    titles = models.JSONField(default=dict, help_text=_("By language code"))
    duration_seconds = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.titles.get("en", self.key))

    @property
    def title(self) -> str:
        return in_language(self.titles)


def private_storage() -> Storage:
    """Where film files lie: never under an address. The view that sends them asks who may see (access.py)."""
    return storages["private"]


def film_file_name(film_file: "FilmFile", filename: str) -> str:
    """A name of our own: what an uploader called it says nothing, and must not."""
    return f"films/{film_file.uuid}.{film_file.suffix}"


class FilmFile(AbstractMedia):
    """A film's file: wagtailmedia's model, with everything known of it read from its content and not from its name."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=film_file_name, storage=private_storage, max_length=200)
    content_type = models.CharField(max_length=20, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False, db_index=True, help_text=_("SHA-256"))

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta:
        verbose_name = _("film file")
        verbose_name_plural = _("film files")

    @property
    def suffix(self) -> str:
        return "webm" if self.content_type == "video/webm" else "mp4"

    @property
    def url(self) -> str:
        return reverse("film_file", args=[self.uuid, self.suffix])

    @property
    def sources(self) -> list[dict[str, str]]:
        return [{"src": self.url, "type": self.content_type}]

    @property
    def _is_new_file(self) -> bool:
        """Whether the file was given and not stored yet."""
        return bool(self.file) and not getattr(self.file, "_committed", True)

    def clean(self, *args: Any, **kwargs: Any) -> None:
        """Refuses in words what is no film; what is one is measured."""
        kind = getattr(self, "type", "") or MediaType.VIDEO
        if kind != MediaType.VIDEO:
            raise ValidationError(_("Only films are kept here. Choose “Add video”."))
        if self._is_new_file:
            if self.file.size > MOST_FILE_BYTES:
                raise ValidationError({"file": _("This film is larger than 1 GB. Save it anew with a lower quality.")})
            try:
                self._take(measure(self.file.file, self.file.size))
            except NotAFilm as refusal:
                raise ValidationError({"file": str(refusal)}) from refusal
        self.type = kind
        if self.thumbnail:
            raise ValidationError(_("A film's poster is a picture on its page."))

    def _take(self, measured: Measured) -> None:
        self.content_type = measured.content_type
        self.duration, self.width, self.height = round(measured.seconds, 3), measured.width, measured.height

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._is_new_file:
            self.clean()
            self.size, self.digest = self.file.size, digest_of_file(self.file.file)
        super().save(*args, **kwargs)


def digest_of_file(file: Any) -> str:
    """SHA-256 of an open file, from its beginning; it is left at its beginning."""
    file.seek(0)
    digest = sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class Watching(models.Model):
    """What one person has watched of one film, and where they are in it, so that any device carries on.

    A person's own place; what it means for a course is kept there (enrolments), when the news `film_watched` arrives.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="watching")
    film = models.ForeignKey(Film, models.PROTECT, related_name="watching")
    intervals = models.JSONField(default=list, help_text=_("Merged [from, to] in seconds"))
    counted_at = models.DateTimeField(help_text=_("Up to when time was counted; no moment is counted twice"))
    watched_at = models.DateTimeField(null=True, help_text=_("When enough of it was watched, the first time"))
    place_seconds = models.FloatField(default=0)
    place_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "watching"
        constraints = [models.UniqueConstraint(fields=["person", "film"], name="one_watching_per_person_and_film")]
