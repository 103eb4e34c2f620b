"""The desk's forms of films, images and documents: what stands on a page keeps its file.

Another file under the same name would change what readers see at once, past every check and every second reader.
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from .usage import is_used


class _KeepsItsFile:
    """Mixed into a form of a file; its title and the like may change."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        if self.instance.pk and "file" in self.changed_data and is_used(self.instance):  # type: ignore[attr-defined]
            words = _(
                "This file is used on a page or in a question, so it stays. Add yours as a new one, and use it there."
            )
            self.add_error("file", words)  # type: ignore[attr-defined]
        return cleaned


class FilmFileForm(_KeepsItsFile, BaseMediaForm):
    """A film's file."""


class ImageForm(_KeepsItsFile, BaseImageForm):
    """An image."""


class DocumentForm(_KeepsItsFile, BaseDocumentForm):
    """A document."""
