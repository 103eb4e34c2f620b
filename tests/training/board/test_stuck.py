"""Who needs their trainer: three reasons, no more."""

from datetime import date, timedelta

import pytest

from training.board.stuck import Need, Span, Tries, need_of
from training.choices import Reason

START, TODAY, DAY = date(2026, 9, 1), date(2026, 10, 1), timedelta(days=1)
RUNNING = Span(START, date(2026, 12, 1))


def _need(state: str = "active", *, booked: date = START, last: date | None = TODAY, **given: object) -> Need | None:
    asked = {"tries": [], "span": RUNNING, "today": TODAY, "quiet_days": 10, **given}
    return need_of(state, booked_on=booked, last_on=last, **asked)  # type: ignore[arg-type]


def _tries(used: int, allowed: int | None) -> list[Tries]:
    return [Tries("Module 1 quiz", used, allowed, TODAY - 2 * DAY)]


def test_somebody_who_did_something_lately_needs_nobody() -> None:
    assert _need() is None


@pytest.mark.parametrize(("days", "expected"), [(9, None), (10, Reason.QUIET), (40, Reason.QUIET)])
def test_nothing_done_for_so_many_days_is_a_reason_from_the_last_day_on(days: int, expected: Reason | None) -> None:
    need = _need(last=TODAY - days * DAY)

    assert (need.reason if need else None, need.days(TODAY) if need else 0) == (expected, days if expected else 0)


@pytest.mark.parametrize(
    ("booked", "starts", "since"),
    [
        (START, START, START),
        (START + 5 * DAY, START, START + 5 * DAY),  # nobody could begin before they were booked
        (START, TODAY, None),  # on the first day nobody is late
        (TODAY, START, None),
        (START, TODAY + DAY, None),
    ],
)
def test_not_begun_counts_from_the_day_they_could(booked: date, starts: date, since: date | None) -> None:
    need = _need("booked", booked=booked, last=None, span=Span(starts, None))

    assert need == (Need(Reason.NEVER_BEGAN, since) if since else None)


@pytest.mark.parametrize(("used", "allowed", "is_stuck"), [(2, 2, True), (3, 2, True), (1, 2, False), (9, None, False)])
def test_all_attempts_used_is_a_reason_and_weighs_more_than_quiet(
    used: int, allowed: int | None, is_stuck: bool
) -> None:
    need = _need(last=TODAY - 30 * DAY, tries=_tries(used, allowed))

    failed = Need(Reason.NO_TRIES_LEFT, TODAY - 2 * DAY, "Module 1 quiz")
    assert need == (failed if is_stuck else Need(Reason.QUIET, TODAY - 30 * DAY))


@pytest.mark.parametrize("state", ["on_leave", "completed", "withdrawn"])
def test_whoever_is_away_or_has_finished_needs_nobody(state: str) -> None:
    assert _need(state, last=TODAY - 99 * DAY, tries=_tries(2, 2)) is None


@pytest.mark.parametrize(
    ("span", "is_due"),
    [
        (Span(START, TODAY), True),
        (Span(START, TODAY - DAY), False),
        (Span(START, None), True),
        (Span(TODAY + DAY, None), False),
    ],
)
def test_nothing_is_due_before_the_cohort_begins_or_after_it_ended(span: Span, is_due: bool) -> None:
    assert (_need(last=TODAY - 30 * DAY, span=span) is not None) == is_due
