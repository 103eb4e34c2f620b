"""Which rules an enrolment gives its attempts, and the link made with each."""

from contextlib import suppress
from datetime import timedelta
from fractions import Fraction

import pytest

from assessments.models import Attempt
from assessments.rules import AttemptRefused, AttemptRules, NoMoreAttempts, TooSoon
from enrolments.attempts import begin_attempt
from enrolments.models import AttemptLink, Enrolment
from enrolments.openings import NotAsked, rules_for
from tests.enrolments.doings import complete, rival_acting_after, sit
from tests.factories import NOON, cohort, enrolment, exercise, people, sealed_set, taught_course

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_rules_come_from_the_pinned_set() -> None:
    taught = taught_course()
    quiz = taught.assessment.activity
    sealed_set(taught.course, [quiz], version=2, pass_share=Fraction(8, 10), attempts_allowed=3, gap_seconds=60)
    run = enrolment(people().amina, cohort(taught.course, attempts_allowed=9, gap_seconds=9, time_limit_seconds=600))
    sealed_set(taught.course, [quiz], version=3, pass_share=Fraction(9, 10))

    assert rules_for(run, taught.assessment) == AttemptRules(
        pass_share=Fraction(8, 10), attempts_allowed=3, gap_seconds=60, time_limit_seconds=600
    )


def test_cohorts_own_limits_apply_in_their_place_where_it_has_some() -> None:
    taught = taught_course()
    sealed_set(taught.course, [taught.assessment.activity], version=2, attempts_allowed=3, gap_seconds=86_400)
    run = enrolment(people().amina, cohort(taught.course, own_attempt_rules=True))

    assert rules_for(run, taught.assessment) == AttemptRules(
        pass_share=Fraction(7, 10), attempts_allowed=None, gap_seconds=0, time_limit_seconds=None
    )


def test_strictest_share_applies_where_several_sets_ask() -> None:
    taught = taught_course()
    sealed_set(taught.course, [taught.assessment.activity], key="strict", pass_share=Fraction(19, 20))
    sealed_set(taught.course, [taught.assessment.activity], key="mild", pass_share=Fraction(1, 2))
    run = enrolment(people().amina, cohort(taught.course))

    assert rules_for(run, taught.assessment).pass_share == Fraction(19, 20)


def test_strictest_of_each_limit_applies_where_several_sets_ask() -> None:
    taught = taught_course()
    quiz = [taught.assessment.activity]
    sealed_set(taught.course, quiz, key="strict", pass_share=Fraction(19, 20), attempts_allowed=None, gap_seconds=60)
    sealed_set(taught.course, quiz, key="mild", pass_share=Fraction(1, 2), attempts_allowed=2, gap_seconds=0)
    run = enrolment(people().amina, cohort(taught.course))

    assert rules_for(run, taught.assessment) == AttemptRules(
        pass_share=Fraction(19, 20), attempts_allowed=2, gap_seconds=60, time_limit_seconds=None
    )


def test_quiz_no_pinned_set_asks_for_cannot_be_begun() -> None:
    taught, other = taught_course(), taught_course("refresher")
    run = enrolment(people().amina, cohort(taught.course))

    with pytest.raises(NotAsked, match=r"^This quiz is not part of your enrolment\.$"):
        begin_attempt(run, other.assessment, language="en", at=NOON)

    assert (Attempt.objects.count(), AttemptLink.objects.count()) == (0, 0)


def test_attempt_is_linked_to_its_run_with_its_rules_frozen() -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course, own_attempt_rules=True, attempts_allowed=2, gap_seconds=5))

    attempt = begin_attempt(run, taught.assessment, language="cy", at=NOON)

    assert (attempt.run_id, attempt.learner, attempt.language, attempt.link.enrolment) == (
        run.run_id, run.learner, "cy", run,
    )  # fmt: skip
    assert (attempt.pass_share, attempt.attempts_allowed, attempt.gap_seconds, attempt.time_limit_seconds) == (
        Fraction(7, 10), 2, 5, None,
    )  # fmt: skip
    assert len(attempt.seed) == 32


