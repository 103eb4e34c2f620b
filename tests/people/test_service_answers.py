"""An organisation's service that answers nonsense: a sentence for the person, and nothing written."""

import base64
import json
from collections.abc import Iterator
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from people.models import OrganisationSignIn, User
from people.service_answers import NotUsable, claims, configuration, token
from tests.factories import person
from tests.people.odd_service import OddService, odd_service
from tests.people.test_organisation_sign_in import FIRST, led_to, service

pytestmark = pytest.mark.django_db
NO_ANSWER = "was broken off or did not answer as it should"
NOT_THEIRS = "opens accounts of its own addresses only"
SHAPES: dict[str, Any] = {
    "a list": [], "null": None, "a text": "x", "a number": 7, "no field": {}, "a page": b"<html>", "nothing": b"",
    "deep": b"[" * 90_000 + b"]" * 90_000, "long": b'{"x": "' + b"x" * 3_000_000 + b'"}', "half a sign": b'"\\ud800"',
}  # fmt: skip
VALUES: list[Any] = [None, True, 7.5, 10**30, [], ["x"], {"a": 1}, "", "a\0b", "\ud800", "x" * 30_000]
ADDRESSES: list[Any] = [
    *VALUES,
    7,
    "/admin/",
    "zzz",
    "ftp://x.example",
    "javascript:alert(1)//",
    "http://[x",
    "http://",
]


@pytest.fixture
def odd(client: Client) -> Iterator[OddService]:
    with odd_service() as server:
        service(server.address)
        client.raise_request_exception = False
        yield server


def _press(client: Client) -> HttpResponse:
    return client.post("/account/organisation/sign-in/saltby/login/")


def _go_and_come(client: Client) -> HttpResponse:
    state = parse_qs(urlsplit(led_to(_press(client))).query)["state"][0]
    return client.get("/account/organisation/sign-in/saltby/login/callback/", {"code": "x", "state": state})


def _held() -> tuple[int, int, int]:
    return User.objects.count(), SocialAccount.objects.count(), EmailAddress.objects.count()


def _wrong(answers: dict[str, HttpResponse], words: str, status: int) -> dict[str, int]:
    """Which of the answers say something else, and what."""
    return {
        what: answer.status_code
        for what, answer in answers.items()
        if answer.status_code != status or words not in answer.content.decode()
    }


def test_service_whose_first_answer_is_nonsense_is_said_in_words(odd: OddService, client: Client) -> None:
    answers = {}

    for what, said in SHAPES.items():
        odd.says = {"configuration": said}
        answers[what] = _press(client)
    for name in odd.usual("configuration"):
        for said in [None, [], {}] if name == "issuer" else ADDRESSES:
            odd.says = {"configuration": {**odd.usual("configuration"), name: said}}
            answers[f"{name} is {said!r:.30}"] = _press(client)
    odd.says, odd.status = {}, {"configuration": 500}
    answers["a fault of its own"] = _press(client)
    odd.status, odd.has_moved = {}, True
    answers["elsewhere"] = _press(client)

    assert _wrong(answers, NO_ANSWER, 502) == {}


def test_list_of_ways_that_is_none_does_not_keep_a_sign_in_back(odd: OddService, client: Client) -> None:
    for said in (None, 7, {}, "x", [7, None]):
        odd.says = {"configuration": {**odd.usual("configuration"), "token_endpoint_auth_methods_supported": said}}

        assert _go_and_come(client).headers["Location"] == "/account/organisation/signup/"


def _signed(**said: Any) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in ({"alg": "none"}, said)]
    return ".".join([*parts, "x"])


def test_service_whose_token_is_nonsense_opens_nothing_and_is_said_in_words(odd: OddService, client: Client) -> None:
    person("Gwen", email="gwen@saltby.example")
    before, answers = _held(), {}
    plain = {"iss": odd.address, "aud": "client-saltby", "jti": "1"}
    signed = [_signed(**plain, exp=exp) for exp in ("9999999999", "x", None, [], 10**30, float("nan"))]
    signed += [_signed(**{**plain, "exp": 9999999999, name: said}) for name in ("iss", "jti") for said in ([], 7, {})]

    for what, said in SHAPES.items():
        odd.says = {"token": said}
        answers[what] = _go_and_come(client)
    for said in [*VALUES, 7, "é"]:
        odd.says = {"token": {"access_token": said}}
        answers[f"token is {said!r:.30}"] = _go_and_come(client)
    for said in [*VALUES[1:], *signed, 7, "x.y.z", "x.!!.z"]:
        odd.says = {"token": {"access_token": "t", "id_token": said}}
        answers[f"signed word is {said!r:.200}"] = _go_and_come(client)

    assert _wrong(answers, NO_ANSWER, 502) == {}
    assert (_held(), "_auth_user_id" in client.session) == (before, False)


def test_signed_word_for_another_site_opens_nothing(odd: OddService, client: Client) -> None:
    person("Gwen", email="gwen@saltby.example")
    signed = _signed(iss=odd.address, aud="somebody-else", exp=9999999999)
    odd.says = {"token": {"access_token": "t", "id_token": signed}}

    answer = _go_and_come(client)

    assert (answer.status_code, NO_ANSWER in answer.content.decode()) == (401, True)
    assert "_auth_user_id" not in client.session


