"""Results that were reached elsewhere: written down, superseded, never changed; and what follows from them."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from toolkit.personal import retentions

from audit.models import AuditEntry
from credentials.evidence import evidence_for
from enrolments.models import Enrolment, Progress, RecordedResult
from enrolments.personal import ended_runs
from enrolments.progress import rebuild
from enrolments.recording import Reached, record_results
from enrolments.states import change_state
from tests.enrolments.doings import percent_of, read
from tests.factories import NOON, TaughtCourse, achievement, cohort, enrolment, people, person, taught_course, trainer
from training.board.reading import board_of
from training.choices import CellState

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def run(taught: TaughtCourse) -> Enrolment:
    return enrolment(person("Amy Ash", last_login=NOON), cohort(taught.course))


def _told(taught: TaughtCourse, points: int | None, *, days: int = 0, passed: bool | None = None) -> Reached:
    reached = None if points is None else Fraction(points)
    return Reached(taught.assessment.activity, reached, Fraction(10), NOON + days * DAY, passed)


def test_result_that_reaches_the_share_completes_and_passes_and_begins_the_run(taught, run):
    beth = people().beth

    (made,) = record_results(run, [_told(taught, 7)], at=NOON + DAY, by=beth, source="marks.csv")

    run.refresh_from_db()
    progress = Progress.objects.get(enrolment=run, activity=taught.assessment.activity)
    assert (made.passed, made.recorded_by, made.recorded_at, made.source) == (True, beth, NOON + DAY, "marks.csv")
    assert (run.state, run.started_at) == ("active", NOON)
    assert (progress.completed_at, progress.passed_at) == (NOON, NOON)
    assert percent_of(run) == {"module-1": 33}
    entry = AuditEntry.objects.get(act="result_recorded")
    assert (entry.actor, entry.person, entry.subject_id) == (beth, run.learner, str(made.uuid))


@pytest.mark.parametrize(("points", "passed", "expected"), [(6, None, False), (6, True, True), (9, False, False)])
def test_whoever_records_judges_and_else_the_share_that_is_asked(taught, run, points, passed, expected):
    (made,) = record_results(run, [_told(taught, points, passed=passed)], at=NOON, by=None)

    progress = Progress.objects.get(enrolment=run)
    assert (made.passed, progress.completed_at, progress.passed_at) == (expected, NOON, NOON if expected else None)


def test_without_points_it_is_handed_in_and_not_passed(taught, run):
    record_results(run, [_told(taught, None)], at=NOON, by=None)

    progress = Progress.objects.get(enrolment=run)
    assert (progress.completed_at, progress.passed_at, percent_of(run)) == (NOON, None, {"module-1": 0})


def test_told_twice_is_told_once(taught, run):
    record_results(run, [_told(taught, 7)], at=NOON, by=None)

    again = record_results(run, [_told(taught, 7)], at=NOON + DAY, by=None)

    assert (again, RecordedResult.objects.count()) == ([], 1)


def test_a_correction_supersedes_and_the_first_stays(taught, run):
    (first,) = record_results(run, [_told(taught, 9)], at=NOON, by=None)

    (second,) = record_results(run, [_told(taught, 3, days=1)], at=NOON + DAY, by=None)

    first.refresh_from_db()
    progress = Progress.objects.get(enrolment=run)
    assert (second.supersedes, first.points, RecordedResult.objects.count()) == (first, 9, 2)
    assert (progress.passed_at, progress.last_seen_at, percent_of(run)) == (None, NOON + DAY, {"module-1": 0})


def test_all_that_is_asked_met_completes_the_course_on_the_day_it_was_reached(taught, run):
    read(run, *taught.lessons, at=NOON)

    record_results(run, [_told(taught, 10, days=2)], at=NOON + 9 * DAY, by=None)

    run.refresh_from_db()
    assert (run.state, run.completed_at, percent_of(run)) == ("completed", NOON + 2 * DAY, {"module-1": 100})


def test_rebuilding_finds_the_same(taught, run):
    record_results(run, [_told(taught, 8)], at=NOON, by=None)
    Progress.objects.filter(enrolment=run).delete()

    rebuild(run)

    assert (Progress.objects.get(enrolment=run).passed_at, percent_of(run)) == (NOON, {"module-1": 33})


def test_the_database_keeps_one_first_result_and_lets_nothing_be_changed(taught, run):
    (made,) = record_results(run, [_told(taught, 8)], at=NOON, by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        RecordedResult.objects.filter(pk=made.pk).update(points=10)
    with pytest.raises(IntegrityError, match=r"one_first_recorded|UNIQUE"), transaction.atomic():
        RecordedResult.objects.create(
            enrolment=run, activity=made.activity, points=1, max_score=1, passed=True, at=NOON, recorded_at=NOON
        )


def test_a_board_shows_it_like_any_other_result(taught, run):
    group = run.cohort
    other = enrolment(person("Ben Birch", last_login=NOON), group)
    record_results(run, [_told(taught, 8)], at=NOON, by=None)
    record_results(other, [_told(taught, 2)], at=NOON, by=None)

    cells = {row.name: row.cells[2] for row in board_of(group, at=NOON).rows}

    assert cells == {"Amy Ash": CellState.DONE, "Ben Birch": CellState.FAILED}


def test_a_certificate_says_that_it_rests_on_it(taught, run):
    record_results(run, [_told(taught, 8)], at=NOON, by=None, source="marks.csv")

    evidence = evidence_for(run, achievement(taught.course), taught.requirement_set, language="en")

    assert evidence["recorded"] == [
        {
            "activity": str(taught.assessment.activity.uuid),
            "points": "8",
            "max_score": "10",
            "at": NOON.isoformat(),
            "source": "marks.csv",
        }
    ]


def test_seven_years_later_it_is_removed_and_the_pass_stays(taught, run):
    record_results(run, [_told(taught, 2)], at=NOON, by=None)
    record_results(run, [_told(taught, 8)], at=NOON + DAY, by=None)
    change_state(run, "withdrawn", at=NOON + DAY)
    later = NOON + 3000 * DAY
    assert list(ended_runs(later, frozenset())) == [run]

    removed = {one.model: one.apply(later, later, frozenset()) for one in retentions() if one.model is RecordedResult}

    progress = Progress.objects.get(enrolment=run)
    assert (removed, RecordedResult.objects.count()) == ({RecordedResult: 2}, 0)
    assert (progress.pass_kept_at, progress.completion_kept_at) == (NOON, NOON)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (8, "You passed this elsewhere on 22 November 2026, with 8 of 10 points. It counts here."),
        (2, "You took this elsewhere on 22 November 2026 and reached 2 of 10 points: not passed yet."),
        (None, "You handed this in elsewhere on 22 November 2026; its points are not known here."),
    ],
)
def test_the_learner_reads_it_where_the_quiz_begins(client, taught, run, points, words):
    client.force_login(run.learner)
    before = client.get(f"/quiz/{taught.assessment.uuid}/").content.decode()

    record_results(run, [_told(taught, points)], at=NOON, by=None)

    after = client.get(f"/quiz/{taught.assessment.uuid}/").content.decode()
    assert ("elsewhere" in before, words in after) == (False, True)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (8, "Result recorded for “Module 1 quiz”: 8 of 10 points, passed"),
        (None, "Handed in “Module 1 quiz” elsewhere; its points are not known"),
    ],
)
def test_the_trainer_reads_it_in_the_story(client, taught, run, points, words):
    beth = people().beth
    trainer(beth, run.cohort)
    client.force_login(beth)
    record_results(run, [_told(taught, points)], at=NOON, by=beth)

    page = client.get(f"/cohort/{run.cohort.uuid}/people/{run.uuid}/").content.decode()

    assert words in page
