"""What a stranger learns from a code: the page, the command, and what neither ever says."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from credentials.models import Credential, CredentialChange
from credentials.paper import verify_url
from credentials.verification import look_up
from people.models import User
from tests.credentials.earning import Earned, earned, following
from tests.factories import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
UNKNOWN = "0000-0000-0000-0000-0000"
SENTENCES = {
    "valid": "It is valid today.",
    "expired": "It was valid until 22 December 2026 and has expired.",
    "suspended": "It has been suspended since 23 November 2026.",
    "revoked": "It was revoked on 23 November 2026 and is not valid.",
    "replaced": "It was replaced by a newer certificate.",
}


@pytest.fixture(autouse=True)
def _no_checks_before() -> None:
    cache.clear()


def _standing(one: Earned, standing: str) -> Credential:
    """Amina's credential, valid for a month, brought to this standing on the day after the award."""
    credential = one.award()
    if standing in ("suspended", "revoked", "replaced"):
        Credential.objects.filter(pk=credential.pk).update(state=standing)
        CredentialChange.objects.create(
            credential=credential, from_state="issued", to_state=standing, reason="why", at=NOON + DAY,
            by=one.cast.beth, second_person=one.cast.dev,
        )  # fmt: skip
    return credential


def _at(standing: str) -> datetime:
    return NOON + 40 * DAY if standing == "expired" else NOON + 2 * DAY


@pytest.mark.parametrize("standing", SENTENCES)
def test_page_says_what_a_code_is_worth_today(client: Client, standing: str) -> None:
    credential = _standing(earned(valid_for_months=1), standing)

    with time_machine.travel(_at(standing), tick=False):
        response = client.get(f"/verify/{credential.shown_code}/")

    page = response.content.decode()
    heading = "This certificate is valid" if standing == "valid" else "This certificate is not valid today"
    assert response.status_code == 200
    assert re.search(r"<h1>(.*?)</h1>", page)[1] == heading
    assert [sentence for sentence in SENTENCES.values() if sentence in page] == [SENTENCES[standing]]
    assert ("status-valid" in page, "status-no" in page) == (standing == "valid", standing != "valid")


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("suspended", "It has been suspended since 2 July 2027."),
        ("revoked", "It was revoked on 2 July 2027 and is not valid."),
    ],
)
def test_day_of_a_change_is_the_day_where_we_are(client: Client, standing: str, sentence: str) -> None:
    one = earned()
    credential = one.award()
    Credential.objects.filter(pk=credential.pk).update(state=standing)
    CredentialChange.objects.create(
        credential=credential, from_state="issued", to_state=standing, reason="why", by=one.cast.beth,
        second_person=one.cast.dev, at=datetime(2027, 7, 1, 23, 30, tzinfo=UTC),
    )  # fmt: skip

    page = client.get(f"/verify/{credential.shown_code}/").content.decode()

    assert sentence in page


