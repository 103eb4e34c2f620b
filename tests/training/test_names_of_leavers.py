"""Pages of requests and invitations say of leavers what was known then, never what they are called since."""

from datetime import timedelta

import pytest
from django.test import Client

from enrolments.leaving import leave_organisation
from enrolments.models import CohortRole
from people.models import OrganisationRole, User
from privacy.choices import RemovalCause
from privacy.erasure import erase
from privacy.subjects import subject_of
from tests.factories import person
from tests.training.test_requests import BEGAN, Side

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["lead", "trainer"])
def side(request: pytest.FixtureRequest, client: Client) -> Side:
    return Side(client, request.param)


def renamed(who: User) -> None:
    User.objects.filter(pk=who.pk).update(name="Later Name")


@pytest.mark.parametrize("said", ["yes", "no", ""])
def test_request_keeps_the_name_it_was_made_under(side: Side, said: str) -> None:
    if said:
        side.answer(said)
    if said == "yes" and side.organisation:
        leave_organisation(side.cast.amina, side.organisation, on=side.now.date(), at=side.now)

    renamed(side.cast.amina)

    page = side.page()
    assert ("Amina Rahman" in page, "Later Name" in page) == (True, False)


def test_refusal_to_answer_twice_names_nobody_anew(side: Side) -> None:
    side.answer("no")
    renamed(side.cast.amina)

    page = side.answer("yes").content.decode()

    assert ("no to Amina Rahman already" in page, "Later Name" in page) == (True, False)


def test_leaver_who_made_a_link_and_answered_is_somebody_who_has_left(side: Side) -> None:
    olga = _colleague(side)
    side.answer("no")
    side.asked.refresh_from_db()
    type(side.asked).objects.update(decided_by=olga)
    type(side.link).objects.update(created_by=olga)
    pages = [side.address, side.address.replace("requests", "invitations")]
    pages.append(f"{pages[1]}{side.link.uuid}/withdraw/")
    before = [side.client.get(page).content.decode() for page in pages]

    _leaves(side, olga)
    renamed(olga)

    after = [side.client.get(page).content.decode() for page in pages]
    assert ["Olga Lead" in page for page in before] == [True] * 3
    assert [("Somebody who has left" in page, "Later Name" in page) for page in after] == [(True, False)] * 3


def _colleague(side: Side) -> User:
    olga = person("Olga Lead")
    if side.is_lead:
        OrganisationRole.objects.create(person=olga, organisation=side.council, role="org_lead", starts_on=BEGAN)
    else:
        CohortRole.objects.create(person=olga, cohort=side.group, role="trainer", starts_on=BEGAN)
    return olga


def _leaves(side: Side, who: User) -> None:
    yesterday = side.now.date() - timedelta(days=1)
    OrganisationRole.objects.filter(person=who).update(ends_on=yesterday)
    CohortRole.objects.filter(person=who).update(ends_on=yesterday)


def test_erased_person_leaves_no_name_in_what_they_asked(side: Side) -> None:
    side.answer("no")
    side.page()  # which says once that it was answered

    erase(subject_of(side.cast.amina), at=side.now, cause=RemovalCause.ASKED)

    side.asked.refresh_from_db()
    page = side.page()
    assert (side.asked.name, "Amina" in page, "former user" in page) == ("", False, True)
    assert erase(subject_of(side.cast.amina), at=side.now, cause=RemovalCause.ASKED) == []
