"""News heard."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, post_page_move

from media.models import FilmPage
from reference.models import GlossaryTerm, LegalStatement, Source

from .film_activities import activity_for
from .kept_lessons import render_anew
from .models import LessonPage


@receiver([post_save, post_delete], sender=GlossaryTerm)
def tell_meaning_anew(sender: type[GlossaryTerm], instance: GlossaryTerm, **kwargs: Any) -> None:
    render_anew(LessonPage.objects.filter(kept_html__contains=f"/glossary/{instance.key}/"))


@receiver([post_save, post_delete], sender=LegalStatement)
def tell_law_anew(sender: type[LegalStatement], instance: LegalStatement, **kwargs: Any) -> None:
    render_anew(LessonPage.objects.filter(kept_html__contains=f'data-law="{instance.key}"'))


@receiver(post_save, sender=Source)
def name_source_anew(sender: type[Source], instance: Source, **kwargs: Any) -> None:
    for statement in LegalStatement.objects.filter(source=instance):
        tell_law_anew(LegalStatement, statement)


@receiver([page_slug_changed, post_page_move])
def follow_moved_pages(sender: type[Page], **kwargs: Any) -> None:
    render_anew(LessonPage.objects.filter(kept_facts__links_to_pages=True))


@receiver(page_published, sender=FilmPage)
def make_activity(sender: type[FilmPage], instance: FilmPage, **kwargs: Any) -> None:
    activity_for(instance)
