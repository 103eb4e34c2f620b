"""A film that is part of a course: which module it stands in, and the activity that progress hangs on."""

from typing import Any
from uuid import UUID

from wagtail.models import Page

from courses.choices import ActivityKind
from courses.models import Activity, Module, ModulePage
from media.models import Film, FilmPage
from publishing.faults import Fault
from publishing.fields import Fields

from .base import Package, Parsed


def read_activity(fields: Fields) -> dict[str, Any]:
    """The field “activity” in its kept form; nothing for a film of the channel."""
    inner = fields.mapping("activity", required=False)
    if inner is None:
        return {}
    found = {
        "uuid": str(inner.uuid()),
        "course": inner.text("course", longest=50),
        "module": inner.whole("module", least=1, most=99),
        "position": inner.whole("position", least=1, most=9999),
    }
    inner.refuse_unknown()
    return {"activity": found}


def activity_said(version: FilmPage) -> dict[str, Any]:
    """The same of a film's page on the site; nothing for one that stands elsewhere than in a module."""
    parent = version.get_parent().specific
    if not isinstance(parent, ModulePage):
        return {}
    found = Activity.objects.filter(film=version.film_id, module=parent.module_id).select_related("course").first()
    if found is None:
        return {}
    module = parent.module.number
    return {
        "activity": {
            "uuid": str(found.uuid),
            "course": found.course.key,
            "module": module,
            "position": found.position,
        }
    }


def check_activity(thing: Parsed, package: Package) -> list[Fault]:
    """The module must have a page in the film's language, in the package or on the site."""
    said, language = thing.state["activity"], thing.key.split(":")[1]
    where = (said["course"], said["module"])
    in_package = any(
        (one.state["course"], one.state["number"]) == where and one.key.endswith(f":{language}")
        for one in package.of("module")
    )
    on_site = ModulePage.objects.filter(module__course__key=where[0], module__number=where[1], language=language)
    if in_package or on_site.exists():
        return []
    return [Fault(thing.path, 0, f"stands in module {where[1]} of “{where[0]}”, which has no page in “{language}”.")]


def place_of(state: dict[str, Any], film: Film, language: str) -> Page | None:
    """The module's page a film belongs under, with its activity, which keeps its uuid; None in the channel."""
    said = state.get("activity")
    if said is None:
        return None
    module = Module.objects.get(course__key=said["course"], number=said["module"])
    Activity.objects.update_or_create(
        uuid=UUID(said["uuid"]),
        defaults={
            "kind": ActivityKind.FILM,
            "course": module.course,
            "module": module,
            "film": film,
            "position": said["position"],
        },
    )
    page: Page = ModulePage.objects.get(module=module, language=language)
    return page
