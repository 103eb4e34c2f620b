"""Years after a yes nobody made anything of, whoever was booked and for whom the place was kept still look alike."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from enrolments.coming import not_come_count
from enrolments.invitations import waiting_for
from enrolments.models import Cohort, Enrolment, PlaceRequest
from enrolments.places import places_taken
from people.models import OrganisationRole, User
from privacy.retention import apply_retention
from tests.training.test_a_yes_elsewhere import FREE, TAKEN, Answered

pytestmark = pytest.mark.django_db
DAYS = (366, 396, 730, 731, 732, 2600)


def _passes(side: Answered, days: int, *, is_cleared: bool) -> datetime:
    """So many days later, each night having done its work or none; everybody has been here lately."""
    at = side.now + timedelta(days=days)
    User.objects.update(last_login=at - timedelta(days=1))
    OrganisationRole.objects.update(ends_on=None)
    if is_cleared:
        apply_retention(at=at)
    return at


def _seen_by(side: Answered, name: str, at: datetime) -> list[str]:
    """What every page and file says of somebody that day."""
    with time_machine.travel(at, tick=False):
        side.client.force_login(side.by)
        files = ("", "people.csv", "invitations/", "requests/") if side.is_lead else ("", "board.csv", "invitations/")
        return [row for rest in files for row in side.seen(rest, name)]


@pytest.mark.parametrize("is_cleared", [True, False])
@pytest.mark.parametrize("ends_after", [None, 30])
@pytest.mark.parametrize("days", DAYS)
def test_both_look_alike_on_every_page_however_long_ago_the_yes_was(
    days: int, ends_after: int | None, is_cleared: bool, client: Client
) -> None:
    side = Answered(client, "lead")
    if ends_after:
        Cohort.objects.filter(pk=side.group.pk).update(ends_on=(side.now + timedelta(days=ends_after)).date())
    side.say_yes()

    at = _passes(side, days, is_cleared=is_cleared)

    assert _seen_by(side, FREE, at) == _seen_by(side, TAKEN, at) != []


@pytest.mark.parametrize("days", DAYS)
def test_a_place_is_held_for_both_or_for_neither(days: int, client: Client) -> None:
    side = Answered(client, "lead")
    side.say_yes()

    at = _passes(side, days, is_cleared=True)

    assert places_taken(side.group, side.council, at=at) == (2 if days < 731 else 0)


@pytest.mark.parametrize("days", DAYS)
def test_trainer_counts_both_or_neither_and_sees_nobody_on_the_board(days: int, client: Client) -> None:
    side = Answered(client, "trainer")
    side.say_yes()

    at = _passes(side, days, is_cleared=True)

    assert not_come_count(side.group, on=at.date()) in (0, 2)
    assert _seen_by(side, FREE, at) == _seen_by(side, TAKEN, at)


def test_an_old_request_keeps_nothing_but_that_the_booking_came_of_it(client: Client) -> None:
    side = Answered(client, "lead")
    side.say_yes()

    _passes(side, 2600, is_cleared=True)

    assert list(PlaceRequest.objects.values_list("person__name", "name", "note", "decided_by")) == [
        (FREE, "", "", None)
    ]


def test_whoever_begins_after_years_is_seen_doing_again(client: Client) -> None:
    side = Answered(client, "lead")
    side.say_yes()
    at = _passes(side, 800, is_cleared=True)

    Enrolment.objects.filter(learner=side.free).update(state="active", started_at=at)

    assert "Doing" in str(_seen_by(side, FREE, at))


def test_a_kept_place_is_offered_until_its_cohort_is_over(client: Client) -> None:
    side = Answered(client, "lead")
    Cohort.objects.filter(pk=side.group.pk).update(ends_on=(side.now + timedelta(days=30)).date())
    side.say_yes()
    Enrolment.objects.filter(learner=side.taken).update(state="withdrawn", withdrawn_at=side.now)

    offered = [waiting_for(side.taken, at=side.now + timedelta(days=days)).count() for days in (1, 29, 32)]

    assert offered == [1, 1, 0]
