"""A supervisor reads what their appointees did, changes nothing, and finds nobody else."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Attempt
from courses.models import Course
from enrolments.adjustments import give_adjustment
from enrolments.attendance import enter_attendance
from enrolments.models import Appointment, Cohort, Enrolment
from enrolments.roles import appoint
from enrolments.states import change_state
from people.models import User
from player.models import Note, Reflection
from tests.enrolments.doings import read, sit
from tests.factories import (
    NOON,
    TaughtCourse,
    achievement,
    cohort,
    enrolment,
    organisation,
    people,
    person,
    taught_course,
    trainer,
)
from tests.factories.live import live_session
from training.models import Nudge

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def taught() -> TaughtCourse:
    made = taught_course()
    achievement(made.course, titles={"en": "Why reviews"})
    return made


@pytest.fixture
def group(taught: TaughtCourse) -> Cohort:
    made = cohort(taught.course, "Autumn", own_attempt_rules=True, attempts_allowed=3, time_limit_seconds=600)
    trainer(people().beth, made)
    return made


@pytest.fixture
def run(client: Client, taught: TaughtCourse, group: Cohort) -> Enrolment:
    """Amy's, who read and failed; Carol, who is signed in, supervises her."""
    made = enrolment(person("Amy Able", last_login=NOON), group, booked_by=organisation("Saltby Trust"))
    read(made, taught.lessons[0])
    sit(made, taught, right=2)
    appoint(_carol(), made, "supervisor", at=NOON)
    client.force_login(_carol())
    return made


def _carol() -> User:
    return User.objects.get(name="Carol Hughes")


def _page(run: Enrolment) -> str:
    return f"/supervising/{run.uuid}/"


def test_supervisor_comes_from_my_learning_to_the_list_and_to_what_a_learner_did(
    client: Client, run: Enrolment
) -> None:
    home, people_page, page = (client.get(at).content.decode() for at in ("/my-learning/", "/supervising/", _page(run)))

    assert ("See where 1 person stands" in home, 'href="/supervising/"' in home) == (True, True)
    assert [words for words in (_page(run), "Amy Able", "Autumn", "Active", "Saltby Trust", "Why reviews, ")
            if words not in people_page] == []  # fmt: skip
    assert [words for words in ("<dt>Why reviews</dt><dd>1 of 3 (33%)</dd>", "Marked “Lesson 1” as read",
            "Attempt 1: 2 of 8 points, not passed", "Saltby Trust") if words not in page] == []  # fmt: skip
    attempt = client.get(f"{_page(run)}attempts/{Attempt.objects.get().uuid}/").content.decode()
    assert ("<h1>Attempt 1 of Amy Able</h1>" in attempt, attempt.count('<section class="item"')) == (True, 8)


def test_nothing_can_be_pressed_and_what_is_between_trainer_and_learner_is_not_told(
    client: Client, run: Enrolment, taught: TaughtCourse
) -> None:
    beth = User.objects.get(name="Beth Okafor")
    give_adjustment(run, "time", percent=25, given_so_far=0, by=beth, at=NOON)
    Nudge.objects.create(enrolment=run, by=beth, reason="quiet", language="en", text="Zqreminder", written_at=NOON,
        due_at=NOON, once_key="x")  # fmt: skip
    activity = taught.lessons[0].activity
    Note.objects.create(enrolment=run, activity=activity, heading="Start", words="Zqnote", saved_at=NOON)
    Reflection.objects.create(
        enrolment=run, activity=activity, block=uuid4(), question="When?", words="Zqreflection", saved_at=NOON
    )
    enter_attendance(live_session(run.cohort), run, "present", seen=0, by=beth, at=NOON)

    page = client.get(_page(run)).content.decode()

    main = page[page.index("<main") : page.index("</main>")]
    told = ("<form", "per cent", "Beth Okafor", "Zqreminder", "Zqnote", "Zqreflection", "Write to", "Put on leave", "@")
    assert [words for words in told if words in main] == []
    assert "“Present” entered in the register of “" in main


def _of_nobody(run: Enrolment) -> None:
    Appointment.objects.all().delete()


def _ended(run: Enrolment) -> None:
    Appointment.objects.update(ends_on=timezone.localdate())


def _not_begun(run: Enrolment) -> None:
    Appointment.objects.update(starts_on=timezone.localdate() + DAY)


def _assessor(run: Enrolment) -> None:
    Appointment.objects.update(role="assessor")


def _cohort_role_alone(run: Enrolment) -> None:
    Appointment.objects.all().delete()
    run.cohort.roles.create(person=_carol(), role="supervisor", starts_on=NOON.date())


@pytest.mark.parametrize("makes", [_of_nobody, _ended, _not_begun, _assessor, _cohort_role_alone])
def test_whoever_supervises_nobody_today_finds_none_of_the_pages(
    client: Client, run: Enrolment, makes: Callable[[Enrolment], None]
) -> None:
    makes(run)
    attempt = f"{_page(run)}attempts/{Attempt.objects.get().uuid}/"

    answers = [client.get(address).status_code for address in ("/supervising/", _page(run), attempt)]

    assert answers == [404] * 3
    assert "People you supervise" not in client.get("/my-learning/").content.decode()


def test_others_of_the_cohort_and_the_pages_of_its_trainer_are_not_found(
    client: Client, run: Enrolment, taught: TaughtCourse
) -> None:
    other = enrolment(person("Zoe Zed", last_login=NOON), run.cohort)
    failed = sit(other, taught, right=2)
    mine, cohort_page = Attempt.objects.exclude(pk=failed.pk).get(), f"/cohort/{run.cohort.uuid}/"

    answers = [
        client.get(address).status_code
        for address in (
            _page(other), f"{_page(other)}attempts/{failed.uuid}/", f"{_page(run)}attempts/{failed.uuid}/",
            f"{_page(other)}attempts/{mine.uuid}/", cohort_page, f"{cohort_page}people/{run.uuid}/",
            f"{cohort_page}people/{run.uuid}/end/",
        )
    ]  # fmt: skip

    assert answers == [404] * 7
    assert "Zoe Zed" not in client.get("/supervising/").content.decode()


def test_whoever_has_left_the_course_has_no_page_and_the_list_says_so(client: Client, run: Enrolment) -> None:
    change_state(run, "withdrawn", at=NOON)

    page = client.get("/supervising/").content.decode()

    assert ("Amy Able" in page, "None of those you are appointed to is on their course just now." in page) == (
        False,
        True,
    )
    assert client.get(_page(run)).status_code == 404


def test_list_takes_as_many_statements_for_three_in_three_cohorts_as_for_one(client: Client, run: Enrolment) -> None:
    def asked() -> int:
        client.get("/supervising/")
        with CaptureQueriesContext(connection) as statements:
            client.get("/supervising/")
        return len(statements)

    one = asked()
    for name in ("Bea", "Cal"):
        more = enrolment(person(name, last_login=NOON), cohort(Course.objects.get(), f"Cohort of {name}"))
        read(more)
        change_state(more, "active", at=NOON)
        appoint(_carol(), more, "supervisor", at=NOON)
    three = asked()

    assert one == three
    assert [name for name in ("Amy", "Bea", "Cal") if name not in client.get("/supervising/").content.decode()] == []
