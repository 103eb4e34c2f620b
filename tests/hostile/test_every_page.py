"""Hostile words in every column that holds words: no page runs any of them, whoever opens it."""

from collections.abc import Iterator

import pytest

from tests.access.matrix import all_tried
from tests.access.trying import Visitor
from tests.access.world import world
from tests.hostile.trap import caught_in
from tests.hostile.words import OURS
from tests.hostile.world import make_hostile

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.looks,
]
# Between them they may open everything; at the desk they are asked from the end.
WHO = ("learner_a", "doing_a", "learner_b", "trainer_a", "lead_a", "reader_a", "stranger", "editor", "administrator")


def test_trap_catches_what_is_not_escaped() -> None:
    pages = {f"/{number}": f"<!DOCTYPE html><title>x</title><p>{words}</p>" for number, words in enumerate(OURS[:16])}

    caught = caught_in(pages)

    harmless = {"/8", "/9", "/10"}  # they need to stand within an attribute
    assert set(caught) == set(pages) - harmless


def test_no_page_runs_hostile_words() -> None:
    made = world()
    addresses = [address for one in all_tried(made) for address in one.places.values()]  # found by words of the world
    visitors = [Visitor.of(role, made) for role in WHO]
    count = make_hostile()
    pages = dict(pages_as_seen(addresses, visitors))
    shown = sum("alert" in html for html in pages.values())

    caught = caught_in(pages)

    assert caught == {}
    assert (count > 500, len(pages) > 200, shown > 100) == (True, True, True), (count, len(pages), shown)


def pages_as_seen(addresses: list[str], visitors: list[Visitor]) -> Iterator[tuple[str, str]]:
    """Each page that somebody may read, as the first who may reads it."""
    for address in addresses:
        for visitor in reversed(visitors) if address.startswith("/admin/") else visitors:
            response = visitor.ask("GET", address, {})
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                yield address, response.content.decode()  # type: ignore[attr-defined]
                break
