"""Why a source, a term or a legal statement may not be deleted: texts rely on it. Wagtail does not look by itself."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import ManyToOneRel
from django.utils.translation import gettext as _

from .glossary import keys_linked
from .law import keys_placed
from .models import GlossaryTerm, LegalStatement, Source
from .pages import WrittenPage


def reason_to_keep(thing: Source | GlossaryTerm | LegalStatement) -> str:
    """A sentence for the editor, or an empty text if it may go."""
    if isinstance(thing, Source):
        if _is_cited(thing):
            return _("“%(title)s” is cited and cannot be deleted. Take it off what cites it first.") % {"title": thing}
        return ""
    if isinstance(thing, LegalStatement):
        if any(thing.key in keys_placed(page.body.raw_data) for page in _texts()):
            return _("“%(key)s” stands on a page and cannot be deleted. Take it off first.") % {"key": thing.key}
        return ""
    if _is_linked(thing.key):
        return _("“%(term)s” is linked from a page and cannot be deleted. Take the link off first.") % {"term": thing}
    if any(thing.key in other.see for other in GlossaryTerm.objects.exclude(pk=thing.pk)):
        return _("Another term says “see also: %(term)s”. Change that one first.") % {"term": thing}
    return ""


def _is_cited(source: Source) -> bool:
    """Whether anything at all points to it, in whichever room."""
    relations = Source._meta.get_fields(include_hidden=True)  # rows that join it to a page or an item among them
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: source}).exists()
        for relation in relations
        if isinstance(relation, ManyToOneRel)
    )


def _is_linked(key: str) -> bool:
    """Whether a page links to the term, in its published text or in the newest draft of it."""
    return any(key in keys_linked(page.body.raw_data) for page in _texts())


def _texts() -> Iterator[WrittenPage]:
    for model in apps.get_models():
        if issubclass(model, WrittenPage):
            for page in model.objects.all():
                yield page
                if page.has_unpublished_changes:
                    yield page.get_latest_revision_as_object()
