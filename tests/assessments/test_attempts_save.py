"""Saving: sequences, flags, what is refused."""

from datetime import timedelta
from fractions import Fraction

import pytest

from assessments.attempts import finish_attempt, is_overdue, save_draft
from assessments.items import NotAnswerable
from assessments.models import Draft
from assessments.rules import AttemptClosed, AttemptRules, DraftConflict
from tests.assessments.sitting import HOUR, MINUTE, begin
from tests.factories import NOON, people, taught_course

pytestmark = pytest.mark.django_db


def draft_of(place):
    return Draft.objects.filter(place=place).values("value", "flagged", "client_sequence", "received_at").first()


def test_a_save_keeps_the_choice_the_number_shown_stands_for():
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=3)

    save_draft(place, posted=["2"], sequence=1, at=NOON)

    assert draft_of(place) == {
        "value": {"chosen": [place.choice_order[1]]},
        "flagged": False,
        "client_sequence": 1,
        "received_at": NOON,
    }


def test_a_later_save_overwrites_and_an_empty_one_takes_the_answer_back():
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["2"], sequence=1, at=NOON)

    save_draft(place, posted=[], sequence=2, at=NOON + MINUTE)

    assert draft_of(place) == {
        "value": {"chosen": []},
        "flagged": False,
        "client_sequence": 2,
        "received_at": NOON + MINUTE,
    }


def test_the_same_save_sent_twice_is_one_save():
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["2"], sequence=1, at=NOON)

    replayed = save_draft(place, posted=["2"], sequence=1, at=NOON + MINUTE)

    assert (replayed.client_sequence, replayed.received_at) == (1, NOON)
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("sequence", [5, 4, 1, 0, -1])
def test_another_answer_with_a_sequence_not_newer_is_a_conflict_and_changes_nothing(sequence):
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["2"], sequence=5, at=NOON)

    with pytest.raises(DraftConflict) as refused:
        save_draft(place, posted=["3"], sequence=sequence, at=NOON + MINUTE)

    assert str(refused.value) == (
        "This question was changed in another tab or on another device after this page opened."
    )
    assert draft_of(place) == {
        "value": {"chosen": [place.choice_order[1]]},
        "flagged": False,
        "client_sequence": 5,
        "received_at": NOON,
    }


def test_a_first_save_with_no_sequence_is_refused():
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)

    with pytest.raises(DraftConflict):
        save_draft(place, posted=["2"], sequence=0, at=NOON)

    assert draft_of(place) is None


def test_a_flag_is_kept_until_it_is_taken_away():
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["2"], flagged=True, sequence=1, at=NOON)

    kept = save_draft(place, posted=["3"], sequence=2, at=NOON).flagged
    taken_away = save_draft(place, posted=["3"], flagged=False, sequence=3, at=NOON).flagged

    assert (kept, taken_away) == (True, False)


def test_a_replay_that_changes_only_the_flag_is_a_conflict():
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["2"], flagged=True, sequence=1, at=NOON)

    with pytest.raises(DraftConflict):
        save_draft(place, posted=["2"], flagged=False, sequence=1, at=NOON)

    assert draft_of(place)["flagged"] is True


@pytest.mark.parametrize("posted", [["5"], ["0"], ["-1"], ["a"], [""], ["01"], [" 1"], ["1", "2"], ["1\x00"], ["９"]])
def test_a_post_that_is_no_choice_as_shown_is_refused_and_saves_nothing(posted):
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)

    with pytest.raises(NotAnswerable):
        save_draft(place, posted=posted, sequence=1, at=NOON)

    assert draft_of(place) is None


def test_saving_after_hand_in_is_refused_and_keeps_what_was_handed_in():
    attempt = begin(taught_course(), people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["2"], sequence=1, at=NOON)
    finish_attempt(attempt, at=NOON)

    with pytest.raises(AttemptClosed) as refused:
        save_draft(place, posted=["3"], sequence=2, at=NOON)

    assert str(refused.value) == "You have already handed this in. Your answers are safe."
    assert draft_of(place)["value"] == place.responses.get().value == {"chosen": [place.choice_order[1]]}


@pytest.mark.parametrize(
    ("seconds", "overdue"), [(3599, False), (3600, False), (3601, True), (3600 + 3600, True), (-3600, False)]
)
def test_an_attempt_is_overdue_only_after_its_last_second(seconds, overdue):
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    attempt = begin(taught_course(), people().amina, rules=rules)

    answered = is_overdue(attempt, NOON + timedelta(seconds=seconds))

    assert answered is overdue


def test_saving_after_the_time_is_refused_though_nobody_closed_the_attempt_yet():
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    attempt = begin(taught_course(), people().amina, rules=rules)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["2"], sequence=1, at=NOON + HOUR)

    with pytest.raises(AttemptClosed) as refused:
        save_draft(place, posted=["3"], sequence=2, at=NOON + HOUR + timedelta(microseconds=1))

    assert str(refused.value) == "The time for this attempt is over. What was saved before is safe."
    assert draft_of(place)["client_sequence"] == 1
