"""What this room holds about people, and how it goes (toolkit/personal.py)."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, about_nobody, delete_rows, hold, retain, rows_of
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import Image as WagtailImage
from wagtail.images.models import Rendition as WagtailRendition
from wagtailmedia.models import Media as WagtailMedia

from .models import Film, FilmFile, Rendition, SiteDocument, SiteImage, Watching


def unsign_uploads(rows: models.QuerySet[Any], at: datetime) -> int:
    """The file is content and stays; who sent it in goes."""
    return rows.update(uploaded_by_user=None)


def _uploads(model: type[models.Model], title: Any) -> Holding:
    return Holding(
        model,
        title,
        "accounts",
        {"title": _("Title"), "created_at": _("When")},
        rows_of(model, "uploaded_by_user"),
        unsign_uploads,
        kept=_("The file is part of the site's content and stays without your name."),
    )


hold(
    Holding(
        Watching,
        _("Films you watched"),
        "responses",
        {
            "film__title": _("Film"),
            "intervals": _("Seconds watched, from and to"),
            "place_seconds": _("Second you were last at"),
            "watched_at": _("Watched enough"),
            "counted_at": _("Last counted"),
        },
        rows_of(Watching, "person"),
        delete_rows,
        shown=lambda row: {"intervals": row.intervals},
    ),
    _uploads(FilmFile, _("Films you uploaded")),
    _uploads(SiteImage, _("Pictures you uploaded")),
    _uploads(SiteDocument, _("Documents you uploaded")),
)
about_nobody(_("Films and sizes of pictures: content."), Film, Rendition, WagtailRendition)
about_nobody(_("Empty: ours are used in their place."), WagtailDocument, WagtailImage, WagtailMedia)


def _old_watching(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """What was watched second by second; that enough was watched stands in the course's own records."""
    return Watching.objects.filter(counted_at__lt=before).exclude(person__in=held).delete()[0]


retain(Retention("responses", Watching, _old_watching))
