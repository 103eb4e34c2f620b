"""assessment.yaml and items/*.yaml: a module's quiz, its bank, and its questions."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils import timezone
from toolkit.digests import digest_of

from assessments.bank import newest_of
from assessments.choices import VersionState
from assessments.items import TYPES
from assessments.models import Assessment, BlueprintLine, Item, ItemBank, ItemVersion
from courses.choices import ActivityKind
from courses.models import Activity, Course, LearningOutcome, Module
from publishing.attachments import Attachment
from publishing.faults import Fault
from publishing.fields import Fields, finishing, read_fields
from publishing.models import LoadedFile
from publishing.yaml_writing import write_fields
from reference.models import Source

from . import item_pictures
from .base import Notes, Package, Parsed
from .course_pages import ModuleFile
from .glossary import unknown_words
from .item_parts import read_item
from .item_shelf import put_on_shelf, read_shelf, shelf_of
from .quiz_parts import kept_rules, lines_of, read_drawn, said_drawn
from .quiz_rules import counted, read_rules, too_few
from .quiz_sections import unknown_section
from .quiz_writing import can_go, tell_newer_drafts, written_assessment, written_item
from .sources import unknown_sources

_ASSESSMENT = re.compile(r"^courses/(?P<course>[^/]+)/m(?P<module>\d+)/(?P<beside>written/)?assessment\.yaml$")
_ITEM = re.compile(r"^courses/(?P<course>[^/]+)/m(?P<module>\d+)/(?P<beside>written/)?items/[^/]+\.yaml$")
_LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _shows_cohort(shows: bool) -> dict[str, bool]:
    """Said only where it is so."""
    return {"shows_cohort": True} if shows else {}


class AssessmentFile:
    name = "assessment"
    order = 60

    def matches(self, path: str) -> bool:
        return bool(_ASSESSMENT.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        found = _ASSESSMENT.match(path)
        with finishing(read_fields(text, path)) as fields:
            uuid = fields.uuid()
            state = {
                "course": found["course"] if found else "",
                "module": int(found["module"]) if found else 0,
                "position": fields.whole("position", least=1, most=9999),
                "bank": self._bank(fields),
                **read_drawn(fields),
                "texts": _by_language(fields, ("title", "intro")),
                **_shows_cohort(fields.get("shows_cohort") is True),
                **read_rules(fields),
                **_beside(fields, bool(found and found["beside"])),
            }
            # The share to reach belongs to requirements.yaml; this and who drafted it are for the reader of this file.
            if fields.has("drafted_by"):
                _read_provenance(fields)
            _for_the_reader(fields)
        return [Parsed(self.name, str(uuid), path, state)]

    def _bank(self, fields: Fields) -> dict[str, Any]:
        bank = fields.mapping("bank")
        if bank is None:
            return {}
        state = {"key": bank.slug("key"), "is_open": bank.get("open") is True, "texts": _by_language(bank, ("title",))}
        bank.refuse_unknown()
        return state

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        bank = [item for item in package.of(ItemFile.name) if _where(item) == _where(thing)]
        worth, worthless = counted(item.state for item in bank)
        if not worth and not worthless:
            return []  # a package may bring the quiz without its questions
        return [Fault(thing.path, 0, sentence) for sentence in too_few(lines_of(thing.state), worth, worthless)]

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        assessment = Assessment.objects.filter(uuid=thing.key).select_related("activity__module", "bank").first()
        if assessment is None or assessment.activity.module is None:
            return None
        return {
            "course": assessment.activity.course.key,
            "module": assessment.activity.module.number,
            "position": assessment.activity.position,
            "bank": {
                "key": assessment.bank.key,
                "is_open": assessment.bank.is_open,
                "texts": {code: {"title": title} for code, title in assessment.bank.titles.items()},
            },
            "texts": {
                code: {"title": title, "intro": assessment.introductions[code]}
                for code, title in assessment.titles.items()
            },
            **_shows_cohort(assessment.shows_cohort),
            **said_drawn(
                assessment.rules,
                assessment.blueprint.values_list("part", "learning_outcome__code", "item_kind", "count"),
            ),
            **_own_rules(assessment.is_optional, assessment.own_pass_share, assessment.names_hidden),
        }

    def write(self, thing: Parsed) -> None:
        state = thing.state
        course = Course.objects.get(key=state["course"])
        module = Module.objects.get(course=course, number=state["module"])
        bank, _made = ItemBank.objects.update_or_create(
            key=state["bank"]["key"],
            defaults={
                "course": course,
                "is_open": state["bank"]["is_open"],
                "titles": {code: texts["title"] for code, texts in state["bank"]["texts"].items()},
            },
        )
        # The activity of an assessment carries the assessment's own uuid: requirements name it by that.
        activity, _made = Activity.objects.update_or_create(
            uuid=thing.key,
            defaults={
                "kind": ActivityKind.ASSESSMENT,
                "course": course,
                "module": module,
                "position": state["position"],
            },
        )
        assessment, _made = Assessment.objects.update_or_create(
            uuid=thing.key,
            defaults={
                "activity": activity,
                "bank": bank,
                "titles": {code: texts["title"] for code, texts in state["texts"].items()},
                "introductions": {code: texts["intro"] for code, texts in state["texts"].items()},
                "shows_cohort": state.get("shows_cohort", False),
                "names_hidden": state.get("names_hidden", False),
                "own_pass_share": state.get("pass_share"),
                "rules": kept_rules(state),
            },
        )
        assessment.blueprint.all().delete()
        BlueprintLine.objects.bulk_create(
            BlueprintLine(
                assessment=assessment,
                learning_outcome=LearningOutcome.objects.get(course=course, code=code),
                item_kind=kind,
                part=part,
                count=count,
            )
            for part, code, kind, count in lines_of(state)
        )

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        found = Assessment.objects.filter(activity__course__key=course).select_related("activity__module", "bank")
        return [
            Parsed(self.name, str(one.uuid), _path_of(course, one), state)
            for one in found.order_by("activity__position", "uuid")
            if can_go(one, notes) and one.activity.module and (state := self.site_state(_bare(self.name, one.uuid)))
        ]

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {thing.path: write_fields(written_assessment(thing)) for thing in things}


class ItemFile:
    name = "item"
    order = 70

    def matches(self, path: str) -> bool:
        return bool(_ITEM.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        found = _ITEM.match(path)
        with finishing(read_fields(text, path)) as fields:
            uuid = fields.uuid()
            state = {
                "course": found["course"] if found else "",
                "module": int(found["module"]) if found else 0,
                "outcome": fields.text("outcome"),
                "beside": bool(found and found["beside"]),
                "sources": sorted(fields.words("sources")),
                **_read_provenance(fields),
                **read_shelf(fields),
                **read_item(fields),
            }
            lines = {"section": fields.line("section")}
        return [Parsed(self.name, str(uuid), path, state, lines=lines)]

    def gather(self, thing: Parsed, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> Parsed:
        return item_pictures.gathered(thing, texts, files)

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        faults = [
            *unknown_sources(thing, package),
            *unknown_section(thing, package),
            *unknown_words(thing, package),
        ]
        course, code = thing.state["course"], thing.state["outcome"]
        taught = {
            outcome["code"]
            for module in package.of(ModuleFile.name)
            if module.state["course"] == course
            for outcome in module.state["outcomes"]
        }
        if code not in taught and not LearningOutcome.objects.filter(course__key=course, code=code).exists():
            faults.append(Fault(thing.path, 0, f"tests {code}, which no module of this course teaches."))
        if not self._bank_is_known(thing, package):
            faults.append(Fault(thing.path, 0, "belongs to no bank: there is no assessment.yaml for its module."))
        return faults

    def _bank_is_known(self, thing: Parsed, package: Package) -> bool:
        in_package = any(_where(one) == _where(thing) for one in package.of(AssessmentFile.name))
        return in_package or _assessments_of(thing).exists()

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        item = Item.objects.filter(uuid=thing.key).select_related("current", "category").first()
        if item is None:
            return None
        version = item.current or newest_of(item)
        return {
            # Where an item's file lies is the file's own business; the rest is compared.
            "course": version.learning_outcome.course.key,
            "module": version.learning_outcome.module.number,
            "beside": item.bank.assessments.filter(own_pass_share__isnull=False).exists(),
            "kind": version.kind,
            "outcome": version.learning_outcome.code,
            "structure": version.structure,
            "key": version.key,
            "max_score": str(version.max_score),
            "texts": item_pictures.said_by(version.texts),
            "sources": sorted(source.key for source in version.sources.all()),
            "drafted_by": version.drafted_by,
            "drafted_on": version.drafted_on.isoformat() if version.drafted_on else None,
            "checked_by": version.checked_by,
            "checked_on": version.checked_on.isoformat() if version.checked_on else None,
            **shelf_of(item),
        }

    def write(self, thing: Parsed) -> None:
        state = thing.state
        bank = _assessments_of(thing).get().bank
        item, _made = Item.objects.get_or_create(uuid=thing.key, defaults={"bank": bank})
        version = self._version(item, {**state, "texts": item_pictures.as_stored(thing)})
        if state.get("state") != VersionState.DRAFT and item.current_id != version.pk:
            item.current = version
            item.save(update_fields=["current"])
        version.sources.set(Source.objects.filter(key__in=state["sources"]))
        put_on_shelf(item, state, at=timezone.now())

    def _version(self, item: Item, state: dict[str, Any]) -> ItemVersion:
        """The version that says this: the live one, or of a draft the newest, if it does; else a new one."""
        digest = digest_of(_substance(state))
        last = item.versions.order_by("-number").first()
        same = item.current or last
        if same is None or same.digest != digest:
            return self._new_version(item, state, digest, last)
        same.checked_by, same.checked_on = state["checked_by"], state["checked_on"]
        same.save(update_fields=["checked_by", "checked_on"])
        return same

    def _new_version(self, item: Item, state: dict[str, Any], digest: str, last: ItemVersion | None) -> ItemVersion:
        scoring = TYPES[state["kind"]]
        return ItemVersion.objects.create(
            item=item,
            number=last.number + 1 if last else 1,
            kind=state["kind"],
            learning_outcome=LearningOutcome.objects.get(course__key=state["course"], code=state["outcome"]),
            structure=state["structure"],
            key=state["key"],
            scoring_rule=scoring.scoring_rule,
            scoring_rule_version=scoring.scoring_rule_version,
            max_score=state["max_score"],
            texts=state["texts"],
            digest=digest,
            drafted_by=state["drafted_by"],
            drafted_on=state["drafted_on"],
            checked_by=state["checked_by"],
            checked_on=state["checked_on"],
            created_at=timezone.now(),
        )

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        found = Item.objects.filter(bank__assessments__activity__course__key=course).distinct().order_by("uuid")
        tell_newer_drafts(found, notes)
        known = dict(LoadedFile.objects.filter(kind=self.name).values_list("key", "path"))
        things, taken = [], set[str]()
        gone = found.filter(retired_at__isnull=False, current__learning_outcome__retired_at__isnull=False)
        for item in found.exclude(pk__in=gone).select_related("bank", "current"):
            state = self.site_state(_bare(self.name, item.uuid)) or {}
            path = self._path(state, str(item.uuid), known, taken)
            shown = item_pictures.files_of((item.current or newest_of(item)).texts, state)
            thing = Parsed(self.name, str(item.uuid), path, state, shown)
            if item.bank_id not in _assessments_of(thing).values_list("bank", flat=True):
                notes.hindered.append(f"{path}: tests another module than those that draw from “{item.bank.key}”.")
            things.append(thing)
        return things

    def _path(self, state: dict[str, Any], key: str, known: dict[str, str], taken: set[str]) -> str:
        """Where it was loaded from, if that is still where it belongs; a name of its own otherwise."""
        folder = f"courses/{state['course']}/m{state['module']}/{'written/' if state['beside'] else ''}items/"
        path = known.get(key, "")
        if path in taken or not self.matches(path) or not path.startswith(folder):
            path = f"{folder}{key}.yaml"
        taken.add(path)
        return path

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {thing.path: write_fields(written_item(item_pictures.as_written(thing))) for thing in things}


def _bare(kind: str, uuid: Any) -> Parsed:
    return Parsed(kind, str(uuid), "", {})


def _assessments_of(thing: Parsed) -> Any:
    return Assessment.objects.filter(
        activity__course__key=thing.state["course"],
        activity__module__number=thing.state["module"],
        own_pass_share__isnull=not thing.state.get("beside"),
    ).select_related("bank")


def _where(thing: Parsed) -> tuple[str, int, bool]:
    """Which bank a quiz draws from and a question lies in: that of the module's quiz, or of the exercise beside it."""
    return thing.state["course"], thing.state["module"], bool(thing.state.get("beside"))


