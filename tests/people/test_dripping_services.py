"""An organisation's service that lets its answer fall byte by byte: no thread of ours waits longer than was said."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests
from django.conf import LazySettings
from django.conf import settings as site
from django.http import HttpResponse
from django.test import Client

from people.asking_in_time import ended_by
from people.models import User
from tests.people.odd_service import OddService, odd_service
from tests.people.test_organisation_sign_in import led_to, service
from tests.people.test_service_answers import NO_ANSWER, _go_and_come, _press

pytestmark = pytest.mark.django_db
SPARE = 1.0  # seconds; for our own work around the asking


@pytest.fixture
def odd(client: Client) -> Iterator[OddService]:
    with odd_service() as server:
        service(server.address)
        client.raise_request_exception = False
        yield server


@pytest.fixture
def short(settings: LazySettings) -> float:
    settings.ORGANISATION_ANSWERS_WITHIN_SECONDS = 1.5
    return 1.5


def _timed(act: Callable[[], HttpResponse]) -> tuple[HttpResponse, float]:
    began = monotonic()
    answer = act()
    return answer, monotonic() - began


def _is_said(answer: HttpResponse) -> tuple[int, bool]:
    return answer.status_code, NO_ANSWER in answer.content.decode()


@pytest.mark.lengthy
def test_service_that_drips_holds_a_thread_for_ten_seconds_at_most(odd: OddService, client: Client) -> None:
    odd.drips, odd.seconds_a_byte = {"configuration": "body"}, 4.0  # each byte in time by the rule for one

    answer, took = _timed(lambda: _press(client))

    assert site.ORGANISATION_ANSWERS_WITHIN_SECONDS == 10
    assert _is_said(answer) == (502, True)
    assert took < 10 + SPARE


@pytest.mark.parametrize("how", ["head", "body"])
@pytest.mark.parametrize("part", ["configuration", "token", "claims"])
def test_part_that_drips_is_cut_short_and_said_in_words(
    part: str, how: str, odd: OddService, client: Client, short: float
) -> None:
    odd.drips = {part: how}

    answer, took = _timed(lambda: _press(client) if part == "configuration" else _go_and_come(client))

    assert _is_said(answer) == (502, True)
    assert took < 2 * short + SPARE  # beginning and coming back are two requests of ours
    assert User.objects.count() == 0


def test_parts_that_are_each_in_time_are_cut_short_by_the_time_for_all(
    odd: OddService, client: Client, settings: LazySettings
) -> None:
    """Token and claims, 1 s each, of 1.5 s for both."""
    settings.ORGANISATION_ANSWERS_WITHIN_SECONDS = 1.5
    odd.drips = {"token": "body", "claims": "body"}
    odd.seconds_a_byte = 1.0 / len(odd.says_of("token"))

    slow, took = _timed(lambda: _go_and_come(client))
    odd.drips = {"token": "body"}
    one = _go_and_come(client)

    assert _is_said(slow) == (502, True)
    assert took < 1.5 + SPARE
    assert one.headers["Location"] == "/account/organisation/signup/"


def test_slow_service_that_is_done_in_time_is_waited_for(odd: OddService, client: Client, short: float) -> None:
    odd.drips, odd.seconds_a_byte = {"configuration": "head"}, 0.001

    there = led_to(_press(client))

    assert there.startswith(f"{odd.address}/auth?")


@pytest.fixture
def fallen() -> Iterator[Callable[[bytes], str]]:
    """A server of bare bytes: what it is given goes out at once, then one byte every tenth of a second; no end."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        over = threading.Event()

        def serve(first: bytes) -> None:
            connection, _ = place.accept()
            with connection:
                try:
                    connection.sendall(first)
                    while not over.is_set():
                        connection.sendall(b" ")
                        sleep(0.1)
                except OSError:
                    pass

        def begin(first: bytes) -> str:
            threading.Thread(target=serve, args=[first], daemon=True).start()
            return f"127.0.0.1:{place.getsockname()[1]}"

        yield begin
        over.set()


WHOLE = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"sub": "gwen"}'
FIRST_BYTES = {
    "TLS that comes to no end": ("https", b"\x16\x03\x03\x40\x00\x02"),
    "a first line without end": ("http", b"HTTP/1.1 200 "),
    "one head after another": ("http", b"HTTP/1.1 100 Continue\r\n\r\n" * 40 + b"HTTP/1.1 100 "),
    "a whole answer that does not stop": ("http", WHOLE),
}


@pytest.mark.parametrize("kind", FIRST_BYTES)
def test_whatever_drips_on_the_wire_has_ended_by_the_moment(kind: str, fallen: Callable[[bytes], str]) -> None:
    scheme, first = FIRST_BYTES[kind]
    place, session, began = fallen(first), requests.Session(), monotonic()

    with pytest.raises(requests.RequestException), ended_by(began + 1, session):
        session.request("GET", f"{scheme}://{place}/", timeout=5, verify=False, stream=True).content  # noqa: B018

    assert 0.9 < monotonic() - began < 1 + SPARE


def test_nothing_is_asked_once_the_time_is_over(odd: OddService) -> None:
    session = requests.Session()

    with pytest.raises(requests.ConnectionError), ended_by(monotonic(), session):
        session.request("GET", f"{odd.address}/userinfo", timeout=5)


def test_asking_leaves_no_clock_and_no_handle_behind(odd: OddService, client: Client) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(3):
        _press(client)

    sleep(0.2)  # the odd service closes its own ends
    assert [one for one in threading.enumerate() if isinstance(one, threading.Timer)] == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before
