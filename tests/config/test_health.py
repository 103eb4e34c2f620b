"""What watches the site is told how it stands, by whatever name it asks, and never who or where anything is."""

import json
from datetime import timedelta
from typing import Any

import pytest
from config import health
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_q.models import Schedule
from tools.mail_catcher import catching

from post.outbox import queue_message

FROM_WITHIN = {"HTTP_HOST": "10.0.0.7:8000"}  # no name of ours, no encryption


@pytest.fixture(autouse=True)
def nothing_looked_at_yet(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    for check in health.CHECKS.values():
        check._found = None


def asked(path: str) -> tuple[int, Any, Any]:
    answer = Client().get(path, **FROM_WITHIN)
    return answer.status_code, json.loads(answer.content), answer.headers


def test_healthz_answers_by_any_name_without_looking_at_the_database() -> None:
    status, said, headers = asked("/healthz")  # this test may not use the database: pytest-django would refuse

    assert (status, said) == (200, {"alive": True})
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "Set-Cookie" not in headers


@pytest.mark.django_db
def test_readyz_with_everything_there_is_ready_and_says_figures_only(settings: Any) -> None:
    with catching() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER = "127.0.0.1", server.port, ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        Schedule.objects.update(next_run=timezone.now())
        status, said, headers = asked("/readyz")

    free = said["checks"]["disk"].pop("free_mb")
    said["checks"]["queue"]["seconds_behind"] //= 60
    assert (status, said) == (
        200,
        {
            "ready": True,
            "checks": {
                "database": {"good": True},
                "queue": {"good": True, "seconds_behind": 0, "most": 300},
                "disk": {"good": True, "least": 500},
                "mail": {"good": True},
            },
        },
    )
    assert free >= 500
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


@pytest.mark.django_db
def test_readyz_says_so_when_the_worker_is_late_by_jobs_or_by_mail(settings: Any) -> None:
    settings.QUEUE_AGE_LIMIT = 60
    late = timezone.now() - timedelta(seconds=100)
    Schedule.objects.update(next_run=late)
    by_jobs = asked("/readyz?only=queue")[:2]

    Schedule.objects.update(next_run=timezone.now())
    queue_message(kind="t", subject="s", text="t", address="a@example.org", at=late)
    health.CHECKS["queue"]._found = None
    by_mail = asked("/readyz?only=queue")[:2]

    for status, said in (by_jobs, by_mail):
        behind = said["checks"]["queue"]["seconds_behind"]
        assert (status, said["ready"], said["checks"]["queue"]["good"]) == (503, False, False)
        assert 100 <= behind < 160


@pytest.mark.django_db
def test_readyz_says_so_when_the_disk_is_nearly_full(settings: Any) -> None:
    settings.DISK_FREE_MB = 10**9

    status, said, _headers = asked("/readyz?only=disk")

    assert (status, said["checks"]["disk"]["good"], said["checks"]["disk"]["least"]) == (503, False, 10**9)


@pytest.mark.django_db
def test_readyz_says_so_when_the_mail_server_is_gone_and_names_neither_it_nor_its_password(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "postie", "canary-password"

    status, said, _headers = asked("/readyz?only=mail")

    assert (status, said) == (503, {"ready": False, "checks": {"mail": {"good": False}}})
    assert "readiness: mail is not there (ConnectionRefusedError)" in caplog.messages
    assert not any(word in caplog.text for word in ("canary", "postie"))


@pytest.mark.django_db
def test_readyz_says_so_when_the_database_does_not_answer() -> None:
    def gone(*arguments: Any) -> Any:
        raise OperationalError("connection to server at db.internal failed for user secret-user")

    with connection.execute_wrapper(gone):
        status, said, _headers = asked("/readyz?only=database,queue")

    assert (status, said) == (503, {"ready": False, "checks": {"database": {"good": False}, "queue": {"good": False}}})


@pytest.mark.django_db
def test_readyz_asked_a_hundred_times_at_once_looks_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        statuses = {asked("/readyz?only=database")[0] for _ in range(100)}

    assert statuses == {200}


def test_readyz_asked_for_a_check_there_is_not_refuses_in_words() -> None:
    status, said, _headers = asked("/readyz?only=disk,moon")

    assert status == 400
    assert said == {"problem": "There are the checks database, queue, disk, mail, and 1 others were asked for."}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_both_take_nothing(path: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(path, {"a": "b"}, **FROM_WITHIN)

    assert answer.status_code == 405
