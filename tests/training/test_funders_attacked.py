"""A funder's reader who subtracts: every file of every period, on many days, while people come, go and are erased.

tests/training/test_suppression.py attacks the rule; this one attacks the pages, with the site's own clock and rows.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
import time_machine
from django.test import Client

from enrolments.models import Cohort, Enrolment
from people.models import User
from privacy.erasure import erase
from privacy.retention import apply_retention
from privacy.subjects import subject_of
from tests.factories import cohort, people, taught_course
from tests.training.test_funders import ALL, _area, _funder, _trained

pytestmark = pytest.mark.django_db
AREAS, AGENCIES = ("larchmere", "saltby"), ("health", "police")
PERIODS = ("all", "year-2026", "year-2025", "quarter-2026-1", "quarter-2026-2", "quarter-2026-3", "quarter-2025-4")
Page = dict[tuple[str, str], int]


@pytest.fixture
def shared() -> tuple[Client, Any, Any, Cohort]:
    """One reader of two funders that have an area in common, and a cohort."""
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False):
        cast, group = people(), cohort(taught_course().course)
        both = [_funder(cast.carol, *AREAS), _funder(cast.carol, AREAS[0])]
        return Client(), both[0], both[1], group


def _look(client: Client, funder: Any, day: datetime) -> dict[str, Page]:
    """All that is shown on a day, by period; nothing shown is nought."""
    with time_machine.travel(day, tick=False):
        client.force_login(User.objects.get(name="Carol Hughes"))
        return {key: page for key in PERIODS if (page := _page(client, funder, key)) is not None}


def _page(client: Client, funder: Any, period: str) -> Page | None:
    answer = client.get(f"/funder/{funder.uuid}/trained.csv?period={period}")
    if answer.status_code == 404:  # not on offer yet
        return None
    lines = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    return {(row["Area"], row["Agency"]): int(row["People counted"].replace("fewer than five", "0")) for row in lines}


def _live_through(group: Cohort, chance: Random) -> Iterator[datetime]:
    """Nine months; each yield is a moment at which somebody looks."""
    for month in range(1, 10):
        last = datetime(2026, month + 1, 1, tzinfo=UTC) - timedelta(days=1)
        for area in AREAS:
            for agency in AGENCIES:
                _trained(chance.choice([0, 1, 1, 2, 3, 4, 5, 7]), group, area, date(2026, month, 9), agency)
        yield last.replace(hour=10)
        late = _trained(chance.choice([0, 1, 2]), group, "larchmere", last.date(), "health")
        for run in late:  # finished in the last minutes; noted after the turn of the month
            Enrolment.objects.filter(pk=run.pk).update(state="active", completed_at=None)
        yield last + timedelta(days=1, seconds=5)
        for run in late:
            ended = last.replace(hour=22, minute=59)
            Enrolment.objects.filter(pk=run.pk).update(state="completed", completed_at=ended)
        yield last + timedelta(days=1, minutes=2)
        yield last + timedelta(days=2, hours=23)
        yield last + timedelta(days=3, hours=1)
        _go(chance, last)
        yield last + timedelta(days=5)


def _go(chance: Random, at: datetime) -> None:
    """Two of those who finished have their data erased, one closes the account, and the night's rules run."""
    finished = list(User.objects.filter(email__startswith="zqcanary", is_active=True).order_by("pk"))
    for gone in chance.sample(finished, min(2, len(finished))):
        erase(subject_of(gone), at=at, cause="asked")
    User.objects.filter(pk__in=[one.pk for one in finished[:1]]).update(is_active=False)
    apply_retention(at=at + timedelta(days=3000))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.lengthy
def test_no_difference_of_anything_shown_is_a_group_under_five(seed: int, shared: tuple[Any, ...]) -> None:
    client, wide, narrow, group = shared
    moments = _live_through(group, Random(seed))

    looks = [(_look(client, wide, moment), _look(client, narrow, moment)) for moment in moments]

    numbers = [people for look in looks for pages in look for page in pages.values() for people in page.values()]
    assert max(numbers) > 20
    assert _small(numbers) == []
    assert _small(_between_looks([wide_look for wide_look, _narrow in looks])) == []
    assert _small(_between_periods(look) for pages in looks for look in pages) == []
    assert _small(_sums_less_parts(page) for pages in looks for look in pages for page in look.values()) == []
    for wide_look, narrow_look in looks:
        shared_area = {key: {cell: page[cell] for cell in page if cell[0] != ALL} for key, page in narrow_look.items()}
        assert {
            key: {cell: wide_look[key][cell] for cell in cells} for key, cells in shared_area.items()
        } == shared_area


