"""course.md, module.md and NN-lesson.md: the neutral rows of a course and their pages."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from courses.choices import ActivityKind
from courses.models import Activity, Course, CoursePage, LearningOutcome, LessonPage, Module, ModulePage
from media.blocks import EmbeddedFilmBlock
from publishing.attachments import Attachment
from publishing.faults import Fault
from publishing.fields import Fields

from . import page_pictures
from .base import Notes, Package, Parsed
from .page_writing import is_carried, page_text, suffix
from .written_page import PageFile, check_page, fill, front_page, has_front_page, locale_for, publish, uuid_and_language

_LESSON = re.compile(r"^courses/(?P<course>[^/]+)/(?P<module>[^/]+)/(?P<number>\d\d)-[^/]+\.md$")
_MODULE = re.compile(r"^courses/(?P<course>[^/]+)/(?P<module>[^/]+)/module(\.[a-z]{2})?\.md$")
_COURSE = re.compile(r"^courses/(?P<course>[^/]+)/course(\.[a-z]{2})?\.md$")


def _course_page(key: str, language: str) -> Page:
    return CoursePage.objects.get(course__key=key, language=language)


class CourseFile(PageFile):
    name = "course"
    order = 30
    pattern = _COURSE

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        return {"course": found.get("course", ""), "code": fields.text("code", longest=20)}

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        language = thing.key.split(":")[1]
        in_package = any(home.key.endswith(f":{language}") for home in package.of("home"))
        if in_package or has_front_page(language):
            return check_page(thing, package)
        stands = f"has no front page to stand under in the language “{language}” (pages/home.{language}.md)."
        return [*check_page(thing, package), Fault(thing.path, 0, stands)]

    def page_of(self, thing: Parsed) -> CoursePage | None:
        uuid, language = uuid_and_language(thing)
        return CoursePage.objects.filter(course__uuid=uuid, language=language).first()

    def own_site_state(self, version: CoursePage) -> dict[str, Any]:
        return {"course": version.course.key, "code": version.course.code}

    def write(self, thing: Parsed) -> None:
        uuid, language = uuid_and_language(thing)
        course, _made = Course.objects.update_or_create(
            uuid=uuid, defaults={"key": thing.state["course"], "code": thing.state["code"]}
        )
        page = self.page_of(thing) or CoursePage(course=course, locale=locale_for(language), translation_key=uuid)
        fill(page, thing.state)
        publish(page, thing.state, parent=front_page(language))

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        pages = CoursePage.objects.filter(course__key=course).select_related("course").order_by("language")
        return [
            self._thing(page, page.course.uuid, f"courses/{course}/course{suffix(page.language)}.md")
            for page in pages
            if is_carried(page, notes)
        ]

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {thing.path: page_text(thing, {"code": thing.state["code"]}) for thing in things}


class ModuleFile(PageFile):
    name = "module"
    order = 40
    pattern = _MODULE

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        outcomes = []
        for one in fields.mappings("outcomes", required=True):
            outcomes.append({"code": one.text("code", longest=20), "uuid": str(one.uuid()), "en": one.text("en")})
            one.refuse_unknown()
        return {
            "course": found.get("course", ""),
            "number": fields.whole("number", least=1, most=99),
            **_after(fields.whole("after", least=0, most=99, default=0)),
            "outcomes": outcomes,
        }

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return check_page(thing, package) + _bad_order(thing, package)

    def page_of(self, thing: Parsed) -> ModulePage | None:
        uuid, language = uuid_and_language(thing)
        return ModulePage.objects.filter(module__uuid=uuid, language=language).first()

    def own_site_state(self, version: ModulePage) -> dict[str, Any]:
        module = version.module
        return {
            "course": module.course.key,
            "number": module.number,
            **_after(module.after.number if module.after else 0),
            "outcomes": [
                {"code": one.code, "uuid": str(one.uuid), "en": one.statements["en"]}
                for one in sorted(module.learning_outcomes.filter(retired_at=None), key=lambda one: one.code)
            ],
        }

    def write(self, thing: Parsed) -> None:
        uuid, language = uuid_and_language(thing)
        course = Course.objects.get(key=thing.state["course"])
        module, _made = Module.objects.update_or_create(
            uuid=uuid,
            defaults={
                "course": course,
                "number": thing.state["number"],
                "after": course.modules.filter(number=thing.state.get("after", 0)).first(),
            },
        )
        for one in thing.state["outcomes"]:
            LearningOutcome.objects.update_or_create(
                uuid=one["uuid"],
                defaults={"course": course, "module": module, "code": one["code"], "statements": {"en": one["en"]}},
            )
        page = self.page_of(thing) or ModulePage(module=module, locale=locale_for(language), translation_key=uuid)
        fill(page, thing.state)
        publish(page, thing.state, parent=_course_page(course.key, language))

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        found = ModulePage.objects.filter(module__course__key=course).select_related("module__course")
        pages = [page for page in found.order_by("module__number", "language") if is_carried(page, notes)]
        _note_outcomes(course, notes)
        return [
            self._thing(
                page, page.module.uuid, f"courses/{course}/m{page.module.number}/module{suffix(page.language)}.md"
            )
            for page in pages
        ]

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {thing.path: page_text(thing, _own_of_module(thing.state)) for thing in things}


def _bad_order(thing: Parsed, package: Package) -> list[Fault]:
    """A module follows one with a lower number, so that no two wait for each other."""
    after, course = thing.state.get("after", 0), thing.state["course"]
    if not after:
        return []
    if after >= thing.state["number"]:
        return [Fault(thing.path, 0, "“after” must be the number of an earlier module.")]
    numbers = {one.state["number"] for one in package.of("module") if one.state["course"] == course}
    if after in numbers or Module.objects.filter(course__key=course, number=after).exists():
        return []
    return [Fault(thing.path, 0, f"“after” names module {after}, which is neither in the package nor on the site.")]


def _own_of_module(state: dict[str, Any]) -> dict[str, Any]:
    outcomes = [{name: one[name] for name in ("code", "uuid", "en")} for one in state["outcomes"]]
    return {"number": state["number"], **_after(state.get("after", 0)), "outcomes": outcomes}


def _after(number: int) -> dict[str, int]:
    """The module that has to be done before; nothing is said where there is none."""
    return {"after": number} if number else {}


def _note_outcomes(course: str, notes: Notes) -> None:
    for outcome in LearningOutcome.objects.filter(course__key=course).order_by("code"):
        if outcome.retired_at:
            notes.left_out.append(f"The learning outcome {outcome.code}, which was retired.")
        elif set(outcome.statements) != {"en"}:
            notes.hindered.append(
                f"The learning outcome {outcome.code} has words in another language than English, "
                "which a file cannot say yet."
            )


class LessonFile(PageFile):
    name = "lesson"
    order = 50
    pattern = _LESSON
    is_lesson = True

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        number = int(found.get("number", 0))
        return {"course": found.get("course", ""), "folder": found.get("module", ""), "position": number * 10}

    def gather(self, thing: Parsed, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> Parsed:
        return page_pictures.gathered(thing, files)

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        faults = check_page(thing, package) + _bad_films(thing)
        if _module_number(thing, package) is None:
            faults.append(Fault(thing.path, 0, "has no module.md beside it, and its module is not on the site."))
        return faults

    def page_of(self, thing: Parsed) -> LessonPage | None:
        uuid, language = uuid_and_language(thing)
        return LessonPage.objects.filter(activity__uuid=uuid, language=language).first()

    def own_site_state(self, version: LessonPage) -> dict[str, Any]:
        activity = version.activity
        module = activity.module
        folder = f"m{module.number}" if module else ""
        return {"course": activity.course.key, "folder": folder, "position": activity.position}

    def write(self, thing: Parsed) -> None:
        uuid, language = uuid_and_language(thing)
        module = Module.objects.get(course__key=thing.state["course"], number=_number(thing.state["folder"]))
        activity, _made = Activity.objects.update_or_create(
            uuid=uuid,
            defaults={
                "kind": ActivityKind.LESSON,
                "course": module.course,
                "module": module,
                "position": thing.state["position"],
            },
        )
        page = self.page_of(thing) or LessonPage(activity=activity, locale=locale_for(language), translation_key=uuid)
        fill(page, page_pictures.as_stored(thing))
        publish(page, thing.state, parent=ModulePage.objects.get(module=module, language=language))

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        found = LessonPage.objects.filter(activity__course__key=course).select_related("activity__module")
        pages = [page for page in found.order_by("activity__uuid", "language") if is_carried(page, notes)]
        slugs: dict[Any, str] = {}
        for page in sorted(pages, key=lambda one: one.language != "en"):
            slugs.setdefault(page.activity_id, page.slug)
        return [self._with_files(page, _path(course, page, slugs[page.activity_id])) for page in pages]

    def _with_files(self, page: LessonPage, path: str) -> Parsed:
        files = page_pictures.files_of(page.body, PurePosixPath(path).parent.as_posix())
        return replace(self._thing(page, page.activity.uuid, path), files=files)

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {thing.path: page_text(page_pictures.as_written(thing), {}) for thing in things}


def _path(course: str, page: LessonPage, slug: str) -> str:
    """Every language of a lesson takes its file's name from the English one, where there is one."""
    number = page.activity.module.number if page.activity.module else 0
    return f"courses/{course}/m{number}/{page.activity.position // 10:02}-{slug}{suffix(page.language)}.md"


def _bad_films(thing: Parsed) -> list[Fault]:
    """What is wrong with films of other hosts among the text."""
    faults = []
    for block in thing.state["body"]:
        if block["type"] == "embedded_film":
            try:
                EmbeddedFilmBlock().clean(block["value"])
            except ValidationError as error:
                faults.append(Fault(thing.path, 0, f"holds a film that cannot be shown: {'; '.join(_said(error))}"))
    return faults


def _said(error: ValidationError) -> list[str]:
    inner = getattr(error, "block_errors", None)
    return [text for one in inner.values() for text in one.messages] if inner else error.messages


def _number(folder: str) -> int:
    """The module's number from its folder's name: `m1` is 1; 0 for any other name."""
    return int(folder[1:]) if re.fullmatch(r"m[1-9]\d?", folder) else 0


def _module_number(thing: Parsed, package: Package) -> int | None:
    course, number = thing.state["course"], _number(thing.state["folder"])
    in_package = any(
        other.state["course"] == course and other.state["number"] == number for other in package.of(ModuleFile.name)
    )
    if in_package or Module.objects.filter(course__key=course, number=number).exists():
        return number
    return None
