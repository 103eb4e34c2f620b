"""Asking the server for pages and reading how much CPU each took: of the process that serves, not of the clock."""

import gzip
import http.client
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, cycle, repeat
from statistics import median
from time import clock_gettime_ns
from typing import Any, NamedTuple
from urllib.parse import urlencode

CSRF = "benchbenchbenchbenchbenchbench32"
MEBIBYTE = 1024 * 1024
WARM_UP = 3  # the first requests of a process compile templates and fill caches

Cost = tuple[
    float, float, float
]  # milliseconds of the server, the same as a ratio to bare, milliseconds of the database


class Ask(NamedTuple):
    """One request; no session: a visitor. Fields: a form is posted. Bytes: only this part of a file, as `0-1023`."""

    session: str
    path: str
    fields: Mapping[str, str] | None = None
    part: str = ""


class Answer(NamedTuple):
    """What came back. `queries` is 0 unless counting was asked for."""

    status: int
    body: bytes
    queries: int


@dataclass(frozen=True)
class Page:
    """One row of the table: where its requests come from, how many make a round, and what must be answered."""

    key: str
    name: str
    asks: Iterator[Ask]
    number: int
    status: int = 200


class Client:
    """One connection that is kept open, speaking as the proxy in front of the server would."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "X-CSRFToken": CSRF}
        self._headers["Origin"] = f"https://127.0.0.1:{port}"

    def send(self, ask: Ask, *, counting: bool = False) -> Answer:
        """The answer to one request."""
        headers = {**self._headers, "Cookie": f"csrftoken={CSRF}"}
        if ask.session:
            headers["Cookie"] += f"; sessionid={ask.session}"
        if counting:
            headers["X-Bench-Count"] = "1"
        if ask.part:
            headers["Range"] = f"bytes={ask.part}"
        body = None
        if ask.fields is not None:
            body = urlencode(ask.fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request("GET" if body is None else "POST", ask.path, body, headers)
        response = self._connection.getresponse()
        return Answer(response.status, response.read(), int(response.getheader("X-Queries", "0")))


def pages(made: Mapping[str, Any], *, requests: int, hand_ins: int, awards: int) -> list[Page]:
    """The rows of the table in order; `made` is what bench_people prepared."""
    amina, sitting = made["amina"], made["sitting"]
    saves = (Ask(sitting, made["save"], {"sequence": str(n), "q1": str(n % 2 + 1)}) for n in count(1))
    return [
        Page("home", "home page, signed in", repeat(Ask(amina, "/")), requests),
        Page("my_learning", "my learning", repeat(Ask(amina, "/my-learning/")), requests),
        Page("lesson", "lesson", repeat(Ask(amina, made["lesson"])), requests),
        Page("quiz_page", "quiz page", repeat(Ask(sitting, made["question"])), requests),
        Page("save", "save an answer", saves, requests),
        Page("hand_in", "hand in", posts(made["hand_ins"]), hand_ins, 302),
        Page("hand_in_award", "hand in, certificate follows", posts(made["awards"]), awards, 302),
        Page("verify", "check a certificate, visitor", repeat(Ask("", made["verify"])), requests),
        Page("film", "film page, visitor", repeat(Ask("", made["film"])), requests),
        Page("film_part", "1 MB of a film, visitor", parts(made["film_file"]), requests, 206),
        Page("briefing", "briefing, visitor", repeat(Ask("", made["briefing"])), requests),
        Page("briefing_pdf", "PDF of a briefing, visitor", repeat(Ask("", made["briefing_pdf"])), requests),
    ]


def posts(waiting: Sequence[Sequence[str]]) -> Iterator[Ask]:
    """An empty form to each address, once."""
    return (Ask(session, path, {}) for session, path in waiting)


def parts(path: str) -> Iterator[Ask]:
    """A mebibyte of the file, then the next, and from the beginning after the third: a player that is read from."""
    return (Ask("", path, part=f"{n * MEBIBYTE}-{(n + 1) * MEBIBYTE - 1}") for n in cycle(range(3)))


def requests_of(per_round: int, rounds: int) -> int:
    """How many requests a page is sent in all."""
    return WARM_UP + 1 + per_round * rounds


class Meter:
    """CPU time of the process that serves, and of those of the database that serve it, where they are on this machine.

    User and system time of all threads together, in nanoseconds, as Linux keeps it for each process.
    """

    def __init__(self, worker: int, database: Callable[[], list[int]]) -> None:
        self._worker, self._database = worker, database

    def read(self) -> tuple[int, dict[int, int]]:
        """So far: the worker, and each process of the database."""
        return cpu_of(self._worker), {process: cpu_of(process) for process in self._database()}


def cpu_of(process: int) -> int:
    """The CPU clock of another process, see clock_getcpuclockid(3); finer than the ticks in /proc."""
    return clock_gettime_ns((~process << 3) | 2)


def measure(client: Client, meter: Meter, bare: Page, measured: Sequence[Page], *, rounds: int) -> list[dict[str, Any]]:
    """The rows: counted once and not timed, then `rounds` times a batch of the bare view and a batch of the page."""
    facts = {page.key: look_at(client, page) for page in [bare, *measured]}
    costs: dict[str, list[Cost]] = {page.key: [] for page in [bare, *measured]}
    for _round in range(rounds):
        for page in measured:
            base = batch(client, meter, bare)
            costs[bare.key].append((base[0], 1.0, base[1]))
            server, database = batch(client, meter, page)
            costs[page.key].append((server, server / base[0], database))
    return [row(page, facts[page.key], costs[page.key]) for page in [bare, *measured]]


def look_at(client: Client, page: Page) -> dict[str, Any]:
    """Warm the page up, then its queries and bytes."""
    for _request in range(WARM_UP):
        checked(client.send(next(page.asks)), page)
    ask = next(page.asks)
    answer = checked(client.send(ask, counting=True), page)
    return {
        "method": "GET" if ask.fields is None else "POST",
        "path": ask.path,
        "status": answer.status,
        "queries": answer.queries,
        "bytes": len(answer.body),
        "bytes_gzipped": len(gzip.compress(answer.body, 6)) if answer.body else 0,
    }


def batch(client: Client, meter: Meter, page: Page) -> tuple[float, float]:
    """Milliseconds of CPU a request: of the server's process, and of the database's."""
    asks = [next(page.asks) for _request in range(page.number)]
    worker, database = meter.read()
    answers = [client.send(ask) for ask in asks]
    worker_after, database_after = meter.read()
    for answer in answers:
        checked(answer, page)
    # A connection opened within the batch is a new process of PostgreSQL, which counts from nothing.
    spent = sum(used - database.get(process, 0) for process, used in database_after.items())
    return (worker_after - worker) / page.number / 1e6, spent / page.number / 1e6


def checked(answer: Answer, page: Page) -> Answer:
    """The answer. Raises RuntimeError if it is not the one the page is measured for."""
    if answer.status != page.status:
        raise RuntimeError(f"{page.name}: {answer.status} instead of {page.status}: {answer.body[:500]!r}")
    return answer


def row(page: Page, facts: Mapping[str, Any], costs: Sequence[Cost]) -> dict[str, Any]:
    """One row of the table, with the spread over the rounds."""
    cost, ratio, database = zip(*costs, strict=True)
    return {
        "page": page.key,
        "name": page.name,
        **facts,
        "requests": page.number * len(costs),
        "cpu_ms": spread(cost),
        "ratio": spread(ratio),
        "database_cpu_ms": spread(database),
    }


def spread(values: Sequence[float]) -> dict[str, float]:
    """Smallest, middle and largest."""
    return {"min": round(min(values), 3), "median": round(median(values), 3), "max": round(max(values), 3)}