def _path_of(course: str, assessment: Assessment) -> str:
    number = assessment.activity.module.number if assessment.activity.module else 0
    return f"courses/{course}/m{number}/{'written/' if assessment.is_optional else ''}assessment.yaml"


def _beside(fields: Fields, is_beside: bool) -> dict[str, Any]:
    """Of an exercise beside the course: its own share to pass. And whether whoever marks sees names."""
    share = fields.share("pass_share") if is_beside else None
    return _own_rules(is_beside, share, fields.get("names_hidden") is True)


def _own_rules(is_beside: bool, share: Fraction | None, names_hidden: bool) -> dict[str, Any]:
    """Only what is not as it is for most, so that the others compare as they did before."""
    rules = {"beside": is_beside, "pass_share": str(share) if share is not None else "", "names_hidden": names_hidden}
    return {name: value for name, value in rules.items() if value}


def _substance(state: dict[str, Any]) -> dict[str, Any]:
    """What makes a new version when it changes: everything a learner could notice, and how it is scored."""
    return {name: state[name] for name in ("kind", "outcome", "structure", "key", "max_score", "texts")}


def _by_language(fields: Fields, names: tuple[str, ...]) -> dict[str, dict[str, str]]:
    texts = {}
    for code in _LANGUAGES:
        inner = fields.mapping(code, required=code == "en")
        if inner is not None:
            texts[code] = {name: inner.text(name) for name in names}
            inner.refuse_unknown()
    return texts


def _read_provenance(fields: Fields) -> dict[str, Any]:
    drafted_on, checked_on = fields.day("drafted_on", required=True), fields.day("checked_on")
    return {
        "drafted_by": fields.text("drafted_by", longest=150),
        "drafted_on": drafted_on.isoformat() if drafted_on else None,
        "checked_by": fields.text("checked_by", required=False),
        "checked_on": checked_on.isoformat() if checked_on else None,
    }


def _for_the_reader(fields: Fields) -> None:
    """What the site does not keep: read, so that a mistake in it is found."""
    if fields.has("key"):
        fields.slug("key")
    if fields.has("pass_share"):
        fields.share("pass_share")  # of a quiz the requirement sets say
    fields.words("sources")
    for name in ("drafted_by", "drafted_on", "checked_by", "checked_on"):
        fields.get(name)
