"""Whatever is done to an attempt, in whatever order and however often, what QUALITY.md calls trust holds.

Two runs of one learner are driven at once, each under rules of its own, through start, save, answer, certainty, check,
going on, hand in, replay of what was sent before, closing by the clock, marking, and scoring a faulty item anew.
"""

from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from assessments.assessment_rules import AssessmentPart, AssessmentRules
from assessments.attempts import close_overdue, finish_attempt, save_draft, start_attempt
from assessments.bank import BankRefused
from assessments.choices import AttemptState
from assessments.feedback import check_answer
from assessments.forward import go_on_from, is_ahead
from assessments.marking import Judgement, MarkingRefused, mark
from assessments.models import Attempt, Draft, Response, Result, Score
from assessments.parts import by_part
from assessments.queries import question_at, questions_of, reviewed
from assessments.regrading import Way, plan, regrade
from assessments.review import review_of
from assessments.rules import AttemptRefused, AttemptRules
from assessments.scoring import total
from assessments.settling import last_responses, standing_score
from tests.assessments.sitting import mended
from tests.assessments.writing import BEST
from tests.factories import NOON, people, taught_course
from tests.factories.courses import open_item

RULES = [
    AssessmentRules(),
    AssessmentRules(feedback="immediate", certainty="marked"),
    AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3), certainty="asked"),
    AssessmentRules(is_forward_only=True, counts="last"),
    AssessmentRules(is_forward_only=True, parts=(AssessmentPart({"en": "First"}), AssessmentPart({"en": "Last"}))),
]
ATTEMPT_RULES = AttemptRules(Fraction(7, 10), attempts_allowed=3, time_limit_seconds=3600)
POSITIONS, CHOICES = st.integers(1, 4), st.sampled_from(["1", "2", "3"])
RUNS = (UUID(int=1), UUID(int=2))


