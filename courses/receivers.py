"""News heard."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from media.models import FilmPage

from .film_activities import activity_for


@receiver(page_published, sender=FilmPage)
def make_activity(sender: type[FilmPage], instance: FilmPage, **kwargs: Any) -> None:
    activity_for(instance)
