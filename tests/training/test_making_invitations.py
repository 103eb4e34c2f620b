"""What a link or a letter promises: no more places than there are, nobody twice, and no name to whoever comes by."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enrolments.invitations import invite
from enrolments.models import CohortOffer, Invitation
from tests.factories import NOON, enrolment, organisation, person
from tests.training.sides import Side, link_on

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=60)


@pytest.fixture
def lead(client: Client) -> Side:
    return Side(client, "lead", places=12)


def test_link_for_several_names_nobody_to_whoever_it_travels_to(lead: Side) -> None:
    token = link_on(lead.send("link", lead.form("link")).content.decode())

    page = Client().get(f"/join/{token}/").content.decode()

    assert lead.by.name not in page
    assert "Larchmere Council books the place of whoever joins by this link." in page
    assert "If you do not want the place, leave it: nothing happens." in page


@pytest.mark.parametrize(("signed_in", "by_us", "status"), [(True, True, 409), (False, True, 409), (True, False, 302)])
def test_letter_to_somebody_whose_place_they_booked_is_refused_and_takes_no_other(
    lead: Side, signed_in: bool, by_us: bool, status: int
) -> None:
    nia = person("Nia Vale", "nia@example.org", last_login=timezone.now() if signed_in else None)
    enrolment(nia, lead.group, booked_by=lead.council if by_us else organisation("Another"))

    answer = lead.send("letter", lead.form("letter"))

    assert (answer.status_code, Invitation.objects.count()) == (status, int(status == 302))
    told = "Nia Vale is on this course already, in Autumn. Your organisation booked that place."
    assert (told in answer.content.decode()) == (signed_in and by_us)


@pytest.mark.parametrize(("places", "is_told"), [(1, True), (2, False), (None, False)])
def test_full_cohort_is_said_on_the_links_page_before_anybody_makes_an_account(
    lead: Side, places: int | None, is_told: bool
) -> None:
    CohortOffer.objects.update(places=places)
    token = link_on(lead.send("link", lead.form("link")).content.decode())
    enrolment(person("Owen Pugh"), lead.group, booked_by=lead.council)

    page = Client().get(f"/join/{token}/").content.decode()

    assert ("No place is free just now." in page) == is_told
    assert ("books the place of whoever joins by this link" in page) != is_told


@pytest.mark.parametrize(
    ("booked", "uses", "words"),
    [
        (7, "6", "Larchmere Council has 5 places left in Autumn. Give no more than that."),
        (11, "2", "Larchmere Council has 1 place left in Autumn. Give no more than that."),
        (12, "1", "Larchmere Council has no place left in Autumn, so a link would let nobody in."),
        (7, "5", ""),
    ],
)
def test_link_for_more_people_than_places_are_left_is_refused_and_nothing_typed_is_lost(
    lead: Side, booked: int, uses: str, words: str
) -> None:
    for number in range(booked):
        enrolment(person(f"Learner {number}"), lead.group, booked_by=lead.council)

    answer = lead.send("link", lead.form("link", max_uses=uses, domains="a.example"))

    page = answer.content.decode()
    assert (answer.status_code, Invitation.objects.count()) == ((422, 0) if words else (200, 1))
    assert words in page
    assert bool(words) == (f'name="max_uses" value="{uses}"' in page and "a.example" in page)


def test_link_of_a_form_sent_again_is_shown_though_its_places_are_taken_since(lead: Side) -> None:
    CohortOffer.objects.update(places=1)
    form = lead.form("link")
    first = link_on(lead.send("link", form).content.decode())
    enrolment(person("Owen Pugh"), lead.group, booked_by=lead.council)

    again = lead.send("link", form).content.decode()

    assert form["max_uses"] == "1"
    assert link_on(again) == first


@pytest.mark.parametrize("kind", ["written to", "booked and never came"])
def test_second_letter_is_refused_in_the_same_words_to_either(lead: Side, kind: str) -> None:
    if kind == "written to":
        invite(lead.group, organisation=lead.council, email="nia@example.org", expires_at=LATER, at=NOON)
    else:
        enrolment(person("Nia Vale", "nia@example.org"), lead.group, booked_by=lead.council, at=NOON)

    answer = lead.send("letter", lead.form("letter"))

    assert answer.status_code == 409
    told = "nia@example.org was written to on 22 November 2026, and that place is kept. Take it back to write again."
    assert told in answer.content.decode()
