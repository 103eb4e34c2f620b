"""Where a learner carries on: the lesson and section last read, or the next thing not done."""

from dataclasses import dataclass

from courses.choices import ActivityKind
from courses.models import Activity, LessonPage
from enrolments.models import Enrolment

from .outline import Outline, outline_of


@dataclass(frozen=True)
class CarryOn:
    """A place to go back to, in words and as an address; `number` is the module's."""

    number: int
    title: str
    detail: str
    url: str


def carry_on(enrolment: Enrolment, modules: list[Outline], *, language: str) -> CarryOn | None:
    """Where to go next in a run of a course, given its `outlines`; None when everything is done."""
    last = (
        enrolment.progress.filter(activity__kind=ActivityKind.LESSON, marked_read_at=None)
        .select_related("activity__module")
        .order_by("-last_seen_at")
        .first()
    )
    if last is not None:
        page = lesson_in(last.activity_id, language)
        if page is not None:
            heading = dict(page.sections).get(last.place, "")
            return CarryOn(
                _number(last.activity), page.title, heading, f"{page.url}#{last.place}" if heading else page.url
            )
    for outline in modules:
        if step := outline.first_open:
            return CarryOn(outline.module.number, step.title, "", step.url)
    return None


def _number(activity: Activity) -> int:
    return activity.module.number if activity.module else 0


def lesson_in(activity_id: int, language: str) -> LessonPage | None:
    """The live lesson of an activity in a language, or in English."""
    pages = {
        page.language: page
        for page in LessonPage.objects.live().filter(activity=activity_id, language__in=[language, "en"])
    }
    return pages.get(language) or pages.get("en")


def outlines(enrolment: Enrolment, *, language: str) -> list[Outline]:
    """Every module of the course, in order."""
    return [outline_of(module, language=language, enrolment=enrolment) for module in enrolment.course.modules.all()]
