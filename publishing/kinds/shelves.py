"""The shelves that briefings, stories and reports stand on: made with the first of them, with words of our own."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Page

from briefings.models import BriefingIndexPage, ReportIndexPage, Shelf, StoryIndexPage

from .written_page import front_page, locale_for


def shelf_of(kind: type[Shelf], language: str) -> Page:
    """The shelf in a language; made, with words an editor may change, when the first page for it is loaded."""
    if there := kind.objects.filter(locale__language_code=language).first():
        return there
    with translation.override(language):
        slug, title, lead = _SHELVES[kind]
        shelf = kind(slug=slug, title=_(title), lead=_(lead), locale=locale_for(language), live=True)
    if other := kind.objects.first():
        shelf.translation_key = other.translation_key
    front_page(language).add_child(instance=shelf)
    shelf.save_revision(log_action=True).publish()
    return kind.objects.get(pk=shelf.pk)


_SHELVES: dict[type[Shelf], tuple[str, str, str]] = {
    BriefingIndexPage: (
        "briefings",
        gettext_noop("At a Glance"),
        gettext_noop("Short briefings on reviewing multi-agency work. Each opens with its key messages and prints on "
                     "two to four pages."),
    ),
    StoryIndexPage: (
        "stories",
        gettext_noop("Good practice, and what made it possible"),
        gettext_noop("Work that went well has conditions too. These stories are invented, and ordinary on purpose."),
    ),
    ReportIndexPage: (
        "reports",
        gettext_noop("Reports"),
        gettext_noop("Longer reading: what we have written ourselves, and the works by others that it rests on."),
    ),
}  # fmt: skip
