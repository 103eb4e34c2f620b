"""A no to whoever asked for a place: who reads of it, what it tells the others, and what it opens."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client

from enrolments.booking import book_enrolment
from enrolments.invitations import invite
from enrolments.models import Enrolment, PlaceRequest
from people.models import User
from post.models import Message
from privacy.closing import close_account
from tests.factories import cohort, organisation, person, trainer
from tests.pages import without_token
from tests.training.test_requests import BEGAN, Side

pytestmark = pytest.mark.django_db
DRAWN_ANEW = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|r[0-9]+-note")  # of two worlds that are alike
NOTE = "Zqnote: we are full of your colleagues"


@pytest.fixture(params=["lead", "trainer"])
def side(request: pytest.FixtureRequest, client: Client) -> Side:
    return Side(client, request.param)


def _reads(who: User, *addresses: str) -> str:
    """All that somebody is shown at these addresses, those not found among them."""
    client = Client()
    client.force_login(who)
    return "".join(client.get(address, follow=True).content.decode() for address in addresses)


def test_no_is_read_by_whoever_asked_and_whoever_answers_and_by_nobody_else(side: Side) -> None:
    council, group = f"/organisation/{side.council.uuid}/", f"/cohort/{side.group.uuid}/"
    everywhere = [f"{place}{page}" for place in (council, group) for page in ("", "people/", "requests/", "board/")]
    everywhere += ["/my-learning/", "/account/", "/admin/"]
    other_trainer, fellow = person("Tom Other"), person("Fay Fellow")
    trainer(other_trainer, cohort(side.group.course, "Spring"))
    book_enrolment(fellow, side.group, booked_by=side.council, at=side.now)
    beside = person("Bea Beside")  # answers as well
    trainer(beside, side.group)
    side.council.roles.create(person=beside, role="org_lead", starts_on=BEGAN)

    side.answer("no", note=NOTE)

    others = [side.cast.carol, side.cast.dev, other_trainer, fellow, side.cast.beth if side.is_lead else side.cast.lena]
    told = {str(one): _reads(one, *everywhere) for one in others}
    assert [name for name, pages in told.items() if "Zqnote" in pages or "Amina" in pages] == []
    assert "Zqnote" in _reads(beside, side.address)
    assert "Zqnote" in _reads(side.cast.amina, "/my-learning/")
    assert [(letter.person, "Zqnote" in letter.text) for letter in Message.objects.all()] == [(side.cast.amina, True)]


def test_whoever_is_refused_is_not_told_by_whom(side: Side) -> None:
    side.answer("no", note="Not this time")

    letter = Message.objects.get()
    said = letter.subject + letter.text + _reads(side.cast.amina, "/my-learning/")
    assert ("Not this time" in said, str(side.by) in said, side.by.email in said) == (True, False, False)


def test_no_opens_nothing_of_the_cohort_and_books_nobody(side: Side) -> None:
    side.answer("no")

    client = Client()
    client.force_login(side.cast.amina)
    there = [f"/cohort/{side.group.uuid}/{page}" for page in ("", "people/", "requests/", "invitations/")]
    assert [client.get(address).status_code for address in there] == [404] * 4
    assert (Enrolment.objects.count(), side.link.uses.count()) == (0, 0)


def _on_the_course_elsewhere(side: Side) -> None:
    other = cohort(side.group.course, "Zqelsewhere")
    book_enrolment(side.cast.amina, other, booked_by=organisation("Zq Trust"), at=side.now)


def _nowhere(side: Side) -> None:
    """As they asked."""


def _no_to(kind: str, before: Callable[[Side], None]) -> dict[str, object]:
    """All that whoever says no is shown, and the letter."""
    side = Side(Client(), kind)
    before(side)
    waiting = side.page()
    answer = side.answer("no")
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    letter = Message.objects.get(kind="place_refused")
    pages = [DRAWN_ANEW.sub("", without_token(page)) for page in (waiting, side.page())]
    return {"told": told, "status": answer.status_code, "pages": pages, "letter": (letter.subject, letter.text)}


@pytest.mark.parametrize("kind", ["lead", "trainer"])
@time_machine.travel(datetime(2026, 11, 26, 10, tzinfo=UTC), tick=False)
def test_no_tells_nothing_of_a_course_the_person_is_on_elsewhere(kind: str) -> None:
    seen = []
    for before in (_nowhere, _on_the_course_elsewhere):
        point = transaction.savepoint()
        seen.append(_no_to(kind, before))
        transaction.savepoint_rollback(point)

    assert seen[0] == seen[1]


CHANGES: dict[str, Callable[[Side], object]] = {
    "a new name": lambda side: User.objects.filter(pk=side.cast.amina.pk).update(name="Zq New"),
    "a new address": lambda side: User.objects.filter(pk=side.cast.amina.pk).update(email="zqnew@example.org"),
    "another agency": lambda side: User.objects.filter(pk=side.cast.amina.pk).update(agency="police"),
    "a course elsewhere": _on_the_course_elsewhere,
    "a closed account": lambda side: close_account(side.cast.amina, at=side.now),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whoever_said_no_learns_nothing_of_the_person_afterwards(change: str, side: Side) -> None:
    side.answer("no", note="Not this time")
    side.page()  # what was just done is said once
    before = without_token(side.page())

    CHANGES[change](side)

    assert without_token(side.page()) == before


def test_link_after_a_no_says_so_to_whoever_was_refused_and_nothing_to_others(side: Side) -> None:
    link, secret = invite(
        side.group, organisation=side.organisation, expires_at=side.now + timedelta(days=7), at=side.now,
        max_uses=5, asks_first=True, by=side.by,
    )  # fmt: skip
    PlaceRequest.objects.filter(pk=side.asked.pk).update(invitation=link)
    join = f"/join/{secret}/"
    before = {who: without_token(_reads(who, join)) for who in (side.cast.carol, side.cast.dev)}

    side.answer("no", note=NOTE)
    client = Client()
    client.force_login(side.cast.amina)
    again = client.post(join, follow=True).content.decode()

    assert {who: without_token(_reads(who, join)) for who in before} == before
    assert "the answer was no" in again
    assert list(PlaceRequest.objects.values_list("state", flat=True)) == ["refused"]
