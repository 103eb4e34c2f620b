"""What a learner did and what follows from it: facts once, derived columns with them, and all of it rebuildable."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from assessments.models import Attempt, Response
from courses.choices import ActivityKind
from courses.models import Activity
from enrolments.models import AttemptLink, Enrolment, PinnedSet, Progress
from enrolments.progress import keep_place, mark_read, note_seen, rebuild, record_attempt
from enrolments.signals import requirements_met
from tests.enrolments.doings import complete, handed_in, percent_of, read, regrade, sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, sealed_set, taught_course

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FACTS = [field.name for field in Progress._meta.concrete_fields if field.name not in {"id", *Progress.DERIVED}]


class PowerCutError(Exception):
    """Something that ends a transaction half-way."""


def _begun() -> tuple[TaughtCourse, Enrolment]:
    taught = taught_course()
    return taught, enrolment(people().amina, cohort(taught.course))


def _quiz_row(run: Enrolment) -> Progress:
    return run.progress.get(activity__kind=ActivityKind.ASSESSMENT)


def _everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Enrolment, PinnedSet, Progress)}


def test_opening_a_lesson_keeps_first_and_last_time_and_the_wording_last_seen() -> None:
    taught, run = _begun()
    activity = taught.lessons[0].activity
    note_seen(run, activity, digest="a" * 64, at=NOON)

    note_seen(run, activity, digest="b" * 64, at=NOON + DAY)

    row = Progress.objects.get()
    assert {name: getattr(row, name) for name in FACTS} == {
        "enrolment": run, "activity": activity, "first_seen_at": NOON, "last_seen_at": NOON + DAY,
        "digest_seen": "b" * 64, "marked_read_at": None, "digest_read": "", "place": "", "place_at": None,
        "watched_at": None, "completion_kept_at": None, "pass_kept_at": None,
    }  # fmt: skip
    assert (row.state, row.completed_at, row.passed_at, percent_of(run)) == ("seen", None, None, {"module-1": 0})


def test_first_thing_opened_makes_a_booked_enrolment_active_and_the_second_does_not_again() -> None:
    taught, run = _begun()

    note_seen(run, taught.lessons[0].activity, digest="", at=NOON)
    note_seen(run, taught.lessons[1].activity, digest="", at=NOON + DAY)

    run.refresh_from_db()
    assert (run.state, run.started_at) == ("active", NOON)
    assert list(run.changes.values_list("to_state", "at", "by")) == [
        ("booked", NOON, None), ("active", NOON, run.learner_id),
    ]  # fmt: skip


def test_marking_read_counts_at_once_and_saying_it_again_keeps_the_first_time_and_wording() -> None:
    taught, run = _begun()
    activity = taught.lessons[0].activity
    mark_read(run, activity, digest="a" * 64, at=NOON)

    mark_read(run, activity, digest="b" * 64, at=NOON + DAY)

    row = Progress.objects.get()
    assert (row.marked_read_at, row.digest_read, row.state, row.completed_at, row.passed_at) == (
        NOON, "a" * 64, "completed", NOON, None,
    )  # fmt: skip
    assert list(run.pinned_sets.values_list(*PinnedSet.DERIVED)) == [(3, 1, 33, None)]


def test_marking_read_a_lesson_nobody_opened_still_starts_the_run() -> None:
    taught, run = _begun()

    mark_read(run, taught.lessons[0].activity, digest="a" * 64, at=NOON)

    run.refresh_from_db()
    row = Progress.objects.get()
    assert (run.state, row.first_seen_at, row.last_seen_at, row.digest_seen) == ("active", NOON, NOON, "a" * 64)


@pytest.mark.parametrize("cut", ["seen", "read", "attempt"])
def test_progress_and_percentage_are_kept_together_or_not_at_all(cut: str) -> None:
    taught, run = _begun()
    attempt = handed_in(run, taught, right=8)
    before = _everything()

    with pytest.raises(PowerCutError), transaction.atomic():
        if cut == "seen":
            note_seen(run, taught.lessons[0].activity, digest="", at=NOON)
        elif cut == "read":
            read(run, *taught.lessons)
        else:
            record_attempt(attempt)
        assert _everything() != before
        raise PowerCutError

    assert _everything() == before


def test_percentage_that_cannot_be_written_takes_the_progress_with_it() -> None:
    """The set's row is written after the progress row; when that fails, neither stands."""
    taught, run = _begun()
    before = _everything()

    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "enrolments_pinnedset"'):
            raise PowerCutError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(PowerCutError):
        read(run, taught.lessons[0])

    assert _everything() == before


