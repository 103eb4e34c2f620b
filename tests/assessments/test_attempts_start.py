"""Starting: what is drawn, which rules are frozen, and when another attempt may begin."""

from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from assessments.attempts import finish_attempt
from assessments.drawing import BankTooSmall
from assessments.models import Attempt, Item, Place
from assessments.rules import AttemptRules, NoMoreAttempts, TooSoon
from tests.assessments.sitting import DAY, HOUR, MINUTE, RUN, begin
from tests.factories import NOON, people, taught_course

pytestmark = pytest.mark.django_db


def test_starting_draws_eight_places_by_blueprint_and_freezes_the_rules():
    amina, taught = people().amina, taught_course()
    rules = AttemptRules(
        pass_share=Fraction(2, 3),
        attempts_allowed=3,
        extra_attempts=1,
        gap_seconds=60,
        time_limit_seconds=1800,
        extra_seconds=300,
    )

    attempt = begin(taught, amina, rules=rules)

    attempt.refresh_from_db()
    frozen = {
        "assessment_id": taught.assessment.pk,
        "learner_id": amina.pk,
        "run_id": RUN,
        "number": 1,
        "state": "in_progress",
        "language": "en",
        "seed": "seed",
        "pass_share": Fraction(2, 3),
        "attempts_allowed": 3,
        "extra_attempts": 1,
        "gap_seconds": 60,
        "time_limit_seconds": 1800,
        "extra_seconds": 300,
        "bank_is_open": False,
        "started_at": NOON,
        "due_at": NOON + 35 * MINUTE,
        "handed_in_at": None,
        "received_at": None,
        "scored_at": None,
        "closed_by": "",
        "void_reason": "",
    }
    assert {name: getattr(attempt, name) for name in frozen} == frozen
    places = attempt.places.all()
    assert [place.position for place in places] == [1, 2, 3, 4, 5, 6, 7, 8]
    codes = [place.item_version.learning_outcome.code for place in places]
    assert sorted(codes) == ["LO1.1"] * 3 + ["LO1.2"] * 2 + ["LO1.3"] * 3
    assert [place.item.current_id for place in places] == [place.item_version_id for place in places]


def test_an_attempt_says_whether_its_bank_was_open_when_it_began():
    amina, taught = people().amina, taught_course()
    taught.bank.is_open = True
    taught.bank.save()

    attempt = begin(taught, amina)

    taught.bank.is_open = False
    taught.bank.save()
    attempt.refresh_from_db()
    assert attempt.bank_is_open is True


def test_starting_again_returns_the_open_attempt():
    amina, taught = people().amina, taught_course()
    first = begin(taught, amina)

    again = begin(taught, amina, at=NOON + HOUR, seed="another seed")

    assert again == first
    assert (Attempt.objects.count(), Place.objects.count()) == (1, 8)


class RulesReadWhileAnotherTabBegins(AttemptRules):
    """Rules whose reading takes so long that another tab begins in the meantime."""

    other_tab = None

    def may_begin_at(self, **standing):
        opens_at = super().may_begin_at(**standing)
        type(self).other_tab = type(self).other_tab or self.begin_in_other_tab()
        return opens_at


def test_two_tabs_starting_at_once_both_get_the_first_attempt():
    amina, taught = people().amina, taught_course()
    RulesReadWhileAnotherTabBegins.begin_in_other_tab = lambda self: begin(taught, amina, seed="other tab")

    mine = begin(taught, amina, rules=RulesReadWhileAnotherTabBegins(pass_share=Fraction(7, 10)), seed="this tab")

    assert (mine, mine.seed) == (RulesReadWhileAnotherTabBegins.other_tab, "other tab")
    assert (Attempt.objects.count(), Place.objects.count()) == (1, 8)


def test_the_database_holds_one_open_attempt_per_run_and_assessment():
    amina, taught = people().amina, taught_course()
    first = begin(taught, amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            assessment=taught.assessment,
            learner=amina,
            run_id=RUN,
            number=2,
            language="en",
            seed="x",
            pass_share=1,
            bank_is_open=False,
            started_at=NOON,
        )

    assert list(Attempt.objects.all()) == [first]


def test_two_attempts_of_a_run_never_share_a_number():
    amina, taught = people().amina, taught_course()
    first = finish_attempt(begin(taught, amina), at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            assessment=taught.assessment,
            learner=amina,
            run_id=RUN,
            number=1,
            language="en",
            seed="x",
            pass_share=1,
            bank_is_open=False,
            started_at=NOON,
        )

    assert list(Attempt.objects.all()) == [first]


def test_another_run_has_attempts_of_its_own():
    amina, taught = people().amina, taught_course()
    first = begin(taught, amina)

    second = begin(taught, amina, run_id=uuid4())

    assert second != first
    assert (first.number, second.number) == (1, 1)


def test_the_next_attempt_draws_items_not_met_yet_while_there_are_some():
    amina, taught = people().amina, taught_course(item_counts=(6, 4, 6))
    first = finish_attempt(begin(taught, amina), at=NOON)

    second = begin(taught, amina, at=NOON + HOUR, seed="other")

    met = [set(attempt.places.values_list("item", flat=True)) for attempt in (first, second)]
    assert (len(met[0]), len(met[1]), met[0] & met[1]) == (8, 8, set())
    assert met[0] | met[1] == {one.pk for one in taught.items}


