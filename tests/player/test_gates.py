"""A module that opens on a day or after another: closed in words before, open for good afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.choices import ActivityKind
from courses.models import LessonPage, Module, ModulePage
from enrolments.models import Enrolment, ModuleOpening, Progress
from enrolments.progress import mark_read, note_seen
from player.resume import carry_on, outlines
from tests.enrolments.doings import complete
from tests.factories import TaughtCourse, cohort, enrolment, lesson_page, people, taught_course, trainer
from tests.factories.films import film_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def second(taught: TaughtCourse) -> LessonPage:
    """The one lesson of a second module."""
    module = Module.objects.create(course=taught.course, number=2)
    page = ModulePage(title="Module two", slug="m2", module=module)
    taught.course_page.add_child(instance=page)
    return lesson_page(page, "Lesson of two", "lesson-of-two")


@pytest.fixture
def cast(taught: TaughtCourse) -> Any:
    return people()


@pytest.fixture
def run(cast: Any, taught: TaughtCourse) -> Enrolment:
    return enrolment(cast.amina, cohort(taught.course))


@pytest.fixture
def amina(run: Enrolment) -> Client:
    client = Client()
    client.force_login(run.learner)
    return client


def opens_in(run: Enrolment, page: LessonPage, days: int) -> str:
    """The day, in words."""
    day = run.cohort.today(timezone.now()) + timedelta(days=days)
    assert page.activity.module is not None
    ModuleOpening.objects.create(cohort=run.cohort, module=page.activity.module, opens_on=day)
    return f"Opens to your cohort on {day.day} {day:%B %Y}."


def follows(page: LessonPage, before: Module) -> None:
    Module.objects.filter(pk=page.activity.module_id).update(after=before)


def test_module_before_its_day_says_when_it_opens_and_lets_nobody_in(
    run: Enrolment, amina: Client, second: LessonPage
) -> None:
    words = opens_in(run, second, 1)
    own = f"/learn/{second.activity.uuid}/"

    page, dashboard = amina.get(second.url), amina.get("/my-learning/").content.decode()
    posted = [amina.post(f"{own}{verb}/", {"section": "", "words": "x"}).status_code for verb in ("read", "notes")]

    assert (page.status_code, posted) == (403, [404, 404])
    assert (words in page.content.decode(), words in dashboard) == (True, True)
    assert (second.url in dashboard, "Not open yet" in dashboard) == (False, True)
    assert Progress.objects.count() == 0


@pytest.mark.parametrize("days", [0, -1])
def test_module_is_open_from_its_day_on(run: Enrolment, amina: Client, second: LessonPage, days: int) -> None:
    opens_in(run, second, days)

    assert amina.get(second.url).status_code == 200


def test_day_of_another_cohort_closes_nothing(run: Enrolment, amina: Client, second: LessonPage, cast: Any) -> None:
    opens_in(enrolment(cast.carol, cohort(run.course, "Another")), second, 9)

    assert amina.get(second.url).status_code == 200


def test_module_after_another_names_what_has_to_be_done_first(
    run: Enrolment, amina: Client, second: LessonPage, taught: TaughtCourse
) -> None:
    follows(second, taught.module)

    before = amina.get(second.url)
    complete(run, taught)
    after = amina.get(second.url)

    assert (before.status_code, after.status_code) == (403, 200)
    assert "To be done first:" in before.content.decode()
    assert ">Module one</a>" in before.content.decode()


def test_film_and_quiz_of_a_closed_module_are_closed_too(
    run: Enrolment, amina: Client, second: LessonPage, taught: TaughtCourse
) -> None:
    film = film_page(parent=ModulePage.objects.get(slug="m2"))
    activity = film.film.activities.get()
    quiz = taught.assessment.activity
    type(quiz).objects.filter(pk=quiz.pk, kind=ActivityKind.ASSESSMENT).update(module=second.activity.module)
    opens_in(run, second, 1)
    address = f"/quiz/{taught.assessment.uuid}/"

    codes = [
        amina.get(f"/learn/{activity.uuid}/film/").status_code,
        amina.post(f"/learn/{activity.uuid}/film/read/").status_code,
        amina.get(address).status_code,
        amina.post(address).status_code,
    ]

    assert codes == [403, 404, 403, 403]
    assert run.attempt_links.count() == 0


def test_what_was_once_open_to_somebody_stays_open(run: Enrolment, amina: Client, second: LessonPage) -> None:
    note_seen(run, second.activity, digest="", at=timezone.now())
    opens_in(run, second, 30)

    assert amina.get(second.url).status_code == 200


def test_completed_course_is_open_whatever_the_day(run: Enrolment, amina: Client, second: LessonPage) -> None:
    opens_in(run, second, 30)
    Enrolment.objects.filter(pk=run.pk).update(state="completed", completed_at=timezone.now())

    assert amina.get(second.url).status_code == 200
    assert second.url in amina.get("/my-learning/").content.decode()


def test_trainer_reads_ahead(run: Enrolment, second: LessonPage, cast: Any) -> None:
    opens_in(run, second, 30)
    trainer(cast.beth, run.cohort)
    beth = Client()
    beth.force_login(cast.beth)

    assert beth.get(second.url).status_code == 200


def test_what_next_passes_over_what_is_closed(run: Enrolment, second: LessonPage, taught: TaughtCourse) -> None:
    opens_in(run, second, 30)
    for page in taught.lessons:
        mark_read(run, page.activity, digest="", at=timezone.now())

    def next_title() -> str | None:
        following = carry_on(run, outlines(run, language="en"), language="en")
        return following.title if following else None

    first = next_title()
    complete(run, taught)
    then = next_title()
    ModuleOpening.objects.all().delete()

    assert (first, then, next_title()) == ("Module 1 quiz", None, "Lesson of two")
