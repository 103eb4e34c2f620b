"""Signing in through an organisation's own service: a real OpenID Connect provider on this machine."""

import json
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from http.cookiejar import CookieJar
from time import monotonic, sleep, time
from urllib.parse import urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from people.memberships import has_left, join_organisation
from people.models import Membership, Organisation, OrganisationSignIn, User
from people.second_step import sealed
from post.models import Message
from privacy.retention import apply_retention
from tests.factories import people, person
from tests.pages import without_token

pytestmark = pytest.mark.django_db
FIRST = {"name": "Gwen Ŵyn", "agency": "health"}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that lets anybody be whoever they say they are."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address, began = f"http://127.0.0.1:{port}", monotonic()
        while not _answers(f"{address}/.well-known/openid-configuration") and monotonic() - began < 20:
            sleep(0.1)
        yield address
        process.terminate()


def _answers(address: str) -> bool:
    try:
        return bool(urllib.request.urlopen(address, timeout=2).status == 200)
    except OSError:
        return False


def service(
    provider: str, key: str = "saltby", domains: str = "saltby.example", **fields: object
) -> OrganisationSignIn:
    organisation = Organisation.objects.create(name=f"Trust {key}")
    given = {"server_url": provider, "client_id": f"client-{key}", "sealed_secret": sealed("hush"), **fields}
    return OrganisationSignIn.objects.create(organisation=organisation, key=key, domains=domains, **given)


def claims(provider: str, sub: str, **said: object) -> None:
    """Tell the provider what to say of somebody."""
    body = json.dumps(said).encode()
    request = urllib.request.Request(
        f"{provider}/users/{sub}", body, {"Content-Type": "application/json"}, method="PUT"
    )
    urllib.request.urlopen(request, timeout=5)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *of_the_answer: object) -> None:
        return None


def led_to(answer: HttpResponse) -> str:
    """Where the page leads on to: once by itself, and once by a link."""
    page = answer.content.decode()
    by_itself = re.findall(r'http-equiv="refresh" content="0; ?url=([^"]+)"', page)
    by_link = re.findall(r'<a class="btn" href="(http[^"]+)"', page)
    assert (len(by_itself), by_itself) == (1, by_link)
    return unescape(by_link[0])


