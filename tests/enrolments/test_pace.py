"""The course's own pace: days in the order of the course, by how long each part takes."""

from datetime import date

import pytest

from enrolments.pace import suggested_dates

START = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("minutes", "ends_on", "days"),
    [
        ([10, 10], date(2026, 9, 11), [6, 11]),
        ([30, 10], date(2026, 9, 11), [9, 11]),  # 7.5 days are over on the eighth
        ([10, 0, 10], date(2026, 9, 11), [6, 6, 11]),  # what has no length is due with what stands before it
        ([60, 60, 30], None, [8, 15, 19]),  # an hour a week
        ([0, 0], date(2026, 9, 11), [1, 1]),
        ([10, 10, 10], START, [1, 1, 1]),
        ([1] * 7, date(2026, 9, 8), [2, 3, 4, 5, 6, 7, 8]),  # and never a day beyond the last
        ([], None, []),
    ],
)
def test_each_minute_has_the_same_share_of_the_days(minutes: list[int], ends_on: date | None, days: list[int]) -> None:
    found = suggested_dates(enumerate(minutes), starts_on=START, ends_on=ends_on)

    assert [found[number].day for number in range(len(minutes))] == days
