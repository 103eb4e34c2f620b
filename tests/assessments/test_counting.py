"""Which of several attempts counts, and since when it is enough: a table of cases."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from assessments.counting import Came, counted_share, passed_since, reached_since

DAY_1 = datetime(2026, 3, 2, 9, tzinfo=UTC)
SEVEN = Fraction(7, 10)


def came(*tenths: int, counts: str = "best", first: int = 1) -> list[Came]:
    """Attempts with so many tenths of the points, a day apart; each passes from seven on."""
    return [
        Came(Fraction(one, 10), one >= 7, SEVEN, DAY_1 + timedelta(days=first - 1 + number), counts)
        for number, one in enumerate(tenths)
    ]


@pytest.mark.parametrize(
    ("counts", "share"),
    [("best", Fraction(9, 10)), ("last", Fraction(4, 10)), ("first", Fraction(5, 10)), ("mean", Fraction(6, 10))],
)
def test_share_that_counts(counts: str, share: Fraction) -> None:
    assert counted_share(came(5, 9, 4), counts) == share


def test_mean_is_exact() -> None:
    assert counted_share(came(1, 1, 2), "mean") == Fraction(4, 30)


def test_no_attempt_has_no_share() -> None:
    with pytest.raises(ValueError, match="no attempt"):
        counted_share([], "best")


@pytest.mark.parametrize(
    ("counts", "tenths", "day"),
    [
        ("best", (), None),
        ("best", (5, 6), None),
        ("best", (5, 8, 2, 9), 2),
        ("last", (5, 8), 2),
        ("last", (8, 5), None),
        ("last", (8, 5, 9), 3),
        ("last", (8, 9), 1),
        ("first", (8, 2), 1),
        ("first", (2, 10), None),
        ("mean", (8, 6), 1),
        ("mean", (8, 5), None),
        ("mean", (5, 9), 2),
        ("mean", (5, 8, 8), 3),
        ("mean", (9, 4, 10), 3),
    ],
)
def test_since_when_it_is_enough(counts: str, tenths: tuple[int, ...], day: int | None) -> None:
    attempts = came(*tenths, counts=counts)

    moments = passed_since(attempts), reached_since(attempts, SEVEN)

    expected = DAY_1 + timedelta(days=day - 1) if day else None
    assert moments == (expected, expected)


def test_order_in_which_attempts_are_given_is_no_matter() -> None:
    assert passed_since(came(8, 5, 9, counts="last")[::-1]) == DAY_1 + timedelta(days=2)


def test_whoever_passed_under_one_rule_keeps_it_under_the_next() -> None:
    attempts = came(8) + came(2, counts="last", first=2)

    assert passed_since(attempts) == DAY_1


def test_share_of_a_set_is_its_own_and_not_that_of_the_attempts() -> None:
    attempts = came(8)

    assert (reached_since(attempts, Fraction(9, 10)), passed_since(attempts)) == (None, DAY_1)