def _small(found: Any) -> list[int]:
    """Of numbers, or of lists of them: those that say something of one to four people."""
    flat = [number for one in found for number in ([one] if isinstance(one, int) else one)]
    assert flat
    return [number for number in flat if 0 < abs(number) < 5]


def _between_looks(looks: list[dict[str, Page]]) -> Iterator[int]:
    """The same cell of the same period, at one look and at each later one."""
    for place, before in enumerate(looks):
        for after in looks[place + 1 :]:
            for key in before.keys() & after.keys():
                yield from (after[key][cell] - before[key][cell] for cell in before[key])


def _between_periods(look: dict[str, Page]) -> list[int]:
    """Longer less shorter: all time less each, a year less its quarters, and each quarter less the next."""
    quarters = [key for key in look if key.startswith("quarter-2026")]
    found = []
    for cell, ever in look["all"].items():
        found += [ever - page[cell] for page in look.values()]
        if "year-2026" in look:
            rest = [look[key][cell] for key in quarters if key != "quarter-2026-1"]
            found.append(look["year-2026"][cell] - sum(rest))
        found.append(ever - sum(look[key][cell] for key in look if key.startswith("quarter")))
    return found


def _sums_less_parts(page: Page) -> list[int]:
    """Each sum less any part of it, and less all of them."""
    found = []
    areas = {area for area, _agency in page} - {ALL}
    agencies = {agency for _area_, agency in page} - {ALL}
    for agency in [*agencies, ALL]:
        parts = [page[(area, agency)] for area in areas]
        found += [page[(ALL, agency)] - part for part in [*parts, sum(parts)]]
    for area in [*areas, ALL]:
        parts = [page[(area, agency)] for agency in agencies]
        found += [page[(area, ALL)] - part for part in [*parts, sum(parts)]]
    return found


def test_what_is_noted_after_the_turn_of_the_month_changes_no_number_that_was_shown(shared: tuple[Any, ...]) -> None:
    """Ada finishes a minute before midnight; her result is noted two minutes after it, and somebody looks between."""
    client, wide, _narrow, group = shared
    _trained(5, group, "larchmere", date(2026, 6, 9))
    (ada,) = _trained(1, group, "larchmere", date(2026, 6, 30))
    Enrolment.objects.filter(pk=ada.pk).update(state="active", completed_at=None)
    turn = datetime(2026, 6, 30, 23, tzinfo=UTC)  # midnight in London

    seen = [_look(client, wide, turn + timedelta(seconds=5))]
    Enrolment.objects.filter(pk=ada.pk).update(state="completed", completed_at=turn - timedelta(minutes=1))
    seen += [_look(client, wide, turn + later) for later in (timedelta(minutes=3), timedelta(days=3))]

    cell = ("Larchmere", "Health")
    assert [look["all"][cell] for look in seen] == [0, 0, 6]


def test_area_that_a_funder_is_given_or_loses_tells_of_no_small_group(shared: tuple[Any, ...]) -> None:
    client, wide, _narrow, group = shared
    for area, count in (("larchmere", 6), ("saltby", 4), ("hexby", 7)):
        _trained(count, group, area, date(2026, 5, 9))
    day = datetime(2026, 8, 9, tzinfo=UTC)

    totals = []
    for areas in (["larchmere"], ["larchmere", "saltby"], ["larchmere", "saltby", "hexby"], ["saltby"]):
        wide.areas.set([_area(key) for key in areas])
        totals.append(_look(client, wide, day)["all"].get((ALL, ALL), 0))

    assert totals == [6, 6, 13, 0]
    assert _small([after - before for before, after in pairwise(totals)]) == []
