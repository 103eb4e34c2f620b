"""The board's pages: who needs the trainer, every cell opens, files say the same, and nobody else comes in."""

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from assessments.models import Attempt
from enrolments.attempts import begin_attempt
from enrolments.models import Cohort
from enrolments.states import change_state
from tests.assessments.writing import hand_in_words
from tests.enrolments.doings import complete, read, sit
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
    written_quiz,
)
from tests.pages import without_token

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=12)


@pytest.fixture(autouse=True)
def later() -> object:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def group(taught: TaughtCourse, client: Client) -> Cohort:
    """Beth's cohort, with Beth signed in."""
    made = cohort(taught.course)
    cast = people()
    trainer(cast.beth, made)
    client.force_login(cast.beth)
    return made


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_heading_says_how_many_need_the_trainer_and_why_stands_beside_them(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    read(enrolment(person("Amy Able", last_login=NOON), group, booked_by=organisation("Council")), taught.lessons[0])
    enrolment(person("Ben Booked", last_login=NOON), group, at=NOON)
    complete(enrolment(person("Cai Complete", last_login=NOON), group), taught, at=LATER)

    page = _page(client, f"/cohort/{group.uuid}/")

    assert "<h1>2 people need you today</h1>" in page
    assert "1 has completed the course. 1 is under way. 1 has not begun." in page
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page)
    assert [("Nothing done for 12 days" in row, "Not begun after 12 days" in row) for row in rows] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip
    assert ("<small>Council</small>" in rows[0], ">Done</span>" in rows[0], ">Comes next</span>" in rows[0]) == (
        True,
    ) * 3


