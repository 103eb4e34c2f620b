"""News heard: a page was published, taken down or moved; a row was saved or deleted."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from . import entries
from .describing import register_all
from .indexing import forget, index


def listen() -> None:
    """Called once when the site starts."""
    register_all()
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid="search")
    post_page_move.connect(_page_moved, dispatch_uid="search")
    post_save.connect(_row_saved, dispatch_uid="search")
    post_delete.connect(_row_deleted, dispatch_uid="search")


def _page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if entries.is_found(sender):
        _index_later(sender, instance.pk)


def _page_moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Whom a page is for may hang on where it stands, and so may all below it."""
    for page in Page.objects.get(pk=instance.pk).get_descendants(inclusive=True).specific():
        if entries.is_found(type(page)):
            _index_later(type(page), page.pk)


def _row_saved(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if entries.is_found(sender) and not isinstance(instance, Page) and not kwargs.get("raw"):
        _index_later(sender, instance.pk)


def _row_deleted(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if entries.is_found(sender) and not isinstance(instance, Page):
        forget(sender, instance.pk)


def _index_later(model: type[models.Model], pk: Any) -> None:
    """After the commit, as it then stands; a failure here undoes nothing and is repaired by the next sweep."""

    def index_it() -> None:
        if thing := model._default_manager.filter(pk=pk).first():
            index(thing)

    transaction.on_commit(index_it, robust=True)
