"""live-sessions.yaml: the live sessions a course asks learners to come to. When they are, each cohort plans itself."""

import re
from dataclasses import replace
from typing import Any

from django.conf import settings

from courses.choices import ActivityKind
from courses.models import Activity, Course
from publishing.faults import Fault
from publishing.fields import Fields, finishing, read_fields
from publishing.yaml_writing import write_fields

from .base import Notes, Package, Parsed

_PATH = re.compile(r"^courses/(?P<course>[^/]+)/live-sessions\.yaml$")
_LANGUAGES = [code for code, _name in settings.LANGUAGES]


class LiveSessionsFile:
    name = "live_session"
    order = 75

    def matches(self, path: str) -> bool:
        return bool(_PATH.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        found = _PATH.match(path)
        course = found["course"] if found else ""
        with finishing(read_fields(text, path)) as fields:
            return [self._one(one, course) for one in fields.mappings("sessions", required=True)]

    def _one(self, fields: Fields, course: str) -> Parsed:
        uuid, position = fields.uuid(), fields.whole("position", least=1, most=9999)
        titles = {}
        for code in _LANGUAGES:
            inner = fields.mapping(code, required=code == "en")
            if inner is not None:
                titles[code] = inner.text("title", longest=150)
                inner.refuse_unknown()
        fields.refuse_unknown()
        return Parsed(self.name, str(uuid), fields.path, {"course": course, "position": position, "titles": titles})

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        other = Activity.objects.filter(uuid=thing.key).exclude(kind=ActivityKind.LIVE_SESSION).first()
        if other is None:
            return []
        return [Fault(thing.path, 0, f"gives a live session the identifier {thing.key}, which something else has.")]

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        found = Activity.objects.filter(uuid=thing.key).select_related("course").first()
        if found is None:
            return None
        return {"course": found.course.key, "position": found.position, "titles": found.titles}

    def write(self, thing: Parsed) -> None:
        Activity.objects.update_or_create(
            uuid=thing.key,
            defaults={
                "kind": ActivityKind.LIVE_SESSION,
                "course": Course.objects.get(key=thing.state["course"]),
                "position": thing.state["position"],
                "titles": thing.state["titles"],
            },
        )

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        path = f"courses/{course}/live-sessions.yaml"
        found = Activity.objects.filter(course__key=course, kind=ActivityKind.LIVE_SESSION)
        notes.hindered += [
            f"The live session “{one.title}” stands in a module, which a file cannot say yet."
            for one in found.exclude(module=None)
        ]
        things = [Parsed(self.name, str(one.uuid), path, {}) for one in found.filter(module=None)]
        things = [replace(thing, state=self.site_state(thing) or {}) for thing in things]
        return sorted(things, key=lambda one: (one.state["position"], one.key))

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {thing.path: write_fields({"sessions": [_written(one) for one in things]}) for thing in things}


def _written(thing: Parsed) -> dict[str, Any]:
    titles = {code: {"title": thing.state["titles"][code]} for code in _LANGUAGES if code in thing.state["titles"]}
    return {"uuid": thing.key, "position": thing.state["position"], **titles}