def go_there_and_back(client: Client, key: str, sub: str, asked: str = "") -> str:
    """Press the button, sign in over there as `sub`, and give the address the browser is sent back to."""
    there = led_to(client.post(f"/account/organisation/sign-in/{key}/login/{asked}"))
    browser = urllib.request.build_opener(NoRedirect, urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        browser.open(there, urlencode({"sub": sub}).encode(), timeout=10)
    except urllib.error.HTTPError as answer:
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"
    raise AssertionError("the provider sent nobody back")


def test_somebody_new_says_name_and_agency_once_and_has_an_account(provider: str, client: Client) -> None:
    service(provider)
    claims(provider, "gwen", email="gwen@saltby.example", name="Gwen Ŵyn")

    back = client.get(go_there_and_back(client, "saltby", "gwen"), follow=True)
    form = back.content.decode()
    made = client.post("/account/organisation/signup/", {**FIRST, "email": "somebody@else.example"}, follow=True)

    gwen = User.objects.get(email="gwen@saltby.example")
    assert ("Gwen Ŵyn" in form, "gwen@saltby.example" in form) == (True, True)
    assert (made.status_code, gwen.agency, gwen.has_usable_password()) == (200, "health", False)
    assert made.redirect_chain[-1][0] == "/my-learning/"
    assert not User.objects.filter(email="somebody@else.example").exists()


def test_somebody_known_by_that_address_is_the_same_person(provider: str, client: Client) -> None:
    service(provider)
    gwen = person("Gwen", email="gwen@saltby.example")
    claims(provider, "gwen2", email="gwen@saltby.example")

    client.get(go_there_and_back(client, "saltby", "gwen2"))

    assert client.session["_auth_user_id"] == str(gwen.pk)
    assert SocialAccount.objects.get().user == gwen
    assert User.objects.count() == 1


def test_a_service_speaks_for_no_address_of_another_organisation(provider: str, client: Client) -> None:
    service(provider)
    service(provider, "larchmere", "larchmere.example")
    person("Lena Lead", email="lena@larchmere.example")
    claims(provider, "thief", email="lena@larchmere.example", email_verified=True)

    answer = client.get(go_there_and_back(client, "saltby", "thief"))

    assert answer.status_code == 403
    assert "opens accounts of its own addresses only" in answer.content.decode()
    assert ("_auth_user_id" in client.session, SocialAccount.objects.count()) == (False, 0)


def test_an_answer_without_an_address_opens_nothing(provider: str, client: Client) -> None:
    service(provider)
    claims(provider, "nobody", name="No Address")

    answer = client.get(go_there_and_back(client, "saltby", "nobody"))

    assert (answer.status_code, User.objects.count()) == (403, 0)


def test_a_service_that_is_out_of_use_or_unknown_is_not_there(provider: str, client: Client) -> None:
    service(provider, is_open=False)

    answers = [client.get(f"/account/organisation/sign-in/{key}/login/").status_code for key in ("saltby", "other")]

    assert answers == [404, 404]


def test_a_service_that_does_not_answer_is_said_in_words(client: Client) -> None:
    service("http://127.0.0.1:1")

    answer = client.post("/account/organisation/sign-in/saltby/login/")

    assert "did not answer as it should" in answer.content.decode()
    assert answer.status_code == 502


@pytest.mark.parametrize(
    ("email", "leads"), [("a@SALTBY.example", True), ("a@saltby.example.org", False), ("a@evil-saltby.example", False)]
)
def test_the_end_of_an_address_leads_to_its_organisation_and_no_other(email: str, leads: bool, client: Client) -> None:
    service("https://sign-in.example")

    page = client.post("/account/organisation/find/", {"email": email}).content.decode()

    assert ("Go to Trust saltby" in page) == leads
    assert ("No organisation with addresses like this one" in page) != leads


def test_a_staff_role_still_gives_our_second_step(provider: str, client: Client) -> None:
    service(provider)
    person("Ada", email="ada@saltby.example", is_superuser=True)
    claims(provider, "ada", email="ada@saltby.example")

    client.get(go_there_and_back(client, "saltby", "ada"))

    assert client.get("/my-learning/").headers["Location"].startswith("/account/second-step/")


def test_an_administrator_adds_a_service_and_its_secret_is_never_shown(client: Client) -> None:
    client.force_login(person("Ada", is_superuser=True))
    trust = Organisation.objects.create(name="Saltby Health Trust")
    form = {
        "organisation": trust.pk, "key": "saltby", "server_url": "https://sign-in.example", "client_id": "lt",
        "secret": "s3cret-canary", "domains": "saltby.example", "is_open": "on",
    }  # fmt: skip

    added = client.post("/admin/organisation_sign_ins/new/", form)
    made = OrganisationSignIn.objects.get()
    kept = made.sealed_secret
    page = client.get(f"/admin/organisation_sign_ins/edit/{made.pk}/").content.decode()
    client.post(f"/admin/organisation_sign_ins/edit/{made.pk}/", {**form, "secret": "", "client_id": "lt2"})

    made.refresh_from_db()
    assert added.status_code == 302
    assert ("s3cret-canary" in page, "s3cret-canary" in kept) == (False, False)
    assert (made.sealed_secret, made.client_id) == (kept, "lt2")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("domains", "saltby", "is not the end of an address"),
        ("domains", "@saltby.example", "is not the end of an address"),
        ("server_url", "ftp://sign-in.example", "Enter a valid URL"),
    ],
)
def test_a_service_that_could_not_work_is_refused_in_words(field: str, value: str, words: str, client: Client) -> None:
    client.force_login(person("Ada", is_superuser=True))
    trust = Organisation.objects.create(name="Saltby Health Trust")
    form = {
        "organisation": trust.pk, "key": "saltby", "server_url": "https://sign-in.example", "client_id": "lt",
        "secret": "hush", "domains": "saltby.example", "is_open": "on", field: value,
    }  # fmt: skip

    page = client.post("/admin/organisation_sign_ins/new/", form).content.decode()

    assert words in re.sub(r"&\w+;|&#\w+;", "", page)
    assert not OrganisationSignIn.objects.exists()


def test_an_editor_sees_no_services(client: Client) -> None:
    client.force_login(people().dev)

    answer = client.get("/admin/organisation_sign_ins/")

    assert answer.status_code in (302, 403, 404)
    assert "organisation_sign_ins" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("asked", ["?process=connect", ""])