def test_place_sent_late_never_overwrites_a_newer_one() -> None:
    taught, run = _begun()
    activity = taught.lessons[0].activity
    note_seen(run, activity, digest="", at=NOON)
    keep_place(run, activity, section="middle", at=NOON + 5 * MINUTE)

    keep_place(run, activity, section="start", at=NOON + 2 * MINUTE)

    row = Progress.objects.get()
    assert (row.place, row.place_at, row.last_seen_at) == ("middle", NOON + 5 * MINUTE, NOON + 5 * MINUTE)


def test_newer_place_replaces_an_older_one_and_the_first_needs_none_before_it() -> None:
    taught, run = _begun()
    activity = taught.lessons[0].activity
    note_seen(run, activity, digest="", at=NOON)
    keep_place(run, activity, section="start", at=NOON + MINUTE)

    keep_place(run, activity, section="end", at=NOON + 2 * MINUTE)

    row = Progress.objects.get()
    assert (row.place, row.place_at, row.first_seen_at) == ("end", NOON + 2 * MINUTE, NOON)


def test_place_touches_only_this_learners_lesson() -> None:
    taught, run = _begun()
    other = enrolment(type(run.learner).objects.get(name="Lena Frost"), run.cohort)
    for learner_run in (run, other):
        for lesson in taught.lessons:
            note_seen(learner_run, lesson.activity, digest="", at=NOON)

    keep_place(run, taught.lessons[1].activity, section="start", at=NOON + MINUTE)

    assert list(Progress.objects.exclude(place="").values_list("enrolment", "activity")) == [
        (run.pk, taught.lessons[1].activity_id)
    ]


def test_failed_attempt_completes_the_quiz_and_does_not_pass_it() -> None:
    taught, run = _begun()

    sit(run, taught, right=5)

    row = _quiz_row(run)
    assert (row.state, row.completed_at, row.passed_at) == ("completed", NOON, None)
    assert percent_of(run) == {"module-1": 0}


def test_passed_attempt_after_a_failed_one_passes_and_keeps_when_it_was_first_done() -> None:
    taught, run = _begun()
    sit(run, taught, right=5)

    sit(run, taught, right=6, at=NOON + DAY)

    row = _quiz_row(run)
    assert (row.completed_at, row.passed_at, row.first_seen_at) == (NOON, NOON + DAY, NOON)
    assert percent_of(run) == {"module-1": 33}


def test_failed_attempt_after_a_passed_one_takes_nothing_away() -> None:
    taught, run = _begun()
    sit(run, taught, right=8)

    sit(run, taught, right=0, at=NOON + DAY)

    assert (_quiz_row(run).passed_at, percent_of(run)) == (NOON, {"module-1": 33})


def test_recording_an_attempt_twice_is_recording_it_once() -> None:
    taught, run = _begun()
    attempt = sit(run, taught, right=8)
    before = _everything()

    record_attempt(attempt)

    assert _everything() == before


def test_attempt_of_nobodys_enrolment_or_not_scored_yet_changes_nothing() -> None:
    taught, run = _begun()
    attempt = handed_in(run, taught, right=8)
    AttemptLink.objects.all().delete()
    unscored = Attempt.objects.create(
        assessment=taught.assessment, learner=run.learner, run_id=run.run_id, number=2, language="en", seed="s",
        pass_share=Fraction(7, 10), bank_is_open=False, started_at=NOON,
    )  # fmt: skip
    before = _everything()

    record_attempt(attempt)
    AttemptLink.objects.create(attempt=unscored, enrolment=run)
    record_attempt(unscored)

    assert _everything() == before


