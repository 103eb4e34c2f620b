"""What watching a film means for a run: once, from the news or from the repair, and never for a run booked later."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from courses.models import Activity
from enrolments.jobs import repair_films
from enrolments.models import Enrolment, Progress
from media.films import Film, Watching
from media.watching import open_film, report
from tests.enrolments.doings import percent_of
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, sealed_set, taught_course
from tests.factories.films import film_of, film_page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def taught_film() -> tuple[TaughtCourse, Activity, Film]:
    """A course with a film of sixty seconds in its module, and a set `films` that asks for it alone."""
    taught = taught_course()
    page = film_page(parent=taught.module_page)
    activity = Activity.objects.get(film=page.film)
    sealed_set(taught.course, [activity], key="films")
    return taught, activity, film_of(page)


@pytest.fixture
def course():
    return taught_film()


@pytest.fixture
def run(course) -> Enrolment:
    taught, _activity, _film = course
    return enrolment(people().amina, cohort(taught.course))


def watch(run: Enrolment, film: Film, seconds: float, *, at=NOON) -> Watching:
    """Watch so many seconds from the beginning, in the minute before this moment."""
    opening = open_film(run.learner, film, at=at - timedelta(minutes=1))
    return report(run.learner, film, opening, intervals=[(0, seconds)], place=seconds, at=at)


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """Everything inside happens as if its transactions had been committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_film_watched_in_a_run_is_done_and_counts_for_its_set(course, run, committing):
    _taught, activity, film = course

    with committing():
        watch(run, film, 56, at=NOON + DAY)

    row = Progress.objects.get(enrolment=run, activity=activity)
    assert (row.watched_at, row.completed_at, row.state) == (NOON + DAY, NOON + DAY, "completed")
    run.refresh_from_db()
    assert (percent_of(run)["films"], run.state) == (100, "active")


def test_half_a_film_is_not_done(course, run, committing):
    _taught, _activity, film = course

    with committing():
        watch(run, film, 30, at=NOON + DAY)

    assert (Progress.objects.count(), percent_of(run)["films"]) == (0, 0)


def test_first_time_is_kept_when_it_is_watched_again(course, run, committing):
    _taught, activity, film = course

    with committing():
        watch(run, film, 56, at=NOON + DAY)
    with committing():
        watch(run, film, 60, at=NOON + DAY * 2)

    assert Progress.objects.get(activity=activity).watched_at == NOON + DAY


def test_film_watched_before_booking_does_not_count_until_something_of_it_is_watched_again(course, committing):
    taught, activity, film = course
    amina = people().amina
    group = cohort(taught.course)
    stranger = Enrolment(learner=amina)
    with committing():
        watch(stranger, film, 60, at=NOON - DAY)
    run = enrolment(amina, group, at=NOON)
    before = (repair_films(), Progress.objects.count())

    with committing():
        watch(run, film, 5, at=NOON + DAY)

    assert before == (0, 0)
    assert Progress.objects.get(enrolment=run, activity=activity).watched_at == NOON


def test_withdrawn_run_is_left_as_it_is(course, run, committing):
    _taught, _activity, film = course
    Enrolment.objects.filter(pk=run.pk).update(state="withdrawn")

    with committing():
        watch(run, film, 60, at=NOON + DAY)

    assert (Progress.objects.count(), repair_films()) == (0, 0)


def test_film_nobody_told_us_of_is_found_by_the_repair_and_only_once(course, run):
    _taught, activity, film = course
    watch(run, film, 60, at=NOON + DAY)
    before = Progress.objects.count()

    found = (repair_films(), repair_films())

    assert (before, found) == (0, (1, 0))
    assert Progress.objects.get(activity=activity).watched_at == NOON + DAY


@pytest.mark.parametrize("count", [1, 3])
def test_repair_asks_once_for_each_film_however_many_watched_it(course, django_assert_max_num_queries, count):
    taught, _activity, film = course
    group = cohort(taught.course)
    for number in range(count):
        run = enrolment(person(f"Learner {number}"), group)
        watch(run, film, 60, at=NOON + DAY)
    repair_films()

    with django_assert_max_num_queries(2):
        assert repair_films() == 0


def test_rebuild_keeps_a_watched_film_done(course, run, committing):
    _taught, activity, film = course
    with committing():
        watch(run, film, 60, at=NOON + DAY)
    Progress.objects.update(state="seen", completed_at=None)
    run.pinned_sets.update(done_count=0, percent=77, met_at=None)

    call_command("rebuild_progress")

    assert Progress.objects.get(activity=activity).completed_at == NOON + DAY
    assert percent_of(run)["films"] == 100


def test_one_film_in_two_courses_counts_in_both(course, committing):
    taught, _activity, film = course
    other = taught_course("refresher")
    second = Activity.objects.create(kind="film", course=other.course, module=other.module, film=film, position=40)
    amina = people().amina
    runs = [enrolment(amina, cohort(one.course)) for one in (taught, other)]

    with committing():
        watch(runs[0], film, 60, at=NOON + DAY)

    done = Progress.objects.filter(watched_at__isnull=False).values_list("enrolment", "activity__course")
    assert set(done) == {(run.pk, run.course_id) for run in runs}
    assert second.progress.count() == 1
