"""A film in a course: in the outline, carried on to the second, done by watching or by reading."""

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Activity
from enrolments.models import Enrolment, Progress
from media.films import Watching
from player.outline import outline_of
from player.resume import carry_on, outlines
from tests.factories import TaughtCourse, cohort, enrolment, people, taught_course
from tests.factories.films import channel, film_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def page(taught):
    return film_page(parent=taught.module_page)


@pytest.fixture
def activity(page) -> Activity:
    return Activity.objects.get(film=page.film)


@pytest.fixture
def run(taught, page) -> Enrolment:
    return enrolment(people().amina, cohort(taught.course))


@pytest.fixture
def amina(run) -> Client:
    client = Client()
    client.force_login(run.learner)
    return client


def address(activity: Activity) -> str:
    return f"/learn/{activity.uuid}/film/"


def test_film_stands_in_the_outline_after_the_lessons_and_before_the_quiz(taught, activity, run):
    steps = outline_of(taught.module, language="en", enrolment=run).steps

    assert [(step.title, step.is_film, step.is_quiz) for step in steps] == [
        ("Lesson 1", False, False), ("Lesson 2", False, False), ("Film second-look", True, False),
        ("Module 1 quiz", False, True),
    ]  # fmt: skip
    assert (steps[2].url, steps[2].minutes, steps[2].is_done) == (address(activity), 1, False)


def test_film_that_is_not_published_stands_in_no_outline(taught, page, run):
    page.unpublish()

    assert [step.is_film for step in outline_of(taught.module, language="en").steps] == [False] * 3


def test_learner_gets_the_film_in_its_module_with_a_way_on(amina, activity, page):
    response = amina.get(address(activity))

    html = response.content.decode()
    assert response.status_code == 200
    assert all(words in html for words in ("Module one", "Film, 1 minute", "The kettle was on.", "<video controls"))
    assert "I have read the transcript. Next: Module 1 quiz" in html
    assert Progress.objects.get().digest_seen == page.content_digest


def test_films_own_address_shows_the_same(amina, activity, page):
    assert amina.get(page.url).context["activity"] == activity


def test_film_of_the_channel_can_be_part_of_a_course_too(taught, run, amina):
    page = film_page("public")
    activity = Activity.objects.create(
        kind="film", course=taught.course, module=taught.module, film=page.film, position=35
    )

    in_course, in_channel = amina.get(address(activity)), amina.get(page.url)

    assert ("I have read the transcript" in in_course.content.decode(), in_course.status_code) == (True, 200)
    assert ("I have read the transcript" in in_channel.content.decode(), in_channel.status_code) == (False, 200)


def test_reading_the_transcript_counts_as_much_as_watching(amina, activity, page, run):
    response = amina.post(f"{address(activity)}read/")

    row = Progress.objects.get(activity=activity)
    assert (response.status_code, response["Location"].startswith("/quiz/")) == (302, True)
    assert (row.state, row.digest_read, row.watched_at) == ("completed", page.content_digest, None)
    html = amina.get(address(activity)).content.decode()
    assert ("You have watched or read this film" in html, "Next: Module 1 quiz" in html) == (True, True)


@pytest.mark.parametrize("who", ["carol", "beth"])
def test_somebody_not_on_the_course_reads_and_marks_nothing(activity, who):
    client = Client()
    client.force_login(getattr(people(), who))

    statuses = [client.get(address(activity)).status_code, client.post(f"{address(activity)}read/").status_code]

    assert (statuses, Progress.objects.count()) == ([403, 404], 0)


def test_stranger_is_asked_to_sign_in_and_comes_back_to_the_moment(activity, client):
    response = client.get(f"{address(activity)}?t=31")

    assert (response.status_code, response["Location"]) == (
        302, f"/account/login/?next=/learn/{activity.uuid}/film/%3Ft%3D31"
    )  # fmt: skip


def test_staff_watch_and_no_progress_is_kept(activity):
    client = Client()
    client.force_login(people().dev)

    html = client.get(address(activity)).content.decode()

    assert ("You are watching this as staff. No progress is kept." in html, Progress.objects.count()) == (True, 0)


def test_lesson_is_no_film_and_a_film_without_a_page_is_not_found(amina, taught, activity, page):
    page.unpublish()

    addresses = [address(taught.lessons[0].activity), address(activity)]

    assert [amina.get(one).status_code for one in addresses] == [404, 404]
    assert amina.post(f"{address(activity)}read/").status_code == 404


def test_carrying_on_leads_to_the_second_the_film_was_left_at(amina, activity, page, run):
    amina.get(address(activity))
    Watching.objects.create(person=run.learner, film=page.film, counted_at=timezone.now(), place_seconds=31.5)

    place = carry_on(run, outlines(run, language="en"), language="en")

    assert (place.title, place.detail, place.url) == (
        "Film second-look", "Film, from 0:31", f"{address(activity)}?t=31.5"
    )  # fmt: skip
    assert f'href="{address(activity)}?t=31.5"' in amina.get("/my-learning/").content.decode()


def test_film_opened_and_not_begun_is_carried_on_from_its_beginning(amina, activity, run):
    amina.get(address(activity))

    place = carry_on(run, outlines(run, language="en"), language="en")

    assert (place.detail, place.url) == ("Film", address(activity))


def test_film_that_is_done_or_gone_is_not_carried_on(amina, activity, page, run, taught):
    amina.get(address(activity))
    page.unpublish()
    gone = carry_on(run, outlines(run, language="en"), language="en")
    page.save_revision().publish()
    Progress.objects.update(watched_at=timezone.now(), completed_at=timezone.now())

    done = carry_on(run, outlines(run, language="en"), language="en")

    assert (gone.title, done.title) == ("Lesson 1", "Lesson 1")


def test_embedded_film_of_a_course_allows_its_frame(taught, run, amina):
    page = film_page(
        "elsewhere", parent=taught.module_page, embed_address="https://vimeo.com/123456789", embed_seconds=60,
        embed_captioned=True, captions="", chapters=[],
    )  # fmt: skip

    response = amina.get(page.url)

    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com" in response["Content-Security-Policy"]
    assert 'data-embed="https://player.vimeo.com/video/123456789?autoplay=1&amp;dnt=1"' in response.content.decode()


def test_film_page_that_stands_under_a_module_without_being_an_activity_is_not_found(amina, page, activity):
    activity.progress.all().delete()
    Activity.objects.filter(pk=activity.pk).delete()

    assert amina.get(page.url).status_code == 404


def test_channel_knows_nothing_of_the_courses_film(page, client):
    channel()

    assert page.title not in client.get("/films/").content.decode()
