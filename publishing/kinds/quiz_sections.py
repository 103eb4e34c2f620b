"""Whether the section a question names is one of its own course, in the package or on the site."""

from publishing.faults import Fault
from publishing.lesson_sections import Named, find_section, read_name

from .base import Package, Parsed
from .course_pages import LessonFile


def unknown_section(thing: Parsed, package: Package) -> list[Fault]:
    """A fault on the line that names it, if there is none."""
    named = read_name(thing.state.get("section", ""))
    if named is None:
        return []
    course = thing.state["course"]
    lesson = _in_package(named, course, package)
    if lesson is None and find_section(course, str(named)):
        return []
    if lesson is not None and named.key in _keys(lesson):
        return []
    there = f"that lesson has: {', '.join(_keys(lesson)) or 'none'}" if lesson else "the course has no such lesson"
    return [
        Fault(thing.path, thing.lines.get("section", 0), f"names the section “{named}”, which is nowhere; {there}.")
    ]


def _in_package(named: Named, course: str, package: Package) -> Parsed | None:
    where = (course, f"m{named.module}", named.slug)
    lessons = (one for one in package.of(LessonFile.name) if one.key.endswith(":en"))
    return next(
        (one for one in lessons if tuple(one.state[part] for part in ("course", "folder", "slug")) == where), None
    )


def _keys(lesson: Parsed) -> list[str]:
    return [block["value"]["key"] for block in lesson.state["body"] if block["type"] == "section"]
