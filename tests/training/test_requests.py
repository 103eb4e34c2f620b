"""Answering requests: who waits first, answered once, told by letter; nothing of anybody else's."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from enrolments.invitations import invite
from enrolments.models import CohortOffer, Enrolment, PlaceRequest
from enrolments.requests import ask_for_place, refuse_request
from people.models import Organisation, OrganisationRole, User
from post.models import Message
from tests.factories import cohort, organisation, people, person, taught_course, trainer

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 9, 1)


class Side:
    """Somebody asked a council with a lead, or a cohort with its trainer, for a place; signed in as them."""

    def __init__(self, client: Client, kind: str) -> None:
        self.client, self.cast, self.now = client, people(), timezone.now()
        self.council, self.group = organisation("Larchmere Council"), cohort(taught_course().course, "Autumn")
        OrganisationRole.objects.create(
            person=self.cast.lena, organisation=self.council, role="org_lead", starts_on=BEGAN
        )
        trainer(self.cast.beth, self.group)
        self.is_lead = kind == "lead"
        self.organisation = self.council if self.is_lead else None
        self.by = self.cast.lena if self.is_lead else self.cast.beth
        mine = ("organisation", self.council.uuid) if self.is_lead else ("cohort", self.group.uuid)
        self.address = f"/{mine[0]}/{mine[1]}/requests/"
        self.link = invite(
            self.group, organisation=self.organisation, expires_at=self.now + timedelta(days=7), at=self.now,
            max_uses=5, asks_first=True, by=self.by,
        )[0]  # fmt: skip
        self.asked = ask_for_place(self.link, self.cast.amina, at=self.now)
        client.force_login(self.by)

    def answer(self, said: str, note: str = "") -> Any:
        given = {"answer": said, f"r{self.asked.pk}-note": note}
        return self.client.post(f"{self.address}{self.asked.uuid}/", given)

    def page(self) -> str:
        return self.client.get(self.address).content.decode()


@pytest.fixture(params=["lead", "trainer"])
def side(request: pytest.FixtureRequest, client: Client) -> Side:
    return Side(client, request.param)


def test_page_says_who_asks_with_address_agency_day_and_link(side: Side) -> None:
    page = side.page()

    wanted = ("Amina Rahman", "amina.rahman@example.org", "Social care", f"The one {side.by} made on", "1 person asks")
    assert [words for words in wanted if words not in page] == []


def test_number_of_those_who_wait_stands_beside_the_tab_on_every_page(side: Side) -> None:
    waiting = '<span class="count">1<span class="visually-hidden"> waiting</span></span>'
    pages = [side.address, side.address.replace("requests", "invitations")]

    before = [waiting in side.client.get(page).content.decode() for page in pages]
    side.answer("no")
    after = ['class="count"' in side.client.get(page).content.decode() for page in pages]

    assert (before, after) == ([True, True], [False, False])


@pytest.mark.parametrize(("said", "state", "runs"), [("yes", "approved", 1), ("no", "refused", 0)])
def test_answer_is_kept_and_a_letter_goes_with_its_sentence(side: Side, said: str, state: str, runs: int) -> None:
    answer = side.answer(said, note=" See\nyou ")

    asked, letter = PlaceRequest.objects.get(), Message.objects.get()
    assert (answer.status_code, asked.state, asked.decided_by, asked.note) == (302, state, side.by, "See you")
    assert (
        list(Enrolment.objects.values_list("learner", "booked_by"))
        == [(side.cast.amina.pk, side.organisation.pk if side.organisation else None)] * runs
    )
    assert "See you" in letter.text
    assert "Answered in the last 90 days" in side.page()


def test_reading_answers_nothing_and_neither_does_a_form_without_an_answer(side: Side) -> None:
    read = side.client.get(f"{side.address}{side.asked.uuid}/").status_code
    empty = side.client.post(f"{side.address}{side.asked.uuid}/", {})

    assert (read, empty.status_code, PlaceRequest.objects.get().state) == (405, 422, "waiting")
    assert "Say yes or no." in empty.content.decode()


def test_second_to_answer_is_told_who_was_first_and_keeps_what_they_wrote(side: Side) -> None:
    other = person("Olga Lead")
    refuse_request(side.asked, by=other, at=side.now)

    answer = side.answer("yes")

    assert answer.status_code == 409
    assert "Olga Lead has said no to Amina Rahman already" in answer.content.decode()
    assert (PlaceRequest.objects.get().state, Enrolment.objects.count(), Message.objects.count()) == ("refused", 0, 1)


def test_yes_without_a_place_left_is_said_and_the_sentence_is_still_in_its_box(client: Client) -> None:
    side = Side(client, "lead")
    CohortOffer.objects.create(cohort=side.group, organisation=side.council, places=0)

    answer = side.answer("yes", note="Welcome to us")

    page = answer.content.decode()
    assert (answer.status_code, PlaceRequest.objects.get().state) == (409, "waiting")
    assert "Larchmere Council has 0 places left in Autumn." in page
    assert 'value="Welcome to us"' in page


def test_sentence_that_is_too_long_is_refused_beside_its_box(side: Side) -> None:
    answer = side.answer("yes", note="x" * 301)

    assert (answer.status_code, PlaceRequest.objects.get().state) == (422, "waiting")
    assert "Write 300 letters at most." in answer.content.decode()


def test_nobody_has_buttons_for_their_own_request_or_answers_it_without_them(side: Side) -> None:
    own = ask_for_place(side.link, side.by, at=side.now)

    page = side.page()
    answer = side.client.post(f"{side.address}{own.uuid}/", {"answer": "yes"})

    own.refresh_from_db()
    assert f"{side.address}{own.uuid}/" not in page
    assert "This is your own request." in page
    assert (answer.status_code, own.state) == (409, "waiting")


def test_those_who_wait_stand_oldest_first_and_old_answers_go(side: Side) -> None:
    later = ask_for_place(side.link, side.cast.carol, at=side.now + timedelta(hours=1))
    for name, days in (("Long Ago", 91), ("Lately Answered", 89)):
        asked = ask_for_place(side.link, person(name), at=side.now - timedelta(days=days))
        refuse_request(asked, by=side.by, at=side.now - timedelta(days=days))

    page = side.page()

    assert page.index("Amina Rahman") < page.index(str(later.person)) < page.index("Lately Answered")
    assert "Long Ago" not in page


@pytest.mark.parametrize("who", ["amina", "carol", "dev", "the others", "lead of another"])
def test_requests_of_somebody_else_are_not_found_and_not_answered(side: Side, who: str) -> None:
    visitor = getattr(side.cast, who, None) or _stranger(side, who)
    side.client.force_login(visitor)

    answers = [
        side.client.get(side.address).status_code,
        side.client.post(f"{side.address}{side.asked.uuid}/", {"answer": "yes"}).status_code,
    ]

    assert (answers, PlaceRequest.objects.get().state) == ([404, 404], "waiting")


def _stranger(side: Side, who: str) -> User:
    if who == "the others":
        return side.cast.beth if side.is_lead else side.cast.lena
    other = Organisation.objects.create(name="Another")
    OrganisationRole.objects.create(person=side.cast.carol, organisation=other, role="org_lead", starts_on=BEGAN)
    return side.cast.carol


def test_request_of_another_organisation_is_not_found_at_an_address_of_ones_own(client: Client) -> None:
    side = Side(client, "lead")
    theirs = invite(
        side.group, organisation=organisation("Another"), expires_at=side.now + timedelta(days=7), at=side.now,
        asks_first=True,
    )[0]  # fmt: skip
    trainers = invite(
        side.group, organisation=None, expires_at=side.now + timedelta(days=7), at=side.now, asks_first=True
    )[0]
    asked = [ask_for_place(theirs, side.cast.carol, at=side.now), ask_for_place(trainers, side.cast.dev, at=side.now)]

    answers = [side.client.post(f"{side.address}{one.uuid}/", {"answer": "yes"}).status_code for one in asked]

    assert answers == [404, 404]
    assert ("Carol Hughes" in side.page(), "Dev Patel" in side.page()) == (False, False)


def test_trainer_neither_sees_nor_answers_what_was_asked_of_an_organisation(client: Client) -> None:
    side = Side(client, "trainer")
    theirs = invite(
        side.group, organisation=side.council, expires_at=side.now + timedelta(days=7), at=side.now, asks_first=True
    )[0]
    asked = ask_for_place(theirs, side.cast.carol, at=side.now)

    answer = client.post(f"{side.address}{asked.uuid}/", {"answer": "yes"})

    assert (answer.status_code, "Carol Hughes" in side.page()) == (404, False)


def test_trainer_finds_the_way_from_my_learning(client: Client) -> None:
    side = Side(client, "trainer")

    page = client.get("/my-learning/").content.decode()

    assert f'href="{side.address}"' in page
    assert f'href="{side.address.replace("requests", "invitations")}"' in page