@pytest.mark.parametrize("standing", SENTENCES)
def test_command_says_it_too_and_ends_with_0_only_for_a_valid_one(
    standing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    credential = _standing(earned(valid_for_months=1), standing)
    code = 0

    with time_machine.travel(_at(standing), tick=False):
        try:
            call_command("verify_credential", credential.shown_code.lower())
        except SystemExit as end:
            code = end.code

    said = capsys.readouterr()
    assert (said.out, said.err) == (f"Module 1: {SENTENCES[standing]}\n", "")
    assert code == (0 if standing == "valid" else 1)


@pytest.mark.parametrize("typed", [UNKNOWN, "nonsense", "", "ü" * 20])
def test_command_ends_with_1_for_a_code_nobody_knows(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    earned().award()

    with pytest.raises(SystemExit) as end:
        call_command("verify_credential", typed)

    said = capsys.readouterr()
    assert (end.value.code, said.out, said.err) == (1, "", "No certificate has this code.\n")


@pytest.mark.parametrize(
    ("zone", "at", "standing"),
    [
        # Valid to the end of 22 December in the cohort's own time zone.
        ("Europe/London", datetime(2026, 12, 22, 23, 59, tzinfo=UTC), "valid"),
        ("Europe/London", datetime(2026, 12, 23, 0, 0, tzinfo=UTC), "expired"),
        ("Pacific/Auckland", datetime(2026, 12, 23, 10, 59, tzinfo=UTC), "valid"),
        ("Pacific/Auckland", datetime(2026, 12, 23, 11, 0, tzinfo=UTC), "expired"),
    ],
)
def test_day_it_expires_is_the_cohorts_day(zone: str, at: datetime, standing: str) -> None:
    one = earned(time_zone=zone, valid_for_months=1)
    award_day = {"Europe/London": NOON, "Pacific/Auckland": NOON}[zone]
    credential = one.award(at=award_day)
    last = date(2026, 12, 22) if zone == "Europe/London" else date(2026, 12, 23)

    found = look_up(credential.code, at=at)

    assert credential.valid_until_on == last
    assert found is not None
    assert found.standing == standing


@pytest.mark.parametrize("form", ["printed", "lower", "bare", "letters for numbers"])
def test_code_is_taken_in_any_form(client: Client, form: str) -> None:
    credential = earned().award()
    typed = {
        "printed": credential.shown_code,
        "lower": credential.shown_code.lower(),
        "bare": credential.code,
        "letters for numbers": credential.shown_code.replace("0", "o").replace("1", "l"),
    }[form]

    direct = client.get(f"/verify/{typed}/")
    through_the_form = client.get("/verify/", {"code": f" {typed} "})

    assert "This certificate is valid" in direct.content.decode()
    assert (through_the_form.status_code, through_the_form["Location"]) == (302, f"/verify/{credential.shown_code}/")


def test_mistyped_and_unknown_codes_get_the_same_status_words_and_headers() -> None:
    credential = earned().award()
    last = "1" if credential.code[-1] != "1" else "2"
    typed = [UNKNOWN, credential.shown_code[:-1] + last, credential.shown_code[:-1], "abc", "U" * 20]

    answers = [Client(REMOTE_ADDR=f"203.0.113.{n}").get(f"/verify/{code}/") for n, code in enumerate(typed)]

    assert {answer.status_code for answer in answers} == {404}
    # The way to the Welsh page holds what was typed, which is all that may differ.
    pages = zip(answers, typed, strict=True)
    assert len({answer.content.replace(f"/verify/{code}/".encode(), b"") for answer, code in pages}) == 1
    told = [{**answer.headers, "X-Request-ID": "", "Content-Length": ""} for answer in answers]
    assert [headers for headers in told if headers != told[0]] == []
    assert "No certificate has this code" in answers[0].content.decode()


def test_what_cannot_be_a_code_leads_from_the_form_to_the_same_page(client: Client) -> None:
    for typed in ("abc", "../../admin", "<script>", "ŵ"):
        response = client.get("/verify/", {"code": typed}, follow=True)

        assert (response.status_code, "No certificate has this code" in response.content.decode()) == (404, True)


def test_empty_form_is_asked_for_again_in_words(client: Client) -> None:
    fresh, empty = client.get("/verify/"), client.get("/verify/", {"code": " "})

    sentence = "Write the code that stands on the certificate."
    assert (fresh.status_code, empty.status_code) == (200, 200)
    assert (sentence in fresh.content.decode(), sentence in empty.content.decode()) == (False, True)


@pytest.mark.parametrize("consent", [False, True])
def test_name_is_shown_only_with_the_holders_consent(client: Client, consent: bool) -> None:
    credential = earned().award()
    client.force_login(credential.learner)
    client.post(f"/certificate/{credential.uuid}/name/", {"show": "yes"})
    if not consent:
        client.post(f"/certificate/{credential.uuid}/name/", {"show": "no"})

    page = Client().get(f"/verify/{credential.shown_code}/").content.decode()

    assert ("Amina Rahman" in page, "Not shown." in page) == (consent, not consent)


def test_page_says_nothing_else_of_the_holder_or_their_learning(client: Client) -> None:
    one = earned()
    User.objects.filter(pk=one.amina.pk).update(name="CANARY-NAME")
    one.run.learner.refresh_from_db()
    credential = one.award()

    page = client.get(f"/verify/{credential.shown_code}/").content.decode()

    attempt = credential.evidence["results"][0]["attempt"]
    secrets = ["CANARY-NAME", one.amina.email, str(one.amina.uuid), str(one.run.uuid), str(one.run.run_id), attempt]
    secrets += [str(credential.uuid), credential.evidence_digest, one.run.cohort.name]
    assert [secret for secret in secrets if secret in page] == []


@pytest.mark.parametrize("address", ["/verify/", f"/verify/{UNKNOWN}/", "known"])
def test_check_pages_are_in_no_index_and_no_cache(client: Client, address: str) -> None:
    known = f"/verify/{earned().award().shown_code}/"

    response = client.get(known if address == "known" else address)

    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "no-store")
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_codes_cannot_be_tried_out_by_the_thousand() -> None:
    credential = earned().award()
    client, other = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")

    with time_machine.travel(NOON, tick=False):
        answers = [client.get(f"/verify/{UNKNOWN}/").status_code for _ in range(60)]
        refused = client.get(f"/verify/{credential.shown_code}/", headers={"x-forwarded-for": "198.51.100.1"})
        others = other.get(f"/verify/{credential.shown_code}/").status_code
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        later = client.get(f"/verify/{credential.shown_code}/").status_code

    assert (set(answers), refused.status_code, others, later) == ({404}, 429, 200, 200)
    assert "Wait a minute and try again." in refused.content.decode()
    assert (refused["Cache-Control"], "This certificate is valid" in refused.content.decode()) == ("no-store", False)


def test_credential_of_a_blanked_holder_keeps_verifying(client: Client) -> None:
    credential = earned().award()
    Credential.objects.update(name_shown=True)
    User.objects.update(email=None, is_active=False, blanked_at=NOON, name="")

    page = client.get(f"/verify/{credential.shown_code}/").content.decode()

    assert ("This certificate is valid" in page, "Amina Rahman" in page) == (True, True)


def test_replaced_certificate_leads_to_the_one_that_stands(client: Client) -> None:
    one = earned()
    first = _standing(one, "replaced")
    second = following(first, name="Amina Farrow")

    page = client.get(f"/verify/{first.shown_code}/").content.decode()
    found = look_up(first.code, at=NOON)

    assert found is not None
    assert found.successor == second
    assert f'href="/verify/{second.shown_code}/"' in page


def test_suspension_shows_at_once(client: Client) -> None:
    credential = earned().award()
    before = client.get(f"/verify/{credential.shown_code}/").content.decode()
    Credential.objects.filter(pk=credential.pk).update(state="suspended")

    after = client.get(f"/verify/{credential.shown_code}/").content.decode()

    assert ("This certificate is valid" in before, "This certificate is valid" in after) == (True, False)


def test_open_practice_bank_is_named_as_one(client: Client) -> None:
    one = earned()
    first = one.award()
    second = following(first, rests_on_open_bank=True)
    words = "The questions came from an open practice bank, whose answers are public."

    pages = [client.get(f"/verify/{row.shown_code}/").content.decode() for row in (first, second)]

    assert [words in page for page in pages] == [False, True]


def test_address_on_paper_and_page_comes_from_the_setting_and_never_from_the_request(settings: Any) -> None:
    settings.SITE_URL = "https://learning.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    credential = earned().award()
    client = Client(headers={"host": "evil.example"})
    client.force_login(credential.learner)

    page = client.get(f"/certificate/{credential.uuid}/").content.decode()

    expected = f"https://learning.example.org/verify/{credential.shown_code}/"
    assert verify_url(credential) == expected
    assert (f'href="{expected}"' in page, "evil.example" in page) == (True, False)


def test_welsh_page_speaks_welsh_and_finds_the_same_certificate(client: Client) -> None:
    credential = earned().award()

    response = client.get(f"/cy/verify/{credential.shown_code}/")

    assert (response.status_code, response["Content-Language"]) == (200, "cy")
    assert credential.shown_code in response.content.decode()
