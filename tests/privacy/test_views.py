"""A person's own pages: see and take away, put right, close. Nobody else's."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from assessments.models import ItemVersion
from audit.models import AuditEntry
from credentials.models import Credential
from enrolments.attempts import begin_attempt
from enrolments.lists.taking_in import begin_taking_in
from enrolments.roles import appoint, move_end_of_appointment
from people.models import User
from post.outbox import queue_message
from privacy.models import LegalHold
from privacy.readable import period
from tests.credentials.earning import earned
from tests.enrolments.doings import answer
from tests.enrolments.lists.sending import booker, csv_of, sent
from tests.factories import NOON, cohort, enrolment, people, person, taught_course

pytestmark = pytest.mark.django_db
PASSWORD = "a long and winding road"
ADDRESSES = [f"/your-data/{rest}" for rest in ("", "download.json", "download.html", "correct/", "close/")]
DETAILS = {
    "name": "Amina Farrow",
    "certificate_name": "",
    "agency": "health",
}


def amina_with_password() -> User:
    amina = people().amina
    amina.set_password(PASSWORD)
    amina.save()
    return amina


def parts(client: Client) -> dict[str, list[dict[str, Any]]]:
    """The rows of a download by table."""
    made = json.loads(client.get("/your-data/download.json").content)
    return {part["table"]: part["rows"] for part in made["parts"]}


@pytest.mark.parametrize("address", ADDRESSES)
def test_stranger_is_asked_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={address}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_kept_by_nobody_and_hold_nothing_of_carol(client: Client, address: str) -> None:
    cast = people()
    queue_message(to=cast.carol, kind="test", subject="To Carol", text="Only for Carol", at=NOON)
    client.force_login(cast.amina)

    response = client.get(address)

    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert ("Carol" in page, "carol.hughes" in page) == (False, False)


def test_json_download_holds_what_she_did_in_words(client: Client) -> None:
    made = earned()
    credential = made.award()
    client.force_login(made.amina)

    held = parts(client)

    assert [(row["name"], row["email"], row["agency"]) for row in held["people.user"]] == [
        ("Amina Rahman", "amina.rahman@example.org", "Social care")
    ]
    assert [row["shown_code"] for row in held["credentials.credential"]] == [credential.shown_code]
    assert {(tuple(row["chosen"]), row["given_at"] is not None) for row in held["assessments.response"]} == {
        (("Option a",), True)
    }
    assert [row["question"][:5] for row in held["assessments.response"]] == ["Item "] * 8
    assert [row["points"] for row in held["assessments.result"]] == ["8"]
    assert [row["address"] for row in held["post.message"]] == ["amina.rahman@example.org"]


def test_download_of_an_open_attempt_gives_away_no_key_explanation_or_identifier(client: Client) -> None:
    taught, amina = taught_course(), people().amina
    run = enrolment(amina, cohort(taught.course))
    answer(begin_attempt(run, taught.assessment, language="en", at=NOON), right=3)
    client.force_login(amina)

    texts = [client.get(f"/your-data/download.{form}").content.decode() for form in ("json", "html")]

    assert [word for text in texts for word in ("Because of", "correct", "explanation", '"a"') if word in text] == []
    assert ItemVersion.objects.filter(texts__icontains="Because of").exists()


def test_an_appointment_that_goes_on_is_not_told_as_a_role_in_a_cohort(client: Client) -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))
    given = appoint(cast.carol, run, "supervisor", at=NOON, ends_on=NOON.date() + timedelta(days=9))
    move_end_of_appointment(given, ends_on=None, at=NOON)
    client.force_login(cast.carol)

    page = client.get("/your-data/download.html").content.decode()

    told = [html.unescape(words) for words in re.findall(r">([^<]*goes on without an end)<", page)]
    assert told == ["Role goes on without an end"]


def test_html_download_is_a_page_of_its_own_with_a_heading_for_each_part(client: Client) -> None:
    client.force_login(people().amina)

    response = client.get("/your-data/download.html")

    page = response.content.decode()
    assert response["Content-Disposition"].startswith('attachment; filename="your-data-')
    assert ("<h2>Your account</h2>" in page, "Amina Rahman" in page, "<script" in page) == (True, True, False)


def test_html_download_is_in_words_with_days_in_the_persons_own_time(client: Client) -> None:
    made = earned()
    made.award()
    User.objects.filter(pk=made.amina.pk).update(time_zone="Asia/Tokyo", name="Amina Rahman")
    client.force_login(User.objects.get(pk=made.amina.pk))
    client.post("/your-data/correct/", DETAILS)

    page = client.get("/your-data/download.html").content.decode()

    text = html.unescape(re.sub(r"<[^>]*>", " ", page.partition("<main>")[2]))
    assert "22 November 2026, 21:00" in text
    assert [
        said for said in ("Certificate awarded", "Details corrected", "Enrolment", "Per cent done") if said not in text
    ] == []
    assert {found.strip() for found in re.findall(r"Kept for (.*?) after", text)} >= {"7 years", "2 years", "180 days"}
    assert (
        re.findall(
            r"\d{4}-\d\d-\d\d \d\d:|\+00:00|\b(?:None|True|False)\b|\b(?:people|enrolments|credentials|account)\.\w+",
            text,
        )
        == []
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (2557, "7 years"),
        (730, "2 years"),
        (365, "1 year"),
        (366, "1 year"),
        (180, "180 days"),
        (670, "670 days"),
        (1, "1 day"),
    ],
)
def test_period_of_whole_years_is_said_in_years(days: int, words: str) -> None:
    assert period(days) == words


@pytest.mark.parametrize(("tries", "typed"), [("<script>alert(1)</script> Amina", "&lt;script&gt;")])
def test_html_download_escapes_what_was_typed(client: Client, tries: str, typed: str) -> None:
    amina = person("Amina")
    User.objects.filter(pk=amina.pk).update(name=tries)
    client.force_login(amina)

    page = client.get("/your-data/download.html").content.decode()

    assert (typed in page, "<script>" in page) == (True, False)


def test_details_are_corrected_and_the_audit_says_which_and_not_what(client: Client) -> None:
    amina = people().amina
    client.force_login(amina)

    response = client.post("/your-data/correct/", {**DETAILS, "name": "  Amina \n Farrow "})

    amina.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/your-data/")
    assert (amina.name, amina.agency) == ("Amina Farrow", "health")
    assert AuditEntry.objects.get(act="details_corrected").facts == {"fields": ["agency", "name"]}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Write your name."),
        ({"name": "1234"}, "Write the name you want on your certificate."),
        ({"certificate_name": "..."}, "Write the name you want on your certificate."),
        ({"agency": "circus"}, "Choose the agency you work in."),
    ],
)
def test_details_that_cannot_be_printed_are_refused_in_words(
    client: Client, changed: dict[str, str], sentence: str
) -> None:
    amina = people().amina
    client.force_login(amina)

    response = client.post("/your-data/correct/", {**DETAILS, **changed})

    amina.refresh_from_db()
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert amina.name == "Amina Rahman"


@pytest.mark.parametrize("field", ["is_superuser", "is_active", "email", "blanked_at", "uuid"])
def test_nothing_else_can_be_corrected_by_posting_it(client: Client, field: str) -> None:
    amina = people().amina
    before = getattr(amina, field)
    client.force_login(amina)

    client.post("/your-data/correct/", {**DETAILS, field: "1"})

    amina.refresh_from_db()
    assert getattr(amina, field) == before


def test_certificate_already_awarded_keeps_the_name_it_was_awarded_under(client: Client) -> None:
    made = earned()
    made.award()
    client.force_login(made.amina)

    client.post("/your-data/correct/", {**DETAILS, "certificate_name": "A. Farrow"})

    made.amina.refresh_from_db()
    assert (Credential.objects.get().name, made.amina.printed_name) == ("Amina Rahman", "A. Farrow")


def test_closing_signs_out_everywhere_and_keeps_the_records(client: Client) -> None:
    amina, elsewhere = amina_with_password(), Client()
    client.force_login(amina)
    elsewhere.force_login(amina)

    response = client.post("/your-data/close/", {"what": "close", "password": PASSWORD})

    amina.refresh_from_db()
    assert (response["Location"], amina.is_active, amina.name) == ("/account-closed/", False, "Amina Rahman")
    assert [one.get("/your-data/").status_code for one in (client, elsewhere)] == [302, 302]
    assert "Your account is closed" in client.get("/account-closed/").content.decode()
    assert AuditEntry.objects.filter(act="account_closed", person=amina).count() == 1


def test_erasing_by_oneself_blanks_the_account_and_says_so(client: Client) -> None:
    amina = amina_with_password()
    client.force_login(amina)

    response = client.post("/your-data/close/", {"what": "erase", "password": PASSWORD})

    amina.refresh_from_db()
    assert (response["Location"], amina.name, amina.email) == ("/account-erased/", "", None)
    assert "Your data is erased" in client.get("/account-erased/").content.decode()


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"what": "erase", "password": "not mine"}, "This is not your password."),
        ({"what": "erase"}, "Write your password."),
        ({"password": PASSWORD}, "Choose what should happen."),
        ({"what": "other", "password": PASSWORD}, "Choose what should happen."),
    ],
)
def test_closing_without_proof_or_choice_is_refused_in_words(
    client: Client, posted: dict[str, str], sentence: str
) -> None:
    amina = amina_with_password()
    client.force_login(amina)

    response = client.post("/your-data/close/", posted)

    amina.refresh_from_db()
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert (amina.is_active, amina.name) == (True, "Amina Rahman")


def test_whoever_has_no_password_types_a_word(client: Client) -> None:
    amina = people().amina
    client.force_login(amina)

    wrong = client.post("/your-data/close/", {"what": "close", "word": "no"})
    right = client.post("/your-data/close/", {"what": "close", "word": " Close "})

    assert (wrong.status_code, "Type the word “close”." in wrong.content.decode()) == (422, True)
    assert right["Location"] == "/account-closed/"


def test_hold_refuses_erasing_in_words_and_lets_close(client: Client) -> None:
    amina = amina_with_password()
    LegalHold.objects.create(person=amina, reason="Appeal about zebras", begins_at=NOON)
    client.force_login(amina)

    refused = client.post("/your-data/close/", {"what": "erase", "password": PASSWORD})
    said = client.get("/your-data/").content.decode()
    closed = client.post("/your-data/close/", {"what": "close", "password": PASSWORD})

    assert refused.status_code == 409
    assert "under a legal hold, so nothing can be erased now" in refused.content.decode()
    assert ("under a legal hold" in said, "zebras" in said, closed.status_code) == (True, False, 302)


def test_guessing_the_password_is_limited(client: Client) -> None:
    client.force_login(amina_with_password())

    with time_machine.travel(NOON, tick=False):
        answers = [client.post("/your-data/close/", {"what": "close", "password": "x"}).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_code_or_link_that_opens_something_is_not_repeated_in_the_download(client: Client) -> None:
    amina = people().amina
    for kind in ("login_code", "password_reset_key", "email_confirmation", "invitation", "place_approved"):
        queue_message(to=amina, kind=kind, subject=f"About {kind}", text=f"zqsecret of {kind}", at=NOON)
    client.force_login(amina)

    told = client.get("/your-data/download.json").content.decode()

    assert [word for word in told.split('"') if "zqsecret" in word] == ["zqsecret of place_approved"]
    assert "About login_code" in told
    assert "It is not repeated here." in told


def test_download_of_a_lead_tells_of_a_list_and_not_who_of_it_was_booked_or_asked(client: Client) -> None:
    larchmere = booker()
    known = person("Sam Other")
    for line in ("new@elsewhere.example,Nia Newby", f"{known.email},Sam Other"):
        begin_taking_in(sent(larchmere, csv_of(line)), by=larchmere.lead, at=NOON)
    client.force_login(larchmere.lead)

    entries = [row for row in parts(client)["audit.auditentry"] if row["subject_kind"] != "people.organisationrole"]

    acts = sorted(row["act"] for row in entries)
    steps = ("sent_in", "taken_in", "to_be_taken_in")
    assert acts == [f"enrolment_list_{step}" for step in steps for _twice in range(2)]
