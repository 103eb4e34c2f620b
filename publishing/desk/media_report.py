"""The report of pictures, papers and films that no page uses, and of films without captions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.reports import ReportView
from wagtail.documents.permissions import permission_policy as of_documents
from wagtail.images.permissions import permission_policy as of_images
from wagtail.permissions import page_permission_policy
from wagtailmedia.permissions import permission_policy as of_films

from media.completeness import missing_from
from media.models import FilmFile, FilmPage, SiteDocument, SiteImage
from media.usage import unused

from .waiting import pages_to_edit

CAPTIONS = ("captions", "embed_captioned")  # fields of a film's page


@dataclass(frozen=True)
class Row:
    """One thing of the library, or one film's page."""

    title: str
    kind: str
    why: str
    address: str


LIBRARY: list[tuple[type[Model], Any, str]] = [
    (SiteImage, of_images, "wagtailimages:edit"),
    (SiteDocument, of_documents, "wagtaildocs:edit"),
    (FilmFile, of_films, "wagtailmedia:edit"),
]


class MediaToLookAt(ReportView):
    """What stands in the library for nothing, and films that could not be published."""

    page_title = gettext_lazy("Unused media, and films without captions")
    index_url_name, index_results_url_name = "report_media", "report_media_results"
    header_icon = "image"
    results_template_name = "publishing/report_media_results.html"
    export_headings = {
        "title": gettext_lazy("Title"),
        "kind": gettext_lazy("Type"),
        "why": gettext_lazy("Why"),
        "address": gettext_lazy("Address at the desk"),
    }
    list_export = ["title", "kind", "why", "address"]
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]

    def get_filtered_queryset(self) -> list[Row]:
        return sorted([*self._unused(), *self._without_captions()], key=lambda row: (row.kind, row.title))

    def _unused(self) -> Iterator[Row]:
        for model, policy, address in LIBRARY:
            mine = policy.instances_user_has_any_permission_for(self.request.user, ["change", "delete"])
            kind = str(model._meta.verbose_name)
            for thing in unused(mine):
                yield Row(str(thing), kind, _("No page uses it"), reverse(address, args=[thing.pk]))

    def _without_captions(self) -> Iterable[Row]:
        films = FilmPage.objects.filter(pk__in=pages_to_edit(self.request.user).values("pk"))
        for page in films.select_related("film_file"):
            if said := [str(words) for field, words in missing_from(page) if field in CAPTIONS]:
                kind = str(FilmPage._meta.verbose_name)
                yield Row(page.title, kind, " ".join(said), reverse("wagtailadmin_pages:edit", args=[page.pk]))
