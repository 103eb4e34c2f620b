"""What of an activity's changes somebody has not seen who was there before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.changes import unseen
from tests.factories.people import NOON


@dataclass(frozen=True)
class Told:
    """A change, without the database."""

    before_digest: str
    after_digest: str
    published_at: datetime
    is_substance: bool = True


def hours(number: int) -> datetime:
    return NOON + timedelta(hours=number)


FIRST, SECOND = Told("a", "b", hours(2)), Told("b", "c", hours(4))
WORDING = Told("a", "b", hours(2), is_substance=False)


@pytest.mark.parametrize(
    ("changes", "digest_seen", "seen_at", "new"),
    [
        ([], "a", hours(0), []),
        ([FIRST, SECOND], "a", hours(1), [FIRST, SECOND]),
        ([FIRST, SECOND], "b", hours(3), [SECOND]),
        ([FIRST, SECOND], "c", hours(5), []),
        ([WORDING], "a", hours(1), []),
        ([WORDING, SECOND], "a", hours(1), [SECOND]),
        ([FIRST], "a", hours(3), [FIRST]),  # a page left open said later that it was still being read
        ([FIRST], "", hours(1), [FIRST]),  # nobody kept what they saw: by when
        ([FIRST], "", hours(3), []),
        ([FIRST], "in another language", hours(3), []),
        ([FIRST, Told("b", "a", hours(4))], "a", hours(1), []),  # it came back to what they saw
        ([Told("a", "a", hours(2))], "a", hours(1), [Told("a", "a", hours(2))]),  # another film file, the same words
        ([Told("a", "a", hours(2))], "a", hours(3), []),
    ],
)
def test_unseen_changes(changes: list[Told], digest_seen: str, seen_at: datetime, new: list[Told]) -> None:
    found = unseen(changes, digest_seen=digest_seen, seen_at=seen_at)

    assert found == new


@given(st.lists(st.booleans(), max_size=6))
def test_whoever_opened_the_newest_text_has_nothing_new(kinds: list[bool]) -> None:
    changes = [Told(str(place), str(place + 1), hours(place), kind) for place, kind in enumerate(kinds)]

    found = unseen(changes, digest_seen=str(len(kinds)), seen_at=hours(len(kinds)))

    assert found == []
