"""What to read again after a quiz: the sections that the questions missed come from.

A question may name the section of a lesson it comes from. One that names none has its sources, and so have lessons:
those of its module that rest on the same are read again. A source that few lessons rest on says more than one that all
do. A section that does not stand in its lesson any more leads to the lesson.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from wagtail.models import Site

from courses.choices import ActivityKind
from courses.models import LessonPage

from .outline import Outline

MOST = 2  # lessons for one learning outcome, where no section is named
MOST_SECTIONS = 4

Section = tuple[int, str]  # a lesson by its activity, and the section's identifier


@dataclass(frozen=True)
class Reading:
    """A lesson or a section of one, with where it is."""

    title: str
    url: str


def sources_of_lessons(outline: Outline) -> dict[int, set[int]]:
    """By activity, the sources that a module's lessons rest on, in whatever language."""
    lessons = [step.activity.pk for step in outline.steps if step.activity.kind == ActivityKind.LESSON]
    found: dict[int, set[int]] = {lesson: set() for lesson in lessons}
    pairs = LessonPage.objects.filter(live=True, activity__in=lessons, sources__isnull=False)
    for activity, source in pairs.values_list("activity", "sources"):
        found[activity].add(source)
    return found


def closest(missed: Collection[int], sources: Mapping[int, Collection[int]]) -> list[int]:
    """The lessons that share most with the sources missed, the closest first, in the given order among equals. Pure."""
    spread = Counter(source for cited in sources.values() for source in set(cited))
    weights = {
        lesson: sum((Fraction(1, spread[source]) for source in set(cited) & set(missed)), Fraction(0))
        for lesson, cited in sources.items()
    }
    sharing = [lesson for lesson, weight in weights.items() if weight]
    return sorted(sharing, key=lambda lesson: -weights[lesson])[:MOST]


def lessons_for(missed: Collection[int], outline: Outline, sources: Mapping[int, Collection[int]]) -> list[Reading]:
    """Those lessons, as they are linked."""
    steps = {step.activity.pk: step for step in outline.steps}
    return [Reading(steps[lesson].title, steps[lesson].url) for lesson in closest(missed, sources)]


def lessons_named(sections: Iterable[Section], language: str) -> dict[int, LessonPage]:
    """The lessons of these sections by activity, in a language, or in English where they are not in it."""
    lessons = {lesson for lesson, _key in sections}
    pages = LessonPage.objects.filter(live=True, activity__in=lessons, language__in={language, "en"})
    ordered = sorted(pages.defer("body", "kept_html"), key=lambda page: page.language == language)
    roots = Site.get_site_root_paths()
    for page in ordered:
        page._wagtail_cached_site_root_paths = roots  # or Wagtail asks the shared cache once for each address
    return {page.activity_id: page for page in ordered}


def sections_for(missed: Sequence[Section], pages: Mapping[int, LessonPage]) -> list[Reading]:
    """Those sections, the one most was missed in first, each once; the lesson where it has no such section now."""
    found: dict[str, Reading] = {}
    for (lesson, key), _times in Counter(missed).most_common():
        if page := pages.get(lesson):
            heading = dict(page.sections).get(key)
            title = _("%(lesson)s: %(section)s") % {"lesson": page.title, "section": heading}
            one = Reading(title, f"{page.url or ''}#{key}") if heading else Reading(page.title, page.url or "")
            found.setdefault(one.url, one)
    return list(found.values())[:MOST_SECTIONS]


def readings(sections: Sequence[Reading], lessons: Iterable[Reading]) -> list[Reading]:
    """The sections that questions name, then lessons for those that name none, unless a section of it is there."""
    there = {one.url.partition("#")[0] for one in sections}
    return [*sections, *(one for one in lessons if one.url not in there)][:MOST_SECTIONS]
