"""A log line is one JSON object that says what happened and opens no door."""

import json
import logging
from typing import Any

import pytest
from config.logs import JsonLines
from config.requests import NOW, Work, address_of, number_of
from django.test import RequestFactory
from django.urls import resolve
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from post.outbox import queue_message
from tests.config.production import ProductionSite, Visitor
from tests.factories import NOON

PASSWORD = "canary-Passw0rd & more"
TOKEN = "canaryTOKENonlyletters"


def line(message: str, *arguments: object, request: Any = None, error: Exception | None = None) -> dict[str, Any]:
    """What one record is written as."""
    caught = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("some.room", logging.ERROR, __file__, 1, message, arguments, caught)
    if request is not None:
        record.request = request
    return json.loads(JsonLines().format(record))


def test_line_says_when_how_bad_where_and_what_on_one_line() -> None:
    text = JsonLines().format(logging.LogRecord("a.b", logging.WARNING, "", 1, "two\nlines %s", ("of text",), None))

    said = json.loads(text)
    assert "\n" not in text
    assert said.pop("at").endswith("+00:00")
    assert said == {"level": "warning", "logger": "a.b", "message": "two\nlines of text"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("mail to amina.rahman@example.org failed", "mail to [removed] failed"),
        ("smtp://user:pa55@mail.example.org:25", "smtp://[removed]@mail.example.org:25"),
        ("Authorization: Bearer abc.def", "Authorization: [removed]"),
        ('{"password": "correct horse"}', '{"password": [removed]}'),
        ("new_password2=abc&x=1", "new_password2=[removed]"),
        ("GET /page/?next=/x&key=1 failed", "GET /page/?[removed] failed"),
        ("session 0123456789abcdefghijklmnopqrstuv ended", "session [removed] ended"),
        ("Not Found: /briefings/how-to-start/", "Not Found: /briefings/how-to-start/"),
        ("3 jobs in 12 seconds?", "3 jobs in 12 seconds?"),
    ],
)
def test_what_looks_like_a_secret_or_a_person_is_cut_out_of_any_message(text: str, cleaned: str) -> None:
    assert line("%s", text)["message"] == cleaned


def test_whatever_a_person_sent_is_cut_out_of_messages_and_errors() -> None:
    request = RequestFactory().post(f"/join/{TOKEN}/?code=plainquery", {"password": PASSWORD, "note": 'He said "no"'})
    request.COOKIES["sessionid"] = "canarycookie"
    assert request.POST

    try:
        raise ValueError(f"bad {dict(request.POST)} {request.get_full_path()} {request.COOKIES}")
    except ValueError as error:
        said = line("Internal Server Error: %s", request.path, request=request, error=error)

    assert said["message"] == "Internal Server Error: /join/[removed]/"
    assert said["errors"][0]["kind"] == "builtins.ValueError"
    assert said["errors"][0]["places"][-1].startswith(__file__)
    assert not any(word in json.dumps(said) for word in ("canary", "Passw0rd", "plainquery", "said"))


def test_error_is_told_with_what_it_came_from_and_never_with_values_of_variables() -> None:
    hidden = "canary-in-a-variable"
    try:
        try:
            raise KeyError(len(hidden))
        except KeyError as first:
            raise RuntimeError("second") from first
    except RuntimeError as error:
        said = line("it failed", error=error)

    assert [one["kind"] for one in said["errors"]] == ["builtins.RuntimeError", "builtins.KeyError"]
    assert "canary" not in json.dumps(said)


def test_gunicorns_own_line_about_an_address_goes_without_it() -> None:
    record = logging.LogRecord("gunicorn.error", 40, "", 1, "Error handling request %s", (f"/join/{TOKEN}",), None)

    assert json.loads(JsonLines().format(record))["message"] == "Error handling request"


@pytest.mark.parametrize(
    ("path", "status", "address"),
    [
        (f"/join/{TOKEN}/", 200, "/join/<str:token>/"),
        (f"/joinn/{TOKEN}/", 404, "a page"),
        (f"/join/{TOKEN}", 301, "a page"),
        ("/for-directors/", 200, "/for-directors/"),
    ],
)
def test_address_is_the_pattern_or_the_path_of_a_page_that_is_there(path: str, status: int, address: str) -> None:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path if path.endswith("/") else "/for-directors/")

    assert address_of(request, status) == address


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, "abc-12345", True),
        (0, "abc-12345", False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "two words here", False),
        (1, 'quote"quote"', False),
    ],
)
def test_number_is_taken_from_a_proxy_of_ours_only_and_only_a_plain_one(
    settings: Any, proxies: int, given: str, is_taken: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"X-Request-ID": given})

    assert (number_of(request) == given) is is_taken


