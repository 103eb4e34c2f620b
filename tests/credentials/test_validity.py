"""How long a credential holds, in months of the calendar."""

from datetime import date

import pytest

from credentials.validity import last_valid_day


@pytest.mark.parametrize(
    ("awarded_on", "months", "expected"),
    [
        (date(2026, 11, 22), None, None),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 22), 36, date(2029, 11, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),  # 2100 is no leap year
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 10, 31), 13, date(2027, 11, 30)),
        (date(2026, 1, 1), 11, date(2026, 12, 1)),
    ],
)
def test_last_valid_day(awarded_on: date, months: int | None, expected: date | None) -> None:
    assert last_valid_day(awarded_on, months) == expected
