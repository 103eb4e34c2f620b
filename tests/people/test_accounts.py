"""Sign-up, sign-in and password reset: the same words and one mail whether an address is known or not."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from people.adapters import NEXT_AFTER_SIGN_IN, NEXT_BY_LETTER
from people.forms import SignupDetails
from people.models import User
from post.models import Message
from tests.enrolments.doings import rival_acting_after
from tests.factories import person
from tests.pages import without_token

pytestmark = pytest.mark.django_db
PASSWORD = "a long and winding road"


def _plain(body: bytes, address: str) -> str:
    """A page without what differs at every request, and without the address."""
    return re.sub(re.escape(address), "ADDRESS", without_token(body.decode()), flags=re.IGNORECASE)


def _form(**changed: str) -> dict[str, str]:
    return {"email": "nia.new@example.org", "name": "Nia New", "agency": "police", "password1": PASSWORD, **changed}


def _amina() -> User:
    amina = person("Amina Rahman", "amina@example.org")
    amina.set_password(PASSWORD)
    amina.save()
    return amina


def test_sign_up_asks_for_four_things_each_with_a_label(client: Client) -> None:
    page = client.get("/account/signup/").content.decode()

    fields = re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', page)
    asked = [name for name in fields if name not in ("csrfmiddlewaretoken", "next")]
    assert asked == ["name", "email", "agency", "password1"]
    assert all(f'for="id_{name}"' in page for name in asked)


WRITE_ADDRESS, WRITE_PASSWORD = "Write your email address.", "Write your password."
WRITE_OLD, CHOOSE_NEW = "Write the password you use now.", "Choose a password."


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        ("/account/signup/", ["Write your name.", WRITE_ADDRESS, "Choose the agency you work in.", CHOOSE_NEW]),
        ("/account/login/", [WRITE_ADDRESS, WRITE_PASSWORD]),
        ("/account/password/reset/", [WRITE_ADDRESS]),
    ],
)
def test_empty_form_says_of_each_field_what_to_write(client: Client, path: str, sentences: list[str]) -> None:
    assert _refusals(client.post(path, {})) == sentences


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        ("/account/email/", [WRITE_ADDRESS]),
        ("/account/password/change/", [WRITE_OLD, CHOOSE_NEW, "Write the new password once more."]),
        ("/account/reauthenticate/", [WRITE_PASSWORD]),
    ],
)
def test_empty_form_of_somebody_signed_in_says_what_to_write(client: Client, path: str, sentences: list[str]) -> None:
    client.force_login(_amina())

    assert _refusals(client.post(path, {"action_add": ""})) == sentences


def _refusals(answer: HttpResponse) -> list[str]:
    """The sentences beside the fields."""
    return [words.strip() for words in re.findall(r'<p class="error"[^>]*><span>(.*?)</span>', answer.content.decode())]


def test_sign_up_keeps_name_agency_and_the_language_of_the_page(client: Client) -> None:
    client.post("/cy/account/signup/", _form(name="  Nia \t New\n "))

    nia = User.objects.get()
    assert (nia.name, nia.email, nia.agency, nia.language, nia.check_password(PASSWORD)) == (
        "Nia New", "nia.new@example.org", "police", "cy", True,
    )  # fmt: skip


def test_sign_up_in_english_keeps_english(client: Client) -> None:
    client.post("/account/signup/", _form(), headers={"accept-language": "cy"})

    assert User.objects.get().language == "en"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nia New", "Nia New"),
        ("  Nia   New  ", "Nia New"),
        ("Nia\r\nNew", "Nia New"),
        ("Siân Ŵyn-Ŷstwyth", "Siân Ŵyn-Ŷstwyth"),
        ("O’Neill", "O’Neill"),
        ("李小龙", "李小龙"),
        ("12345", None),
        ("...", None),
        ("   ", None),
        ("x" * 151, None),
    ],
)
def test_name_is_one_line_with_single_spaces_and_at_least_a_letter(typed: str, kept: str | None) -> None:
    form = SignupDetails({"name": typed, "agency": "health"})

    assert form.is_valid() is (kept is not None)
    assert form.cleaned_data.get("name") == kept


def test_agency_nobody_has_is_refused(client: Client) -> None:
    response = client.post("/account/signup/", _form(agency="circus"))

    assert (response.status_code, User.objects.count(), Message.objects.count()) == (200, 0, 0)


@pytest.mark.parametrize("known", ["amina@example.org", "AMINA@example.org"])
def test_sign_up_answers_alike_and_sends_one_mail_whether_the_address_is_known_or_not(known: str) -> None:
    _amina()
    pages, outcomes = [], []

    for address in (known, "nobody.yet@example.org"):
        response = Client().post("/account/signup/", _form(email=address), follow=True)
        pages.append(_plain(response.content, address))
        outcomes.append((response.status_code, response.redirect_chain, sorted(response.cookies)))

    assert pages[0] == pages[1]
    assert outcomes[0] == outcomes[1]
    assert sorted(Message.objects.values_list("address", "state")) == sorted(
        [(known.lower(), "waiting"), ("nobody.yet@example.org", "waiting")]
    )
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/account/password/reset/", {"email": "amina@example.org"}),
        ("/account/password/reset/", {"email": "nobody.yet@example.org"}),
        ("/account/login/code/", {"email": "nobody.yet@example.org"}),
        ("/account/signup/", None),
        ("/account/signup/", {"email": "amina@example.org"}),
    ],
)
def test_links_of_letters_lead_to_the_sites_own_address_whatever_the_request_says(
    address: str, form: dict[str, str] | None
) -> None:
    _amina()
    given = _form(**(form or {})) if "signup" in address else form

    Client(HTTP_HOST="testserver:4444").post(address, given)

    letter = Message.objects.get()
    assert ("http://testserver/account/" in letter.text, "4444" in letter.text + letter.html) == (True, False)


class CountingHasher(MD5PasswordHasher):
    """Keeps how many passwords were hashed: that is what takes time in earnest."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return str(super().encode(password, salt))


