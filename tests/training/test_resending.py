"""A letter that was not answered is sent once more: with a new link, once a day, to its own address."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from audit.models import AuditEntry
from enrolments.invitations import accept_invitation, withdraw_invitation
from enrolments.models import Invitation, ReplacedLink
from post.models import Message
from tests.factories import person
from tests.training.sides import Side

pytestmark = pytest.mark.django_db
NEWER = "A newer e-mail was sent to you on"


@pytest.fixture(params=["lead", "trainer"])
def side(request: pytest.FixtureRequest, client: Client) -> Side:
    made = Side(client, request.param, places=3)
    made.send("letter", made.form("letter"))
    return made


def again(side: Side) -> Any:
    return side.client.post(f"{side.address}{Invitation.objects.get().uuid}/again/", follow=True)


def links() -> list[str]:
    found = [re.search(r"/join/[^/]+/", one.text) for one in Message.objects.filter(kind="invitation").order_by("pk")]
    return [one[0] for one in found if one]


def test_letter_is_sent_again_with_a_new_link_and_the_old_one_says_so(side: Side) -> None:
    before = Invitation.objects.values().get()

    page = again(side).content.decode()

    after, (first, second) = Invitation.objects.values().get(), links()
    told = Client().get(first)
    assert {key for key in after if after[key] != before[key]} == {"token_digest", "sent_again_at"}
    assert (Client().get(second).status_code, told.status_code) == (200, 410)
    assert f"{NEWER} {timezone.localdate():%-d %B %Y}." in told.content.decode()
    assert "An e-mail to nia@example.org is on its way." in page
    assert f"Sent again on {timezone.localdate():%-d %B %Y}" in page
    assert "This is the same invitation as in our earlier e-mail" in Message.objects.latest("pk").text
    entry = AuditEntry.objects.latest("pk")
    assert (entry.act, entry.actor, entry.subject_id) == ("invitation_sent_again", side.by, str(before["uuid"]))


def test_reading_the_page_sends_nothing_and_says_for_whom_it_is(side: Side) -> None:
    page = side.client.get(f"{side.address}{Invitation.objects.get().uuid}/again/").content.decode()

    assert ("Send the e-mail again?" in page, "nia@example.org" in page, len(links())) == (True, True, 1)


def test_letter_goes_again_once_a_day(side: Side) -> None:
    again(side)
    second = again(side)

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        next_day = again(side)

    assert (second.status_code, next_day.status_code, len(links())) == (409, 200, 3)
    assert "An e-mail goes once a day at most" in second.content.decode()
    assert [Client().get(link).status_code for link in links()] == [410, 410, 200]


@pytest.mark.parametrize("closed", ["withdrawn", "used", "over", "a link"])
def test_what_is_not_open_or_no_letter_is_not_sent_again_and_an_old_link_tells_nothing(side: Side, closed: str) -> None:
    again(side)
    invitation = Invitation.objects.get()
    Invitation.objects.update(sent_again_at=timezone.now() - timedelta(days=2))
    if closed == "withdrawn":
        withdraw_invitation(invitation, at=timezone.now())
    if closed == "used":
        accept_invitation(invitation, person("Nia", "nia@example.org"), at=timezone.now())
    if closed == "over":
        Invitation.objects.update(expires_at=timezone.now())
    if closed == "a link":
        Invitation.objects.update(email="")

    asked = side.client.get(f"{side.address}{invitation.uuid}/again/").content.decode()
    answer = again(side)

    assert ("There is no e-mail to send again" in asked, answer.status_code, len(links())) == (True, 409, 2)
    assert ("/again/" in side.client.get(side.address).content.decode(), ReplacedLink.objects.count()) == (False, 1)
    old = Client().get(links()[0])
    assert (old.status_code, NEWER in old.content.decode()) == (410, False)


def test_letter_of_another_giver_is_not_found_and_not_sent(client: Client) -> None:
    lead = Side(client, "lead", places=3)
    lead.send("letter", lead.form("letter"))
    uuid = Invitation.objects.get().uuid
    client.force_login(lead.cast.beth)

    answers = [
        client.post(address).status_code
        for address in (f"{lead.address}{uuid}/again/", f"/cohort/{lead.group.uuid}/invitations/{uuid}/again/")
    ]

    assert (answers, len(links())) == ([404, 404], 1)


def test_known_and_unknown_addresses_look_alike(side: Side) -> None:
    person("Nia Known", "nia@example.org", language="cy")

    answer = again(side)

    assert answer.redirect_chain == [(side.address, 302)]
    assert "An e-mail to nia@example.org is on its way." in answer.content.decode()
    assert Message.objects.latest("pk").language == "cy"
