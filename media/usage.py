"""Which films' files, images and documents stand on no page, draft or snippet."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import ReferenceIndex

from .films import FilmFile


def unused(things: QuerySet[Any]) -> QuerySet[Any]:
    """Those that nothing points at."""
    used = ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(things.model))
    found = things.exclude(pk__in=[int(key) for key in used.values_list("to_object_id", flat=True).distinct()])
    return found.filter(pages=None) if things.model is FilmFile else found


def is_used(thing: Any) -> bool:
    """Whether something points at a film's file, image or document that is kept."""
    return not unused(type(thing).objects.filter(pk=thing.pk)).exists()
