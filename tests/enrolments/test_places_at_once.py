"""Many at once, with real connections: never more people than a link or an offer has places, and one answer each."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from enrolments.invitations import InvitationRefused, accept_invitation, invite
from enrolments.models import CohortOffer, Enrolment, InvitationUse, PlaceRequest
from enrolments.places import NoPlacesLeft
from enrolments.requests import RequestRefused, approve_request, ask_for_place, refuse_request
from post.models import Message
from tests.factories import NOON, cohort, organisation, people, person, taught_course

WEEK = NOON + timedelta(days=7)
pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*acts: Callable[[], Any]) -> list[str]:
    """What came of each: "done", or the name of its refusal; all start at the same moment."""
    ready, found = threading.Barrier(len(acts)), []

    def work(act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            act()
            found.append("done")
        except Exception as refused:
            found.append(type(refused).__name__)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=[act]) for act in acts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(found)


@pytest.mark.parametrize(("cap", "places", "refusal"), [(3, None, InvitationRefused), (9, 3, NoPlacesLeft)])
def test_eight_joining_at_once_take_three_places_and_five_are_told(
    cap: int, places: int | None, refusal: type[Exception]
) -> None:
    group, council = cohort(taught_course().course), organisation()
    CohortOffer.objects.create(cohort=group, organisation=council, places=places)
    invitation, _token = invite(group, organisation=council, expires_at=WEEK, at=NOON, max_uses=cap)
    eight = [person(f"Learner {number}") for number in range(8)]

    came_of_it = all_at_once(*(lambda one=one: accept_invitation(invitation, one, at=NOON) for one in eight))

    assert came_of_it == sorted(["done"] * 3 + [refusal.__name__] * 5)
    assert sorted(InvitationUse.objects.values_list("seat", flat=True)) == [1, 2, 3]
    assert Enrolment.objects.count() == 3


def test_links_and_requests_at_once_share_the_places_of_an_offer() -> None:
    group, council, cast = cohort(taught_course().course), organisation(), people()
    CohortOffer.objects.create(cohort=group, organisation=council, places=3)
    link, _token = invite(group, organisation=council, expires_at=WEEK, at=NOON, max_uses=9, asks_first=True)
    eight = [person(f"Learner {number}") for number in range(8)]
    asked = [ask_for_place(link, one, at=NOON) for one in eight[:4]]

    came_of_it = all_at_once(
        *(lambda one=one: approve_request(one, by=cast.lena, at=NOON) for one in asked),
        *(lambda one=one: accept_invitation(link, one, at=NOON) for one in eight[4:]),
    )

    assert came_of_it == sorted(["done"] * 3 + ["NoPlacesLeft"] * 5)
    assert (Enrolment.objects.count(), InvitationUse.objects.count()) == (3, 3)


def test_two_leads_answering_at_once_give_one_answer() -> None:
    group, council, cast = cohort(taught_course().course), organisation(), people()
    link, _token = invite(group, organisation=council, expires_at=WEEK, at=NOON, asks_first=True)
    asked = ask_for_place(link, cast.amina, at=NOON)

    came_of_it = all_at_once(
        lambda: approve_request(asked, by=cast.lena, at=NOON),
        lambda: refuse_request(asked, by=cast.beth, at=NOON),
        lambda: approve_request(asked, by=cast.carol, at=NOON),
    )

    state = PlaceRequest.objects.get().state
    assert came_of_it == sorted(["done"] + [RequestRefused.__name__] * 2)
    assert (Message.objects.count(), Enrolment.objects.count()) == (1, 1 if state == "approved" else 0)


def test_one_person_asking_and_joining_eight_times_at_once_has_one_of_it() -> None:
    group, council, amina = cohort(taught_course().course), organisation(), people().amina
    first, _token = invite(group, organisation=council, expires_at=WEEK, at=NOON, max_uses=9, asks_first=True)
    second, _token = invite(group, organisation=council, expires_at=WEEK, at=NOON, max_uses=9, asks_first=True)

    asked = all_at_once(*(lambda link=link: ask_for_place(link, amina, at=NOON) for link in [first, second] * 4))
    joined = all_at_once(*(lambda: accept_invitation(first, amina, at=NOON) for _click in range(8)))

    assert (asked, joined) == (["done"] * 8, ["done"] * 8)
    assert (PlaceRequest.objects.count(), Enrolment.objects.count(), InvitationUse.objects.count()) == (1, 1, 1)
