"""How a moment of a film is written and read."""

import pytest

from media.moments import clock, exact_clock, read_moment


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("0", 0), ("192", 192), ("192.5", 192.5), ("3:12", 192), ("0:07", 7), ("1:02:03", 3723), ("75:00", 4500),
        ("3m12s", 192), ("1h", 3600), ("90s", 90), (" 12 ", 12), ("0:12.4", 12.4),
    ],
)  # fmt: skip
def test_moment_in_each_way_people_write_it_is_read(words, seconds):
    assert read_moment(words) == seconds


@pytest.mark.parametrize(
    "words", ["", "abc", "-1", "1:60", "1:2:3", "1e9", "inf", "nan", ":12", "12:", "9" * 30, "１２"]
)
def test_anything_else_is_no_moment(words):
    assert read_moment(words) is None


@pytest.mark.parametrize(
    ("seconds", "words", "exact"),
    [(0, "0:00", "0:00"), (7.9, "0:07", "0:07.9"), (192, "3:12", "3:12"), (3723.04, "1:02:03", "1:02:03"),
     (59.96, "0:59", "1:00"), (12.44, "0:12", "0:12.4")],
)  # fmt: skip
def test_clock_leaves_off_parts_of_a_second_and_the_exact_one_keeps_tenths(seconds, words, exact):
    assert (clock(seconds), exact_clock(seconds)) == (words, exact)
