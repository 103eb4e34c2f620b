"""An assessor marks what they are appointed to, on pages of their own, and sees nothing else of anybody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Response, Score
from enrolments.choices import AppointmentRole
from enrolments.models import Appointment, Cohort, Enrolment
from enrolments.roles import appoint
from people.models import User
from tests.assessments.writing import hand_in_words, response_of
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course, written_quiz

pytestmark = pytest.mark.django_db
ALL_THREES = {"go": "mark", "seen": "", "comment": "Clear.", "level-sense": "3", "level-fair": "3"}


@pytest.fixture
def taught() -> TaughtCourse:
    made = taught_course()
    written_quiz(made)
    return made


@pytest.fixture
def carol(client: Client) -> User:
    made = people().carol
    client.force_login(made)
    return made


@pytest.fixture
def group(taught: TaughtCourse) -> Cohort:
    return cohort(taught.course)


def _handed_in(taught: TaughtCourse, group: Cohort, name: str) -> tuple[Enrolment, Response]:
    run = enrolment(person(name, last_login=NOON), group)
    return run, response_of(hand_in_words(run, taught, f"By {name}."))


def _page(response: Response) -> str:
    return f"/assessing/{response.pk}/"


def test_an_assessor_marks_those_they_are_appointed_to_in_whichever_cohort(
    client: Client, taught: TaughtCourse, group: Cohort, carol: User
) -> None:
    amy, by_amy = _handed_in(taught, group, "Amy Able")
    zoe, by_zoe = _handed_in(taught, cohort(taught.course, "Another"), "Zoe Zest")
    for run in (amy, zoe):
        appoint(carol, run, AppointmentRole.ASSESSOR, at=NOON)
    _ben, by_ben = _handed_in(taught, group, "Ben Bold")

    queue = client.get("/assessing/?by=learner")
    marked = client.post(_page(by_amy) + "?by=learner", ALL_THREES)
    others = [client.get(_page(by_ben)).status_code, client.post(_page(by_ben), ALL_THREES).status_code]
    client.post(_page(by_zoe), ALL_THREES)

    assert [one.who for those in queue.context["groups"] for one in those] == ["Amy Able", "Zoe Zest"]
    assert marked.headers["Location"] == f"{_page(by_zoe)}?by=learner"
    assert others == [404, 404]
    scores = Score.objects.filter(kind="marker")
    assert {(one.response_id, one.scored_by) for one in scores} == {(by_amy.pk, carol), (by_zoe.pk, carol)}


def test_an_assessor_sees_marking_and_nothing_else_of_the_cohort(
    client: Client, taught: TaughtCourse, group: Cohort, carol: User
) -> None:
    run, response = _handed_in(taught, group, "Amy Able")
    appoint(carol, run, AppointmentRole.ASSESSOR, at=NOON)

    home = client.get("/my-learning/").content.decode()
    shown = [client.get(page).content.decode() for page in ("/assessing/", _page(response))]
    refused = [
        client.get(f"/cohort/{group.uuid}/{rest}").status_code
        for rest in ("", "marking/", f"marking/{response.pk}/", f"people/{run.uuid}/")
    ]

    assert 'href="/assessing/"' in home
    assert [page for page in shown if "By Amy Able." not in page] == []
    assert [page for page in (home, *shown) if f"/cohort/{group.uuid}" in page] == []
    assert refused == [404] * 4


@pytest.mark.parametrize("role", [AppointmentRole.SUPERVISOR, AppointmentRole.ASSESSOR])
def test_no_appointment_or_another_or_one_that_ended_opens_nothing(
    client: Client, taught: TaughtCourse, group: Cohort, carol: User, role: str
) -> None:
    run, response = _handed_in(taught, group, "Amy Able")
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = yesterday if role == AppointmentRole.ASSESSOR else None
    before = client.get("/assessing/").status_code
    Appointment.objects.create(
        person=carol, enrolment=run, role=role, starts_on=yesterday - timedelta(days=9), ends_on=ended
    )

    answers = [client.get(page).status_code for page in ("/assessing/", _page(response))]

    assert (before, answers) == (404, [404, 404])
    assert "/assessing/" not in client.get("/my-learning/").content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_the_queue_of_an_assessor_takes_no_more_statements_for_many(
    client: Client, taught: TaughtCourse, group: Cohort, carol: User, count: int, django_assert_max_num_queries: object
) -> None:
    for number in range(count):
        run, response = _handed_in(taught, group, f"Amy {number}")
        appoint(carol, run, AppointmentRole.ASSESSOR, at=NOON)
    client.get("/assessing/")

    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get("/assessing/")
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(_page(response))