def test_sign_up_takes_as_long_for_a_known_address_as_for_a_new_one(settings: LazySettings) -> None:
    _amina()
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    counts = []

    for address in ("amina@example.org", "nobody.yet@example.org"):
        CountingHasher.hashed = 0
        Client().post("/account/signup/", _form(email=address))
        counts.append(CountingHasher.hashed)

    assert (counts, User.objects.count()) == ([1, 1], 2)


def test_second_of_two_simultaneous_sign_ups_is_answered_like_a_known_address(client: Client) -> None:
    def other() -> None:
        person("Nia First", "NIA.new@example.org")

    with rival_acting_after('FROM "account_emailaddress"', other) as looks:
        response = client.post("/account/signup/", _form())

    assert looks
    assert (response.status_code, response["Location"]) == (302, "/account/confirm-email/")
    assert list(User.objects.values_list("name", flat=True)) == ["Nia First"]
    assert list(Message.objects.values_list("address", "kind")) == [("nia.new@example.org", "account_already_exists")]


def test_mail_goes_into_the_outbox_and_not_to_a_mail_server(client: Client) -> None:
    client.post("/cy/account/signup/", _form())

    message = Message.objects.get()
    assert (message.address, message.person, message.language, message.state, message.tries) == (
        "nia.new@example.org", User.objects.get(), "cy", "waiting", 0,
    )  # fmt: skip
    assert re.search(r"http://testserver/cy/account/confirm-email/\S+/", message.text)
    assert mail.outbox == []


def test_verification_link_verifies_only_by_a_button_and_then_they_may_sign_in(client: Client) -> None:
    client.post("/account/signup/", _form())
    link = re.search(r"http://testserver(/account/confirm-email/\S+)", Message.objects.get().text)[1]

    Client().get(link)
    looked = EmailAddress.objects.get().verified
    client.post(link)
    response = client.post("/account/login/", {"login": "Nia.New@example.org", "password": PASSWORD})

    assert (looked, EmailAddress.objects.get().verified) == (False, True)
    assert (response.status_code, response["Location"]) == (302, "/my-learning/")


@pytest.mark.parametrize(
    ("going_to", "lands"),
    [("/join/abc/", "/join/abc/"), ("//elsewhere.example/", "/account/login/"), ("", "/account/login/")],
)
def test_verification_link_leads_on_to_where_they_were_going_in_another_browser_too(
    client: Client, going_to: str, lands: str
) -> None:
    session = client.session
    session[NEXT_BY_LETTER] = going_to
    session.save()
    client.post("/account/signup/", _form())
    link = re.search(r"http://testserver(/account/confirm-email/\S+)", Message.objects.get().text)[1]
    other = Client()

    page = other.get(link).content.decode()
    hidden = re.search(r'name="next" value="([^"]*)"', page)
    response = other.post(link.partition("?")[0], {"next": hidden[1]} if hidden else {})

    assert (response.status_code, response["Location"]) == (302, lands)
    forged = Client().post(link.partition("?")[0], {"next": "https://elsewhere.example/"})
    assert "elsewhere" not in forged.get("Location", "")


