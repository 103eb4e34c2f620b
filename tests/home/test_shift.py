"""Two ratings and what lies between them."""

import pytest

from home.shift import NotARating, Shift, rating_of


@pytest.mark.parametrize(("typed", "rating"), [("0", 0), ("7", 7), ("10", 10), ("07", 7)])
def test_number_on_the_scale_is_a_rating(typed: str, rating: int) -> None:
    assert rating_of(typed) == rating


@pytest.mark.parametrize("typed", ["", "11", "-1", "3.5", "seven", "²", "٣", "1" * 5_000, "1 "])
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(NotARating):
        rating_of(typed)


@pytest.mark.parametrize(
    ("first", "again", "moved", "places"), [(7, 3, -4, (70, 30)), (0, 10, 10, (0, 100)), (5, 5, 0, (50, 50))]
)
def test_shift_is_signed_and_has_both_places_on_the_line(
    first: int, again: int, moved: int, places: tuple[float, float]
) -> None:
    shift = Shift(first, again)

    assert (shift.moved, shift.places) == (moved, places)
