"""When a letter may reach somebody: by day, where they are."""

from datetime import UTC, datetime

import pytest

from training.board.daytime import next_daytime


@pytest.mark.parametrize(
    ("at", "zone", "then"),
    [
        ((10, 1, 7, 0), "Europe/London", (10, 1, 7, 0)),  # 08:00 in summer time
        ((10, 1, 6, 59), "Europe/London", (10, 1, 7, 0)),
        ((10, 1, 18, 59), "Europe/London", (10, 1, 18, 59)),
        ((10, 1, 19, 0), "Europe/London", (10, 2, 7, 0)),
        ((10, 1, 12, 0), "Asia/Tokyo", (10, 1, 23, 0)),  # nine in the evening there
        ((10, 24, 20, 0), "Europe/London", (10, 25, 8, 0)),  # the clocks go back in the night between
    ],
)
def test_letter_goes_at_once_by_day_and_waits_for_eight_at_night(
    at: tuple[int, ...], zone: str, then: tuple[int, ...]
) -> None:
    moments = [datetime(2026, *when, tzinfo=UTC) for when in (at, then)]  # type: ignore[arg-type,misc]

    assert next_daytime(moments[0], zone) == moments[1]
