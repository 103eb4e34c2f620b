"""What to read again after a quiz: the lessons of its module that rest on the same sources as the questions missed.

A question does not name the lesson it came from; it names its sources, and so do lessons. A source that few lessons
rest on says more than one that all do.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from courses.choices import ActivityKind
from courses.models import LessonPage

from .outline import Outline

MOST = 2  # lessons for one learning outcome


@dataclass(frozen=True)
class Reading:
    """A lesson, with where it is."""

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
