"""A trainer writes to learners: who may be written to, what each gets, once, by day, in one letter."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from toolkit.personal import Subject

from audit.models import AuditEntry
from enrolments.choices import EnrolmentState
from enrolments.models import Cohort, Enrolment
from enrolments.states import change_state
from people.models import User
from post.outbox import send_due
from post.preferences import choose_letters
from privacy.download import as_json
from tests.assessments.writing import hand_in_words
from tests.enrolments.doings import read
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course, trainer, written_quiz
from tests.factories.live import live_activity
from training.board.nudging import addressees, write_nudges
from training.board.reading import board_of
from training.board.sending import send_due_nudges
from training.models import Nudge

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=12)
TEXTS = {"text_never_began-en": "Hello {name}, {due} waits.", "text_never_began-cy": "Helo {name}: {due}."}
NO_ANSWER = "confirm your address first"


@pytest.fixture(autouse=True)
def later() -> Any:
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def beth(client: Client) -> User:
    found = people().beth
    EmailAddress.objects.update_or_create(user=found, email=found.email, defaults={"verified": True, "primary": True})
    client.force_login(found)
    return found


@pytest.fixture
def group(taught: TaughtCourse, beth: User) -> Cohort:
    made = cohort(taught.course)
    trainer(beth, made)
    return made


def _stuck(name: str, group: Cohort, **fields: Any) -> Enrolment:
    return enrolment(person(name, last_login=NOON, **fields), group, at=NOON)


def _post(client: Client, group: Cohort, *runs: Enrolment, step: str = "send", **texts: str) -> Any:
    data = {"people": [str(run.uuid) for run in runs], "step": step, **TEXTS, **texts}
    return client.post(f"/cohort/{group.uuid}/write/", data)


def _written() -> list[tuple[str, str]]:
    return list(Nudge.objects.order_by("text").values_list("enrolment__learner__name", "text"))


def test_page_offers_everybody_the_filter_shows_and_one_person_from_their_page(client: Client, group: Cohort) -> None:
    amy, ben = _stuck("Amy Able", group), _stuck("Ben Booked", group)

    all_shown = client.get(f"/cohort/{group.uuid}/write/?show=in-need").content.decode()
    one = client.get(f"/cohort/{group.uuid}/write/?person={amy.uuid}").content.decode()

    assert (all_shown.count('name="people"'), str(ben.uuid) in all_shown) == (2, True)
    assert (one.count('name="people"'), str(amy.uuid) in one) == (1, True)


def test_preview_shows_what_each_gets_in_their_language_and_sends_nothing(client: Client, group: Cohort) -> None:
    runs = [_stuck("Amy Able", group), _stuck("Siân Ŵyn", group, language="cy")]

    page = _post(client, group, *runs, step="preview").content.decode()

    assert ("Hello Amy Able, " in page, '<div lang="cy">' in page, "Helo Siân Ŵyn: " in page) == (True, True, True)
    assert "Send 2 e-mails" in page
    assert (_written(), mail.outbox) == ([], [])


@pytest.mark.parametrize(("about", "due"), [("second", "Lesson 2"), ("999", "Lesson 1"), ("x", "Lesson 1")])
def test_letter_from_a_cell_is_about_its_activity(
    client: Client, group: Cohort, taught: TaughtCourse, about: str, due: str
) -> None:
    amy = _stuck("Amy Able", group)
    activity = taught.lessons[1].activity_id if about == "second" else about
    address = f"/cohort/{group.uuid}/write/?person={amy.uuid}&about={activity}"

    client.post(address, {"people": [str(amy.uuid)], "step": "send", **TEXTS})

    assert _written() == [("Amy Able", f"Hello Amy Able, {due} waits.")]


def test_letters_sent_twice_are_written_once_recorded_and_answered_to_the_trainer(
    client: Client, group: Cohort, beth: User
) -> None:
    amy = _stuck("Amy Able", group)

    answers = [_post(client, group, amy) for _time in range(2)]
    letters = [send_due_nudges(LATER) for _time in range(2)]
    send_due(LATER)

    assert ([answer.status_code for answer in answers], letters) == ([302, 302], [1, 0])
    assert [(letter.to, letter.reply_to) for letter in mail.outbox] == [([amy.learner.email], [beth.email])]
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers
    assert AuditEntry.objects.filter(act="reminder_written", person=amy.learner, actor=beth).count() == 1
    assert f"{beth.name} wrote a reminder (Sent): Has not begun" in client.get(
        f"/cohort/{group.uuid}/people/{amy.uuid}/"
    ).content.decode().replace("&#x27;", "'")


def test_limit_of_a_week_holds_across_trainers_and_ends(
    client: Client, group: Cohort, taught: TaughtCourse, later: Any
) -> None:
    amy = _stuck("Amy Able", group)
    _post(client, group, amy)
    carol = person("Carol Coach")
    EmailAddress.objects.update_or_create(user=carol, email=carol.email, defaults={"verified": True, "primary": True})
    trainer(carol, group)
    client.force_login(carol)

    refused = client.get(f"/cohort/{group.uuid}/write/").content.decode()
    _post(client, group, amy, **{"text_never_began-en": "Other words for {name}."})
    before = len(_written())
    later.shift(timedelta(days=7, seconds=1))
    _post(client, group, amy, **{"text_never_began-en": "Other words for {name}."})

    assert "the limit of all trainers together is 1 reminder a week" in refused
    assert (before, len(_written())) == (1, 2)


def test_whoever_wants_no_reminders_is_named_and_not_written_to(client: Client, group: Cohort) -> None:
    amy, ben = _stuck("Amy Able", group), _stuck("Ben Booked", group)
    choose_letters(amy.learner, {"reminder": False}, at=LATER)

    page = _post(client, group, amy, ben, step="preview").content.decode()
    _post(client, group, amy, ben)

    assert "Amy Able: Does not want reminders." in page
    assert [name for name, _text in _written()] == ["Ben Booked"]


def test_whoever_is_on_leave_is_named_and_not_reminded(client: Client, group: Cohort, taught: TaughtCourse) -> None:
    amy, ben = _stuck("Amy Able", group), _stuck("Ben Booked", group)
    read(amy, taught.lessons[0])
    change_state(amy, EnrolmentState.ON_LEAVE, at=LATER)

    page = client.get(f"/cohort/{group.uuid}/write/").content.decode()
    told = client.get(_post(client, group, amy, ben)["Location"]).content.decode()

    assert (page.count('name="people"'), "Amy Able: Is on leave, so nothing is due." in page) == (1, True)
    assert [name for name, _text in _written()] == ["Ben Booked"]
    assert ("You wrote to 1 person." in told, "they have been written to this week, left or are on leave." in told) == (
        True, True,
    )  # fmt: skip


def test_reminder_of_a_page_from_before_the_leave_is_not_written(
    group: Cohort, taught: TaughtCourse, beth: User
) -> None:
    amy = _stuck("Amy Able", group)
    read(amy, taught.lessons[0])
    board = board_of(group, at=LATER)
    [before] = addressees(group, board, board.rows, about=None, at=LATER)
    change_state(amy, EnrolmentState.ON_LEAVE, at=LATER)

    made = write_nudges([before], {before.pattern: "Hello {name}."}, by=beth, at=LATER)

    assert (before.refusal, made, Nudge.objects.count()) == ("", [], 0)


def test_nobody_who_left_never_came_or_is_of_another_cohort_is_written_to(
    client: Client, group: Cohort, taught: TaughtCourse
) -> None:
    left, here = _stuck("Lee Left", group), _stuck("Amy Able", group)
    change_state(left, EnrolmentState.WITHDRAWN, at=LATER, why="moved away")
    never = enrolment(person("Nia New"), group, at=NOON)
    other = _stuck("Olu Other", cohort(taught.course, "Another"))

    statuses = [
        client.get(f"/cohort/{group.uuid}/write/?person={run.uuid}").status_code for run in (left, never, other)
    ]
    _post(client, group, left, never, other, here)

    assert statuses == [404, 404, 404]
    assert [name for name, _text in _written()] == ["Amy Able"]


@pytest.mark.parametrize("state", [EnrolmentState.WITHDRAWN, EnrolmentState.ON_LEAVE])
def test_whoever_leaves_or_goes_on_leave_while_the_letter_waits_gets_none(
    client: Client, group: Cohort, state: str
) -> None:
    amy = _stuck("Amy Able", group)
    _post(client, group, amy)
    change_state(amy, EnrolmentState.ACTIVE, at=LATER)
    change_state(amy, state, at=LATER)

    sent = send_due_nudges(LATER)

    assert (sent, Nudge.objects.get().state) == (0, "dropped")


def test_reminders_that_wait_for_one_person_go_as_one_letter_in_the_morning(
    client: Client, group: Cohort, settings: Any
) -> None:
    settings.NUDGES_A_WEEK = 2
    amy = _stuck("Amy Able", group, time_zone="Asia/Tokyo")  # noon in London is nine in the evening there
    for words in ("First words.", "Second words."):
        _post(client, group, amy, **{"text_never_began-en": words})
    due = Nudge.objects.first()
    assert due

    letters = [send_due_nudges(at) for at in (LATER, due.due_at - timedelta(seconds=1), due.due_at)]
    send_due(due.due_at)

    assert letters == [0, 0, 1]
    assert len(mail.outbox) == 1
    assert ("First words." in mail.outbox[0].body, "Second words." in mail.outbox[0].body) == (True, True)


def test_row_says_written_to_and_seen_since_once_something_was_done(
    client: Client, group: Cohort, taught: TaughtCourse
) -> None:
    amy = _stuck("Amy Able", group)
    _post(client, group, amy)

    before = client.get(f"/cohort/{group.uuid}/").content.decode()
    read(amy, taught.lessons[0], at=LATER + timedelta(hours=1))
    row = board_of(group, at=LATER + timedelta(hours=2)).rows[0]

    assert ("Written to on" in before, "seen since" in before) == (True, False)
    assert (row.written_on, row.seen_since) == (LATER.date(), True)


@pytest.mark.parametrize("words", ["Hello {nmae}.", "Look:\nhttps://example.org/\nBye.", ""])
def test_words_that_cannot_be_sent_are_refused_and_kept(client: Client, group: Cohort, words: str) -> None:
    answer = _post(client, group, _stuck("Amy Able", group), **{"text_never_began-en": words})

    assert (answer.status_code, _written()) == (422, [])
    assert words in answer.content.decode()


def test_trainer_without_a_proved_address_is_sent_to_confirm_it(client: Client, group: Cohort, beth: User) -> None:
    EmailAddress.objects.filter(user=beth).update(verified=False)

    answer = _post(client, group, _stuck("Amy Able", group))

    assert (answer.status_code, _written()) == (422, [])
    assert NO_ANSWER in answer.content.decode()


def test_learner_finds_the_reminder_in_what_is_held_about_them(client: Client, group: Cohort, beth: User) -> None:
    amy = _stuck("Amy Able", group)
    _post(client, group, amy)

    told = as_json(Subject(amy.learner, frozenset()), at=LATER)

    assert ("Hello Amy Able, " in told, beth.name in told) == (True, True)


def test_nobody_is_reminded_of_what_waits_for_a_marker_but_of_what_comes_after(
    taught: TaughtCourse, group: Cohort
) -> None:
    written_quiz(taught)
    live_activity(taught.course, "Live day 1")
    run = _stuck("Amy Able", group)
    read(run, *taught.lessons)
    hand_in_words(run, taught, "She was told.")
    board = board_of(group, at=NOON + timedelta(days=1))

    [amy] = addressees(group, board, board.rows, about=None, at=NOON)

    assert (amy.row.need, amy.values["due"]) == (None, "Live day 1")
