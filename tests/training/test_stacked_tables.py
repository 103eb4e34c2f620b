"""Tables that become cards on a phone stay tables: every part says its role, and every cell its column's heading."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.test import Client

from tests.assessments.writing import hand_in_words
from tests.factories import NOON, cohort, enrolment, people, person, taught_course, trainer, written_quiz
from tests.training.making import autumn, colleague, led_by, written_to
from tests.training.sides import Side
from tests.training.test_funders import NOW, _funder, _trained
from tests.training.test_requests import Side as Asked

pytestmark = pytest.mark.django_db


def tables_on(page: str) -> list[tuple[list[str], list[list[str]]]]:
    """Of each table: the headings of its columns, and of each row the headings its cells say."""
    found = []
    for table in re.findall(r'<table class="[^"]*\bstacks\b[^"]*" role="table">.*?</table>', page, re.DOTALL):
        assert not re.findall(r"<(?:thead|tbody|tr|th|td)(?![^>]* role=)[ >]", table)
        heads = re.findall(r'<th role="columnheader" scope="col"[^>]*>(.*?)</th>', table, re.DOTALL)
        rows = [row for row in table.split('<tr role="row"')[1:] if '<th role="rowheader"' in row]
        labels = [re.findall(r'<td role="cell"[^>]*?(?: data-label="([^"]*)")?>', row) for row in rows]
        found.append(([_words(head) for head in heads], [[unescape(one) for one in row] for row in labels]))
    return found


def _words(part: str) -> str:
    return unescape(re.sub(r"<[^>]+>|[↑↓]", "", part)).strip()


def test_leads_people_say_the_headings_of_their_cells(client: Client) -> None:
    lena, group = people().lena, autumn()
    council = led_by(lena)
    colleague("Nia New", group, council)
    written_to("Oli Own", group, council)
    client.force_login(lena)

    heads, rows = tables_on(client.get(f"/organisation/{council.uuid}/").content.decode())[0]

    assert (len(rows), set(map(tuple, rows))) == (2, {tuple(heads[1:])})


@pytest.mark.parametrize("kind", ["lead", "trainer"])
def test_invitations_say_the_headings_of_their_cells_but_for_what_can_be_done(client: Client, kind: str) -> None:
    side = Side(client, kind)
    side.send("letter", side.form("letter"))

    heads, rows = tables_on(client.get(side.address).content.decode())[0]

    assert rows == [[*heads[1:-1], ""]]


@pytest.mark.parametrize("kind", ["lead", "trainer"])
def test_answered_requests_say_the_headings_of_their_cells(client: Client, kind: str) -> None:
    side = Asked(client, kind)
    side.answer("no")

    heads, rows = tables_on(side.page())[0]

    assert rows == [heads[1:]]


def test_funders_numbers_say_the_agency_they_are_of(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        cast, group = people(), cohort(taught_course().course)
        funder = _funder(cast.carol, "larchmere", "saltby")
        _trained(6, group, "larchmere", date(2026, 5, 3))
        client.force_login(cast.carol)

        heads, rows = tables_on(client.get(f"/funder/{funder.uuid}/").content.decode())[0]

    assert (heads[0], rows) == ("Area", [heads[1:]] * 3)


def test_queue_of_marking_says_the_headings_of_its_cells(client: Client) -> None:
    taught, beth = taught_course(), people().beth
    written_quiz(taught)
    group = cohort(taught.course)
    trainer(beth, group)
    hand_in_words(enrolment(person("Amy Able"), group), taught, "She was told.")
    client.force_login(beth)

    heads, rows = tables_on(client.get(f"/cohort/{group.uuid}/marking/").content.decode())[0]

    assert rows == [heads[1:]]


def test_one_learner_says_the_headings_of_their_cells(client: Client) -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    trainer(cast.beth, group)
    run = enrolment(person("Amy Able", last_login=NOON), group)
    client.force_login(cast.beth)

    heads, rows = tables_on(client.get(f"/cohort/{group.uuid}/people/{run.uuid}/").content.decode())[0]

    assert (heads, len(rows), set(map(tuple, rows))) == (["Activity", "State", "Attempts"], 3, {tuple(heads[1:])})
