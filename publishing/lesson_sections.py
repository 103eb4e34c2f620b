"""Sections of lessons as a file and a form name them: m3/outcome-experiment#called, by the lesson's English address."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.models import Item
from courses.models import Activity, Course, LessonPage

_NAME = re.compile(r"m(?P<module>[0-9]{1,3})/(?P<slug>[^/#\s]+)#(?P<key>[^/#\s]+)", re.ASCII)


@dataclass(frozen=True)
class Named:
    """What a name says: the module's number, the lesson's address in English, and the section's identifier."""

    module: int
    slug: str
    key: str

    def __str__(self) -> str:
        return f"m{self.module}/{self.slug}#{self.key}"


def read_name(text: str) -> Named | None:
    """None for what is no such name."""
    found = _NAME.fullmatch(text)
    return Named(int(found["module"]), found["slug"], found["key"]) if found else None


def find_section(course: str, name: str) -> tuple[Activity, str] | None:
    """The lesson on the site and the section's identifier in it; None if the course has no such section now."""
    named = read_name(name)
    if named is None:
        return None
    pages = _english(Activity.objects.filter(course__key=course, module__number=named.module))
    page = next((one for one in pages if one.slug == named.slug), None)
    return (page.activity, named.key) if page and named.key in dict(page.sections) else None


def section_of(item: Item) -> str:
    """The name of an item's section; empty where it has none, or it does not stand in its lesson any more."""
    for page in _english([item.lesson]) if item.lesson else ():
        if item.section in dict(page.sections):
            return str(_named(page, item.section))
    return ""


def sections_of(course: Course) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every lesson of a course in order, with the name and the heading of each of its sections."""
    for page in _english(Activity.objects.filter(course=course)):
        yield page.title, [(str(_named(page, key)), heading) for key, heading in page.sections]


def _english(lessons: Iterable[Activity]) -> Iterable[LessonPage]:
    pages = LessonPage.objects.filter(live=True, language="en", activity__in=lessons, activity__module__isnull=False)
    ordered = pages.order_by("activity__module__number", "activity__position")
    return ordered.select_related("activity__module").defer("body", "kept_html")


def _named(page: LessonPage, key: str) -> Named:
    module = page.activity.module
    return Named(module.number if module else 0, page.slug, key)
