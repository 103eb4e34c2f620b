"""The judged questions: the right answer is among the first three for at least 95 of a hundred, on either database."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from people.models import User
from search.answers import answers
from search.indexing import rebuild
from search.queries import find
from tests.factories import cohort, enrolment, people
from tests.factories.again import again
from tests.factories.site import real_content
from tests.search.judged import Judged, judged

pytestmark = pytest.mark.django_db
SHARE, FIRST = 0.95, 3


def _indexed_content() -> None:
    real_content()
    rebuild()


@pytest.fixture
def learner() -> User:
    """Amina on the real course, everything indexed."""
    from courses.models import Course

    again("real content, indexed", _indexed_content)
    amina = people().amina
    enrolment(amina, cohort(Course.objects.get(key="foundation")))
    return amina


def _first_addresses(learner: User, one: Judged) -> list[str]:
    """Where the first answers lead, and for a film the moments they offer."""
    request = RequestFactory().get("/search/")
    request.user = learner
    with translation.override(one.language):
        found = find(learner, one.question, on=timezone.localdate(), language=one.language)
        first = answers(found.entries[:FIRST], found.telling, request)
    return [address for answer in first for address in (answer.url, *(moment.url for moment in answer.moments))]


def test_there_are_enough_questions_of_every_kind() -> None:
    rows = judged()

    assert len(rows) >= 60
    assert len({(row.language, row.question) for row in rows}) == len(rows)
    ways = "|".join(address for row in rows for address in row.right)
    missing = [way for way in ("/foundation/", "/briefings/", "/films/", "/glossary/", "/reading/", "/stories/",
                               "/reports/", "/cy/") if way not in ways]  # fmt: skip
    assert missing == []


@pytest.mark.lengthy
def test_right_answer_is_among_the_first_three_nearly_always(learner: User) -> None:
    missed = []

    for one in judged():
        addresses = _first_addresses(learner, one)
        if not one.right & set(addresses):
            missed.append(f"{one.language} | {one.question} | {sorted(one.right)} | {addresses}")

    assert len(missed) <= (1 - SHARE) * len(judged()), f"{connection.vendor}:\n" + "\n".join(missed)


@pytest.mark.lengthy
def test_every_right_address_is_there(learner: User, client: Client) -> None:
    client.force_login(learner)

    gone = {
        address for one in judged() for address in one.right if client.get(address.split("#")[0]).status_code != 200
    }

    assert gone == set()
