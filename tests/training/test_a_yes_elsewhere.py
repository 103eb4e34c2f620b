"""A yes to somebody on the course elsewhere looks like any other yes, on every page and file of whoever said it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from enrolments.models import CohortOffer, Enrolment, Invitation, PlaceRequest
from enrolments.places import places_left
from enrolments.requests import ask_for_place
from enrolments.taking_back import take_booking_back, take_invitation_back
from people.memberships import join_organisation
from privacy.download import collect
from privacy.subjects import subject_of
from tests.factories import cohort, enrolment, organisation, person
from tests.pages import without_token
from tests.training.test_requests import Side

pytestmark = pytest.mark.django_db
FREE, TAKEN = "Fay Miles", "Tia Miles"  # as long as each other


class Answered(Side):
    """Two people asked; one of them was booked by somebody else meanwhile, into another cohort of the course."""

    def __init__(self, client: Client, kind: str) -> None:
        super().__init__(client, kind)
        self.answer("no")
        CohortOffer.objects.create(cohort=self.group, organisation=self.council, places=9)
        self.free, self.taken = person(FREE, last_login=self.now), person(TAKEN, last_login=self.now)
        other = cohort(self.group.course, "Elsewhere")
        enrolment(self.taken, other, booked_by=organisation("Another"))
        PlaceRequest.objects.bulk_create(
            PlaceRequest(person=who, name=who.name, cohort=self.group, organisation=self.organisation,
                         invitation=self.link, asked_at=self.now)
            for who in (self.free, self.taken)
        )  # fmt: skip

    def say_yes(self) -> list[Any]:
        """To both within one minute, which pages tell."""
        waiting = list(PlaceRequest.objects.filter(state="waiting").order_by("pk"))
        with time_machine.travel(timezone.now(), tick=False):
            return [self.client.post(f"{self.address}{row.uuid}/", {"answer": "yes"}, follow=True) for row in waiting]

    def seen(self, rest: str, name: str) -> list[str]:
        """What a page or file says around a name, without the name, addresses and identifiers."""
        answer = self.client.get(self.address.replace("requests/", rest))
        assert answer.status_code == 200
        text = without_token(b"".join(answer).decode())
        bare = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text)
        rows = re.split("\n" if rest.endswith(".csv") else r"<tr\b|</tr>|<li\b|<section\b", bare)
        words = [part for part in rows if name in part]
        return [re.sub(rf"{name}|{name.lower().replace(' ', '.')}@example.org", "WHO", part) for part in words]


@pytest.fixture(params=["lead", "trainer"])
def side(request: pytest.FixtureRequest, client: Client) -> Answered:
    return Answered(client, request.param)


def test_both_answers_read_alike(side: Answered) -> None:
    free, taken = side.say_yes()

    told = [re.search(r"[^>]*has a place, and a[^<]*", page.content.decode()) for page in (free, taken)]
    assert [page.status_code for page in (free, taken)] == [200, 200]
    assert [one and one[0].replace(name, "WHO") for one, name in zip(told, (FREE, TAKEN), strict=True)] == [
        told[0] and told[0][0].replace(FREE, "WHO")
    ] * 2


@pytest.mark.parametrize("rest", ["requests/", "invitations/", "", ".csv"])
def test_every_page_and_file_says_the_same_of_both(side: Answered, rest: str) -> None:
    rest = ("people" if side.is_lead else "board") + rest if rest == ".csv" else rest
    side.say_yes()

    free, taken = side.seen(rest, FREE), side.seen(rest, TAKEN)

    assert free == taken
    assert "Elsewhere" not in str(taken)
    if rest == "requests/":
        assert ("Approved" in str(taken), "Withdrawn" in str(taken)) == (True, False)
    if side.is_lead and rest in ("", "people.csv"):
        assert "E-mail sent" in str(taken)


def test_place_and_seat_are_taken_by_both(side: Answered) -> None:
    free, taken = [], []
    for place in (free, taken):
        place.append(places_left(side.group, side.council, at=side.now))
        row = PlaceRequest.objects.filter(state="waiting").order_by("pk").first()
        assert row is not None
        side.client.post(f"{side.address}{row.uuid}/", {"answer": "yes"})
        place.append(places_left(side.group, side.council, at=side.now))

    assert [before - after for before, after in (free, taken)] == [int(side.is_lead)] * 2  # type: ignore[operator]
    assert side.link.uses.count() == 2


def test_both_belong_to_the_organisation_and_look_alike_after_their_places_are_taken_back(client: Client) -> None:
    side = Answered(client, "lead")
    side.say_yes()

    take_booking_back(Enrolment.objects.get(learner=side.free), at=timezone.now(), by=side.by)
    take_invitation_back(Invitation.objects.get(email=side.taken.email), at=timezone.now(), by=side.by)

    assert side.seen("", FREE) == side.seen("", TAKEN) != []
    assert "Not booked" in str(side.seen("", TAKEN))


def test_members_who_asked_look_alike_on_pages_of_their_own(client: Client) -> None:
    side = Answered(client, "lead")
    for who in (side.free, side.taken):
        join_organisation(who, side.council, at=side.now - timedelta(days=9))
    side.say_yes()

    pages = [
        without_token(client.get(f"/organisation/{side.council.uuid}/people/{who.uuid}/").content.decode())
        for who in (side.free, side.taken)
    ]

    bare = [re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", page) for page in pages]
    assert bare[0].replace(FREE, "WHO") == bare[1].replace(TAKEN, "WHO")


def test_download_of_whoever_said_yes_tells_them_not_apart(side: Answered) -> None:
    side.say_yes()

    parts = {part["title"]: part["rows"] for part in collect(subject_of(side.by))}
    acts = [row["act"] for row in parts["What was done, by you or to you"]]
    assert acts.count("place_request_approved") == 2
    assert {"enrolment_booked", "invitation_made", "organisation_joined"}.isdisjoint(acts)


def test_whoever_begins_is_seen_doing(client: Client) -> None:
    side = Answered(client, "lead")
    asked = ask_for_place(side.link, side.cast.carol, at=side.now)
    client.post(f"{side.address}{asked.uuid}/", {"answer": "yes"})
    before = side.seen("", "Carol Hughes")

    Enrolment.objects.filter(learner=side.cast.carol).update(state="active", started_at=side.now)

    assert ("E-mail sent" in str(before), "Doing" in str(side.seen("", "Carol Hughes"))) == (True, True)
