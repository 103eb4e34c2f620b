"""Our image and document models, ours from the first migration because they cannot be swapped later; and films."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from .films import Film, FilmFile, Watching
from .pages import FilmIndexPage, FilmPage

__all__ = ["Film", "FilmFile", "FilmIndexPage", "FilmPage", "Rendition", "SiteDocument", "SiteImage", "Watching"]


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
