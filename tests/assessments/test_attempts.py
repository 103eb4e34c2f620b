"""The verbs of an attempt: start, save, finish, close when time is up."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from assessments.attempts import close_overdue, finish_attempt, is_overdue, save_draft, start_attempt
from assessments.drawing import BankTooSmall
from assessments.items import NotAnswerable
from assessments.models import Attempt, Draft, Item, ItemVersion, Place, Response, Result, Score
from assessments.rules import AttemptClosed, AttemptRules, DraftConflict, NoMoreAttempts, TooSoon
from assessments.signals import attempt_scored
from tests.factories import NOON, item, people, taught_course

pytestmark = pytest.mark.django_db

RUN = UUID(int=7)
RULES = AttemptRules(pass_share=Fraction(7, 10))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def begin(taught, learner, *, rules=RULES, run_id=RUN, at=NOON, seed="seed"):
    """An attempt of this run begun at noon, unless the test says otherwise."""
    return start_attempt(taught.assessment, learner, run_id=run_id, rules=rules, language="en", at=at, seed=seed)


def shown(place, *choices):
    """The numbers a page would post for these choices."""
    return [str(place.choice_order.index(choice) + 1) for choice in choices]


def answer(attempt, *, right, at=NOON):
    """Answer so many items right and the others wrong; every key of the factory's items is "a"."""
    for place in attempt.places.all():
        choice = "a" if place.position <= right else "b"
        save_draft(place, posted=shown(place, choice), sequence=1, at=at)


# -- Starting --------------------------------------------------------------------------------------------------


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


# -- Saving ----------------------------------------------------------------------------------------------------


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


# -- Handing in ------------------------------------------------------------------------------------------------


def counts():
    return Response.objects.count(), Score.objects.count(), Result.objects.count()


def test_hand_in_writes_eight_responses_eight_scores_and_a_result_that_names_them():
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=6)

    finished = finish_attempt(attempt, at=NOON + HOUR)

    finished.refresh_from_db()
    result = Result.objects.get()
    assert counts() == (8, 8, 1)
    assert set(result.scores.all()) == set(Score.objects.all())
    assert (result.points, result.max_score, result.passed, result.decided_at) == (6, 8, True, NOON + HOUR)
    assert (result.share, result.supersedes, finished.result) == (Fraction(3, 4), None, result)
    assert (finished.state, finished.closed_by, finished.handed_in_at, finished.received_at, finished.scored_at) == (
        "scored",
        "learner",
        NOON + HOUR,
        NOON + HOUR,
        NOON + HOUR,
    )
    assert [
        (score.kind, score.points, score.max_score, score.rule, score.rule_version, score.scored_by, score.supersedes)
        for score in Score.objects.order_by("response__place__position")
    ] == [("automatic", int(position <= 6), 1, "choose_one", 1, None, None) for position in range(1, 9)]


def test_a_response_says_when_it_was_given_and_when_it_was_received():
    attempt = begin(taught_course(), people().amina)
    first, second = attempt.places.all()[:2]
    save_draft(first, posted=shown(first, "c"), sequence=1, at=NOON + MINUTE)

    finish_attempt(attempt, at=NOON + HOUR)

    assert list(
        Response.objects.filter(place__in=[first, second]).values_list(
            "try_number", "value", "given_at", "received_at", "removed_at"
        )
    ) == [
        (1, {"chosen": ["c"]}, NOON + MINUTE, NOON + HOUR, None),
        (1, {"chosen": []}, NOON + HOUR, NOON + HOUR, None),
    ]


def test_handing_in_again_changes_nothing():
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=6)
    first = finish_attempt(attempt, at=NOON)

    again = [finish_attempt(attempt, at=NOON + HOUR, closed_by="deadline") for _ in range(5)]

    assert counts() == (8, 8, 1)
    assert {(one.pk, one.state, one.handed_in_at, one.closed_by) for one in again} == {
        (first.pk, "scored", NOON, "learner")
    }


def test_an_attempt_with_nothing_answered_earns_nothing_and_is_whole():
    attempt = begin(taught_course(), people().amina)

    finish_attempt(attempt, at=NOON)

    assert counts() == (8, 8, 1)
    result = Result.objects.get()
    assert (result.points, result.max_score, result.passed) == (0, 8, False)
    assert {score.points for score in Score.objects.all()} == {Fraction(0)}


