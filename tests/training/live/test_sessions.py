"""A trainer's list of live sessions: planning, changing, cancelling, and what bad input is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrolments.attendance import enter_attendance
from enrolments.models import LiveSession
from post.models import Message
from tests.factories import cohort, person, trainer
from tests.factories.live import live_activity, live_session

from .making import Room, room

pytestmark = pytest.mark.django_db
GIVEN = {
    "title": "Day 2", "on": "2026-12-01", "begins": "09:30", "ends": "16:00", "place": "Room 4",
    "link": "https://meet.example/2", "plan": "Welcome (10)",
}  # fmt: skip


@pytest.fixture
def made(client: Client) -> Room:
    found = room()
    client.force_login(found.cast.beth)
    return found


def _changed(made: Room, **fields: Any) -> dict[str, Any]:
    """What the form of the session sends, with these fields instead."""
    kept = {
        "title": "First day together", "activity": made.activity.pk, "on": "2026-11-22", "begins": "10:00",
        "ends": "16:00", "place": "Town Hall, room 2", "link": "", "plan": "", "seen": "0",
    }  # fmt: skip
    return {**kept, **fields}


def test_session_is_planned_by_the_cohorts_clock_and_stands_in_the_list(client: Client, made: Room) -> None:
    made.group.time_zone = "Asia/Tokyo"
    made.group.save()

    told = client.post(made.url("add/"), {**GIVEN, "activity": made.activity.pk}, follow=True).content.decode()

    session = LiveSession.objects.get(title="Day 2")
    assert session.starts_at == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    assert (session.activity, session.place, session.plan) == (made.activity, "Room 4", "Welcome (10)")
    assert "“Day 2” is planned." in told
    assert "09:30 to 16:00 (Tokyo), which is 00:30 to 07:00 (London)" in told
    assert "Counts as “Live day 1”" in told


def test_second_click_on_plan_makes_no_second_session(client: Client, made: Room) -> None:
    client.post(made.url("add/"), GIVEN)

    answer = client.post(made.url("add/"), GIVEN)

    assert (answer.status_code, LiveSession.objects.filter(title="Day 2").count()) == (422, 1)
    assert "A session of this title is planned for this time already." in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"on": "yesterday"}, "Give a day, such as 2026-11-26."),
        ({"on": "0026-12-01"}, "This day is far from the days of the cohort."),
        ({"on": "9999-12-31"}, "This day is far from the days of the cohort."),
        ({"begins": "half nine"}, "Give a time, such as 09:30."),
        ({"ends": "09:30"}, "The end has to be later than the beginning, on the same day."),
        ({"on": "2027-03-28", "begins": "01:30", "ends": "03:00"}, "The clocks go forward then"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"activity": "9999"}, "That choice is not one of the available choices."),
        ({"plan": "x" * 20_001}, "at most 20000 characters"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_nothing_is_lost(
    client: Client, made: Room, fields: dict[str, str], sentence: str
) -> None:
    answer = client.post(made.url("add/"), {**GIVEN, **fields})

    page = answer.content.decode()
    assert (answer.status_code, LiveSession.objects.count()) == (422, 1)
    assert sentence in page
    assert 'value="Room 4"' in page


def test_activity_of_another_kind_cannot_be_chosen(client: Client, made: Room) -> None:
    lesson = made.group.course.activities.exclude(kind="live_session")[0]

    assert client.post(made.url("add/"), {**GIVEN, "activity": lesson.pk}).status_code == 422


def test_new_time_is_saved_and_whoever_is_booked_is_told(client: Client, made: Room) -> None:
    LiveSession.objects.update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    day = (timezone.now() + timedelta(days=40)).date()

    told = client.post(made.of_session(), _changed(made, on=f"{day}", begins="11:00"), follow=True).content.decode()

    made.session.refresh_from_db()
    assert (made.session.sequence, f"{made.session.starts_there:%H:%M}", made.session.on) == (1, "11:00", day)
    assert "Saved." in told
    assert Message.objects.get().person == made.cast.amina


def test_form_from_before_a_colleagues_change_keeps_its_words_shows_theirs_and_can_be_sent_again(
    client: Client, made: Room
) -> None:
    client.post(made.of_session(), _changed(made, place="Room 3"))

    refused = client.post(made.of_session(), _changed(made, place="Room 4"))
    again = client.post(made.of_session(), _changed(made, place="Room 4", seen="1"))

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Somebody changed this session since you opened this page." in page
    assert "As it is now: “First day together”, Sunday 22 November 2026, 10:00 to 16:00, Room 3." in page
    assert 'value="Room 4"' in page
    assert 'name="seen" value="1"' in page
    made.session.refresh_from_db()
    assert (again.status_code, made.session.place) == (302, "Room 4")


def test_cancelling_asks_first_tells_everybody_and_strikes_it_from_the_list(client: Client, made: Room) -> None:
    ahead = live_session(
        made.group,
        title="Ahead",
        starts_at=timezone.now() + timedelta(days=3),
        ends_at=timezone.now() + timedelta(days=4),
    )
    page = made.url(f"{ahead.uuid}/cancel/")
    asked = client.get(page).content.decode()
    before = Message.objects.count()

    told = client.post(page, follow=True).content.decode()

    assert "Cancel this session?" in asked
    assert (before, Message.objects.count()) == (0, 1)
    assert "Cancelled. Everybody who is booked is told by e-mail." in told
    assert '<li class="card struck"><h3>Ahead</h3>' in told
    assert "It is cancelled already" in client.get(page).content.decode()


def test_session_with_a_register_is_not_cancelled_and_says_why(client: Client, made: Room) -> None:
    enter_attendance(made.session, made.run, "absent", seen=0, by=made.cast.beth, at=made.session.ends_at)

    answer = client.post(made.of_session("cancel/"))

    assert (answer.status_code, "The register has been begun" in answer.content.decode()) == (409, True)


def test_list_says_which_register_waits_and_nothing_of_another_cohort(client: Client, made: Room) -> None:
    other = cohort(made.group.course, "Another cohort")
    hidden = live_session(other, title="Not yours")

    page = client.get(made.url()).content.decode()

    assert "The register waits" in page or timezone.now() < made.session.starts_at
    assert "Not yours" not in page
    assert client.get(made.url(f"{hidden.uuid}/")).status_code == 404
    assert client.post(made.url(f"{hidden.uuid}/cancel/")).status_code == 404


@pytest.mark.parametrize("page", ["", "add/", "{}/", "{}/cancel/", "{}/register/", "{}/plan/"])
def test_trainer_of_another_cohort_finds_nothing(client: Client, made: Room, page: str) -> None:
    trainer(made.cast.carol, cohort(made.group.course, "Another"))
    client.force_login(made.cast.carol)

    assert client.get(made.url(page.format(made.session.uuid))).status_code == 404
    assert client.post(made.url(page.format(made.session.uuid)), GIVEN).status_code in (404, 405)


def test_list_asks_as_much_for_one_session_as_for_three(client: Client, made: Room) -> None:
    with CaptureQueriesContext(connection) as one:
        client.get(made.url())
    for number in range(2):
        live_session(made.group, live_activity(made.group.course), title=f"More {number}")
        person(f"More {number}")

    with CaptureQueriesContext(connection) as three:
        client.get(made.url())

    assert len(three) == len(one)


def test_plan_is_shown_whole_and_step_by_step_in_large_type(client: Client, made: Room) -> None:
    LiveSession.objects.update(plan="Welcome (10)\nNames.\n\nTwo accounts (45)\n\nClose")

    whole = client.get(made.of_session("plan/")).content.decode()
    second = client.get(made.of_session("plan/?step=2")).content.decode()
    beyond = [client.get(made.of_session(f"plan/?step={asked}")).content.decode() for asked in ("9", "x", "-1", "0")]

    assert [words in whole for words in ("10:00–10:10", "10:10–10:55", "The steps take 55 minutes", "Names.")] == [
        True
    ] * 4
    assert "<h1>Two accounts</h1>" in second
    assert "step 2 of 3" in second
    assert ("Next: Close" in second, "Back: Welcome" in second) == (True, True)
    assert ["Step through it" in page for page in beyond] == [True] * 4


def test_words_of_a_session_are_words_on_every_page_that_shows_them(client: Client, made: Room) -> None:
    words = '"><script>alert(1)</script>'
    ahead = timezone.now() + timedelta(days=3)
    LiveSession.objects.update(
        title=words, place=words, plan=f"{words} (5)\n{words}", starts_at=ahead, ends_at=ahead + timedelta(hours=1)
    )

    pages = [client.get(made.url()), client.get("/my-learning/")]
    pages += [client.get(made.of_session(page)) for page in ("", "cancel/", "register/", "plan/", "plan/?step=1")]
    client.force_login(made.cast.amina)
    pages += [client.get("/my-learning/"), client.get(f"/live/{made.run.uuid}/")]

    assert {page.status_code for page in pages} == {200}
    assert [page.request["PATH_INFO"] for page in pages if b"<script>alert" in page.content] == []
    assert sum(b"&lt;script&gt;alert" in page.content for page in pages) >= 7
