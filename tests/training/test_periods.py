"""The periods on offer: fixed, of whole months that are over."""

from datetime import date, timedelta

import pytest

from training.periods import months_on, periods


def _spans(today: date) -> dict[str, tuple[date | None, date, bool]]:
    return {one.key: (one.starts_on, one.ends_on, one.is_running) for one in periods(today)}


def test_years_run_from_april_and_quarters_by_the_calendar_and_all_end_with_the_last_whole_month() -> None:
    spans = _spans(date(2026, 11, 26))

    assert (len(spans), spans["all"]) == (14, (None, date(2026, 11, 1), False))
    assert spans["year-2026"] == (date(2026, 4, 1), date(2026, 11, 1), True)
    assert spans["year-2022"] == (date(2022, 4, 1), date(2023, 4, 1), False)
    assert spans["quarter-2026-4"] == (date(2026, 10, 1), date(2026, 11, 1), True)
    assert spans["quarter-2025-1"] == (date(2025, 1, 1), date(2025, 4, 1), False)


@pytest.mark.parametrize(
    ("today", "year", "quarter"),
    [
        (date(2026, 4, 30), "year-2025", "quarter-2026-1"),  # April is not over: neither has begun for us
        (date(2026, 5, 1), "year-2026", "quarter-2026-2"),
        (date(2026, 1, 1), "year-2025", "quarter-2025-4"),
        (date(2026, 2, 1), "year-2025", "quarter-2026-1"),
    ],
)
def test_period_is_offered_once_a_month_of_it_is_over(today: date, year: str, quarter: str) -> None:
    keys = list(_spans(today))

    assert (keys[1], keys[6]) == (year, quarter)


def test_nothing_moves_from_one_day_to_the_next_within_a_month() -> None:
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(30)]

    assert len({tuple(periods(day)) for day in days}) == 1


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 26), 0, date(2026, 11, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), -1, date(2025, 12, 1)),
        (date(2026, 1, 1), -25, date(2023, 12, 1)),
    ],
)
def test_months_are_counted_over_years(day: date, months: int, then: date) -> None:
    assert months_on(day, months) == then