def test_service_is_never_tied_to_the_account_of_whoever_is_signed_in(
    provider: str, client: Client, asked: str
) -> None:
    """A link made by those who run the service, opened by somebody of another organisation."""
    service(provider)
    vic = person("Vic Tim", email="vic@larchmere.example")
    client.force_login(vic)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time(), "email": vic.email}]
    session.save()
    claims(provider, "mallory", email="mallory@saltby.example", name="Mallory")

    answer = client.get(go_there_and_back(client, "saltby", "mallory", asked), follow=True)
    mallory = Client()
    mallory.get(go_there_and_back(mallory, "saltby", "mallory"))

    assert answer.status_code == 403
    assert "you are signed in as somebody else" in answer.content.decode()
    assert not SocialAccount.objects.exists()
    assert mallory.session.get("_auth_user_id") != str(vic.pk)


def test_service_opens_no_account_that_has_given_its_address_up(provider: str, client: Client) -> None:
    service(provider)
    gwen = person("Gwen", email="gwen@saltby.example")
    claims(provider, "gwen4", email="gwen@saltby.example")
    client.get(go_there_and_back(client, "saltby", "gwen4"))
    client.logout()
    EmailAddress.objects.filter(user=gwen).update(email="gwen@home.example")
    User.objects.filter(pk=gwen.pk).update(email="gwen@home.example")

    answer = client.get(go_there_and_back(client, "saltby", "gwen4"))

    assert (answer.status_code, "_auth_user_id" in client.session, SocialAccount.objects.exists()) == (
        403,
        False,
        False,
    )


def test_address_somebody_else_typed_is_opened_by_a_service_for_nobody_but_its_owner(
    provider: str, client: Client
) -> None:
    service(provider)
    mallory = person("Mallory", email="mallory@elsewhere.example")
    EmailAddress.objects.create(user=mallory, email="gwen@saltby.example", verified=False, primary=False)
    claims(provider, "gwen5", email="gwen@saltby.example", name="Gwen Ŵyn")

    client.get(go_there_and_back(client, "saltby", "gwen5"), follow=True)
    client.post("/account/organisation/signup/", FIRST, follow=True)

    gwen = User.objects.get(email="gwen@saltby.example")
    assert client.session.get("_auth_user_id") in (None, str(gwen.pk))  # a letter may have to prove the address first
    assert SocialAccount.objects.get().user == gwen != mallory


def _has_begun(client: Client) -> bool:
    return any(key.startswith("socialaccount") for key, _ in client.session.items())


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_the_address_begins_no_sign_in(method: str, provider: str, client: Client) -> None:
    service(provider)

    answer = getattr(client, method)("/account/organisation/sign-in/saltby/login/?process=login&next=/my-learning/")

    assert answer.status_code == 200
    assert not _has_begun(client)
    if method == "get":
        page = answer.content.decode()
        assert "Go to Trust saltby?" in page
        assert '<form method="post" action="/account/organisation/sign-in/saltby/login/"' in page


def test_another_site_cannot_begin_a_sign_in(provider: str) -> None:
    service(provider)
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/account/organisation/sign-in/saltby/login/")

    assert answer.status_code == 403
    assert not _has_begun(browser)


