"""Making kept lessons anew when something they show has changed without them."""

from django.db.models import QuerySet
from toolkit.kept import content_changed

from .models import LessonPage


def render_anew(pages: QuerySet[LessonPage]) -> int:
    """Render these lessons as they stand on the site and keep that; how many there were.

    Nothing else of the page changes: no revision, no moment, no draft.
    """
    for page in pages:
        page.keep_rendering()
        type(page).objects.filter(pk=page.pk).update(kept_html=page.kept_html, kept_facts=page.kept_facts)
    content_changed()
    return len(pages)