def test_everything_done_meets_the_set_and_completes_the_run_at_the_last_moment_and_sends_news_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    taught, run = _begun()
    heard: list[PinnedSet] = []

    def listener(sender: type[PinnedSet], pinned_set: PinnedSet, **kwargs: Any) -> None:
        heard.append(pinned_set)

    requirements_met.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            sit(run, taught, right=6, at=NOON + DAY)
            read(run, *taught.lessons, at=NOON + 2 * DAY)
            read(run, *taught.lessons, at=NOON + 3 * DAY)
            rebuild(run)
    finally:
        requirements_met.disconnect(listener)

    run.refresh_from_db()
    assert list(run.pinned_sets.values_list(*PinnedSet.DERIVED)) == [(3, 3, 100, NOON + 2 * DAY)]
    assert (run.state, run.completed_at) == ("completed", NOON + 2 * DAY)
    assert heard == [run.pinned_sets.get()]


def test_run_with_two_sets_is_completed_only_when_both_are_met() -> None:
    taught = taught_course()
    sealed_set(taught.course, [taught.lessons[0].activity], key="first-lesson")
    run = enrolment(people().amina, cohort(taught.course))

    read(run, *taught.lessons)
    run.refresh_from_db()
    then = (run.state, percent_of(run))
    sit(run, taught, right=8, at=NOON + DAY)

    run.refresh_from_db()
    assert then == ("active", {"first-lesson": 100, "module-1": 66})
    assert (run.state, run.completed_at, percent_of(run)) == (
        "completed", NOON + DAY, {"first-lesson": 100, "module-1": 100},
    )  # fmt: skip


def test_set_asks_its_own_share_whatever_the_attempts_rules_were() -> None:
    taught = taught_course()
    quiz = taught.assessment.activity
    sealed_set(taught.course, [quiz], key="mild", pass_share=Fraction(5, 10))
    sealed_set(taught.course, [quiz], key="strict", pass_share=Fraction(9, 10))
    run = enrolment(people().amina, cohort(taught.course))

    attempt = sit(run, taught, right=7)

    assert (attempt.pass_share, attempt.result.passed) == (Fraction(9, 10), False)
    assert percent_of(run) == {"mild": 100, "module-1": 33, "strict": 0}


def test_attempt_set_aside_does_not_count() -> None:
    taught, run = _begun()
    attempt = sit(run, taught, right=8)
    Attempt.objects.filter(pk=attempt.pk).update(state="void", void_reason="The questions had leaked.")

    rebuild(run)

    row = _quiz_row(run)
    assert (row.state, row.completed_at, row.passed_at, percent_of(run)) == ("seen", None, None, {"module-1": 0})


@pytest.mark.parametrize(("right", "points", "passes"), [(5, 6, True), (6, 5, False)])
def test_result_that_replaces_another_counts_in_its_place(right: int, points: int, passes: bool) -> None:
    taught, run = _begun()
    attempt = sit(run, taught, right=right)

    regrade(attempt, points=Fraction(points), passed=passes, at=NOON + DAY)
    record_attempt(attempt)

    row = _quiz_row(run)
    assert (row.completed_at, row.passed_at) == (NOON, NOON if passes else None)
    assert percent_of(run) == {"module-1": 33 if passes else 0}


