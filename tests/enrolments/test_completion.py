"""When is something done, met or passed: a table of cases over facts, without a database."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from enrolments.completion import ActivityFacts, Asked, Derived, ResultFact, SetStanding, derive, met_at, standing

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 9, tzinfo=UTC)
SEVENTY = Fraction(7, 10)


def _result(points: int | Fraction, *, passed: bool, at: datetime, of: int = 10) -> ResultFact:
    return ResultFact(Fraction(points), Fraction(of), passed, at)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ActivityFacts(), Derived("seen", None, None)),
        (ActivityFacts(marked_read_at=TUESDAY), Derived("completed", TUESDAY, None)),
        (ActivityFacts(completion_kept_at=MONDAY), Derived("completed", MONDAY, None)),
        (ActivityFacts(pass_kept_at=FRIDAY), Derived("completed", FRIDAY, FRIDAY)),
        (ActivityFacts(marked_read_at=FRIDAY, completion_kept_at=MONDAY), Derived("completed", MONDAY, None)),
        (
            ActivityFacts(results=(_result(3, passed=False, at=MONDAY), _result(8, passed=True, at=FRIDAY))),
            Derived("completed", MONDAY, FRIDAY),
        ),
        (
            ActivityFacts(results=(_result(8, passed=True, at=FRIDAY), _result(9, passed=True, at=TUESDAY))),
            Derived("completed", TUESDAY, TUESDAY),
        ),
        (
            ActivityFacts(pass_kept_at=MONDAY, results=(_result(8, passed=True, at=FRIDAY),)),
            Derived("completed", MONDAY, MONDAY),
        ),
    ],
    ids=[
        "only seen",
        "marked as read",
        "completion kept, evidence gone",
        "pass kept, evidence gone",
        "the earliest counts",
        "a failed attempt completes and does not pass",
        "the first pass counts, whatever the order",
        "a kept pass counts like the result it stands for",
    ],
)
def test_what_follows_for_one_activity(facts: ActivityFacts, expected: Derived) -> None:
    assert derive(facts) == expected


@pytest.mark.parametrize(
    ("asked", "facts", "expected"),
    [
        (Asked(1, None), ActivityFacts(), None),
        (Asked(1, None), ActivityFacts(marked_read_at=MONDAY), MONDAY),
        (Asked(1, None), ActivityFacts(results=(_result(0, passed=False, at=TUESDAY),)), TUESDAY),
        (Asked(1, SEVENTY), ActivityFacts(marked_read_at=MONDAY), None),
        (Asked(1, SEVENTY), ActivityFacts(completion_kept_at=MONDAY), None),
        (Asked(1, SEVENTY), ActivityFacts(pass_kept_at=MONDAY), MONDAY),
        (Asked(1, SEVENTY), ActivityFacts(results=(_result(7, passed=True, at=MONDAY),)), MONDAY),
        (Asked(1, SEVENTY), ActivityFacts(results=(_result(Fraction(699, 100), passed=False, at=MONDAY),)), None),
        # The attempt ran under a milder rule: it passed there, and does not reach what this set asks.
        (Asked(1, SEVENTY), ActivityFacts(results=(_result(6, passed=True, at=MONDAY),)), None),
        # The attempt ran under a stricter rule: it failed there, and reaches what this set asks.
        (Asked(1, SEVENTY), ActivityFacts(results=(_result(8, passed=False, at=MONDAY),)), MONDAY),
        (Asked(1, SEVENTY), ActivityFacts(results=(_result(0, passed=False, at=MONDAY, of=0),)), None),
        (
            Asked(1, SEVENTY),
            ActivityFacts(results=(_result(9, passed=True, at=FRIDAY), _result(7, passed=True, at=TUESDAY))),
            TUESDAY,
        ),
    ],
)
def test_when_a_requirement_is_met(asked: Asked, facts: ActivityFacts, expected: datetime | None) -> None:
    assert met_at(asked, facts) == expected


LESSON_READ = ActivityFacts(marked_read_at=MONDAY)
QUIZ_PASSED = ActivityFacts(results=(_result(7, passed=True, at=FRIDAY),))


@pytest.mark.parametrize(
    ("asked", "facts", "expected", "percent"),
    [
        ([], {}, SetStanding(0, 0, None), 0),
        ([], {1: LESSON_READ}, SetStanding(0, 0, None), 0),
        ([Asked(1, None)], {}, SetStanding(1, 0, None), 0),
        ([Asked(1, None)], {2: LESSON_READ}, SetStanding(1, 0, None), 0),
        ([Asked(1, None)], {1: LESSON_READ}, SetStanding(1, 1, MONDAY), 100),
        ([Asked(1, None), Asked(2, SEVENTY)], {1: LESSON_READ}, SetStanding(2, 1, None), 50),
        ([Asked(1, None), Asked(2, SEVENTY)], {2: QUIZ_PASSED, 1: LESSON_READ}, SetStanding(2, 2, FRIDAY), 100),
        ([Asked(1, None), Asked(2, SEVENTY)], {2: QUIZ_PASSED, 1: LESSON_READ, 3: LESSON_READ},
         SetStanding(2, 2, FRIDAY), 100),
        ([Asked(number, None) for number in range(1, 4)], {1: LESSON_READ, 2: LESSON_READ},
         SetStanding(3, 2, None), 66),
        ([Asked(number, None) for number in range(200)], dict.fromkeys(range(199), LESSON_READ),
         SetStanding(200, 199, None), 99),
    ],
)  # fmt: skip
def test_how_far_a_set_is_met_is_rounded_down_so_that_100_means_all(
    asked: list[Asked], facts: dict[int, ActivityFacts], expected: SetStanding, percent: int
) -> None:
    now = standing(asked, facts)

    assert (now, now.percent) == (expected, percent)