def test_how_long_a_token_holds_is_nobodys_business_here(odd: OddService, client: Client) -> None:
    for said in ("x", 10**30, [], {}):
        odd.says = {"token": {"access_token": "t", "expires_in": said, "refresh_token": said}}

        assert _go_and_come(client).headers["Location"] == "/account/organisation/signup/"


def test_service_whose_claims_are_nonsense_opens_nothing_and_is_said_in_words(odd: OddService, client: Client) -> None:
    person("Gwen", email="gwen@saltby.example")
    before, nonsense, not_theirs = _held(), {}, {}

    for what, said in SHAPES.items():
        odd.says = {"claims": said}
        nonsense[what] = _go_and_come(client)
    odd.says = {"claims": b'{"sub": "gwen", "email": "gwen@saltby.example", "x": NaN}'}
    nonsense["NaN"] = _go_and_come(client)
    for said in VALUES:
        odd.says = {"claims": {"sub": said, "email": "gwen@saltby.example"}}
        if said != 10**30:  # a number is an identity
            nonsense[f"identity is {said!r:.30}"] = _go_and_come(client)
    for said in [*VALUES, 7, "x" * 400 + "@saltby.example", "a\0@saltby.example", "\ud800@saltby.example"]:
        odd.says = {"claims": {"sub": "gwen", "email": said}}
        not_theirs[f"address is {said!r:.30}"] = _go_and_come(client)

    assert (_wrong(nonsense, NO_ANSWER, 502), _wrong(not_theirs, NOT_THEIRS, 403)) == ({}, {})
    assert (_held(), "_auth_user_id" in client.session) == (before, False)


@pytest.mark.parametrize("name", [*VALUES, 7])
def test_name_that_is_none_is_asked_like_any_other(name: Any, odd: OddService, client: Client) -> None:
    odd.says = {"claims": {"sub": "gwen", "email": "gwen@saltby.example", "name": name, "more": name, "": "\0"}}

    form = client.get(_go_and_come(client).headers["Location"])
    client.post("/account/organisation/signup/", FIRST)

    assert form.status_code == 200
    assert User.objects.get().name == FIRST["name"]
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("gwen", {"userinfo": {"sub": "gwen", "email": "gwen@saltby.example"}})


@pytest.mark.parametrize("said", [True, "true", "maybe", 1, [True], {}, None, False])
def test_what_a_service_says_of_an_address_being_verified_counts_for_nothing(
    said: Any, odd: OddService, client: Client
) -> None:
    lena = person("Lena Lead", email="lena@larchmere.example")
    odd.says = {"claims": {"sub": "thief", "email": lena.email, "email_verified": said}}

    answer = _go_and_come(client)

    assert (answer.status_code, "_auth_user_id" in client.session, SocialAccount.objects.count()) == (403, False, 0)
    assert claims({"sub": "x", "email_verified": said}) == {"sub": "x"}


@pytest.mark.parametrize(
    ("reading", "said"), [(configuration, {}), (token, {}), (token, {"access_token": " \n"}), (claims, {"sub": ""})]
)
def test_answer_without_what_was_asked_for_is_not_usable(reading: Any, said: dict[str, Any]) -> None:
    with pytest.raises(NotUsable):
        reading(said)


CHANGES = {
    "closed": {"is_open": False},
    "renamed": {"key": "other"},
    "another client": {"client_id": "another"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_first_sign_in_whose_service_is_gone_meanwhile_is_said_in_words(
    change: str, odd: OddService, client: Client
) -> None:
    form = _go_and_come(client).headers["Location"]
    OrganisationSignIn.objects.update(**CHANGES[change])

    answers = {"looked at": client.get(form), "again": client.get(form, follow=True)}

    assert _wrong({"looked at": answers["looked at"]}, "was closed or changed before you were done", 403) == {}
    assert (answers["again"].status_code, User.objects.count()) == (200, 0)


def test_form_of_a_first_sign_in_sent_after_its_service_has_gone_makes_nothing(odd: OddService, client: Client) -> None:
    form = _go_and_come(client).headers["Location"]
    OrganisationSignIn.objects.all().delete()

    answer = client.post(form, FIRST)

    assert _wrong({"sent": answer}, "was closed or changed before you were done", 403) == {}
    assert (_held(), "_auth_user_id" in client.session) == ((0, 0, 0), False)


def test_first_sign_in_whose_service_speaks_for_other_addresses_meanwhile_makes_nothing(
    odd: OddService, client: Client
) -> None:
    form = _go_and_come(client).headers["Location"]
    OrganisationSignIn.objects.update(domains="larchmere.example")

    answer = client.post(form, FIRST)

    assert _wrong({"sent": answer}, NOT_THEIRS, 403) == {}
    assert (_held(), client.get(form).headers["Location"]) == ((0, 0, 0), "/account/login/")


def test_tie_to_a_service_that_is_closed_is_named_and_can_be_undone(odd: OddService, client: Client) -> None:
    gwen = person("Gwen", email="gwen@saltby.example")
    gwen.set_password("a long and winding road")
    gwen.save()
    client.force_login(gwen)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time(), "email": gwen.email}]
    session.save()
    SocialAccount.objects.create(user=gwen, provider="saltby", uid="gwen")
    OrganisationSignIn.objects.update(is_open=False)

    page = client.get("/account/organisation/").content.decode()
    client.post("/account/organisation/", {"account": SocialAccount.objects.get().pk})

    assert "<span>A sign-in that is closed</span>" in page
    assert SocialAccount.objects.count() == 0