def test_button_of_our_page_begins_it(provider: str) -> None:
    service(provider)
    browser = Client(enforce_csrf_checks=True)
    find = browser.get("/account/organisation/find/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', find)[0]
    form = {"email": "a@saltby.example", "csrfmiddlewaretoken": token}
    found = browser.post("/account/organisation/find/", form).content.decode()
    pressed = re.findall(r'<form method="post" action="(/account/organisation/sign-in/[^"]+)"', found)[0]

    answer = browser.post(pressed, {"csrfmiddlewaretoken": token})

    assert led_to(answer).startswith(provider)
    assert "no-store" in answer.headers["Cache-Control"]


def _employed(service: OrganisationSignIn, *, until: date | None) -> User:
    """Gwen, whom the organisation's sign-in has opened her account for, and who belongs to it until that day."""
    gwen = person("Gwen", email="gwen@saltby.example")
    began = timezone.localdate() - timedelta(days=400)
    Membership.objects.create(person=gwen, organisation=service.organisation, started_on=began, ended_on=until)
    return gwen


@pytest.mark.parametrize("is_tied", [True, False])
@pytest.mark.parametrize(("days", "opens"), [(0, False), (-200, False), (1, True), (None, True)])
def test_sign_in_of_an_organisation_opens_no_account_of_whoever_has_left_it(
    days: int | None, opens: bool, is_tied: bool, provider: str, client: Client
) -> None:
    sub = f"gwen-left-{days}-{is_tied}"
    gwen = _employed(service(provider), until=None)
    claims(provider, sub, email=gwen.email)
    if is_tied:
        other = Client()
        other.get(go_there_and_back(other, "saltby", sub))
    Membership.objects.update(ended_on=None if days is None else timezone.localdate() + timedelta(days=days))

    answer = client.get(go_there_and_back(client, "saltby", sub))

    assert (client.session.get("_auth_user_id") == str(gwen.pk)) == opens
    assert answer.status_code == (302 if opens else 403)
    if not opens:
        page = answer.content.decode()
        assert "come in with your password, a passkey or a code by email" in page
        assert "Gwen" not in page


@pytest.mark.parametrize(("email", "stays"), [("gwen@saltby.example", True), ("gwen@home.example", False)])
def test_that_somebody_left_is_kept_while_the_sign_in_could_open_their_account(email: str, stays: bool) -> None:
    at_saltby = service("https://sign-in.example")
    gwen = person("Gwen", email=email, last_login=timezone.now())
    left_on = timezone.localdate() - timedelta(days=3000)
    Membership.objects.create(
        person=gwen, organisation=at_saltby.organisation, started_on=left_on - timedelta(days=9), ended_on=left_on
    )

    apply_retention(at=timezone.now())

    assert has_left(gwen, at_saltby.organisation, on=timezone.localdate()) == stays


def test_whoever_left_and_was_taken_back_is_let_in_again(provider: str, client: Client) -> None:
    at_saltby = service(provider)
    gwen = _employed(at_saltby, until=timezone.localdate() - timedelta(days=100))
    claims(provider, "gwen-back", email=gwen.email)
    join_organisation(gwen, at_saltby.organisation, at=timezone.now())

    client.get(go_there_and_back(client, "saltby", "gwen-back"))

    assert client.session["_auth_user_id"] == str(gwen.pk)


def test_whoever_left_another_organisation_is_let_in_by_their_own(provider: str, client: Client) -> None:
    service(provider)
    gwen = _employed(service(provider, "larchmere", "larchmere.example"), until=timezone.localdate())
    claims(provider, "gwen-moved", email=gwen.email)

    client.get(go_there_and_back(client, "saltby", "gwen-moved"))

    assert client.session["_auth_user_id"] == str(gwen.pk)


@pytest.mark.parametrize("belongs", [True, False])
def test_leaver_is_not_let_in_by_another_organisation_with_the_same_addresses_but_their_own(
    belongs: bool, provider: str, client: Client
) -> None:
    gwen = _employed(service(provider), until=timezone.localdate())
    partner = service(provider, "partner", "saltby.example")
    if belongs:
        join_organisation(gwen, partner.organisation, at=timezone.now())
    claims(provider, f"gwen-shared-{belongs}", email=gwen.email)

    client.get(go_there_and_back(client, "partner", f"gwen-shared-{belongs}"))

    assert (client.session.get("_auth_user_id") == str(gwen.pk)) == belongs


def test_whoever_belongs_to_it_from_a_later_day_has_not_left() -> None:
    at_saltby = service("https://sign-in.example")
    gwen = person("Gwen", email="gwen@saltby.example")
    today = timezone.localdate()
    Membership.objects.create(person=gwen, organisation=at_saltby.organisation, started_on=today + timedelta(days=9))

    assert not has_left(gwen, at_saltby.organisation, on=today)


def test_a_leaver_reads_the_same_as_whoever_is_refused_for_another_reason(provider: str, client: Client) -> None:
    gwen = _employed(service(provider), until=timezone.localdate())
    claims(provider, "gwen-gone", email=gwen.email)
    claims(provider, "stranger", email="lena@larchmere.example")

    pages = []
    for sub in ("gwen-gone", "stranger"):
        browser = Client()
        pages.append(without_token(browser.get(go_there_and_back(browser, "saltby", sub)).content.decode()))

    assert pages[0] == pages[1]


def test_a_leaver_still_comes_in_with_a_code(provider: str, client: Client) -> None:
    gwen = _employed(service(provider), until=timezone.localdate())

    client.post("/account/login/code/", {"email": gwen.email})
    code = re.findall(r"^[A-Z0-9-]{5,12}$", Message.objects.get(kind="login_code").text, re.MULTILINE)[0]
    client.post("/account/login/code/confirm/", {"code": code})

    assert client.session["_auth_user_id"] == str(gwen.pk)
