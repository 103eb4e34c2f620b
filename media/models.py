"""Our image and document models, ours from the first migration because they cannot be swapped later; and films."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class SiteImage(AbstractImage):
    """A picture with where it came from."""

    credit = models.CharField(_("credit and licence"), max_length=250, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")


class Rendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]


class SiteDocument(AbstractDocument):
    """A public file beside the pages; never answers, certificates or private films."""

    credit = models.CharField(_("credit and licence"), max_length=250, blank=True)

    admin_form_fields = ("title", "file", "credit", "collection", "tags")


class Film(models.Model):
    """A Social Care TV film, once for all its languages, files, captions and transcripts."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.SlugField(unique=True)
    titles = models.JSONField(default=dict, help_text=_("By language code"))
    duration_seconds = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.titles.get("en", self.key))
