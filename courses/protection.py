"""Why a page may not be deleted: what learners did hangs on it. Wagtail does not look by itself."""

from collections.abc import Iterator

from django.db.models import ForeignKey, Model, OneToOneField, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from media.models import FilmPage

from .models import Activity, CoursePage, LessonPage, ModulePage


def reason_to_keep(page: Page) -> str:
    """A sentence for the editor, or an empty text if the page and what is below it may go."""
    below = page.get_descendants(inclusive=True)
    for taught, activity in _taught(below):
        if _is_relied_on(activity):
            return _(
                "“%(title)s” cannot be deleted: learners have records on it, or a certificate asks for it. "
                "Unpublish it instead; that hides it and keeps the records."
            ) % {"title": taught.title}
    if page.specific_class in (CoursePage, ModulePage) and below.count() > 1:
        return _("“%(title)s” still has pages under it. Move or delete those first.") % {"title": page.title}
    return ""


def _taught(pages: QuerySet[Page]) -> Iterator[tuple[Page, Activity]]:
    """The lessons and films among these pages, each with the activity it is the text of."""
    for lesson in LessonPage.objects.filter(pk__in=pages.values("pk")).select_related("activity"):
        yield lesson, lesson.activity
    for film in FilmPage.objects.filter(pk__in=pages.values("pk")):
        for activity in film.film.activities.all():
            yield film, activity


def _is_relied_on(activity: Activity) -> bool:
    """Whether any row outside this page's own family points to the activity."""
    for relation in activity._meta.related_objects:
        if relation.related_model is LessonPage or not isinstance(relation.field, ForeignKey | OneToOneField):
            continue
        model: type[Model] = relation.related_model  # type: ignore[assignment]
        if model._default_manager.filter(**{relation.field.name: activity}).exists():
            return True
    return False
