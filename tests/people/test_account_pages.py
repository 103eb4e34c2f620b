"""Codes by mail, sign-ins listed and ended, language and letters, and limits that hold."""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from credentials.messages import tell_holder
from people.models import User
from people.templatetags.sign_ins import browser_in_words
from post.models import LetterChoice, Message
from tests.credentials.earning import earned
from tests.factories import person

pytestmark = pytest.mark.django_db
PASSWORD = "a long and winding road"
TOO_MANY = "Too many"
CODE, SEND = "/account/login/code/confirm/", "/account/login/code/"


@pytest.fixture
def sam() -> User:
    made = person("Sam Staff")
    made.set_password(PASSWORD)
    made.save()
    return made


def _code_sent_to(address: str) -> str:
    text = Message.objects.get(kind="login_code", address=address).text
    return re.findall(r"^[A-Z0-9-]{5,12}$", text, re.MULTILINE)[0]


def test_a_code_by_mail_signs_in_and_only_once(sam: User) -> None:
    one, other = Client(), Client()
    one.post(SEND, {"email": sam.email})
    code = _code_sent_to(sam.email)
    other.post(SEND, {"email": "nobody@example.org"})

    signed_in = one.post(CODE, {"code": code})
    stolen = other.post(CODE, {"code": code})

    assert (signed_in.status_code, one.session["_auth_user_id"]) == (302, str(sam.pk))
    assert (stolen.status_code, "_auth_user_id" in other.session) == (200, False)


def test_three_wrong_codes_end_it(sam: User, client: Client) -> None:
    client.post(SEND, {"email": sam.email})
    code = _code_sent_to(sam.email)

    answers = [client.post(CODE, {"code": "WRONG1"}).status_code for _time in range(3)]
    late = client.post(CODE, {"code": code})

    assert answers == [200, 200, 302]
    assert (late.status_code, "_auth_user_id" in client.session) == (302, False)


def test_asking_for_a_code_answers_alike_and_sends_one_mail_whether_the_address_is_known_or_not(sam: User) -> None:
    told = {}
    for address in (sam.email, "nobody@example.org"):
        client = Client()
        first = client.post(SEND, {"email": address})
        page = client.get(first.headers["Location"])
        words = re.sub(r'value="[^"]{20,}"', "", page.content.decode()).replace(address, "A")
        told[address] = (first.status_code, first.headers["Location"], page.status_code, words)

    assert told[sam.email] == told["nobody@example.org"]
    assert dict(Message.objects.values_list("address", "kind")) == {
        sam.email: "login_code",
        "nobody@example.org": "unknown_account",
    }


def test_sign_ins_are_listed_and_the_others_ended(sam: User) -> None:
    here, there = Client(), Client(HTTP_USER_AGENT="Elsewhere 1.0")
    for client in (here, there):
        client.post("/account/login/", {"login": sam.email, "password": PASSWORD})
        client.get("/account/")

    listed = here.get("/account/sign-ins/").content.decode()
    here.post("/account/sign-ins/")

    assert ("Elsewhere 1.0" in listed, "Here and now" in listed) == (True, True)
    assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)


def test_a_list_of_sign_ins_is_the_persons_own(sam: User) -> None:
    mine, theirs = Client(), Client(HTTP_USER_AGENT="Carols browser")
    mine.force_login(sam, second_step=False)
    theirs.force_login(person("Carol"), second_step=False)
    theirs.get("/account/")
    mine.get("/account/")

    page = mine.get("/account/sign-ins/").content.decode()
    mine.post("/account/sign-ins/")

    assert "Carols browser" not in page
    assert theirs.get("/account/").status_code == 200


def test_a_sign_in_in_use_is_noted_once_in_ten_minutes(sam: User, client: Client) -> None:
    client.force_login(sam, second_step=False)
    client.get("/account/")
    seen = sam.usersession_set.get().last_seen_at

    client.get("/account/")
    again = sam.usersession_set.get().last_seen_at
    session = client.session
    session["sign_in_listed_at"] = timezone.now().timestamp() - 601
    session.save()
    client.get("/account/")

    assert again == seen
    assert sam.usersession_set.get().last_seen_at > seen


def test_language_zone_and_letters_are_kept_and_used(client: Client) -> None:
    holder = earned()
    client.force_login(holder.amina)
    form = {"language": "cy", "time_zone": "Pacific/Auckland"}

    saved = client.post("/account/preferences/", form)  # no letters ticked
    credential = holder.award()
    tell_holder(credential, at=timezone.now())

    holder.amina.refresh_from_db()
    assert saved.status_code == 302
    assert (holder.amina.language, holder.amina.time_zone) == ("cy", "Pacific/Auckland")
    assert set(LetterChoice.objects.values_list("wanted", flat=True)) == {False}
    assert not Message.objects.filter(kind="credential_awarded").exists()


