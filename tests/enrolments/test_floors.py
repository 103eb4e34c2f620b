"""The floor on each learning outcome: only where enough items were met, pooled, and nothing is taken back."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from assessments.assessment_rules import AssessmentRules
from enrolments.completion import ActivityFacts, Asked, SetStanding, standing
from enrolments.floors import Floor, Scored, held_at, read_floor
from enrolments.models import PinnedSet, Progress
from enrolments.outcomes import floor_of, outcomes_of
from enrolments.progress import rebuild
from tests.enrolments.doings import sit
from tests.enrolments.floored import floored, met, sit_on
from tests.factories import NOON, cohort, enrolment, people, taught_course

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLOOR = Floor(Fraction(6, 10), 5)
DAY = timedelta(days=1)


def scored(outcome: int, *points: int, day: int = 0, first_item: int = 1) -> list[Scored]:
    """One point each, or none, on items of their own."""
    return [
        Scored(outcome, 100 * outcome + first_item + number, Fraction(one), Fraction(1), MONDAY + day * DAY)
        for number, one in enumerate(points)
    ]


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        ([], 0),
        (scored(1, 0, 0, 0, 0), 0),  # four items steer, and never the pass
        (scored(1, 1, 1, 1, 0, 0), 0),  # exactly the share
        (scored(1, 1, 1, 0, 0, 0), None),
        (scored(1, 1, 1, 1, 1, 1) + scored(2, 0, 0, 0, 0, 0), None),  # every outcome by itself
        (scored(1, 1, 0, 0) + scored(1, 0, 0, 1, day=2), 0),  # the same three items twice are three
        (scored(1, 1, 0, 0) + scored(1, 1, 0, day=2, first_item=9), 0),  # below only later: it stays met
        (scored(1, 0, 0, 0, 0, 0) + scored(1, 1, 1, 1, 1, 1, 1, 1, 1, day=3, first_item=9), 3),
    ],
)
def test_since_when_a_floor_holds(rows: list[Scored], day: int | None) -> None:
    assert held_at(FLOOR, rows, since=MONDAY) == (None if day is None else MONDAY + day * DAY)


@pytest.mark.parametrize(
    ("thresholds", "floor"),
    [
        ({}, None),
        ({"attendance": 3}, None),
        ({"outcome_floor_share": "60/100", "outcome_floor_items": 5}, FLOOR),
    ],
)
def test_floor_as_thresholds_name_it(thresholds: dict[str, Any], floor: Floor | None) -> None:
    assert read_floor(thresholds) == floor


@pytest.mark.parametrize(
    "thresholds",
    [
        {"outcome_floor_share": "60/100"},
        {"outcome_floor_share": "3/2", "outcome_floor_items": 5},
        {"outcome_floor_share": "0", "outcome_floor_items": 5},
        {"outcome_floor_share": 0.6, "outcome_floor_items": 5},
        {"outcome_floor_share": "60/100", "outcome_floor_items": 0},
        {"outcome_floor_share": "60/100", "outcome_floor_items": True},
    ],
)
def test_floor_nobody_could_apply_is_refused(thresholds: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"floor|fraction"):
        read_floor(thresholds)


def test_floor_is_one_more_thing_to_meet_and_the_last() -> None:
    asked, facts = [Asked(1, None)], {1: ActivityFacts(marked_read_at=MONDAY)}
    low = scored(1, 0, 0, 0, 0, 0)

    found = [
        standing(asked, {}, floor=FLOOR, scored=low),
        standing(asked, facts, floor=FLOOR, scored=low),
        standing(asked, facts, floor=FLOOR, scored=[]),
    ]

    assert found == [SetStanding(2, 0, None), SetStanding(2, 1, None), SetStanding(2, 2, MONDAY)]


# -- From the attempt to the certificate -----------------------------------------------------------------------


@pytest.mark.django_db
def test_outcome_below_its_floor_holds_the_set_up_until_it_is_reached() -> None:
    taught, run = floored()

    sit_on(run, taught, 3, 2)
    below, is_below = met(run), [outcomes_of(run).is_below(one.pk) for one in taught.outcomes]
    sit_on(run, taught, 6, 2, at=NOON + DAY)

    assert (below, is_below) == ((50, None), [True, False, False])
    assert met(run) == (100, NOON + DAY)


@pytest.mark.django_db
def test_outcome_met_in_too_few_items_holds_nothing_up_and_later_attempts_take_nothing_back() -> None:
    taught, run = floored()

    sit_on(run, taught, 6, 0)
    first = met(run)
    sit_on(run, taught, 0, 0, at=NOON + DAY)
    rebuild(run)

    assert first == met(run) == (100, NOON)


@pytest.mark.django_db
def test_set_without_a_floor_is_met_as_before_and_asks_for_no_scores() -> None:
    taught, run = floored()
    sit_on(run, taught, 3, 2)

    assert PinnedSet.objects.get(enrolment=run, key="module-1").required_count == 3
    assert floor_of(run) == FLOOR


@pytest.mark.django_db
@pytest.mark.parametrize(("counts", "passed_on"), [("best", NOON), ("last", None), ("first", NOON), ("mean", None)])
def test_progress_reads_which_attempt_counts(counts: str, passed_on: datetime | None) -> None:
    taught = taught_course()
    taught.assessment.rules = AssessmentRules(counts=counts).to_json()
    taught.assessment.save()
    run = enrolment(people().amina, cohort(taught.course))

    sit(run, taught, right=8)
    sit(run, taught, right=0, at=NOON + DAY)

    assert Progress.objects.get(enrolment=run, activity=taught.assessment.activity).passed_at == passed_on
