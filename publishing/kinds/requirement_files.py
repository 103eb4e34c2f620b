"""requirements.yaml: what a course asks for each achievement, in versions, and the achievements."""

import re
from dataclasses import replace
from typing import Any

from django.utils import timezone

from courses.models import Activity, Course, Requirement, RequirementSet
from credentials.choices import AchievementKind
from credentials.models import Achievement, Issuer
from enrolments.floors import read_floor
from publishing.faults import Fault
from publishing.fields import Fields, finishing, read_fields
from publishing.yaml_writing import write_fields

from .base import Notes, Package, Parsed

_PATH = re.compile(r"^courses/(?P<course>[^/]+)/requirements\.yaml$")
_SET, _ACHIEVEMENT = "requirement_set", "achievement"


class RequirementsFile:
    name = "requirements"
    order = 80

    def matches(self, path: str) -> bool:
        return bool(_PATH.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        found = _PATH.match(path)
        course = found["course"] if found else ""
        with finishing(read_fields(text, path)) as fields:
            sets = [_set(one, course) for one in fields.mappings("sets", required=True)]
            achievements = [_achievement(one, course) for one in fields.mappings("achievements")]
        return sets + achievements

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        if thing.kind == _ACHIEVEMENT:
            return []
        known = {key.split(":")[0] for key in package.keys("lesson")} | package.keys("assessment")
        known |= package.keys("live_session")
        known |= {film.state["activity"]["uuid"] for film in package.of("film") if "activity" in film.state}
        asked = set(thing.state["lessons"]) | {one["uuid"] for one in thing.state["assessments"]}
        on_site = Activity.objects.filter(uuid__in=asked - known).values_list("uuid", flat=True)
        missing = asked - known - {str(uuid) for uuid in on_site}
        faults = [Fault(thing.path, 0, f"asks for the activity {uuid}, which is nowhere.") for uuid in sorted(missing)]
        site = self.site_state(thing)
        if site is not None and site != thing.state:
            faults.append(
                Fault(
                    thing.path,
                    0,
                    f"changes the requirement set “{thing.state['key']}” version {thing.state['version']}, which "
                    "learners may be pinned to. Give the change a new version number.",
                )
            )
        return faults

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        return _set_on_site(thing) if thing.kind == _SET else _achievement_on_site(thing)

    def write(self, thing: Parsed) -> None:
        if thing.kind == _SET:
            _write_set(thing.state)
        else:
            _write_achievement(thing.key, thing.state)

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        path = f"courses/{course}/requirements.yaml"
        sets = [
            Parsed(
                _SET,
                f"{course}/{one.key}/{one.version}",
                path,
                {"course": course, "key": one.key, "version": one.version},
            )
            for one in RequirementSet.objects.filter(course__key=course)
            if _set_can_go(one, notes)
        ]
        achievements = [
            Parsed(_ACHIEVEMENT, str(one.uuid), path, {})
            for one in Achievement.objects.filter(course__key=course).select_related("issuer")
            if _achievement_can_go(one, notes)
        ]
        things = [replace(thing, state=self.site_state(thing) or {}) for thing in sets + achievements]
        return sorted(things, key=_place)

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        sets = [_written_set(thing.state) for thing in things if thing.kind == _SET]
        achievements = [_written_achievement(thing) for thing in things if thing.kind == _ACHIEVEMENT]
        fields = {"sets": sets, **({"achievements": achievements} if achievements else {})}
        return {thing.path: write_fields(fields) for thing in things}


def _place(thing: Parsed) -> tuple[bool, str, int]:
    """Sets before achievements, each by key: not left to the database, whose alphabets differ."""
    return thing.kind != _SET, thing.state["key"], thing.state.get("version", 0)


def _set_can_go(found: RequirementSet, notes: Notes) -> bool:
    name = f"“{found.key}” version {found.version}"
    if found.sealed_at is None:
        notes.left_out.append(f"The requirement set {name}, which is not sealed yet.")
        return False
    if any(one.gap_seconds % 3600 for one in found.requirements.all()):
        notes.hindered.append(f"The requirement set {name} has a pause that is no whole number of hours.")
    if any(one.pass_share is not None and one.attempts_allowed is None for one in found.requirements.all()):
        notes.hindered.append(f"The requirement set {name} does not limit the attempts, which a file cannot say yet.")
    return True


def _achievement_can_go(found: Achievement, notes: Notes) -> bool:
    """A file says an achievement in English and lets it issue itself by its kind."""
    name = f"The achievement “{found.titles.get('en', found.key)}”"
    if (set(found.titles) | set(found.statements) | set(found.issuer.names)) - {"en"}:
        notes.hindered.append(f"{name} has words in another language than English, which a file cannot say yet.")
    if found.issues_itself != (found.kind != AchievementKind.ACCREDITATION):
        notes.hindered.append(f"{name} is issued otherwise than its kind is, which a file cannot say.")
    if found.issuer.organisation_id:
        notes.left_out.append(f"{name}: which organisation its issuer is.")
    return True


def _written_set(state: dict[str, Any]) -> dict[str, Any]:
    fields = {name: state[name] for name in ("key", "version", "lessons", "assessments")}
    empty = [name for name in ("lessons", "assessments") if not fields[name]]
    for name in empty:
        del fields[name]
    return {**fields, "thresholds": dict(sorted(state["thresholds"].items()))}


def _written_achievement(thing: Parsed) -> dict[str, Any]:
    state = thing.state
    months = state["valid_for_months"]
    return {
        "uuid": thing.key,
        "key": state["key"],
        "requires": state["key"],
        "kind": state["kind"],
        "issuer": {"key": state["issuer"]["key"], "en": {"name": state["issuer"]["en"]}},
        "en": {"title": state["title"], "statement": state["statement"]},
        **({} if months is None else {"valid_for_months": months}),
    }


def _set(fields: Fields, course: str) -> Parsed:
    lessons = sorted(fields.words("lessons"))
    assessments = []
    for one in fields.mappings("assessments"):
        assessments.append(
            {
                "uuid": str(one.uuid()),
                "pass_share": str(one.share("pass_share")),
                "attempts_allowed": one.whole("attempts_allowed", least=1, most=99, default=3),
                "gap_hours": one.whole("gap_hours", least=0, most=24 * 90, default=24),
            }
        )
        one.refuse_unknown()
    state = {
        "course": course,
        "key": fields.slug("key"),
        "version": fields.whole("version", least=1, most=9999),
        "lessons": lessons,
        "assessments": sorted(assessments, key=lambda one: str(one["uuid"])),
        "thresholds": _thresholds(fields),
    }
    fields.refuse_unknown()
    return Parsed(_SET, f"{course}/{state['key']}/{state['version']}", fields.path, state)


def _thresholds(fields: Fields) -> dict[str, Any]:
    """What is asked across activities; a floor on learning outcomes must be one that can be reached."""
    thresholds = fields.get("thresholds") or {}
    try:
        read_floor(dict(thresholds))
    except (TypeError, ValueError):
        said = "a floor on learning outcomes is “outcome_floor_share”, such as 60/100, and “outcome_floor_items”."
        fields.fault("thresholds", said)
    return dict(thresholds) if isinstance(thresholds, dict) else {}


def _achievement(fields: Fields, course: str) -> Parsed:
    issuer = fields.mapping("issuer")
    names = issuer.mapping("en") if issuer else None
    texts = fields.mapping("en")
    kind = fields.text("kind")
    if kind not in AchievementKind.values:
        fields.fault("kind", f"“{kind}” is not a kind of achievement (there are: {', '.join(AchievementKind.values)}).")
    uuid, key, requires = fields.uuid(), fields.slug("key"), fields.slug("requires")
    if key != requires:
        fields.fault("requires", "an achievement has the key of the requirement set it asks for.")
    state = {
        "course": course,
        "key": key,
        "kind": kind,
        "issuer": {"key": issuer.slug("key") if issuer else "", "en": names.text("name") if names else ""},
        "title": texts.text("title", longest=200) if texts else "",
        "statement": texts.text("statement") if texts else "",
        "valid_for_months": fields.get("valid_for_months"),
    }
    for inner in (issuer, names, texts):
        if inner is not None:
            inner.refuse_unknown()
    fields.refuse_unknown()
    return Parsed(_ACHIEVEMENT, str(uuid), fields.path, state)


def _set_on_site(thing: Parsed) -> dict[str, Any] | None:
    state = thing.state
    found = RequirementSet.objects.filter(
        course__key=state["course"], key=state["key"], version=state["version"]
    ).first()
    if found is None:
        return None
    requirements = list(found.requirements.select_related("activity"))
    return {
        "course": state["course"],
        "key": found.key,
        "version": found.version,
        "lessons": sorted(str(one.activity.uuid) for one in requirements if one.pass_share is None),
        "assessments": sorted(
            (
                {
                    "uuid": str(one.activity.uuid),
                    "pass_share": str(one.pass_share),
                    "attempts_allowed": one.attempts_allowed,
                    "gap_hours": one.gap_seconds // 3600,
                }
                for one in requirements
                if one.pass_share is not None
            ),
            key=lambda one: str(one["uuid"]),
        ),
        "thresholds": found.thresholds,
    }


def _write_set(state: dict[str, Any]) -> None:
    now = timezone.now()
    made = RequirementSet.objects.create(
        course=Course.objects.get(key=state["course"]),
        key=state["key"],
        version=state["version"],
        thresholds=state["thresholds"],
        created_at=now,
    )
    for uuid in state["lessons"]:
        Requirement.objects.create(requirement_set=made, activity=_activity(uuid))
    for one in state["assessments"]:
        Requirement.objects.create(
            requirement_set=made,
            activity=_activity(one["uuid"]),
            pass_share=one["pass_share"],
            attempts_allowed=one["attempts_allowed"],
            gap_seconds=one["gap_hours"] * 3600,
        )
    made.sealed_at = now
    made.save(update_fields=["sealed_at"])


def _activity(uuid: str) -> Activity:
    found = Activity.objects.filter(uuid=uuid).first()
    if found is None:  # a film in conflict was left where it stands
        raise Activity.DoesNotExist(f"the activity {uuid}, which it asks for, is not there.")
    return found


def _achievement_on_site(thing: Parsed) -> dict[str, Any] | None:
    found = Achievement.objects.filter(uuid=thing.key).select_related("issuer", "course").first()
    if found is None:
        return None
    return {
        "course": found.course.key,
        "key": found.key,
        "kind": found.kind,
        "issuer": {"key": found.issuer.key, "en": found.issuer.names.get("en", "")},
        "title": found.titles.get("en", ""),
        "statement": found.statements.get("en", ""),
        "valid_for_months": found.valid_for_months,
    }


def _write_achievement(uuid: str, state: dict[str, Any]) -> None:
    issuer, _made = Issuer.objects.update_or_create(
        key=state["issuer"]["key"], defaults={"names": {"en": state["issuer"]["en"]}}
    )
    Achievement.objects.update_or_create(
        uuid=uuid,
        defaults={
            "course": Course.objects.get(key=state["course"]),
            "key": state["key"],
            "kind": state["kind"],
            "issuer": issuer,
            "titles": {"en": state["title"]},
            "statements": {"en": state["statement"]},
            "valid_for_months": state["valid_for_months"],
            "issues_itself": state["kind"] != AchievementKind.ACCREDITATION,
        },
    )