@pytest.mark.parametrize(("right", "passed"), [(5, False), (6, True), (8, True), (0, False)])
def test_passing_at_seven_tenths_of_eight_takes_six(right, passed):
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=right)

    finish_attempt(attempt, at=NOON)

    result = Result.objects.get()
    assert (result.points, result.passed) == (right, passed)


@pytest.mark.parametrize(
    ("right_of_three", "points", "passed"), [(2, Fraction(17, 3), True), (1, Fraction(16, 3), False)]
)
def test_part_points_count_exactly_at_the_pass_mark(right_of_three, points, passed):
    taught = taught_course(item_counts=(2, 2, 3))
    item(taught.bank, taught.outcomes[0], kind="multiple_response", correct=("a", "b", "c"))
    attempt = begin(taught, people().amina)
    full = 5
    for place in attempt.places.select_related("item_version"):
        if place.item_version.kind == "multiple_response":
            chosen = ("a", "b", "c")[:right_of_three]
        elif full:
            chosen, full = ("a",), full - 1
        else:
            chosen = ("b",)
        save_draft(place, posted=shown(place, *chosen), sequence=1, at=NOON)

    finish_attempt(attempt, at=NOON)

    result = Result.objects.get()
    assert (result.points, result.max_score, result.passed) == (points, 8, passed)


def test_an_item_of_more_points_counts_by_its_points():
    taught = taught_course(item_counts=(2, 2, 3))
    item(
        taught.bank,
        taught.outcomes[0],
        kind="multiple_response",
        correct=("a", "b", "c"),
        max_score=Fraction(5, 2),
    )
    attempt = begin(taught, people().amina)
    place = attempt.places.get(item_version__kind="multiple_response")
    save_draft(place, posted=shown(place, "a", "b"), sequence=1, at=NOON)

    finish_attempt(attempt, at=NOON)

    result = Result.objects.get()
    assert (result.points, result.max_score) == (Fraction(5, 3), Fraction(19, 2))


def test_time_running_out_hands_in_at_the_last_second_of_the_attempt():
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600, extra_seconds=600)
    attempt = begin(taught_course(), people().amina, rules=rules)
    answer(attempt, right=7, at=NOON + MINUTE)

    closed = close_overdue(at=NOON + 3 * HOUR)

    attempt.refresh_from_db()
    assert closed == 1
    assert (attempt.state, attempt.closed_by, attempt.handed_in_at, attempt.received_at) == (
        "scored",
        "deadline",
        NOON + 70 * MINUTE,
        NOON + 3 * HOUR,
    )
    assert (counts(), attempt.result.points, attempt.result.passed) == ((8, 8, 1), 7, True)


def test_a_hand_in_that_comes_late_counts_as_of_the_deadline_with_what_was_saved():
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    attempt = begin(taught_course(), people().amina, rules=rules)
    answer(attempt, right=8, at=NOON + MINUTE)

    finished = finish_attempt(attempt, at=NOON + HOUR + timedelta(seconds=5))

    assert (finished.handed_in_at, finished.received_at) == (NOON + HOUR, NOON + HOUR + timedelta(seconds=5))
    assert finished.result.points == 8


def test_closing_leaves_attempts_that_are_not_overdue_or_have_no_limit_or_are_in():
    cast, taught = people(), taught_course()
    hour = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    due_now = begin(taught, cast.amina, rules=hour)
    unlimited = begin(taught, cast.amina, run_id=uuid4())
    handed_in = finish_attempt(begin(taught, cast.amina, rules=hour, run_id=uuid4()), at=NOON)

    closed = close_overdue(at=NOON + HOUR)

    assert closed == 0
    assert list(Attempt.objects.order_by("pk").values_list("pk", "state")) == [
        (due_now.pk, "in_progress"),
        (unlimited.pk, "in_progress"),
        (handed_in.pk, "scored"),
    ]


def test_closing_twice_closes_once():
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    begin(taught_course(), people().amina, rules=rules)
    close_overdue(at=NOON + DAY)

    again = close_overdue(at=NOON + DAY + MINUTE)

    assert (again, counts()) == (0, (8, 8, 1))


