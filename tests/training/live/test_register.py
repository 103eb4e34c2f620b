"""The register on a phone: one tap, one entry; what another trainer entered is shown and never written over."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrolments.attendance import enter_attendance
from enrolments.models import Attendance, LiveSession, Progress
from tests.factories import cohort, enrolment, person, trainer
from tests.factories.live import live_session

from .making import Room, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client: Client) -> Room:
    """The session began an hour ago."""
    now = timezone.now().replace(microsecond=0)
    found = room(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=3))
    client.force_login(found.cast.beth)
    return found


def _tap(client: Client, made: Room, state: str, *, seen: int = 0, follow: bool = True, run: Any = None) -> Any:
    sent = {"run": run or made.run.uuid, "state": state, "seen": seen}
    return client.post(made.of_session("register/"), sent, follow=follow)


def test_one_tap_is_saved_says_when_and_comes_back_to_the_same_learner(client: Client, made: Room) -> None:
    answer = _tap(client, made, "present", follow=False)
    page = client.get(answer["Location"]).content.decode()

    entry = Attendance.objects.get()
    assert answer["Location"].endswith(f"register/?saved={made.run.uuid}#r-{made.run.uuid}")
    assert (entry.state, entry.by, entry.number) == ("present", made.cast.beth, 1)
    assert f"Present. Saved at {timezone.localtime(entry.at):%H:%M}" in page
    assert "by Beth Okafor." in page
    assert "1 of 1 entered. 1 present." in page
    assert page.count('aria-pressed="true"') == 1
    assert Progress.objects.get().completed_at is not None


def test_correction_by_a_second_tap_on_the_same_page_is_a_second_entry(client: Client, made: Room) -> None:
    _tap(client, made, "present")

    _tap(client, made, "absent", seen=1)

    assert list(Attendance.objects.order_by("number").values_list("state", flat=True)) == ["present", "absent"]


def test_colleagues_entry_is_told_and_the_next_tap_may_answer_it(client: Client, made: Room) -> None:
    trainer(made.cast.carol, made.group)
    enter_attendance(made.session, made.run, "excused", seen=0, by=made.cast.carol, at=timezone.now())

    refused = _tap(client, made, "present")
    agreed = _tap(client, made, "excused")

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Carol Hughes entered “Excused” for Amina Rahman at " in page
    assert 'name="seen" value="1"' in page
    assert agreed.status_code == 200
    assert Attendance.objects.count() == 1


def test_all_others_present_is_one_tap(client: Client, made: Room) -> None:
    more = [
        enrolment(person(f"More {one}", last_login=timezone.now()), made.group, at=made.run.booked_at) for one in "ab"
    ]
    _tap(client, made, "absent")
    page = client.get(made.of_session("register/")).content.decode()

    told = client.post(
        made.of_session("register/"), {"all": "1", "others": [str(run.uuid) for run in more]}, follow=True
    ).content.decode()

    assert "All 2 others were present" in page
    assert "2 people entered as present." in told
    assert "3 of 3 entered. 2 present." in told
    assert "others were present" not in told


@pytest.mark.parametrize(
    "sent",
    [{}, {"state": "present"}, {"state": "asleep", "run": "{run}"}, {"run": "{run}"}, {"run": "x", "state": "part"}],
)
def test_what_is_no_entry_is_refused_in_words(client: Client, made: Room, sent: dict[str, str]) -> None:
    answer = client.post(
        made.of_session("register/"), {key: one.format(run=made.run.uuid) for key, one in sent.items()}
    )

    assert (answer.status_code, Attendance.objects.count()) == (409, 0)
    assert "That could not be entered: the list has changed." in answer.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1", "٣", "99999999999999999999"])
def test_tap_that_does_not_say_what_it_saw_writes_over_nothing(client: Client, made: Room, seen: str) -> None:
    _tap(client, made, "present")

    answer = client.post(made.of_session("register/"), {"run": made.run.uuid, "state": "absent", "seen": seen})

    assert (answer.status_code, Attendance.objects.count()) == (409, 1)


def test_learner_of_another_cohort_cannot_be_entered(client: Client, made: Room) -> None:
    stranger = enrolment(person("Some One", last_login=timezone.now()), cohort(made.group.course, "Another"))

    assert _tap(client, made, "present", run=stranger.uuid).status_code == 409
    assert Attendance.objects.count() == 0


def test_register_before_its_day_and_of_a_cancelled_session_is_closed(client: Client, made: Room) -> None:
    ahead = live_session(
        made.group,
        title="Ahead",
        starts_at=timezone.now() + timedelta(days=3),
        ends_at=timezone.now() + timedelta(days=4),
    )
    LiveSession.objects.filter(pk=made.session.pk).update(cancelled_at=timezone.now())

    early = client.get(made.url(f"{ahead.uuid}/register/")).content.decode()
    cancelled = _tap(client, made, "present")

    assert "The register opens on the day of the session." in early
    assert '<button type="submit" name="state"' not in early
    assert (cancelled.status_code, Attendance.objects.count()) == (409, 0)


def test_register_asks_as_much_for_one_as_for_three(client: Client, made: Room) -> None:
    _tap(client, made, "present")
    with CaptureQueriesContext(connection) as one:
        client.get(made.of_session("register/"))
    for name in "ab":
        run = enrolment(person(f"More {name}", last_login=timezone.now()), made.group, at=made.run.booked_at)
        enter_attendance(made.session, run, "part", seen=0, by=made.cast.beth, at=timezone.now())

    with CaptureQueriesContext(connection) as three:
        client.get(made.of_session("register/"))

    assert len(three) == len(one)


def test_my_learning_says_that_a_register_waits_until_it_is_taken(client: Client, made: Room) -> None:
    before = client.get("/my-learning/").content.decode()
    _tap(client, made, "absent")
    after = client.get("/my-learning/").content.decode()

    assert f'href="{made.of_session("register/")}"' in before
    assert "not taken yet" in before
    assert "not taken yet" not in after


def test_board_and_learners_page_show_the_live_session_and_its_entries(client: Client, made: Room) -> None:
    _tap(client, made, "present")

    board = client.get(f"/cohort/{made.group.uuid}/").content.decode()
    learner = client.get(f"/cohort/{made.group.uuid}/people/{made.run.uuid}/").content.decode()
    file = b"".join(client.get(f"/cohort/{made.group.uuid}/board.csv").streaming_content).decode()

    assert "Whole course" in board
    assert '<span aria-hidden="true">Live 1</span><span class="visually-hidden">Live day 1</span>' in board
    assert "Beth Okafor entered “Present” in the register of “First day together”" in learner
    assert "Opened “Live day 1”" not in learner
    assert file.splitlines()[0].split(",")[7] == "Live day 1"
