"""How far a long list is: told while it is checked and while it is taken in, on its page."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from enrolments.lists.jobs import check_list, take_in_list
from enrolments.models import EnrolmentList
from tests.enrolments.lists.sending import Booker, booker, csv_of, sent
from tests.publishing.lessons import said, signed_in

pytestmark = pytest.mark.django_db
LINES = 1_200


@pytest.fixture
def larchmere() -> Booker:
    return booker()


@pytest.fixture
def waiting(larchmere: Booker) -> EnrolmentList:
    """Too long to be checked within the request that brings it."""
    names = [f"{chr(97 + n % 26) * 3}{chr(97 + n // 26 % 26) * 4}{chr(97 + n // 676) * 5}" for n in range(LINES)]
    return sent(larchmere, csv_of(*(f"p{n}@larchmere.example,Person {name}" for n, name in enumerate(names))))


class Looking:
    """Somebody with the page open, who looks again whenever the worker has written down how far it is."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address, self.seen = client, address, [""]

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if sql.startswith('UPDATE "enrolments_enrolmentlist" SET "done_count"'):
            page = said(self.client.get(self.address))
            self.seen.append(page.split('role="status">')[1].split(" lines")[0])
        return done


def looked_on(larchmere: Booker, one: EnrolmentList, job: Any) -> list[str]:
    address = reverse("organisation_list", args=[larchmere.organisation.uuid, one.uuid])
    looking = Looking(signed_in(larchmere.lead), address)
    with connection.execute_wrapper(looking):
        job(one.pk)
    return looking.seen[1:]


def test_page_says_how_many_lines_are_gone_through_while_the_worker_is_at_it(
    larchmere: Booker, waiting: EnrolmentList
) -> None:
    checking = looked_on(larchmere, waiting, check_list)
    waiting.refresh_from_db()
    for question in waiting.report["questions"]:
        question["choice"] = "else"
    waiting.report["taken_in_by"] = larchmere.lead.pk
    waiting.state = "taking_in"
    waiting.save()
    taking_in = looked_on(larchmere, waiting, take_in_list)

    waiting.refresh_from_db()
    assert checking == ["1,000 of 1,200"]
    assert taking_in[:1] == checking
    assert (waiting.state, waiting.booked_count, waiting.done_count) == ("taken_in", LINES, LINES)