def test_a_letter_that_is_wanted_again_is_sent(client: Client) -> None:
    holder = earned()
    client.force_login(holder.amina)
    client.post("/account/preferences/", {"language": "en", "time_zone": "Europe/London"})

    client.post(
        "/account/preferences/",
        {"language": "en", "time_zone": "Europe/London", "letter_credential_awarded": "on"},
    )
    holder.award()

    assert Message.objects.filter(kind="credential_awarded").count() == 1


def test_letters_of_the_account_are_sent_whatever_was_chosen(sam: User, client: Client) -> None:
    client.force_login(sam)
    client.post("/account/preferences/", {"language": "en", "time_zone": "Europe/London"})

    Client().post("/account/password/reset/", {"email": sam.email})

    assert Message.objects.filter(kind="password_reset_key").count() == 1


def test_a_zone_that_is_none_is_refused_in_words_and_nothing_is_kept(sam: User, client: Client) -> None:
    client.force_login(sam)

    answer = client.post("/account/preferences/", {"language": "cy", "time_zone": "Mars/Olympus"})

    sam.refresh_from_db()
    assert (answer.status_code, "Mars/Olympus" in answer.content.decode()) == (422, False)
    assert "Choose one of these time zones." in answer.content.decode()
    assert (sam.language, sam.time_zone) == ("en", "Europe/London")


def test_letters_of_the_account_are_in_the_persons_language_whatever_the_page(sam: User) -> None:
    User.objects.filter(pk=sam.pk).update(language="cy")

    Client().post("/account/password/reset/", {"email": sam.email})
    Client().post(SEND, {"email": sam.email})

    letters = Message.objects.filter(address=sam.email).values_list("kind", "language", "subject")
    assert {kind: language for kind, language, _subject in letters} == {"password_reset_key": "cy", "login_code": "cy"}
    assert "Eich cod i fewngofnodi" in {subject for _kind, _language, subject in letters}


def test_who_reads_welsh_lands_on_their_welsh_page(sam: User, client: Client) -> None:
    User.objects.filter(pk=sam.pk).update(language="cy")

    answer = client.post("/account/login/", {"login": sam.email, "password": PASSWORD})

    assert answer.headers["Location"] == "/cy/my-learning/"


@pytest.fixture
def counting_anew() -> Iterator[None]:
    """What was counted in earnest would stop the sign-ins of the next tests: a flush leaves the cache's table alone."""
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("counting_anew")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("proxies", "after"), [(0, ""), (1, ", 198.51.100.7")])
def test_limits_hold_under_two_hundred_tries_at_once_with_a_forged_address_each(
    settings: LazySettings, proxies: int, after: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    def guess(number: int) -> int:
        client = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}{after}")
        form = {"login": f"sam.{number}@example.org", "password": f"guess {number}"}
        return client.post("/account/login/", form).status_code

    statuses = _two_hundred_at_once(guess)

    wrong = sum(count for status, count in statuses.items() if status != 429)
    assert wrong <= 30, statuses  # of one connection in a minute, whatever it says of itself


@pytest.mark.usefixtures("counting_anew")
@pytest.mark.django_db(transaction=True)
def test_limit_of_one_account_holds_under_two_hundred_tries_at_once_from_as_many_addresses(sam: User) -> None:
    def guess(number: int) -> bool:
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        answer = client.post("/account/login/", {"login": sam.email, "password": f"guess {number}"})
        return TOO_MANY in answer.content.decode()

    refused = _two_hundred_at_once(guess)
    right = Client(REMOTE_ADDR="198.51.100.7").post("/account/login/", {"login": sam.email, "password": PASSWORD})

    assert refused[False] <= 5, refused
    assert (right.status_code, TOO_MANY in right.content.decode()) == (200, True)


def _two_hundred_at_once(guess: Callable[[int], Any]) -> Counter[Any]:
    """What each of the tries came to, by eight who go on without a pause."""
    found: Counter[Any] = Counter()
    lock, tries = threading.Lock(), iter(range(200))

    def keep_trying() -> None:
        for number in iter(lambda: next(tries, None), None):
            answer = guess(number)
            with lock:
                found[answer] += 1
        connection.close()

    workers = [threading.Thread(target=keep_trying) for _worker in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found.total() == 200
    return found


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Version/20.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_words(said: str, words: str) -> None:
    assert browser_in_words(said) == words
