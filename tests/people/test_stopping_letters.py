"""Stopping optional letters from the letter itself: one click of a mail program, a button on a page, never opening."""

import pytest
from django.core import mail
from django.test import Client

from people.models import User
from post.models import Message
from post.outbox import queue_message, send_due
from post.preferences import is_wanted
from post.unsubscribing import address_for
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def amy() -> User:
    return person("Amy Able")


def _path(amy: User, kind: str = "reminder") -> str:
    return address_for(amy, kind).removeprefix("http://testserver")


def _queued(amy: User, kind: str) -> Message:
    message = queue_message(kind=kind, subject="Hello", text="Words.", to=amy, at=NOON, reply_to=["beth@example.org"])
    assert message
    return message


def test_letter_that_may_be_refused_carries_the_one_click_headers_and_others_do_not(amy: User) -> None:
    _queued(amy, "reminder")
    _queued(amy, "enrolment")

    send_due(NOON)

    reminder, other = (letter.message() for letter in mail.outbox)
    assert reminder["List-Unsubscribe"] == f"<{address_for(amy, 'reminder')}>"
    assert (reminder["List-Unsubscribe-Post"], reminder["Reply-To"]) == (
        "List-Unsubscribe=One-Click", "beth@example.org",
    )  # fmt: skip
    assert (other["List-Unsubscribe"], other["List-Unsubscribe-Post"]) == (None, None)


def test_mail_program_posts_without_cookies_or_token_of_the_form_and_the_letters_stop(amy: User) -> None:
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(_path(amy), {"List-Unsubscribe": "One-Click"}).status_code for _time in range(2)]

    assert (answers, is_wanted(amy, "reminder"), is_wanted(amy, "credential_awarded")) == ([200, 200], False, True)


def test_opening_the_address_changes_nothing_and_offers_a_button(client: Client, amy: User) -> None:
    page = client.get(_path(amy)).content.decode()

    assert "Stop these e-mails" in page
    assert amy.name not in page
    assert is_wanted(amy, "reminder")


@pytest.mark.parametrize("spoilt", ["/account/letters/stop/made-up/", "another kind", "tampered"])
def test_address_that_we_did_not_make_or_that_stops_nothing_is_not_found(
    client: Client, amy: User, spoilt: str
) -> None:
    addresses = {"another kind": _path(amy, "enrolment"), "tampered": _path(amy).replace(":", "x:", 1)}

    answer = client.post(addresses.get(spoilt, spoilt))

    assert (answer.status_code, is_wanted(amy, "reminder")) == (404, True)


def test_letter_that_waited_while_its_reader_said_no_is_not_sent(client: Client, amy: User) -> None:
    message = _queued(amy, "reminder")
    client.post(_path(amy))

    send_due(NOON)

    message.refresh_from_db()
    assert (mail.outbox, message.state) == ([], "cancelled")
