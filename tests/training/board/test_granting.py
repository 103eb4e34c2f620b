"""A trainer grants and takes back on a learner's page, with one button each; nobody else sees it."""

from typing import Any

import pytest
from django.test import Client

from enrolments.models import Adjustment, Cohort, Enrolment
from people.models import User
from tests.enrolments.doings import sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course, trainer
from training.board.reading import board_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def group(client: Client, taught: TaughtCourse) -> Cohort:
    """A cohort of one attempt, with a limit of ten minutes, trained by whoever is signed in."""
    made = cohort(taught.course, own_attempt_rules=True, attempts_allowed=1, time_limit_seconds=600)
    beth = people().beth
    trainer(beth, made)
    client.force_login(beth)
    return made


def _stuck(group: Cohort, taught: TaughtCourse) -> Enrolment:
    run = enrolment(person("Amy Able", last_login=NOON), group)
    sit(run, taught, right=2)
    return run


def _page(run: Enrolment) -> str:
    return f"/cohort/{run.cohort.uuid}/people/{run.uuid}/"


def _post(client: Client, run: Enrolment, **sent: Any) -> str:
    return client.post(f"{_page(run)}adjustments/", sent, follow=True).content.decode()


def test_attempt_is_granted_with_one_button_and_nobody_is_stuck_any_more(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    run = _stuck(group, taught)
    page = client.get(_page(run)).content.decode()

    told = _post(client, run, kind="attempt", activity=taught.assessment.activity_id, given_so_far=0)

    assert "Give one more attempt" in page
    assert "Granted. Amy Able is told by e-mail." in told
    assert "One more attempt (Module 1 quiz)" in told
    assert "Granted: One more attempt (Module 1 quiz)" in told  # in the story
    assert [row.need for row in board_of(group, at=NOON).rows] == [None]


def test_button_pressed_twice_grants_once_and_says_so(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    run = _stuck(group, taught)
    sent = {"kind": "attempt", "activity": taught.assessment.activity_id, "given_so_far": 0}
    _post(client, run, **sent)

    told = _post(client, run, **sent)

    assert ("this was not granted once more" in told, Adjustment.objects.count()) == (True, 1)


def test_extra_time_is_granted_and_taken_back(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    run = _stuck(group, taught)
    given = _post(client, run, kind="time", percent=50, given_so_far=0)
    one = Adjustment.objects.get()

    back = client.post(f"{_page(run)}adjustments/{one.uuid}/take-back/", follow=True).content.decode()

    assert "50 per cent more time in every quiz with a limit" in given
    assert "Taken back. An attempt that has begun keeps what it began with." in back
    assert "Taken back: 50 per cent more time in every quiz with a limit" in back
    one.refresh_from_db()
    assert one.taken_back_by.name == "Beth Okafor"


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"kind": "attempt"}, {"kind": "attempt", "activity": 999}, {"kind": "attempt", "activity": "lesson"},
        {"kind": "time", "percent": 33}, {"kind": "time"}, {"kind": "time", "percent": "x"}, {"kind": "more"},
    ],
)  # fmt: skip
def test_what_would_have_no_effect_or_is_no_adjustment_is_refused_in_words(
    client: Client, taught: TaughtCourse, group: Cohort, sent: dict[str, Any]
) -> None:
    run = _stuck(group, taught)
    if sent.get("activity") == "lesson":
        sent = {**sent, "activity": taught.lessons[0].activity_id}

    told = _post(client, run, **{"given_so_far": 0, **sent})

    assert ("That cannot be granted any more. Nothing has changed." in told, Adjustment.objects.count()) == (True, 0)


def test_cohort_without_limits_offers_nothing_to_grant(client: Client, taught: TaughtCourse) -> None:
    beth = people().beth
    free = cohort(taught.course, own_attempt_rules=True)
    trainer(beth, free)
    client.force_login(beth)
    run = _stuck(free, taught)

    page = client.get(_page(run)).content.decode()

    assert [words for words in ("Give one more", "per cent more time", "without the pause") if words in page] == []


def test_neither_files_of_the_board_nor_another_trainer_tell_of_it(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    run = _stuck(group, taught)
    _post(client, run, kind="time", percent=100, given_so_far=0)
    board = b"".join(client.get(f"/cohort/{group.uuid}/board.csv").streaming_content).decode()

    client.force_login(User.objects.get(name="Carol Hughes"))
    answers = [client.get(_page(run)), client.post(f"{_page(run)}adjustments/", {"kind": "time", "percent": 25})]

    assert ("100" in board, "time" in board.lower()) == (False, False)
    assert [one.status_code for one in answers] == [404, 404]
    assert Adjustment.objects.count() == 1
