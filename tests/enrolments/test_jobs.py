"""What the worker does: close what is overdue, and record what a listener missed."""

from datetime import timedelta
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.utils import timezone

from assessments.attempts import finish_attempt
from assessments.models import Attempt
from enrolments.attempts import begin_attempt
from enrolments.jobs import close_overdue_attempts, repair_progress
from enrolments.models import AttemptLink, Enrolment, Progress
from tests.enrolments.doings import answer, complete, handed_in, percent_of, regrade, sit
from tests.enrolments.floored import floored, handed_in_on, met, sit_on
from tests.factories import NOON, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_scored_attempt_nobody_recorded_is_found_and_recorded() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    handed_in(run, taught, right=8)

    repaired = (repair_progress(), repair_progress())

    row = Progress.objects.get()
    assert repaired == (1, 0)
    assert (row.completed_at, row.passed_at, percent_of(run)) == (NOON, NOON, {"module-1": 33})


def test_pass_nobody_recorded_after_a_recorded_fail_is_found() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    sit(run, taught, right=0)
    handed_in(run, taught, right=8, at=NOON + DAY)

    repair_progress()

    row = Progress.objects.get()
    assert (row.completed_at, row.passed_at, percent_of(run)) == (NOON, NOON + DAY, {"module-1": 33})
    assert repair_progress() == 0


def test_failed_attempt_that_was_recorded_is_not_repaired_over_and_over() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    sit(run, taught, right=0)

    assert repair_progress() == 0


def test_attempt_nobody_recorded_that_lifts_the_last_outcome_over_its_floor_is_found() -> None:
    taught, run = floored()
    sit_on(run, taught, 3, 2)
    handed_in_on(run, taught, 6, 2, at=NOON + DAY)

    repaired = (repair_progress(), repair_progress())

    assert (repaired, met(run)) == ((1, 0), (100, NOON + DAY))


def test_score_given_anew_that_nobody_recorded_is_found() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    attempt = sit(run, taught, right=5)
    regrade(attempt, points=Fraction(8), passed=True, at=NOON + DAY)

    assert (repair_progress(), repair_progress()) == (1, 0)
    assert percent_of(run) == {"module-1": 33}


def test_results_recorded_before_anybody_noted_it_are_taken_as_heard_of_and_missed_ones_are_not() -> None:
    """What the migration does to a site that was there before: only what nobody took in waits for the job."""
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    runs = [enrolment(one, group) for one in (cast.amina, cast.lena, cast.carol)]
    sit(runs[0], taught, right=8)
    sit(runs[1], taught, right=0)
    handed_in(runs[1], taught, right=8, at=NOON + DAY)  # a pass that nobody took in after a fail
    handed_in(runs[2], taught, right=0)  # and a fail that nobody took in at all
    AttemptLink.objects.update(recorded_result=None)

    import_module("enrolments.migrations.0017_results_heard_of").note_heard(apps, None)

    heard = AttemptLink.objects.filter(recorded_result__isnull=False).values_list("enrolment", "attempt__number")
    assert set(heard) == {(runs[0].pk, 1), (runs[1].pk, 1)}
    assert repair_progress() == 2


def test_second_run_is_repaired_though_the_first_was_recorded() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    complete(enrolment(cast.amina, group), taught)
    second = enrolment(cast.amina, group, at=NOON + DAY)
    handed_in(second, taught, right=8, at=NOON + DAY)

    assert repair_progress() == 1
    assert percent_of(second) == {"module-1": 33}


def _failing_for(run: Enrolment, error: type[Exception]) -> Any:
    """Whoever locks this run's row meets the error."""

    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if 'FROM "enrolments_enrolment" WHERE' in sql and run.pk in (params or ()):
            raise error("broken")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(fail)


def test_attempt_that_cannot_be_recorded_keeps_no_later_one_waiting(caplog: pytest.LogCaptureFixture) -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    bad, good = enrolment(cast.amina, group), enrolment(cast.lena, group)
    attempt = handed_in(bad, taught, right=8)
    handed_in(good, taught, right=8)

    with _failing_for(bad, ValueError):
        repaired = repair_progress()

    assert (repaired, percent_of(bad), percent_of(good)) == (1, {"module-1": 0}, {"module-1": 33})
    assert [record.message for record in caplog.records if record.name == "toolkit.sweeps"] == [
        f"assessments.attempt {attempt.pk} could not be swept"
    ]
    assert repair_progress() == 1


def test_database_that_is_away_ends_the_sweep() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    handed_in(run, taught, right=8)

    with _failing_for(run, OperationalError), pytest.raises(OperationalError):
        repair_progress()

    assert repair_progress() == 1


def test_hand_in_is_recorded_by_itself_once_it_has_committed(django_capture_on_commit_callbacks: Any) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON)
    answer(attempt, right=8)

    with django_capture_on_commit_callbacks(execute=True):
        finish_attempt(attempt, at=NOON)

    assert (percent_of(run), repair_progress()) == ({"module-1": 33}, 0)


def test_overdue_attempt_is_closed_at_its_deadline_with_what_was_saved() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course, time_limit_seconds=600, own_attempt_rules=True)
    began = timezone.now() - timedelta(hours=1)
    late, open_still = (
        begin_attempt(enrolment(person, group), taught.assessment, language="en", at=at)
        for person, at in ((cast.amina, began), (cast.lena, timezone.now()))
    )
    answer(late, right=8, at=began)

    closed = (close_overdue_attempts(), close_overdue_attempts())

    late.refresh_from_db()
    open_still.refresh_from_db()
    assert closed == (1, 0)
    assert (late.state, late.closed_by, late.handed_in_at, late.result.passed) == (
        "scored", "deadline", began + timedelta(seconds=600), True,
    )  # fmt: skip
    assert (open_still.state, Attempt.objects.count()) == ("in_progress", 2)
