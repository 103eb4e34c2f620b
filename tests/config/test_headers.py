"""The headers of every kind of answer under production settings: MDN Observatory's rules (docs/running.md)."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import achievement, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>|\sstyle=|<style|\son\w+=")
SECURE = {"HTTP_HOST": "testserver", "secure": True}


@pytest.fixture(autouse=True)
def production(settings: Any) -> None:
    """What base.py says and dev.py loosens."""
    from config.settings import base

    names = ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    for name in (*names, "CONTENT_SECURITY_POLICY"):
        setattr(settings, name, getattr(base, name))


@pytest.fixture
def client() -> Client:
    """Dev, who edits, in a course of hers."""
    taught, cast = taught_course(), people()
    achievement(taught.course)
    enrolment(cast.dev, cohort(taught.course))
    made = Client(raise_request_exception=False)
    made.force_login(cast.dev)
    made.taught = taught  # type: ignore[attr-defined]
    return made


def policy_of(answer: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


PAGES = {
    "front page": ("/", 200),
    "sign-in": ("/account/login/", 302),
    "dashboard": ("/my-learning/", None),
    "page that is not here": ("/nowhere/at-all/", 404),
    "search": ("/search/?q=review", 200),
    "check of a certificate": ("/verify/", 200),
    "glossary": ("/glossary/", 200),
    "wrong certificate": ("/verify/NOSUCHCODE/", None),
    "invitation that is none": ("/join/nosuchtoken/", 410),
    "upload that is not there": ("/uploads/images/none.png", 404),
    "health": ("/healthz", 200),
    "Welsh front page": ("/cy/", None),
}


def check_common(answer: Any) -> None:
    """What every answer carries, whatever its kind."""
    headers = answer.headers
    hsts = re.fullmatch(r"max-age=(\d+); includeSubDomains; preload", headers["Strict-Transport-Security"])
    assert hsts
    assert int(hsts[1]) >= 31536000
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Request-ID"]


@pytest.mark.parametrize("name", list(PAGES))
def test_every_kind_of_answer_has_all_headers_and_a_policy_without_unsafe(client: Client, name: str) -> None:
    path, status = PAGES[name]

    answer = client.get(path, **SECURE)

    assert status is None or answer.status_code == status
    check_common(answer)
    policy = policy_of(answer)
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert (policy["base-uri"], policy["form-action"]) == (["'none'"], ["'self'"])
    assert not re.search(r"unsafe|\*|http:|https:", answer.headers["Content-Security-Policy"])


def test_lesson_has_them_too(client: Client) -> None:
    lesson = client.taught.lessons[0]  # type: ignore[attr-defined]

    answer = client.get(lesson.url, **SECURE)

    assert answer.status_code == 200
    check_common(answer)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_only_the_desk_has_the_editors_policy_and_nobody_elses_page_frames_it(client: Client) -> None:
    answer = client.get("/admin/", **SECURE)

    assert answer.status_code == 200
    check_common(answer)
    policy = policy_of(answer)
    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]


def test_page_that_only_looks_like_the_desk_has_the_strict_policy(client: Client) -> None:
    answer = client.get("/administration/", **SECURE)

    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_answers_that_never_reach_a_view_have_them_too(client: Client) -> None:
    sender = Client(enforce_csrf_checks=True)
    refused = [
        sender.post("/account/login/", {"login": "a"}, **SECURE),
        sender.post("/account/login/", {"login": "a" * 3_100_000}, **SECURE),
        sender.post("/account/login/", headers={"transfer-encoding": "chunked"}, **SECURE),
        sender.put("/account/login/", **SECURE),
        Client().post("/account/login/", b"a=1", "application/x-www-form-urlencoded; charset=utf-16", **SECURE),
    ]
    plain = Client().get("/", HTTP_HOST="testserver")

    assert [one.status_code for one in refused] == [403, 413, 411, 405, 400]
    for one in refused:
        check_common(one)
        assert "unsafe" not in one.headers["Content-Security-Policy"]
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/")


def test_cookies_are_closed_to_scripts_other_sites_and_plain_lines(client: Client) -> None:
    answer = Client().get("/account/login/", **SECURE)

    cookie = answer.cookies["csrftoken"]
    assert (cookie["secure"], cookie["samesite"]) == (True, "Lax")
    session = __import__("config.settings.base", fromlist=["x"])
    assert (session.SESSION_COOKIE_HTTPONLY, session.SESSION_COOKIE_SAMESITE) == (True, "Lax")


def test_no_template_of_ours_has_inline_script_or_style() -> None:
    root = Path(__file__).resolve().parents[2]
    letters = {"post"}  # mail is no page
    templates = [path for path in root.glob("*/templates/**/*.html") if path.relative_to(root).parts[0] not in letters]

    # Files for a person's own disk, where no stylesheet is.
    on_disk = {"privacy/templates/privacy/download.html", "player/templates/player/record_file.html"}
    inline = [str(path) for path in templates if _INLINE.search(path.read_text())]
    inline = [path for path in inline if str(Path(path).relative_to(root)) not in on_disk]

    assert len(templates) > 50
    assert inline == []