def test_password_planted_on_an_unproved_address_opens_nothing_once_its_owner_came_by_a_code(client: Client) -> None:
    Client().post("/account/signup/", _form())  # a stranger, who cannot read Nia's letters
    client.post("/account/login/code/", {"email": "nia.new@example.org"})
    text = Message.objects.get(kind="login_code").text
    code = re.findall(r"^[A-Z0-9-]{5,12}$", text, re.MULTILINE)[0]

    client.post("/account/login/code/confirm/", {"code": code})

    nia = User.objects.get(email="nia.new@example.org")
    assert (client.session.get("_auth_user_id"), nia.has_usable_password()) == (str(nia.pk), False)
    assert client.get("/my-learning/").status_code == 200
    stranger = Client()
    stranger.post("/account/login/", {"login": "nia.new@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in stranger.session


def test_password_of_a_proved_address_stays_after_a_code(client: Client) -> None:
    nia = person("Nia New", "nia.new@example.org")
    nia.set_password(PASSWORD)
    nia.save()
    client.post("/account/login/code/", {"email": "nia.new@example.org"})
    code = re.findall(r"^[A-Z0-9-]{5,12}$", Message.objects.get(kind="login_code").text, re.MULTILINE)[0]

    client.post("/account/login/code/confirm/", {"code": code})

    nia.refresh_from_db()
    assert (client.session.get("_auth_user_id"), nia.check_password(PASSWORD)) == (str(nia.pk), True)


def test_unverified_address_signs_nobody_in(client: Client) -> None:
    client.post("/account/signup/", _form())

    response = Client().post("/account/login/", {"login": "nia.new@example.org", "password": PASSWORD})

    assert response["Location"] == "/account/confirm-email/"
    assert "_auth_user_id" not in response.client.session


def test_sign_in_refuses_an_unknown_address_and_a_wrong_password_in_the_same_words() -> None:
    _amina()
    pages = [
        _plain(Client().post("/account/login/", {"login": login, "password": "not this one at all"}).content, login)
        for login in ("amina@example.org", "nobody.yet@example.org")
    ]

    assert pages[0] == pages[1]
    assert Message.objects.count() == 0


def test_password_reset_answers_alike_and_sends_one_mail_whether_the_address_is_known_or_not() -> None:
    amina = _amina()
    pages, outcomes = [], []

    for address in ("Amina@example.org", "nobody.yet@example.org"):
        response = Client().post("/account/password/reset/", {"email": address}, follow=True)
        pages.append(_plain(response.content, address))
        outcomes.append((response.status_code, response.redirect_chain, sorted(response.cookies)))

    assert pages[0] == pages[1]
    assert outcomes[0] == outcomes[1]
    assert list(Message.objects.order_by("pk").values_list("address", "person")) == [
        ("amina@example.org", amina.pk), ("nobody.yet@example.org", None),
    ]  # fmt: skip
    assert mail.outbox == []


def test_somebody_kept_out_cannot_sign_in_or_stay_signed_in() -> None:
    amina = _amina()
    signed_in = Client()
    signed_in.force_login(amina)
    User.objects.filter(pk=amina.pk).update(is_active=False)

    response = Client().post("/account/login/", {"login": "amina@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in response.client.session
    assert signed_in.get("/my-learning/")["Location"].startswith("/account/login/")


def _signed_in_from(client: Client, *, remembered: str = "", asked: str = "") -> str:
    _amina()
    if remembered:
        session = client.session
        session[NEXT_AFTER_SIGN_IN] = remembered
        session.save()
    response = client.post(
        "/account/login/", {"login": "amina@example.org", "password": PASSWORD, **({"next": asked} if asked else {})}
    )
    assert response.status_code == 302
    return response["Location"]


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("", "/my-learning/"),
        ("/foundation/m1/", "/foundation/m1/"),
        ("https://evil.example/", "/my-learning/"),
        ("//evil.example/", "/my-learning/"),
        ("https:///evil.example", "/my-learning/"),
        ("\\\\evil.example", "/my-learning/"),
        ("javascript:alert(1)", "/my-learning/"),
    ],
)
def test_after_signing_in_they_stay_on_this_host(client: Client, asked: str, lands: str) -> None:
    assert _signed_in_from(client, asked=asked) == lands


@pytest.mark.parametrize(
    ("remembered", "lands"),
    [
        ("/join/secret/", "/join/secret/"),
        ("https://evil.example/", "/my-learning/"),
        ("//evil.example/", "/my-learning/"),
    ],
)
def test_remembered_place_is_used_once_and_only_on_this_host(client: Client, remembered: str, lands: str) -> None:
    assert _signed_in_from(client, remembered=remembered) == lands
    assert NEXT_AFTER_SIGN_IN not in client.session


def test_weak_password_is_refused_in_words_and_nothing_is_made(client: Client) -> None:
    response = client.post("/account/signup/", _form(password1="short"))

    assert "at least 10 characters" in response.content.decode()
    assert (User.objects.count(), Message.objects.count()) == (0, 0)


def test_sign_in_tries_are_limited_for_each_connection() -> None:
    _amina()
    client = Client(REMOTE_ADDR="203.0.113.9")
    form = {"login": "amina@example.org", "password": "not this one at all"}

    answers = [client.post("/account/login/", form) for _ in range(40)]

    assert answers[0].status_code == 200
    assert any(answer.status_code == 429 or b"Too many" in answer.content for answer in answers)


def _planted(client: Client, address: str) -> User:
    """Somebody signed in types another's address as a second one of theirs and never proves it."""
    mallory = person("Mallory Quill", "mallory@example.org")
    client.force_login(mallory)
    client.post("/account/email/", {"email": address, "action_add": ""})
    EmailAddress.objects.get_or_create(user=mallory, email=address, verified=False, primary=False)
    Message.objects.all().delete()
    cache.clear()  # a confirmation goes to one address once in three minutes, whoever asks
    return mallory


def _code() -> str:
    return str(re.findall(r"^[A-Z0-9-]{5,12}$", Message.objects.get(kind="login_code").text, re.MULTILINE)[0])


@pytest.mark.parametrize("proved", [True, False])
def test_address_somebody_else_typed_opens_its_owners_account_by_a_code(client: Client, proved: bool) -> None:
    """Not proved: an account that a list made."""
    nia = person("Nia New", "nia.new@example.org")
    EmailAddress.objects.filter(user=nia).update(verified=proved)
    mallory = _planted(Client(), "nia.new@example.org")

    client.post("/account/login/code/", {"email": "nia.new@example.org"})
    client.post("/account/login/code/confirm/", {"code": _code()})

    assert client.session.get("_auth_user_id") == str(nia.pk)
    assert not EmailAddress.objects.filter(user=mallory, email="nia.new@example.org", verified=True).exists()


@pytest.mark.parametrize("path", ["login/code", "password/reset"])
def test_address_somebody_else_typed_and_nobody_owns_opens_nothing(client: Client, path: str) -> None:
    _planted(Client(), "nia.new@example.org")

    client.post(f"/account/{path}/", {"email": "nia.new@example.org"})

    assert list(Message.objects.values_list("kind", "address")) == [("unknown_account", "nia.new@example.org")]


def test_address_somebody_else_typed_is_still_free_for_its_owner_to_sign_up_with(client: Client) -> None:
    _planted(Client(), "nia.new@example.org")

    client.post("/account/signup/", _form())

    assert User.objects.filter(email="nia.new@example.org").count() == 1
    assert Message.objects.get().kind == "email_confirmation_signup"


@pytest.mark.parametrize("address", ["\u017fam@example.org", "s\u0131m@example.org", "sam@\u1e9bam.example"])
def test_address_with_a_letter_that_looks_like_another_is_refused_in_words(client: Client, address: str) -> None:
    refused = client.post("/account/signup/", {**_form(), "email": address})

    assert "This address holds a letter that only looks like a plain one." in refused.content.decode()
    assert not User.objects.exists()


def test_password_chosen_in_another_browser_goes_when_the_letters_button_is_pressed() -> None:
    """Somebody may have signed up with this address and wait for its owner to press."""
    stranger, nia = Client(), Client()
    stranger.post("/account/signup/", _form())
    link = re.search(r"http://testserver(/account/confirm-email/\S+)", Message.objects.get().text)
    assert link is not None

    told = nia.post(link[1], follow=True).content.decode()
    stranger.post("/account/login/", {"login": "nia.new@example.org", "password": PASSWORD})

    assert "The password was chosen in another browser and was removed." in told
    assert "_auth_user_id" not in stranger.session
    assert not User.objects.get().has_usable_password()