@pytest.mark.django_db
def test_job_bears_the_number_of_the_request_that_asked_for_it() -> None:
    before = NOW.set(Work("number-1"))
    queue_message(kind="t", subject="s", text="t", address="a@example.org", at=NOON)
    NOW.reset(before)

    assert [SignedPackage.loads(row.payload)["request_number"] for row in OrmQ.objects.all()] == ["number-1"]


# -- A real web server under production settings ---------------------------------------------------------------

SEED = f"""
from datetime import timedelta
from django.utils import timezone
from enrolments.invitations import invite
from tests.factories import cohort, people, taught_course
cast, now = people(), timezone.now()
cast.amina.set_password({PASSWORD!r})
cast.amina.save()
print(invite(cohort(taught_course().course), organisation=None, expires_at=now + timedelta(1), at=now)[1])
"""
LAST_KEY = """
import re
from post.models import Message
print(re.search(r"/key/([^/\\s]+)/", Message.objects.filter(text__contains="/key/").latest("pk").text)[1])
"""
BREAK = "from django.db import connection; connection.cursor().execute('DROP TABLE post_message')"
OTHER = "Other-canary-3-words"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> ProductionSite:
    folder = tmp_path_factory.mktemp("production") / "var"
    made = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3")
    made.prepare()
    return made


@pytest.mark.thorough
def test_nothing_the_process_logs_holds_a_password_a_token_or_a_persons_address(site: ProductionSite) -> None:
    invitation = site.python(SEED)
    with site.running():
        visitor, stranger = Visitor(site), Visitor(site)
        statuses = [visitor.get("/account/login/").status]
        statuses += [
            visitor.post("/account/login/", {"login": "amina.rahman@example.org", "password": password}).status
            for password in (OTHER, PASSWORD)
        ]
        statuses += [
            stranger.get(path, X_Request_ID="from-our-proxy-1").status
            for path in (f"/join/{invitation}/", f"/join/{invitation}", f"/joinn/{invitation}/", f"/join/{TOKEN}/")
        ]
        stranger.get("/account/signup/")
        new = {"email": "guest@canary.example", "password1": OTHER, "name": "Guest Canary", "agency": "social_care"}
        statuses.append(stranger.post(f"/account/signup/?next=/{TOKEN}/", new).status)
        stranger.get("/account/password/reset/")
        statuses.append(stranger.post("/account/password/reset/", {"email": "amina.rahman@example.org"}).status)
        key = site.python(LAST_KEY)
        statuses.append(stranger.get(f"/account/password/reset/key/{key}/").status)
        forged = {"csrfmiddlewaretoken": TOKEN, "login": "amina.rahman@example.org", "password": PASSWORD}
        statuses.append(stranger.post(f"/account/login/?code={TOKEN}", forged, Authorization=f"Bearer {TOKEN}").status)
        site.python(BREAK)
        failed = stranger.post("/account/password/reset/", {"email": "amina.rahman@example.org"})
        cookies = [value for one in (visitor, stranger) for value in one.cookies.values()]

    said, lines = site.log.read_text(), site.lines()
    answered = [one for one in lines if one["message"] == "answered"]
    assert statuses == [200, 200, 302, 200, 301, 404, 410, 302, 302, 302, 403]
    assert (failed.status, failed.headers["X-Request-ID"]) == (500, answered[-1]["request"])
    hidden = [PASSWORD, OTHER, TOKEN, invitation, key, "canary", "amina.rahman", "example.org", *cookies]
    assert [one for one in hidden if len(one) > 3 and one in said] == []
    assert len(answered) == len(statuses) + 3
    assert sum(one["request"] == "from-our-proxy-1" for one in answered) == 4
    fault = next(one for one in lines if one.get("status") is None and one["message"].startswith("Internal Server Err"))
    assert fault["errors"][0]["message"] == "no such table: post_message"
    assert fault["request"] == failed.headers["X-Request-ID"]
