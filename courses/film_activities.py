"""A film under a module is an activity of it, as soon as it is published."""

from django.db.models import Max

from media.models import FilmPage

from .choices import ActivityKind
from .models import Activity, ModulePage


def activity_for(page: FilmPage) -> Activity | None:
    """The activity of a film's page under a module, made after the module's lessons if it is new; None elsewhere."""
    parent = page.get_parent().specific
    if not isinstance(parent, ModulePage):
        return None
    module = parent.module
    last = module.activities.exclude(kind=ActivityKind.ASSESSMENT).aggregate(last=Max("position"))["last"] or 0
    activity, _made = Activity.objects.get_or_create(
        kind=ActivityKind.FILM,
        course=module.course,
        module=module,
        film=page.film,
        defaults={"position": last + 10},
    )
    return activity