def test_every_cell_leads_to_its_activity_on_the_learners_page(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    run = enrolment(person("Amy Able", last_login=NOON), group)
    board = _page(client, f"/cohort/{group.uuid}/")

    cells = re.findall(r'<td class="tight"><a href="(people/[^"]+)#(a\d+)">', board)

    assert len(cells) == 3
    assert {path for path, _anchor in cells} == {f"people/{run.uuid}/"}
    learner = _page(client, f"/cohort/{group.uuid}/{cells[0][0]}")
    assert [f'id="{anchor}"' in learner for _path, anchor in cells] == [True] * 3


def test_names_are_shown_as_typed_and_never_as_markup(client: Client, group: Cohort) -> None:
    enrolment(person("<b>Amy</b> & Co", last_login=NOON), group, booked_by=organisation("<i>Council"))

    page = _page(client, f"/cohort/{group.uuid}/")

    assert ("&lt;b&gt;Amy&lt;/b&gt; &amp; Co" in page, "<b>Amy" in page, "<i>Council" in page) == (True, False, False)


def test_files_say_what_the_board_says(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    read(enrolment(person("Amy Able", last_login=NOON), group, booked_by=organisation("Council")), taught.lessons[0])
    complete(enrolment(person("Cai Complete", last_login=NOON), group), taught)

    sheet = client.get(f"/cohort/{group.uuid}/board.csv?show=in-need")
    lines = list(csv.DictReader(io.StringIO(b"".join(sheet.streaming_content).decode("utf-8-sig"))))

    assert [list(line.values()) for line in lines] == [
        ["Amy Able", "Other", "Council", "Active", "Done", "Comes next", "Not begun", "1", "2026-11-22",
         "Nothing done for 12 days"],
    ]  # fmt: skip
    assert list(lines[0])[4:7] == ["M1: Lesson 1", "M1: Lesson 2", "M1: Module 1 quiz"]
    assert sheet["Content-Disposition"].endswith('autumn-cohort-board-2026-12-04.csv"')
    assert client.get(f"/cohort/{group.uuid}/board.xlsx").status_code == 200
    assert client.get(f"/cohort/{group.uuid}/board.pdf").status_code == 404


def test_empty_cohort_says_how_people_come_in(client: Client, group: Cohort) -> None:
    page = _page(client, f"/cohort/{group.uuid}/")

    assert ("Nobody is in this cohort yet" in page, f"/cohort/{group.uuid}/invitations/" in page) == (True, True)
    assert [words for words in ("Find by name", "Waits for a marker", "0 trainees", "Needs you") if words in page] == []


def test_name_that_nobody_has_is_said(client: Client, group: Cohort) -> None:
    enrolment(person("Amy Able", last_login=NOON), group)

    assert "Nobody of that name here." in _page(client, f"/cohort/{group.uuid}/?q=zoe")


def test_learners_story_stands_in_order_and_attempts_open_as_they_were_shown(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    achievement(taught.course)
    run = enrolment(person("Amy Able", last_login=NOON), group)
    read(run, taught.lessons[0], at=NOON + timedelta(hours=1))
    failed = sit(run, taught, right=2, at=NOON + timedelta(hours=2))
    change_state(run, "on_leave", at=NOON + timedelta(hours=3))

    page = _page(client, f"/cohort/{group.uuid}/people/{run.uuid}/")
    told = re.findall(r"<li><time[^>]*>[^<]*</time> (.*?)</li>", page)

    assert told == [
        "Booked", "Began the course", "Opened “Lesson 1”", "Marked “Lesson 1” as read",
        "Opened “Module 1 quiz”", "Began attempt 1 at “Module 1 quiz”",
        "Handed in attempt 1 at “Module 1 quiz”: 2 of 8 points, not passed", "Went on leave",
    ]  # fmt: skip
    assert "Attempt 1: 2 of 8 points, not passed" in page
    shown = _page(client, f"/cohort/{group.uuid}/people/{run.uuid}/attempts/{failed.uuid}/")
    assert ("<h1>Attempt 1 of Amy Able</h1>" in shown, "2 of 8 points: not passed." in shown) == (True, True)
    assert shown.count('<section class="item"') == 8


def test_attempt_under_way_and_somebody_elses_open_nothing(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    amy, ben = (
        enrolment(person("Amy Able", last_login=NOON), group),
        enrolment(person("Ben Other", last_login=NOON), group),
    )
    under_way = begin_attempt(amy, taught.assessment, language="en", at=NOON)
    bens = sit(ben, taught, right=2)

    def opened(run: object, attempt: Attempt) -> int:
        address = f"/cohort/{group.uuid}/people/{run.uuid}/attempts/{attempt.uuid}/"  # type: ignore[attr-defined]
        return client.get(address).status_code

    assert [opened(amy, under_way), opened(amy, bens), opened(ben, bens)] == [404, 404, 200]


def test_nobody_but_a_trainer_of_the_cohort_comes_in(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    run = enrolment(person("Amy Able", last_login=NOON), group)
    other = cohort(taught.course, "Other")
    carol = person("Carol Other")
    trainer(carol, other)
    pages = ["", "board.csv", f"people/{run.uuid}/"]

    def answers(where: Cohort) -> list[int]:
        return [client.get(f"/cohort/{where.uuid}/{page}").status_code for page in pages]

    beth = answers(group)
    client.force_login(carol)
    carol = (answers(group), client.get(f"/cohort/{other.uuid}/people/{run.uuid}/").status_code)
    client.force_login(run.learner)

    assert (beth, carol, answers(group)) == ([200] * 3, ([404] * 3, 404), [404] * 3)


def test_withdrawn_learner_has_no_page(client: Client, group: Cohort) -> None:
    run = enrolment(person("Amy Able", last_login=NOON), group)
    change_state(run, "withdrawn", at=NOON)

    assert client.get(f"/cohort/{group.uuid}/people/{run.uuid}/").status_code == 404


def test_never_a_note_a_reflection_or_an_address(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    run = enrolment(
        person("Amy Able", "zqcanary@example.org", last_login=NOON, certificate_name="zqcanary printed"), group
    )
    read(run, taught.lessons[0])
    run.progress.update(place="zqcanary-place")

    pages = [_page(client, f"/cohort/{group.uuid}/{rest}") for rest in ("", f"people/{run.uuid}/")]

    assert ["zqcanary" in without_token(page) for page in pages] == [False, False]


def test_cohorts_where_somebody_needs_the_trainer_come_first(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    for name, count in (("A quiet cohort", 0), ("B waiting cohort", 1), ("C waiting cohort", 2)):
        other = cohort(taught.course, name=name)
        trainer(group.roles.get().person, other)
        for number in range(count):
            enrolment(person(f"{name} {number}", last_login=NOON), other)

    shown = client.get("/my-learning/").content.decode()

    names = ["C waiting cohort", "B waiting cohort", "A quiet cohort"]
    assert sorted(names, key=lambda name: shown.index(f">{name}</p>")) == names


def test_what_waits_for_a_marker_has_its_sign_its_word_a_way_to_the_queue_and_a_filter(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    written_quiz(taught)
    waits = enrolment(person("Amy Waits", last_login=NOON), group)
    enrolment(person("Ben Reads", last_login=NOON), group)
    hand_in_words(waits, taught, "She was told.")
    sign = '<span class="sign waiting" aria-hidden="true">…</span>'

    board = client.get(f"/cohort/{group.uuid}/").content.decode()
    filtered = client.get(f"/cohort/{group.uuid}/?show=to-mark").content.decode()
    learner = client.get(f"/cohort/{group.uuid}/people/{waits.uuid}/").content.decode()

    assert board.count(f'{sign}<span class="visually-hidden">Waits for a marker</span>') == 1
    assert f"{sign} waits for a marker" in board
    assert board.count('<a href="marking/?by=learner">An answer waits to be marked</a>') == 1
    assert "Waits for a marker" in re.sub(r"<tbody.*?</tbody>", "", board, flags=re.DOTALL)
    assert [name in filtered for name in ("Amy Waits", "Ben Reads")] == [True, False]
    assert f'<a href="/cohort/{group.uuid}/marking/?by=learner">Open the queue of marking</a>' in learner
    assert learner.count("Write about it") == 2