def test_beginning_again_carries_on_with_the_open_attempt() -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course))
    first = begin_attempt(run, taught.assessment, language="en", at=NOON)

    again = begin_attempt(run, taught.assessment, language="cy", at=NOON + DAY)

    assert again == first
    assert (Attempt.objects.count(), AttemptLink.objects.count()) == (1, 1)


def test_two_tabs_beginning_at_once_share_one_attempt_and_one_link() -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course))
    other: list[Attempt] = []

    def rival() -> None:
        other.append(begin_attempt(run, taught.assessment, language="en", at=NOON))

    with rival_acting_after('FROM "assessments_attempt"', rival) as met:
        mine = begin_attempt(run, taught.assessment, language="en", at=NOON)

    assert met
    assert other == [mine]
    assert list(AttemptLink.objects.values_list("attempt", "enrolment")) == [(mine.pk, run.pk)]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("withdrawn", "Your enrolment has ended. Your trainer can help."),
        ("on_leave", "You are on leave, so no attempt begins. Tell your trainer once you are back."),
    ],
)
def test_whoever_is_on_leave_or_has_left_begins_nothing(state: str, words: str) -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course))
    Enrolment.objects.filter(pk=run.pk).update(state=state)
    run.refresh_from_db()

    with pytest.raises(AttemptRefused) as refused:
        begin_attempt(run, taught.assessment, language="en", at=NOON)

    assert (str(refused.value), Attempt.objects.count()) == (words, 0)


@pytest.mark.parametrize("state", ["withdrawn", "on_leave"])
def test_only_whoever_is_on_leave_comes_back_to_the_attempt_under_way_and_begins_no_other(state: str) -> None:
    taught = taught_course()
    beside = exercise(taught)
    run = enrolment(people().amina, cohort(taught.course))
    under_way = begin_attempt(run, taught.assessment, language="en", at=NOON)
    Enrolment.objects.filter(pk=run.pk).update(state=state)
    run.refresh_from_db()

    found = []
    for quiz in (taught.assessment, beside):
        with suppress(AttemptRefused):
            found.append(begin_attempt(run, quiz, language="en", at=NOON + DAY))

    assert found == ([under_way] if state == "on_leave" else [])
    assert Attempt.objects.count() == 1


def test_completed_enrolment_may_practise_again() -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course))
    complete(run, taught)
    run.refresh_from_db()

    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON + DAY)

    assert (run.state, attempt.number) == ("completed", 2)


def test_limits_count_per_run_so_a_second_run_begins_afresh() -> None:
    taught = taught_course()
    group = cohort(taught.course, own_attempt_rules=True, attempts_allowed=1, gap_seconds=3600)
    run = enrolment(people().amina, group)
    sit(run, taught, right=8)
    with pytest.raises(NoMoreAttempts):
        begin_attempt(run, taught.assessment, language="en", at=NOON + DAY)
    Enrolment.objects.filter(pk=run.pk).update(state="withdrawn")

    fresh = begin_attempt(enrolment(run.learner, group, at=NOON + DAY), taught.assessment, language="en", at=NOON)

    assert (fresh.number, fresh.link.enrolment == run) == (1, False)


def test_gap_between_attempts_is_kept_and_says_when_it_is_over() -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course, own_attempt_rules=True, gap_seconds=3600))
    sit(run, taught, right=0)

    with pytest.raises(TooSoon) as refused:
        begin_attempt(run, taught.assessment, language="en", at=NOON + timedelta(seconds=3599))
    later = begin_attempt(run, taught.assessment, language="en", at=NOON + timedelta(seconds=3600))

    assert refused.value.opens_at == NOON + timedelta(seconds=3600)
    assert later.number == 2