def test_when_none_is_left_unmet_those_met_longest_ago_return():
    amina, taught = people().amina, taught_course(item_counts=(6, 4, 6))
    first = finish_attempt(begin(taught, amina), at=NOON)
    finish_attempt(begin(taught, amina, at=NOON + HOUR, seed="other"), at=NOON + HOUR)

    third = begin(taught, amina, at=NOON + 2 * HOUR, seed="third")

    met = [set(attempt.places.values_list("item", flat=True)) for attempt in (first, third)]
    assert met[1] == met[0]


def test_retired_items_and_items_without_a_version_are_not_drawn():
    amina, taught = people().amina, taught_course(item_counts=(4, 3, 4))
    retired = [one for one in taught.items if one.current.texts["en"]["prompt"].startswith("Item 1 ")]
    Item.objects.filter(pk__in=[one.pk for one in retired]).update(retired_at=NOON)
    Item.objects.create(bank=taught.bank)

    attempt = begin(taught, amina)

    drawn = set(attempt.places.values_list("item", flat=True))
    assert drawn == {one.pk for one in taught.items} - {one.pk for one in retired}


def test_a_bank_too_small_starts_nothing():
    amina, taught = people().amina, taught_course(item_counts=(3, 1, 3))

    with pytest.raises(BankTooSmall) as refused:
        begin(taught, amina)

    assert str(refused.value) == "2 items wanted for a learning outcome, 1 there"
    assert (Attempt.objects.count(), Place.objects.count()) == (0, 0)


def test_after_the_last_allowed_attempt_no_other_begins():
    amina, taught = people().amina, taught_course()
    rules = AttemptRules(pass_share=Fraction(7, 10), attempts_allowed=2)
    for _ in range(2):
        finish_attempt(begin(taught, amina, rules=rules), at=NOON)

    with pytest.raises(NoMoreAttempts):
        begin(taught, amina, rules=rules)

    assert list(Attempt.objects.values_list("number", "state")) == [(1, "scored"), (2, "scored")]


def test_an_extra_attempt_given_lets_one_more_begin():
    amina, taught = people().amina, taught_course()
    finish_attempt(begin(taught, amina, rules=AttemptRules(Fraction(7, 10), attempts_allowed=1)), at=NOON)

    second = begin(taught, amina, rules=AttemptRules(Fraction(7, 10), attempts_allowed=1, extra_attempts=1))

    assert (second.number, second.extra_attempts) == (2, 1)


def test_within_the_gap_the_learner_is_told_when_it_opens():
    amina, taught = people().amina, taught_course()
    rules = AttemptRules(pass_share=Fraction(7, 10), gap_seconds=86400)
    finish_attempt(begin(taught, amina, rules=rules), at=NOON + HOUR)

    with pytest.raises(TooSoon) as refused:
        begin(taught, amina, rules=rules, at=NOON + HOUR + DAY - timedelta(microseconds=1))

    assert refused.value.opens_at == NOON + HOUR + DAY
    assert str(refused.value) == "There is a pause between attempts, so that you can read again."


def test_when_the_gap_is_over_the_next_attempt_begins():
    amina, taught = people().amina, taught_course()
    rules = AttemptRules(pass_share=Fraction(7, 10), gap_seconds=86400)
    finish_attempt(begin(taught, amina, rules=rules), at=NOON)

    second = begin(taught, amina, rules=rules, at=NOON + DAY)

    assert (second.number, second.started_at) == (2, NOON + DAY)


def test_an_attempt_set_aside_is_not_counted_but_its_number_and_items_are_not_used_again():
    amina, taught = people().amina, taught_course()
    rules = AttemptRules(pass_share=Fraction(7, 10), attempts_allowed=1, gap_seconds=86400)
    first = finish_attempt(begin(taught, amina, rules=rules), at=NOON)
    Attempt.objects.filter(pk=first.pk).update(state="void", void_reason="The fire alarm rang.")

    second = begin(taught, amina, rules=rules, at=NOON + MINUTE, seed="other")

    assert second.number == 2
    met = [set(attempt.places.values_list("item", flat=True)) for attempt in (first, second)]
    assert met[0] & met[1] == set()


def test_an_attempt_set_aside_says_why():
    amina, taught = people().amina, taught_course()
    attempt = begin(taught, amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(state="void")

    attempt.refresh_from_db()
    assert (attempt.state, attempt.void_reason) == ("in_progress", "")


def test_rules_changed_later_change_nothing_of_an_attempt_begun():
    amina, taught = people().amina, taught_course()
    before = begin(taught, amina, rules=AttemptRules(Fraction(7, 10), attempts_allowed=3, time_limit_seconds=3600))

    same = begin(taught, amina, rules=AttemptRules(Fraction(9, 10), attempts_allowed=1, time_limit_seconds=60))

    assert same == before
    assert (same.pass_share, same.attempts_allowed, same.time_limit_seconds, same.due_at) == (
        Fraction(7, 10),
        3,
        3600,
        NOON + HOUR,
    )