class Sittings(RuleBasedStateMachine):
    """Two runs, a clock, and what has been seen of the frozen rows."""

    taught: Any
    cast: Any
    first: AssessmentRules  # of the first run's first attempt

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = NOON
        self.sequence = 0
        self.seen: dict[tuple[type, int], Any] = {}
        self.acknowledged: dict[int, Any] = {}  # by place, the value of the last save that was answered with yes

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # -- What may be done ------------------------------------------------------------------------------------

    @initialize()
    def start_the_first(self) -> None:
        self.start(run=RUNS[0], rules=self.first)

    @rule(run=st.sampled_from(RUNS), rules=st.sampled_from(RULES))
    def start(self, run: UUID, rules: AssessmentRules) -> None:
        self.taught.assessment.rules = rules.to_json()
        self.taught.assessment.save()
        self.taught.assessment.blueprint.filter(item_kind="open_response").update(part=int(bool(rules.parts)))
        self._try(
            lambda: start_attempt(
                self.taught.assessment,
                self.cast.amina,
                run_id=run,
                rules=ATTEMPT_RULES,
                language="en",
                at=self.now,
                seed=f"{run} {self.now}",
            )
        )

    @rule(run=st.sampled_from(RUNS), position=POSITIONS, choice=CHOICES, sure=st.sampled_from([None, 1, 2, 3]))
    def save(self, run: UUID, position: int, choice: str, sure: int | None) -> None:
        self.sequence += 1
        self._save(run, position, choice, sure, self.sequence)

    @rule(run=st.sampled_from(RUNS), position=POSITIONS, choice=CHOICES)
    def save_from_an_older_page(self, run: UUID, position: int, choice: str) -> None:
        self._save(run, position, choice, None, 1)

    @rule(run=st.sampled_from(RUNS), position=POSITIONS)
    def check(self, run: UUID, position: int) -> None:
        place = self._place(run, position)
        if place is not None:
            self._try(lambda: check_answer(place, at=self.now))

    @rule(position=POSITIONS, choices=st.lists(CHOICES, min_size=2, max_size=4))
    def answer_and_check(self, position: int, choices: list[str]) -> None:
        for choice in choices:
            self.save(run=RUNS[0], position=position, choice=choice, sure=3)
            self.check(run=RUNS[0], position=position)

    @rule(run=st.sampled_from(RUNS), position=POSITIONS)
    def go_on(self, run: UUID, position: int) -> None:
        place = self._place(run, position)
        if place is not None and not is_ahead(place.attempt, position):
            go_on_from(place, at=self.now)

    @rule(run=st.sampled_from(RUNS))
    def hand_in(self, run: UUID) -> None:
        attempt = self._last(run)
        if attempt is not None:
            before = self._counts()
            was_open = attempt.state == AttemptState.IN_PROGRESS
            finish_attempt(attempt, at=self.now)
            assert was_open or self._counts() == before, "a hand-in sent again added something"

    @rule(minutes=st.integers(1, 90))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def close(self) -> None:
        close_overdue(at=self.now)

    @rule(run=st.sampled_from(RUNS))
    def mark_what_was_written(self, run: UUID) -> None:
        attempt = self._last(run)
        if attempt is None or attempt.state != AttemptState.AWAITING_MARKER:
            return
        for response in last_responses(attempt):
            if standing_score(response) is None:
                self._try(lambda: mark(response, Judgement(BEST), seen=None, by=self.cast.beth, at=self.now))  # noqa: B023

    @rule(run=st.sampled_from(RUNS))
    def do_well(self, run: UUID) -> None:
        """Everything answered right, handed in and marked: there is a pass to lose."""
        for position in range(1, 5):
            place = self._place(run, position)
            if place is not None:
                order = place.choice_order
                self.save(run=run, position=position, choice=str(order.index("a") + 1) if "a" in order else "1", sure=3)
                self.go_on(run=run, position=position)
        self.hand_in(run=run)
        self.mark_what_was_written(run=run)

    @rule(run=st.sampled_from(RUNS), position=POSITIONS, way=st.sampled_from(Way), correct=st.sampled_from("ab"))
    def score_anew(self, run: UUID, position: int, way: Way, correct: str) -> None:
        """Its key is mended, unless it is right as it is, and whoever met it is scored by that."""
        place = self._place(run, position)
        if place is None or place.item_version.kind != "single_choice":
            return
        faulty = mended(place.item_version, correct)
        before = self._standing()
        self._try(
            lambda: regrade(
                faulty, way, seen=plan(faulty, way).fingerprint, reason="Why.", by=self.cast.dev, at=self.now
            )
        )
        for attempt, result in self._standing().items():
            was = before[attempt]
            assert result == was or result.supersedes == was
            assert result.passed or not was.passed, "a pass was taken away"
            assert result.points_for_pass >= was.points_for_pass

    # -- What always holds -----------------------------------------------------------------------------------

    @invariant()
    def what_was_written_once_stays(self) -> None:
        for model in (Response, Score, Result):
            rows = {row["id"]: row for row in model._default_manager.values()}
            for key, row in rows.items():
                assert self.seen.setdefault((model, key), row) == row
            gone = {key for known, key in self.seen if known is model} - set(rows)
            assert not gone, f"{model.__name__} lost {gone}"

    @invariant()
    def one_attempt_is_open_and_one_result_stands(self) -> None:
        for run in RUNS:
            attempts = Attempt.objects.filter(run_id=run)
            assert attempts.filter(state=AttemptState.IN_PROGRESS).count() <= 1
            assert attempts.count() <= 3
            for attempt in attempts:
                assert attempt.results.filter(successor=None).count() == (attempt.state == AttemptState.SCORED)

    @invariant()
    def result_is_the_sum_of_the_last_scores_and_within_bounds(self) -> None:
        for result in Result.objects.filter(successor=None).select_related("attempt"):
            scores = [standing_score(one) for one in last_responses(result.attempt)]
            assert None not in scores
            assert result.points == total(score.points for score in scores if score)
            assert -2 * result.max_score <= result.points <= result.max_score
            assert result.points <= result.points_for_pass
            assert result.passed == (result.points_for_pass >= Fraction(7, 10) * result.max_score)

    @invariant()
    def nothing_that_was_acknowledged_is_lost(self) -> None:
        drafts = {draft.place_id: draft for draft in Draft.objects.select_related("place__attempt")}
        for place, value in self.acknowledged.items():
            assert drafts[place].value == value
            if drafts[place].place.attempt.state != AttemptState.IN_PROGRESS:
                assert Response.objects.filter(place=place).latest("try_number").value == value

    @invariant()
    def keys_are_shown_only_by_what_is_over(self) -> None:
        for attempt in Attempt.objects.all():
            asked = questions_of(attempt)
            assert all(choice.is_answer is None and not choice.explanation for one in asked for choice in one.choices)
            if attempt.state == AttemptState.SCORED:
                assert review_of(attempt, self.now).questions == reviewed(attempt)
            else:
                with pytest.raises(ValueError, match="scored"):
                    reviewed(attempt)

    @invariant()
    def rules_are_those_of_the_beginning(self) -> None:
        for attempt in Attempt.objects.all():
            assert self.seen.setdefault((AssessmentRules, attempt.pk), attempt.own_rules) == attempt.own_rules
            tries = max((one.try_number for one in Response.objects.filter(place__attempt=attempt)), default=1)
            assert tries <= attempt.own_rules.tries

    @invariant()
    def parts_are_those_of_the_beginning_and_stand_in_their_order(self) -> None:
        for attempt in Attempt.objects.all():
            stood = list(attempt.places.order_by("position").values_list("part", flat=True))
            assert (stood, set(stood)) == (sorted(stood), set(range(max(1, len(attempt.own_rules.parts)))))
            assert [one.position for _part, found in by_part(attempt, questions_of(attempt)) for one in found] == [
                *range(1, len(stood) + 1)
            ]

    # -- Hands -----------------------------------------------------------------------------------------------

    def _last(self, run: UUID) -> Attempt | None:
        return Attempt.objects.filter(run_id=run).order_by("number").last()

    def _place(self, run: UUID, position: int) -> Any:
        attempt = self._last(run)
        return question_at(attempt, position)[0] if attempt else None

    def _save(self, run: UUID, position: int, choice: str, sure: int | None, sequence: int) -> None:
        place = self._place(run, position)
        if place is None:
            return
        is_open = place.item_version.kind == "open_response"
        posted, words = ([], f"Words {choice}") if is_open else ([choice], "")
        draft = self._try(
            lambda: save_draft(place, posted=posted, words=words, certainty=sure, sequence=sequence, at=self.now)
        )
        if draft is not None:
            self.acknowledged[place.pk] = draft.value

    def _try(self, act: Any) -> Any:
        """Do it; a refusal in words is an answer too, and leaves nothing half-written."""
        try:
            with transaction.atomic():
                return act()
        except (AttemptRefused, MarkingRefused, BankRefused):
            return None

    def _standing(self) -> dict[int, Result]:
        return {one.attempt_id: one for one in Result.objects.filter(successor=None).select_related("supersedes")}

    def _counts(self) -> tuple[int, int, int]:
        return Response.objects.count(), Score.objects.count(), Result.objects.count()


@pytest.mark.lengthy
@pytest.mark.django_db
@pytest.mark.parametrize("rules", RULES, ids=["usual", "immediate", "tries", "forward", "parts"])
def test_attempts_hold_whatever_is_done_to_them(rules: AssessmentRules) -> None:
    taught, cast = taught_course(item_counts=(6, 3, 0)), people()
    taught.assessment.blueprint.all().delete()
    for outcome, count in zip(taught.outcomes, (2, 1), strict=False):
        taught.assessment.blueprint.create(learning_outcome=outcome, item_kind="single_choice", count=count)
    taught.assessment.blueprint.create(learning_outcome=taught.outcomes[0], item_kind="open_response", count=1)
    for number in range(2):
        open_item(taught.bank, taught.outcomes[0], prompt=f"Why ({number})?")
    machine = type("Machine", (Sittings,), {"taught": taught, "cast": cast, "first": rules})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
