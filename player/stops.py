"""What stands in a module, the same for every learner: made when first asked for and kept (toolkit/kept.py)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import get_language
from toolkit.kept import kept
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from assessments.models import Assessment
from courses.choices import ActivityKind
from courses.models import Activity, Change, Course, LessonPage, Module, ModulePage
from media.models import FilmPage


@dataclass(frozen=True)
class Stop:
    """One activity: a lesson, a film, a live session or a quiz. `minutes` for a quiz: about one a question.

    `changes` are those published of its text in the language it is shown in, in their order.
    """

    activity: Activity
    title: str
    url: str
    minutes: int
    question_count: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Stops:
    """Those of a module that are published, and its own page: empty if it has none."""

    title: str
    url: str
    stops: list[Stop]
    beside: tuple[tuple[str, str], ...] = ()  # exercises that no achievement needs: title and address


def stops_of(module: Module, *, language: str) -> Stops:
    """In the language, or in English where there is nothing in it yet."""
    return kept(f"stops:{module.pk}:{language}:{get_language()}", lambda: _made(module, language))


def stops_of_course(course: Course, *, language: str) -> list[tuple[int, Stop]]:
    """Every stop of a course with its module's number, in order; at the end, with 0, what belongs to no module."""
    name = f"course-stops:{course.pk}:{language}:{get_language()}"
    return kept(name, lambda: list(_of_course(course, language)))


def _of_course(course: Course, language: str) -> Iterator[tuple[int, Stop]]:
    for module in course.modules.all():
        for stop in _made(module, language).stops:
            yield module.number, stop
    live = course.activities.filter(kind=ActivityKind.LIVE_SESSION, module=None)
    for activity in live.order_by("position", "pk"):
        yield 0, live_stop(activity)


def _made(module: Module, language: str) -> Stops:
    activities = list(module.activities.all())
    roots = Site.get_site_root_paths()  # Wagtail would ask the shared cache once for each page's address
    title, url = _title_and_address(module, language, roots)
    return Stops(title, url, list(_stops(activities, module, language, roots)), _exercises(activities))


def _exercises(activities: list[Activity]) -> tuple[tuple[str, str], ...]:
    found = Assessment.objects.filter(activity__in=activities, own_pass_share__isnull=False).order_by("activity")
    return tuple((one.title, reverse("quiz_start", args=[one.uuid])) for one in found)


def _stops(activities: list[Activity], module: Module, language: str, roots: list[SiteRootPath]) -> Iterator[Stop]:
    lessons, films, quizzes = (
        _lessons(activities, language, roots),
        films_in(activities, language),
        _quizzes(activities),
    )
    changes = _changes(activities)
    for activity in activities:
        if lesson := lessons.get(activity.pk):
            # Wagtail keeps the site's roots on what it is given, so a module's lessons ask for them once.
            parts = lesson.get_url_parts(module)
            changed = changes[activity.pk, lesson.language]
            yield Stop(activity, lesson.title, (parts and parts[2]) or "", lesson.minutes, changes=changed)
        elif film := films.get(activity.pk):
            address, changed = reverse("film_activity", args=[activity.uuid]), changes[activity.pk, film.language]
            yield Stop(activity, film.title, address, film.minutes, changes=changed)
        elif activity.pk in quizzes:
            quiz, count = quizzes[activity.pk]
            yield Stop(activity, quiz.title, reverse("quiz_start", args=[quiz.uuid]), count, count)
        elif activity.kind == ActivityKind.LIVE_SESSION:
            yield live_stop(activity)


def live_stop(activity: Activity) -> Stop:
    """A live session, which has no text and no length of its own: its cohort's dates say when it is."""
    return Stop(activity, activity.title, reverse("live_activity", args=[activity.uuid]), 0)


def _title_and_address(module: Module, language: str, roots: list[SiteRootPath]) -> tuple[str, str]:
    """Of the module's page."""
    pages = ModulePage.objects.live().filter(module=module, language__in=[language, "en"]).defer("body")
    found = {page.language: page for page in pages}
    page = found.get(language) or found.get("en")
    if page is None:
        return "", ""
    page._wagtail_cached_site_root_paths = roots
    return page.title, page.url or ""


def _lessons(activities: list[Activity], language: str, roots: list[SiteRootPath]) -> dict[int, LessonPage]:
    """The live lesson of each activity."""
    live = LessonPage.objects.live().filter(activity__in=activities, language__in=[language, "en"])
    pages = live.defer("body", "kept_html")
    found: dict[int, LessonPage] = {}
    for page in pages:
        page._wagtail_cached_site_root_paths = roots
        if page.activity_id not in found or page.language == language:
            found[page.activity_id] = page
    return found


def _changes(activities: list[Activity]) -> defaultdict[tuple[int, str], tuple[Change, ...]]:
    """By activity and language."""
    found: defaultdict[tuple[int, str], tuple[Change, ...]] = defaultdict(tuple)
    for change in Change.objects.filter(activity__in=activities):
        found[change.activity_id, change.language] += (change,)
    return found


def films_in(activities: list[Activity], language: str) -> dict[int, FilmPage]:
    """The live film page of each activity in the language, or in English where there is none yet."""
    films = [activity.film_id for activity in activities if activity.film_id]
    pages = FilmPage.objects.live().filter(film__in=films, language__in=[language, "en"]).select_related("film_file")
    found: dict[int, FilmPage] = {}
    for page in pages:
        if page.film_id not in found or page.language == language:
            found[page.film_id] = page
    return {activity.pk: found[activity.film_id] for activity in activities if activity.film_id in found}


def _quizzes(activities: list[Activity]) -> dict[int, tuple[Assessment, int]]:
    """The quiz of each activity, and how many questions it draws."""
    asked = Assessment.objects.filter(activity__in=activities, own_pass_share=None).annotate(
        question_count=Sum("blueprint__count")
    )
    return {quiz.activity_id: (quiz, quiz.question_count or 0) for quiz in asked}
