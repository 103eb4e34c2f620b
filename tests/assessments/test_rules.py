"""When an attempt must be in, and when another may begin: by the server's clock, across both clock changes."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from assessments.rules import AttemptRules, NoMoreAttempts

LONDON = ZoneInfo("Europe/London")
SHARE = Fraction(7, 10)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_attempt_without_a_limit_is_never_due():
    rules = AttemptRules(pass_share=SHARE, extra_seconds=600)

    due = rules.due_at(NOON)

    assert due is None


@pytest.mark.parametrize(
    ("started", "limit", "extra", "due"),
    [
        # Plain day.
        (datetime(2026, 11, 22, 12, tzinfo=UTC), 3600, 0, datetime(2026, 11, 22, 13, tzinfo=UTC)),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), 3600, 900, datetime(2026, 11, 22, 13, 15, tzinfo=UTC)),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), 0, 0, datetime(2026, 11, 22, 12, tzinfo=UTC)),
        # Spring: at 01:00 UTC on 29 March 2026 London goes from 01:00 to 02:00; half past midnight plus an hour.
        (datetime(2026, 3, 29, 0, 30, tzinfo=LONDON), 3600, 0, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # Autumn: at 01:00 UTC on 25 October 2026 London goes from 02:00 back to 01:00.
        (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON), 3600, 0, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON), 3600, 0, datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
        # Over the change, a day is 86,400 seconds, not "the same time tomorrow".
        (datetime(2026, 3, 28, 12, tzinfo=LONDON), 86400, 0, datetime(2026, 3, 29, 12, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=LONDON), 86400, 0, datetime(2026, 10, 25, 11, tzinfo=UTC)),
    ],
)
def test_an_attempt_is_due_after_its_seconds_whatever_the_clocks_do(started, limit, extra, due):
    rules = AttemptRules(pass_share=SHARE, time_limit_seconds=limit, extra_seconds=extra)

    from_local, from_stored = rules.due_at(started), rules.due_at(started.astimezone(UTC))

    assert (from_local, from_stored) == (due, due)
    assert due - started.astimezone(UTC) == timedelta(seconds=limit + extra)


@pytest.mark.parametrize(
    ("allowed", "extra", "used"),
    [(1, 0, 0), (3, 0, 2), (3, 1, 3), (None, 0, 500), (0, 1, 0)],
)
def test_another_attempt_may_begin_while_some_are_left(allowed, extra, used):
    rules = AttemptRules(pass_share=SHARE, attempts_allowed=allowed, extra_attempts=extra)

    opens = rules.may_begin_at(used=used, last_ended_at=NOON)

    assert opens is None


@pytest.mark.parametrize(("allowed", "extra", "used"), [(1, 0, 1), (3, 0, 3), (3, 0, 4), (3, 1, 4), (0, 0, 0)])
def test_used_up_attempts_are_refused_in_words_for_the_learner(allowed, extra, used):
    rules = AttemptRules(pass_share=SHARE, attempts_allowed=allowed, extra_attempts=extra)

    with pytest.raises(NoMoreAttempts) as refused:
        rules.may_begin_at(used=used, last_ended_at=None)

    assert str(refused.value) == "You have used all your attempts. Your trainer can give you another."


@pytest.mark.parametrize(
    ("gap", "last_ended_at", "opens"),
    [
        (0, NOON, None),
        (86400, None, None),
        (86400, NOON, NOON + timedelta(days=1)),
        (1, NOON, NOON + timedelta(seconds=1)),
        (86400, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC)),
        (86400, datetime(2026, 10, 24, 11, tzinfo=UTC), datetime(2026, 10, 25, 11, tzinfo=UTC)),
        (86400, datetime(2026, 3, 28, 12, tzinfo=LONDON), datetime(2026, 3, 29, 12, tzinfo=UTC)),
        (86400, datetime(2026, 10, 24, 12, tzinfo=LONDON), datetime(2026, 10, 25, 11, tzinfo=UTC)),
    ],
)
def test_the_gap_counts_from_the_last_hand_in(gap, last_ended_at, opens):
    rules = AttemptRules(pass_share=SHARE, gap_seconds=gap)

    begins = rules.may_begin_at(used=1, last_ended_at=last_ended_at)

    assert begins == opens
