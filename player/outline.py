"""The outline of a module for one learner, as small dataclasses the templates only print."""

from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from assessments.models import Assessment
from courses.choices import ActivityKind
from courses.models import Activity, LessonPage, Module, ModulePage
from enrolments.models import Enrolment, Progress
from media.models import FilmPage


@dataclass(frozen=True)
class Step:
    """One activity of a module as the outline shows it."""

    activity: Activity
    title: str
    url: str
    minutes: int
    is_done: bool
    is_started: bool
    is_here: bool
    question_count: int = 0
    place: str = ""  # the section a lesson was left at; none once it is marked as read

    @property
    def is_quiz(self) -> bool:
        return self.activity.kind == ActivityKind.ASSESSMENT

    @property
    def is_film(self) -> bool:
        return self.activity.kind == ActivityKind.FILM


@dataclass(frozen=True)
class Outline:
    """A module's steps in order, and how many are done."""

    module: Module
    title: str
    url: str
    steps: list[Step]

    @property
    def done_count(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    def after(self, activity: Activity) -> Step | None:
        """The step that follows an activity."""
        numbers = [step.activity.pk for step in self.steps]
        if activity.pk not in numbers or activity.pk == numbers[-1]:
            return None
        return self.steps[numbers.index(activity.pk) + 1]

    def before(self, activity: Activity) -> Step | None:
        """The step in front of an activity."""
        numbers = [step.activity.pk for step in self.steps]
        where = numbers.index(activity.pk) if activity.pk in numbers else 0
        return self.steps[where - 1] if where else None

    @property
    def first_open(self) -> Step | None:
        """The first step not done yet."""
        return next((step for step in self.steps if not step.is_done), None)


def outline_of(
    module: Module, *, language: str, enrolment: Enrolment | None = None, here: Activity | None = None
) -> Outline:
    """A module's outline in a language, with a learner's progress if an enrolment is given. Six queries at most."""
    activities = list(module.activities.all())
    roots = Site.get_site_root_paths()  # Wagtail would ask the shared cache once for each page's address
    lessons = _lessons(activities, language, roots)
    films = films_in(activities, language)
    asked = Assessment.objects.filter(activity__in=activities).annotate(question_count=Sum("blueprint__count"))
    quizzes = {quiz.activity_id: quiz for quiz in asked}
    progress = {row.activity_id: row for row in enrolment.progress.all()} if enrolment else {}
    steps = []
    for activity in activities:
        page = lessons.get(activity.pk) or films.get(activity.pk)
        quiz = quizzes.get(activity.pk)
        if page is None and quiz is None:
            continue
        steps.append(
            _step(activity, page, quiz, progress.get(activity.pk), here, _address(activity, page, quiz, module))
        )
    title, url = _title_and_address(module, language, roots)
    return Outline(module, title, url, steps)


def _title_and_address(module: Module, language: str, roots: list[SiteRootPath]) -> tuple[str, str]:
    """Of the module's page in the language, or in English."""
    pages = ModulePage.objects.live().filter(module=module, language__in=[language, "en"]).defer("body")
    found = {page.language: page for page in pages}
    page = found.get(language) or found.get("en")
    if page is None:
        return "", ""
    page._wagtail_cached_site_root_paths = roots
    return page.title, page.url or ""


def _lessons(activities: list[Activity], language: str, roots: list[SiteRootPath]) -> dict[int, LessonPage]:
    """The live lesson of each activity in the language, or in English where there is none yet."""
    live = LessonPage.objects.live().filter(activity__in=activities, language__in=[language, "en"])
    pages = live.defer("body", "kept_html")
    found: dict[int, LessonPage] = {}
    for page in pages:
        page._wagtail_cached_site_root_paths = roots
        if page.activity_id not in found or page.language == language:
            found[page.activity_id] = page
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


def _address(activity: Activity, page: LessonPage | FilmPage | None, quiz: Assessment | None, module: Module) -> str:
    """Where a step is. Wagtail keeps the site's roots on what it is given, so a module's lessons ask for them once."""
    if activity.film_id:
        return reverse("film_activity", args=[activity.uuid])
    if page:
        parts = page.get_url_parts(module)
        return (parts and parts[2]) or ""
    return reverse("quiz_start", args=[quiz.uuid]) if quiz else ""


def _step(
    activity: Activity,
    page: LessonPage | FilmPage | None,
    quiz: Assessment | None,
    progress: Progress | None,
    here: Activity | None,
    url: str,
) -> Step:
    count = getattr(quiz, "question_count", None) or 0
    done = bool(progress and (progress.passed_at if quiz else progress.completed_at))
    return Step(
        activity=activity,
        title=page.title if page else quiz.title if quiz else "",
        url=url,
        minutes=page.minutes if page else count,  # about a minute a question
        is_done=done,
        is_started=progress is not None,
        is_here=here is not None and here.pk == activity.pk,
        question_count=count,
        place=progress.place if progress and progress.marked_read_at is None else "",
    )