def test_attempts_are_found_for_their_learner_alone():
    cast, taught = people(), taught_course()
    mine = begin(taught, cast.amina)
    begin(taught, cast.carol, run_id=uuid4())

    found = Attempt.objects.belonging_to(cast.amina)

    assert list(found) == [mine]
    assert str(mine) == f"{mine.uuid} (in_progress)"


# -- News ------------------------------------------------------------------------------------------------------


@pytest.fixture
def news():
    """What a listener hears: the attempt, and how many results others can read at that moment."""
    heard = []

    def listen(sender, attempt, **kwargs):
        heard.append((sender, attempt.pk, Result.objects.filter(attempt=attempt).count()))

    attempt_scored.connect(listen)
    yield heard
    attempt_scored.disconnect(listen)


@pytest.mark.django_db(transaction=True)
def test_the_news_goes_out_only_after_the_hand_in_has_committed(news):
    attempt = begin(taught_course(), people().amina)

    with transaction.atomic():
        finish_attempt(attempt, at=NOON)
        heard_before_commit = list(news)

    assert heard_before_commit == []
    assert news == [(Attempt, attempt.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_hand_in_rolled_back_tells_nobody(news):
    attempt = begin(taught_course(), people().amina)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 // (finish_attempt(attempt, at=NOON).number - 1)

    attempt.refresh_from_db()
    assert (news, attempt.state, counts()) == ([], "in_progress", (0, 0, 0))


@pytest.mark.django_db(transaction=True)
def test_handing_in_twice_is_told_once(news):
    attempt = begin(taught_course(), people().amina)

    for _ in range(3):
        finish_attempt(attempt, at=NOON)

    assert news == [(Attempt, attempt.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_undoes_nothing_and_others_still_hear(news):
    attempt = begin(taught_course(), people().amina)

    def fail(sender, attempt, **kwargs):
        raise RuntimeError("a listener broke")

    attempt_scored.connect(fail)
    try:
        finished = finish_attempt(attempt, at=NOON)
    finally:
        attempt_scored.disconnect(fail)

    attempt.refresh_from_db()
    assert (finished.state, attempt.state, counts()) == ("scored", "scored", (8, 8, 1))
    assert news == [(Attempt, attempt.pk, 1)]


# -- What stays ------------------------------------------------------------------------------------------------


def test_a_new_version_of_an_item_changes_no_attempt_stored():
    taught = taught_course()
    attempt = begin(taught, people().amina)
    answer(attempt, right=8)
    finish_attempt(attempt, at=NOON)
    before = [list(model.objects.order_by("pk").values()) for model in (Place, Response, Score, Result, Draft)]

    for one in taught.items:
        old = one.current
        one.current = ItemVersion.objects.create(
            item=one,
            number=2,
            kind=old.kind,
            learning_outcome=old.learning_outcome,
            structure=old.structure,
            key={"correct": ["d"]},
            scoring_rule=old.scoring_rule,
            scoring_rule_version=old.scoring_rule_version,
            max_score=old.max_score,
            texts=old.texts,
            digest="1" * 64,
            created_at=NOON,
        )
        one.save()

    after = [list(model.objects.order_by("pk").values()) for model in (Place, Response, Score, Result, Draft)]
    assert after == before
    attempt.refresh_from_db()
    assert {place.item_version.number for place in attempt.places.all()} == {1}
    assert (attempt.result.points, attempt.result.passed) == (8, True)


def test_an_open_attempt_is_scored_by_the_version_it_showed():
    taught = taught_course()
    attempt = begin(taught, people().amina)
    answer(attempt, right=8)
    for one in taught.items:
        fields = {
            field.name: getattr(one.current, field.name)
            for field in ItemVersion._meta.concrete_fields
            if field.name not in ("id", "number", "key")
        }
        one.current = ItemVersion.objects.create(**fields, number=2, key={"correct": ["d"]})
        one.save()

    finished = finish_attempt(attempt, at=NOON)

    assert finished.result.points == 8


def test_a_draft_is_kept_after_hand_in():
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=8)

    finish_attempt(attempt, at=NOON)

    assert Draft.objects.filter(place__attempt=attempt).count() == 8
