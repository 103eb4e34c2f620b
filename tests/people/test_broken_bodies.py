"""Whatever is sent to a page of the account, it answers; never with a fault of ours, and nothing is lost."""

import json
import re
from time import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from people.models import User
from tests.factories import person
from tests.pages import without_token
from tests.people.soft_key import SoftKey, broken_answers

pytestmark = pytest.mark.django_db
PASSWORD = "a long and winding road"
SECOND = "/account/second-step/"
UNREAD = "The passkey’s answer could not be used, and nothing was changed."


def _addresses(patterns: list[Any], before: str = "") -> list[str]:
    """Every address of the account area, with something in each place that wants something."""
    found = []
    for one in patterns:
        path = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            found += _addresses(one.url_patterns, path)
        elif path.startswith("account/"):
            found.append(_filled(path))
    return found


def _filled(path: str) -> str:
    path = path.replace(r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "1-set-password")
    return "/" + re.sub(r"\(\?P<\w+>[^)]*\)|<\w+:\w+>", "1", path).replace("^", "").replace("$", "")


ADDRESSES = sorted(set(_addresses(get_resolver().url_patterns)))
FIELDS = [
    *("email", "login", "password", "password1", "password2", "oldpassword", "code", "credential", "name", "agency"),
    *("next", "key", "action", "language", "time_zone", "remember", "passwordless", "process", "session", "account"),
    *("action_add", "action_primary", "action_send", "action_remove"),
]
VALUES = ["", "x", "\0", "é" * 500, "\xed\xa0\x80", "9" * 400, "a@b@c"]
BODIES: dict[str, tuple[Any, str]] = {
    **{f"form of {value!r:.12}": (dict.fromkeys(FIELDS, value), "") for value in VALUES},
    "nothing": (b"", "application/x-www-form-urlencoded"),
    "JSON": (b'{"email": 7}', "application/json"),
    "broken JSON": (b"{", "application/json"),
    "broken parts": (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    "parts without a boundary": (b"x", "multipart/form-data"),
    "no letters": (b"email=%ff%fe&credential=%ff&code=%ff&password=%00", "application/x-www-form-urlencoded"),
    "unknown letters": (b"email=x", "application/x-www-form-urlencoded; charset=klingon"),
    "huge": (b"credential=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    "many": (b"&".join(b"a%d=1" % number for number in range(2000)), "application/x-www-form-urlencoded"),
    **{f"only {action}": ({action: "", "email": "\0"}, "") for action in FIELDS if action.startswith("action_")},
}


def _send(client: Client, address: str, body: Any, kind: str) -> HttpResponse:
    client.raise_request_exception = False
    sent = client.generic("POST", address, body, content_type=kind) if kind else client.post(address, body)
    assert isinstance(sent, HttpResponse)
    return sent


def _sign_in(client: Client, who: User) -> None:
    """With a password given a moment ago, so that nothing asks for it once more."""
    client.force_login(who)
    session = client.session
    given = {"method": "password", "at": time(), "email": who.email}
    session["account_authentication_methods"] = [given, {"method": "mfa", "type": "webauthn", "at": time()}]
    session.save()


@pytest.fixture
def sam() -> User:
    made = person("Sam Staff")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def key(sam: User) -> SoftKey:
    """Sam's passkey."""
    made = SoftKey()
    Authenticator.objects.create(
        user=sam, type="webauthn", data={"name": "phone", "credential": made.registered("AAAAAAAAAAAAAAAAAAAAAA")}
    )
    return made


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("signed_in", [True, False])
def test_garbage_sent_to_any_page_of_the_account_is_no_fault_of_ours(
    address: str, signed_in: bool, sam: User, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    answers = {"read": client.get(address).status_code}

    for wrong, (body, kind) in BODIES.items():
        if signed_in and "_auth_user_id" not in client.session:
            _sign_in(client, sam)
        answers[wrong] = _send(client, address, body, kind).status_code

    assert {wrong: status for wrong, status in answers.items() if status >= 500} == {}


def _challenge(client: Client) -> str:
    return str(client.session[STATE_SESSION_KEY]["challenge"])


def _asked_for_a_passkey(client: Client, way: str, sam: User) -> str:
    """Stand at one of the places where a passkey is asked for; where its answer is sent."""
    if way == "login":
        client.get(f"{SECOND}webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
        return f"{SECOND}webauthn/login/"
    if way == "authenticate":
        client.post("/account/login/", {"login": sam.email, "password": PASSWORD})
        client.get(f"{SECOND}authenticate/")
        return f"{SECOND}authenticate/"
    _sign_in(client, sam)
    client.get(f"{SECOND}webauthn/{way}/")
    return f"{SECOND}webauthn/{way}/"


def _whole_answer(client: Client, way: str, key: SoftKey, sam: User) -> dict[str, Any]:
    challenge = _challenge(client)
    return key.registered(challenge) if way == "add" else key.signed(challenge, user_pk_to_url_str(sam))


@pytest.mark.parametrize("way", ["login", "authenticate", "reauthenticate", "add"])
def test_broken_answer_of_a_passkey_is_refused_in_words_on_the_same_page(
    way: str, key: SoftKey, sam: User, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    _asked_for_a_passkey(client, way, sam)
    client.raise_request_exception = False
    wrong = {}

    for what in broken_answers(_whole_answer(client, way, key, sam), is_named=way == "login"):
        address = _asked_for_a_passkey(client, way, sam)
        text = broken_answers(_whole_answer(client, way, key, sam))[what]
        answer = client.post(address, {"credential": text}, follow=way == "login")
        if answer.status_code != 200 or UNREAD not in answer.content.decode():
            wrong[what] = answer.status_code

    assert wrong == {}
    assert Authenticator.objects.filter(user=sam).count() == 1


@pytest.mark.parametrize("way", ["login", "authenticate", "reauthenticate", "add"])
def test_whole_answer_of_a_passkey_is_taken_after_a_broken_one(
    way: str, key: SoftKey, sam: User, client: Client
) -> None:
    address = _asked_for_a_passkey(client, way, sam)
    client.post(address, {"credential": "{}"})
    address = _asked_for_a_passkey(client, way, sam)

    taken = client.post(address, {"credential": json.dumps(_whole_answer(client, way, key, sam))})

    assert taken.status_code == 302
    assert client.session["_auth_user_id"] == str(sam.pk)
    assert Authenticator.objects.filter(user=sam, type="webauthn").count() == (2 if way == "add" else 1)


def test_nothing_is_kept_of_a_new_passkey_but_what_is_read(sam: User, client: Client) -> None:
    """No database of ours keeps a NUL or half a sign; nobody bounds what else somebody may write there."""
    made = SoftKey()
    address = _asked_for_a_passkey(client, "add", sam)
    whole = made.registered(_challenge(client))
    odd = {"\0": 1, "\ud800": "\ud800", "x": "y" * 500}
    answer = {
        **whole, **odd, "authenticatorAttachment": "\0",
        "response": {**whole["response"], **odd, "transports": ["\0"]},
        "clientExtensionResults": {"credProps": {"rk": True, **odd}, **odd},
    }  # fmt: skip

    client.post(address, {"name": "phone", "credential": json.dumps(answer)})

    kept = Authenticator.objects.get(user=sam, type="webauthn")
    assert kept.data == {"name": "phone", "credential": whole}
    assert kept.wrap().is_passwordless is True


@pytest.mark.parametrize("way", ["login", "authenticate", "reauthenticate"])
@pytest.mark.parametrize(
    ("counts", "is_taken"),
    [((0, 0, 0), True), ((0, 1, 2), True), ((5, 6, 9), True), ((5, 0, 6), True), ((5, 5), False), ((5, 7, 6), False)],
)
def test_passkey_that_counts_back_may_be_a_copy_and_is_refused(
    counts: tuple[int, ...], is_taken: bool, way: str, sam: User, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    made = SoftKey()
    data = {"name": "phone", "credential": made.registered("AAAAAAAAAAAAAAAAAAAAAA", count=counts[0])}
    Authenticator.objects.create(user=sam, type="webauthn", data=data)

    for count in counts[1:]:
        client.logout()
        address = _asked_for_a_passkey(client, way, sam)
        answer = made.signed(_challenge(client), user_pk_to_url_str(sam), count=count)
        page = client.post(address, {"credential": json.dumps(answer)}, follow=True).content.decode()

    assert ("there may be a copy of it" in page) == (not is_taken)
    assert Authenticator.objects.get().data.get("count", 0) == max(counts[1:] if is_taken else counts[1:-1], default=0)


@pytest.mark.parametrize("way", ["login", "authenticate", "reauthenticate", "add"])
def test_answer_from_a_page_within_another_site_is_refused(way: str, key: SoftKey, sam: User, client: Client) -> None:
    address = _asked_for_a_passkey(client, way, sam)
    challenge = _challenge(client)
    within = key.registered(challenge, is_within=True) if way == "add" else ""
    answer = within or key.signed(challenge, user_pk_to_url_str(sam), is_within=True)

    page = client.post(address, {"credential": json.dumps(answer)}, follow=way == "login")

    assert (page.status_code, UNREAD in page.content.decode()) == (200, True)
    assert Authenticator.objects.filter(user=sam).count() == 1


def test_question_of_a_second_step_serves_no_sign_in_by_passkey_alone(key: SoftKey, sam: User, client: Client) -> None:
    """A stolen key knows no PIN; the question asks for none, and its own sign-in has run out."""
    _asked_for_a_passkey(client, "authenticate", sam)
    session = client.session
    session.pop("account_login")
    session.save()
    answer = key.signed(_challenge(client), user_pk_to_url_str(sam))

    client.post(f"{SECOND}webauthn/login/", {"credential": json.dumps(answer)})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("is_proved", [True, False])
def test_address_of_an_account_made_by_a_list_is_not_made_the_first_of_another(
    is_proved: bool, sam: User, client: Client
) -> None:
    """A list made the account, and nobody has come to it; Sam has, or says to have, the address."""
    User.objects.create_user("sam@work.example", None, name="Sam by a list")
    if not is_proved:
        sam.emailaddress_set.update(verified=False)
    sam.emailaddress_set.create(email="sam@work.example", verified=is_proved, primary=False)
    _sign_in(client, sam)

    answer = client.post("/account/email/", {"email": "sam@work.example", "action_primary": ""}, follow=True)

    words = "Another account signs in with sam@work.example" if is_proved else "Confirm that address first"
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    sam.refresh_from_db()
    assert sam.email == "sam.staff@example.org"
    assert EmailAddress.objects.get(user=sam, primary=True).email == sam.email


def test_an_unproved_address_reads_the_same_whether_somebody_signs_in_with_it_or_not(sam: User, client: Client) -> None:
    User.objects.create_user("known@work.example", None, name="Known")
    sam.emailaddress_set.update(verified=False)
    pages = []

    for address in ("known@work.example", "other@work.example"):
        made = sam.emailaddress_set.create(email=address, verified=False, primary=False)
        _sign_in(client, sam)
        page = client.post("/account/email/", {"email": address, "action_primary": ""}, follow=True)
        pages.append(without_token(page.content.decode()).replace(address, "an address"))
        made.delete()

    assert pages[0] == pages[1]


def test_a_proved_address_that_is_nobodys_is_made_the_first(sam: User, client: Client) -> None:
    sam.emailaddress_set.create(email="sam@home.example", verified=True, primary=False)
    _sign_in(client, sam)

    client.post("/account/email/", {"email": "sam@home.example", "action_primary": ""})

    sam.refresh_from_db()
    assert (sam.email, EmailAddress.objects.get(user=sam, primary=True).email) == ("sam@home.example",) * 2
