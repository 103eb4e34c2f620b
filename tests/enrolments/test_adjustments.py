"""What a trainer grants one learner: what it changes, for whom, how often, and how it goes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from assessments.rules import NoMoreAttempts, TooSoon
from audit.models import AuditEntry
from enrolments.adjustments import give_adjustment, take_adjustment_back
from enrolments.attempts import begin_attempt
from enrolments.models import Adjustment, Enrolment
from people.models import User
from post.models import Message
from privacy.erasure import erase
from privacy.retention import apply_retention
from privacy.subjects import subject_of
from tests.enrolments.doings import sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _run(taught: TaughtCourse, **rules: Any) -> Enrolment:
    return enrolment(people().amina, cohort(taught.course, own_attempt_rules=True, **rules))


def _give(run: Enrolment, kind: str, *, taught: TaughtCourse, seen: int = 0, **how: Any) -> Adjustment | None:
    activity = None if kind == "time" else taught.assessment.activity
    at = how.pop("at", NOON + HOUR)
    by = User.objects.get(name="Beth Okafor")
    return give_adjustment(run, kind, activity=activity, given_so_far=seen, by=by, at=at, **how)


def test_one_more_attempt_lets_whoever_used_all_begin_once_more_and_no_more() -> None:
    taught = taught_course()
    run = _run(taught, attempts_allowed=1)
    sit(run, taught, right=2)
    with pytest.raises(NoMoreAttempts):
        begin_attempt(run, taught.assessment, language="en", at=NOON + HOUR)

    _give(run, "attempt", taught=taught)
    second = sit(run, taught, right=2, at=NOON + 2 * HOUR)

    assert (second.number, second.attempts_allowed, second.extra_attempts) == (2, 1, 1)
    with pytest.raises(NoMoreAttempts):
        begin_attempt(run, taught.assessment, language="en", at=NOON + 3 * HOUR)


def test_dropped_pause_is_dropped_for_one_attempt() -> None:
    taught = taught_course()
    run = _run(taught, gap_seconds=86_400)
    sit(run, taught, right=2)
    with pytest.raises(TooSoon):
        begin_attempt(run, taught.assessment, language="en", at=NOON + HOUR)

    _give(run, "at_once", taught=taught)
    sit(run, taught, right=2, at=NOON + 2 * HOUR)

    with pytest.raises(TooSoon):
        begin_attempt(run, taught.assessment, language="en", at=NOON + 3 * HOUR)


def test_extra_time_comes_on_top_of_the_limit_and_another_size_takes_its_place() -> None:
    taught = taught_course()
    run = _run(taught, time_limit_seconds=600)
    _give(run, "time", taught=taught, percent=25)
    _give(run, "time", taught=taught, percent=50, seen=1)

    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON + 2 * HOUR)

    assert (attempt.extra_seconds, attempt.due_at) == (300, NOON + 2 * HOUR + timedelta(seconds=900))
    assert list(Adjustment.objects.order_by("pk").values_list("percent", "taken_back_at")) == [
        (25, NOON + HOUR), (50, None),
    ]  # fmt: skip


def test_nothing_changes_for_anybody_else_or_at_another_quiz_or_once_taken_back() -> None:
    taught = taught_course()
    run = _run(taught, attempts_allowed=1, time_limit_seconds=600)
    other = enrolment(User.objects.get(name="Carol Hughes"), run.cohort)
    given = _give(run, "attempt", taught=taught)
    sit(other, taught, right=2)
    sit(run, taught, right=2)

    take_adjustment_back(given, by=User.objects.get(name="Beth Okafor"), at=NOON + HOUR)
    take_adjustment_back(given, by=User.objects.get(name="Carol Hughes"), at=NOON + 2 * HOUR)

    for one in (run, other):
        with pytest.raises(NoMoreAttempts):
            begin_attempt(one, taught.assessment, language="en", at=NOON + 3 * HOUR)
    given.refresh_from_db()
    assert (given.taken_back_at, given.taken_back_by.name) == (NOON + HOUR, "Beth Okafor")


def test_second_click_and_a_colleague_at_the_same_moment_grant_nothing_more() -> None:
    taught = taught_course()
    run = _run(taught, attempts_allowed=1)

    first, second = (_give(run, "attempt", taught=taught) for _click in range(2))

    assert (first is not None, second) == (True, None)
    assert Adjustment.objects.get().activity == taught.assessment.activity
    assert (
        Message.objects.filter(kind="adjustment").count(),
        AuditEntry.objects.filter(act="adjustment_given").count(),
    ) == (1, 1)


@pytest.mark.parametrize(("language", "words"), [("en", "one more attempt at"), ("cy", "/cy/quiz/")])
def test_learner_is_told_in_their_language_with_the_way_to_the_quiz(language: str, words: str) -> None:
    taught = taught_course()
    run = _run(taught, attempts_allowed=1)
    User.objects.filter(pk=run.learner_id).update(language=language)

    _give(run, "attempt", taught=taught)

    letter = Message.objects.get(kind="adjustment")
    assert (letter.person, letter.language) == (run.learner, language)
    assert words in letter.text
    assert f"/quiz/{taught.assessment.uuid}/" in letter.text


@pytest.mark.parametrize(
    "faulty", [{"kind": "time", "percent": 0}, {"kind": "attempt", "percent": 0}, {"kind": "at_once", "percent": 25}]
)
def test_adjustment_without_what_it_is_about_cannot_be_written(faulty: dict[str, Any]) -> None:
    run = _run(taught_course())

    with pytest.raises(IntegrityError):
        Adjustment.objects.create(enrolment=run, given_at=NOON, **faulty)


def test_adjustments_go_with_their_learner_and_a_year_after_the_course() -> None:
    taught = taught_course()
    runs = [_run(taught), enrolment(User.objects.get(name="Carol Hughes"), cohort(taught.course, "Old"))]
    for run in runs:
        _give(run, "attempt", taught=taught)
    Enrolment.objects.filter(pk=runs[1].pk).update(state="withdrawn", withdrawn_at=NOON)

    erase(subject_of(runs[0].learner), at=NOON + DAY, cause="asked")
    left = list(Adjustment.objects.values_list("enrolment", flat=True))
    apply_retention(at=NOON + 366 * DAY)

    assert (left, Adjustment.objects.count()) == ([runs[1].pk], 0)