def test_rebuild_restores_every_derived_column_from_nonsense(capsys: pytest.CaptureFixture[str]) -> None:
    taught = taught_course()
    sealed_set(taught.course, [lesson.activity for lesson in taught.lessons], key="lessons")
    cast = people()
    group = cohort(taught.course)
    done, half, fresh = (enrolment(one, group) for one in (cast.amina, cast.lena, cast.carol))
    complete(done, taught)
    sit(half, taught, right=5)
    read(half, taught.lessons[0])
    note_seen(half, taught.lessons[1].activity, digest="", at=NOON)
    before = _everything()
    nonsense = NOON - 4000 * DAY
    Progress.objects.update(**dict.fromkeys(Progress.DERIVED, nonsense) | {"state": "completed"})
    Progress.objects.filter(enrolment=done).update(state="seen", completed_at=None, passed_at=None)
    PinnedSet.objects.update(**dict.fromkeys(PinnedSet.DERIVED, 77) | {"met_at": nonsense})
    PinnedSet.objects.filter(enrolment=done).update(required_count=0, done_count=9, percent=1, met_at=None)

    call_command("rebuild_progress")

    assert _everything() == before
    assert capsys.readouterr().out == "Rebuilt the progress of 3 enrolments.\n"
    assert fresh.progress.count() == 0


def test_rebuild_names_every_derived_column_and_no_fact() -> None:
    assert set(FACTS) == {
        "enrolment", "activity", "first_seen_at", "last_seen_at", "digest_seen", "marked_read_at", "digest_read",
        "place", "place_at", "watched_at", "completion_kept_at", "pass_kept_at",
    }  # fmt: skip
    assert {field.name for field in PinnedSet._meta.concrete_fields} == {
        "id", "enrolment", "requirement_set", "key", "pinned_at", "requirements_kept", "met_kept_at",
        *PinnedSet.DERIVED,
    }  # fmt: skip


def test_rebuild_makes_the_row_of_a_scored_attempt_that_was_lost() -> None:
    taught, run = _begun()
    sit(run, taught, right=5)
    sit(run, taught, right=7, at=NOON + DAY)
    Progress.objects.all().delete()

    rebuild(run)

    row = _quiz_row(run)
    assert (row.first_seen_at, row.last_seen_at, row.completed_at, row.passed_at) == (
        NOON,
        NOON + DAY,
        NOON,
        NOON + DAY,
    )
    assert percent_of(run) == {"module-1": 33}


def test_rebuild_never_takes_away_what_rests_on_evidence_lawfully_removed() -> None:
    taught, run = _begun()
    complete(run, taught)
    Progress.objects.update(completion_kept_at=NOON)
    Progress.objects.filter(activity=taught.assessment.activity).update(pass_kept_at=NOON)
    Response.objects.update(value=None, removed_at=NOON + DAY, removed_why="retention")
    AttemptLink.objects.all().delete()
    Progress.objects.update(marked_read_at=None, digest_read="")
    before = _everything()
    Progress.objects.update(state="seen", completed_at=None, passed_at=None)
    PinnedSet.objects.update(done_count=0, percent=0, met_at=None)

    call_command("rebuild_progress")

    assert _everything() == before
    assert percent_of(run) == {"module-1": 100}


def test_rebuild_changes_no_fact_and_leaves_a_withdrawn_run_withdrawn() -> None:
    taught, run = _begun()
    complete(run, taught)
    Enrolment.objects.filter(pk=run.pk).update(state="withdrawn")
    facts = list(Progress.objects.order_by("pk").values(*FACTS))

    rebuild(run)

    run.refresh_from_db()
    assert (run.state, list(Progress.objects.order_by("pk").values(*FACTS))) == ("withdrawn", facts)


def test_one_progress_row_per_run_and_activity_even_for_a_second_run() -> None:
    taught, first = _begun()
    complete(first, taught)
    second = enrolment(first.learner, first.cohort, at=NOON + DAY)

    read(second, taught.lessons[0], at=NOON + DAY)

    assert (first.progress.count(), second.progress.count()) == (3, 1)
    assert (percent_of(first), percent_of(second)) == ({"module-1": 100}, {"module-1": 33})


def test_activity_no_set_asks_for_moves_no_percentage() -> None:
    taught, run = _begun()
    extra = Activity.objects.create(kind=ActivityKind.LESSON, course=taught.course, module=taught.module, position=999)

    mark_read(run, extra, digest="", at=NOON)

    assert (run.progress.get().state, percent_of(run)) == ("completed", {"module-1": 0})
