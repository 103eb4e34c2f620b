"""The trainer's pages that put a learner on leave, bring them back and end their course; scripts are not needed."""

import re
from typing import Any

import pytest
from django.test import Client

from enrolments.models import Cohort, Enrolment
from enrolments.states import change_state
from people.models import User
from post.models import Message
from tests.enrolments.doings import read
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course, trainer

pytestmark = pytest.mark.django_db
REASON = "She changes her post in May."


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def group(client: Client, taught: TaughtCourse) -> Cohort:
    """A cohort trained by whoever is signed in."""
    beth, made = people().beth, cohort(taught.course)
    trainer(beth, made)
    client.force_login(beth)
    return made


@pytest.fixture
def run(taught: TaughtCourse, group: Cohort) -> Enrolment:
    made = enrolment(person("Amy Able", last_login=NOON), group)
    read(made, taught.lessons[0])
    return made


def _page(run: Enrolment, move: str = "") -> str:
    return f"/cohort/{run.cohort.uuid}/people/{run.uuid}/{move}"


def _confirm(client: Client, run: Enrolment, move: str, **typed: str) -> Any:
    """Open the page that asks, and press its button."""
    asked = client.get(_page(run, f"{move}/")).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', asked)
    assert seen
    return client.post(_page(run, f"{move}/"), {"seen": seen[1], **typed}, follow=True)


def test_learner_is_put_on_leave_and_brought_back(client: Client, run: Enrolment) -> None:
    offered = [client.get(_page(run)).content.decode()]
    away = _confirm(client, run, "leave").content.decode()
    offered.append(client.get(_page(run)).content.decode())

    back = _confirm(client, run, "back").content.decode()

    run.refresh_from_db()
    assert [[move for move in ("leave", "back", "end") if f'href="{move}/"' in page] for page in offered] == [
        ["leave", "end"], ["back", "end"],
    ]  # fmt: skip
    assert "Amy Able is on leave, and is told by e-mail." in away
    assert "Amy Able is back from leave, and is told by e-mail." in back
    assert "Went on leave" in back
    assert "Came back from leave" in back
    assert (run.state, Message.objects.count()) == ("active", 2)


def test_course_ends_with_a_reason_and_the_learner_leaves_the_board(client: Client, run: Enrolment) -> None:
    done = _confirm(client, run, "end", why=f" {REASON}\r\nhttps://example.org/ ")

    run.refresh_from_db()
    page = done.content.decode()
    assert (done.redirect_chain[-1][0], "Amy Able has left the course, and is told by e-mail." in page) == (
        f"/cohort/{run.cohort.uuid}/", True,
    )  # fmt: skip
    assert f"/people/{run.uuid}/" not in page
    assert (run.state, run.changes.last().why) == ("withdrawn", f"{REASON} https://example.org/")
    assert client.get(_page(run)).status_code == 404


def test_reason_reaches_the_letter_without_what_is_hidden_in_it(client: Client, run: Enrolment) -> None:
    _confirm(client, run, "end", why="She \u202echanges\u2066 her\u200b\x07 post\u2028in\tMay\ufeff.")

    assert run.changes.last().why == REASON
    assert f"They write: “{REASON}”" in Message.objects.get().text


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("", "Say why, in a sentence or two."),
        ("\u202e \u200b\u2060\n\x07", "Say why, in a sentence or two."),
        ("x" * 201, "Say it in 200 characters at most; these are 201."),
    ],
)
def test_ending_without_a_reason_that_fits_is_refused_and_keeps_what_was_typed(
    client: Client, run: Enrolment, why: str, words: str
) -> None:
    answer = client.post(_page(run, "end/"), {"seen": run.changes.count(), "why": why})

    page = answer.content.decode()
    assert (answer.status_code, page.count(words), "<title>Error: " in page) == (422, 2, True)
    assert why in page
    assert not Enrolment.objects.filter(state="withdrawn").exists()


def test_page_that_is_out_of_date_does_nothing_and_keeps_what_was_typed(client: Client, run: Enrolment) -> None:
    seen = run.changes.count()
    _confirm(client, run, "leave")

    answer = client.post(_page(run, "end/"), {"seen": seen, "why": REASON})

    page = answer.content.decode()
    assert (answer.status_code, "so nothing was done. Look again, and decide." in page, REASON in page) == (
        409, True, True,
    )  # fmt: skip
    assert f'name="seen" value="{seen + 1}"' in page
    assert Message.objects.count() == 1


def test_pressed_twice_is_done_once_and_the_second_is_told_so(client: Client, run: Enrolment) -> None:
    seen = run.changes.count()
    told = {}

    for move, fields in (("leave", {}), ("end", {"why": REASON})):
        for _click in range(2):
            sent = {"seen": seen, **fields}
            told[move] = client.post(_page(run, f"{move}/"), sent, follow=True).content.decode()
        seen += 1

    assert "Amy Able stands as “On leave” now, so nothing has changed." in told["leave"]
    assert "They have left the course already. Nothing has changed." in told["end"]
    assert (run.changes.count(), Message.objects.count()) == (seen, 2)


def test_whoever_completed_is_moved_no_more(client: Client, run: Enrolment) -> None:
    change_state(run, "completed", at=NOON)

    page = client.get(_page(run)).content.decode()
    told = client.get(_page(run, "end/"), follow=True).content.decode()

    assert "Their place on the course" not in page
    assert "Amy Able stands as “Completed” now, so nothing has changed." in told


def test_trainer_of_another_cohort_finds_none_of_it(client: Client, run: Enrolment) -> None:
    client.force_login(User.objects.get(name="Carol Hughes"))

    answers = [
        client.get(_page(run, "end/")), client.post(_page(run, "end/"), {"seen": run.changes.count(), "why": REASON}),
    ]  # fmt: skip

    run.refresh_from_db()
    assert ([answer.status_code for answer in answers], run.state) == ([404, 404], "active")


def test_whoever_has_not_come_yet_cannot_be_moved(client: Client, group: Cohort) -> None:
    unopened = enrolment(person("Fay"), group)

    assert client.get(_page(unopened, "end/")).status_code == 404
