"""Trying every cell of the matrix: a role at an address by a method, and what the answer gives away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache, caches
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler

from tests.access.claims import Claim
from tests.access.rules import BACK, EITHER, NONE, REACHED, REFUSED, SIGN_IN
from tests.access.secrets import Canary, body_of, said
from tests.access.table import STRANGER, may_know
from tests.access.world import World

READING, WRITING = ("GET", "HEAD", "OPTIONS"), ("PUT", "PATCH", "DELETE", "POST")
METHODS = (*READING, *WRITING)
THOROUGH = (STRANGER, "learner_a", "trainer_b", "editor")  # who tries every method; the others read and send forms
WRONG_METHOD, BROKE, LIMITED = "405", "an error of ours", "too many"
_handler = ClientHandler(enforce_csrf_checks=False)  # the middleware is built once for all who ask


class PlainClient(Client):
    """Django's client without what it keeps for other tests to look at: templates, contexts, cookies it is sent."""

    def request(self, **request: Any) -> Any:
        return _handler(self._base_environ(**request))


@dataclass
class Findings:
    """What came of a run: how many cells were tried, and each that went wrong, in words."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)
    cookies: set[str] = field(default_factory=set)  # set by any answer


@dataclass
class Visitor:
    """Somebody who tries addresses, signed in once, with what they may not meet anywhere."""

    role: str
    world: World
    client: Client
    forbidden: list[Canary]

    @classmethod
    def of(cls, role: str, world: World) -> "Visitor":
        client = PlainClient()
        if role != STRANGER:
            client.force_login(world.people[role])
        return cls(role, world, client, [one for one in world.canaries if not may_know(role, one, world)])

    def ask(self, method: str, address: str, data: Mapping[str, object]) -> HttpResponseBase:
        if method == "POST":
            return self.client.post(address, data)
        return self.client.generic(method, address)


def outcome(response: HttpResponseBase) -> str:
    """What kind of answer it is."""
    status, to = response.status_code, response.headers.get("Location", "")
    if 300 <= status < 400 and to.partition("?")[0] in ("/account/login/", "/cy/account/login/", "/_util/login/"):
        return SIGN_IN
    if status == 302 and to == "/admin/":
        return BACK
    named = {404: NONE, 403: REFUSED, 405: WRONG_METHOD, 429: LIMITED}
    return BROKE if status >= 500 else named.get(status, REACHED)


def leaks(visitor: Visitor, claim: Claim, response: HttpResponseBase, asked: str) -> Iterator[str]:
    """Each word in the answer that this person may not meet; what they sent themselves is no news to them."""
    text = said(response)
    for canary in visitor.forbidden:
        is_news = canary.word in text and canary.word not in asked.lower()
        if is_news and canary.kind not in claim.reveals and _whose(canary) not in claim.reveals:
            yield str(canary)


def _whose(canary: Canary) -> str:
    """What it is without the side: "name of lead"."""
    return str(canary).rpartition("_")[0]


def fits(claim: Claim, expected: str, method: str, response: HttpResponseBase) -> bool:
    """Whether the answer is one that the rule allows for this method."""
    found = outcome(response)
    if found in claim.also:
        return True
    accepted = method in claim.accepts or (method == "HEAD" and "GET" in claim.accepts)
    if expected == EITHER:
        return found not in (BROKE, LIMITED, SIGN_IN)
    if expected == BACK and claim.is_at_desk:
        return found in (BACK, NONE, WRONG_METHOD)
    if found == expected:
        return accepted or method in READING or expected != REACHED
    if found == REACHED and method == "OPTIONS":
        return not body_of(response)
    return found == WRONG_METHOD and (method == "HEAD" or not accepted)


def try_claim(visitor: Visitor, claim: Claim, places: Mapping[str, str], findings: Findings) -> None:
    """All methods at each place, and what they did is undone."""
    for of, address in places.items():
        expected = claim.rule.answer(visitor.role, of)
        data = claim.data(visitor.world, of)
        for method in methods_for(visitor.role, claim, of):
            with transaction.atomic():
                response = visitor.ask(method, address, data)
                _judge(visitor, claim, expected, method, address, response, findings)
                transaction.set_rollback(True)
            if method in WRITING and outcome(response) == REACHED:
                caches["memory"].clear()
        cache.clear()


def methods_for(role: str, claim: Claim, of: str) -> tuple[str, ...]:
    """By which methods somebody tries an address of somebody's (`of`) or of nobody's thing.

    Reading what belongs to nobody is enough where another has tried every method: nothing there hangs on who asks. The
    desk asks one question at its door, whoever comes and by whatever method; there HEAD is GET.
    """
    if claim.is_at_desk:
        return _at_desk(role, claim)
    if role in THOROUGH:
        return METHODS
    return ("GET", "POST") if of else ("GET",)


def _at_desk(role: str, claim: Claim) -> tuple[str, ...]:
    if role in (STRANGER, "editor"):
        return tuple(method for method in METHODS if method != "HEAD")
    sends_forms = role in ("learner_a", "administrator") or (role == "moderator" and claim.group == "The desk: pages")
    return ("GET", "POST") if sends_forms else ("GET",)


def _judge(
    visitor: Visitor, claim: Claim, expected: str, method: str, asked: str, response: HttpResponseBase,
    findings: Findings,
) -> None:  # fmt: skip
    findings.cells += 1
    findings.cookies.update(response.cookies)
    where = f"{visitor.role} {method} {asked} ({claim.label})"
    if not fits(claim, expected, method, response):
        findings.wrong.append(f"{where}: {outcome(response)} ({response.status_code}), {expected} expected")
    findings.wrong += [f"{where}: gives away the {one}" for one in leaks(visitor, claim, response, asked)]
