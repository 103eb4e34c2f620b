"""Where a learner carries on: the lesson and section last read, or the next thing not done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.choices import ActivityKind
from courses.models import Activity, LessonPage
from enrolments.models import Enrolment, Progress
from enrolments.planned_dates import dates_for
from media.moments import clock
from media.watching import place_of

from .gates import with_gates
from .outline import Outline, outline_of
from .stops import films_in


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
        enrolment.progress.filter(activity__kind__in=[ActivityKind.LESSON, ActivityKind.FILM], completed_at=None)
        .select_related("activity__module", "activity__film", "enrolment__learner")
        .order_by("-last_seen_at")
        .first()
    )
    if last is not None and (place := _film(last, language) if last.activity.film else _lesson(last, language)):
        return place
    for outline in modules:
        if outline.closed is None and (step := outline.first_open):
            return CarryOn(outline.module.number, step.title, "", step.url)
    return None


def _lesson(progress: Progress, language: str) -> CarryOn | None:
    page = lesson_in(progress.activity_id, language)
    if page is None:
        return None
    heading = dict(page.sections).get(progress.place, "")
    url = f"{page.url}#{progress.place}" if heading else page.url
    return CarryOn(_number(progress.activity), page.title, heading, url)


def _film(progress: Progress, language: str) -> CarryOn | None:
    """The film at the second it was left."""
    activity = progress.activity
    page = films_in([activity], language).get(activity.pk)
    if page is None or activity.film is None:
        return None
    place = place_of(progress.enrolment.learner, activity.film)
    url = reverse("film_activity", args=[activity.uuid])
    detail = _("Film, from %(moment)s") % {"moment": clock(place)} if place else _("Film")
    return CarryOn(_number(activity), page.title, detail, f"{url}?t={place:g}" if place else url)


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
    """Every module of the course, in order, with the dates the cohort planned and what keeps one closed."""
    planned = dates_for(enrolment)
    modules = enrolment.course.modules.all()
    outlines = [outline_of(one, language=language, enrolment=enrolment, planned=planned) for one in modules]
    return with_gates(outlines, enrolment)
