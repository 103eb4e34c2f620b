"""Reporting a concern: to the lead's address, with nothing asked that need not be, and never instead of 999."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from post.models import Message
from tests.factories import NOON, people
from tests.home.test_standing_pages import standing_page

pytestmark = pytest.mark.django_db
SEND = "/report-a-concern/send/"
CONCERN = {"about": "content", "words": "The second example is unkind."}


@pytest.fixture(autouse=True)
def lead(settings: Any) -> None:
    settings.CONTACT_NAME, settings.CONTACT_EMAIL = "Lena Hollin", "lead@example.org"
    settings.CONCERN_ANSWER_DAYS = 5


def test_concern_reaches_the_lead_and_its_writer_is_told_when_there_is_an_answer(client: Client) -> None:
    response = client.post(SEND, {**CONCERN, "name": "Nia New", "email": "nia@example.org"})
    told = client.get(response["Location"]).content.decode()

    message = Message.objects.get()
    assert (message.address, message.kind, message.person) == ("lead@example.org", "concern", None)
    assert message.subject == "A concern: Something written or shown here"
    wanted = ["The second example is unkind.", "Their name: Nia New", "They want an answer at: nia@example.org"]
    assert [words for words in wanted if words not in message.text] == []
    assert "you will have an answer within 5 working days" in told


def test_concern_needs_no_name_and_no_account(client: Client) -> None:
    assert client.post(SEND, CONCERN).status_code == 302
    assert "They did not ask for an answer." in Message.objects.get().text


def test_concern_of_somebody_signed_in_is_tied_to_them_and_does_not_say_who_they_are(client: Client) -> None:
    amina = people().amina
    client.force_login(amina)

    client.post(SEND, CONCERN)

    message = Message.objects.get(kind="concern")
    assert (message.person, message.address, "Amina" in message.text) == (amina, "lead@example.org", False)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"about": ""}, "Choose what it is about."),
        ({"words": " "}, "Write what happened."),
        ({"words": "x" * 4001}, "Ensure this value has at most 4000 characters (it has 4001)."),
        ({"email": "nia"}, "Enter a valid email address."),
    ],
)
def test_concern_that_cannot_be_sent_is_refused_in_words_and_keeps_what_was_written(
    client: Client, changed: dict[str, str], sentence: str
) -> None:
    response = client.post(SEND, {**CONCERN, "name": "Nia New", **changed})

    page = response.content.decode()
    assert (response.status_code, sentence in page, "Nia New" in page) == (422, True, True)
    assert Message.objects.count() == 0


def test_page_holds_the_form_and_says_beside_it_where_a_child_at_risk_is_reported(client: Client) -> None:
    standing_page("report_a_concern", "report-a-concern")

    page = client.get("/report-a-concern/").content.decode()

    main = page[page.index("<main") : page.index("</main>")]
    assert (f'action="{SEND}"' in main, "lead@example.org" in main, "Lena Hollin" in main) == (True, True, True)
    assert main.index("If a child may be at risk now:") < main.index("<textarea")


def test_without_an_address_nothing_is_sent_and_the_page_says_so(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = ""
    standing_page("report_a_concern", "report-a-concern")

    page = client.get("/report-a-concern/").content.decode()
    response = client.post(SEND, CONCERN)

    assert ("has not said yet who answers" in page, "<textarea" in page) == (True, False)
    assert (response.status_code, Message.objects.count()) == (503, 0)


def test_too_many_concerns_from_one_place_are_refused_in_words(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        answers = [client.post(SEND, CONCERN).status_code for _number in range(11)]

    assert answers == [302] * 10 + [429]


def test_contact_page_says_whom_to_write_to(client: Client) -> None:
    standing_page("contact", "contact")

    page = client.get("/contact/").content.decode()

    assert ("Lena Hollin" in page, 'href="mailto:lead@example.org"' in page) == (True, True)


def test_privacy_page_says_the_days_of_the_settings(client: Client, settings: Any) -> None:
    settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "responses": 731}
    settings.CONTROLLER = "Larchmere Partnership"
    standing_page("privacy", "privacy")

    page = client.get("/privacy/").content.decode()

    assert ("<td>731</td>" in page, "Larchmere Partnership" in page) == (True, True)


@pytest.mark.parametrize("name", ["CONTROLLER", "CONTACT_EMAIL"])
def test_what_nobody_has_said_yet_is_said_to_be_missing(client: Client, settings: Any, name: str) -> None:
    setattr(settings, name, "")
    standing_page("privacy", "privacy")
    standing_page("report_a_concern", "report-a-concern")

    pages = client.get("/privacy/").content.decode() + client.get("/report-a-concern/").content.decode()

    assert "has not said yet" in pages
