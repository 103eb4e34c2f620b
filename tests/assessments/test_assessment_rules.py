"""What an assessment's own rules say, what they are kept as, and which do not go together."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.assessment_rules import AssessmentPart, AssessmentRules, OverallFeedback, faults_of, overall_feedback
from assessments.models import Attempt
from tests.assessments.sitting import begin
from tests.factories import people, taught_course

USUAL = AssessmentRules()
TRIES = AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3))
ALL = {"response", "correctness", "score", "explanation", "right_answer", "overall", "comment"}
EVERY = AssessmentRules(
    feedback="tries",
    tries=2,
    penalty=Fraction(1, 3),
    certainty="asked",
    counts="mean",
    is_shuffled=False,
    is_forward_only=True,
    review={"during": frozenset({"response"}), "while_open": frozenset()},
    overall=(OverallFeedback(Fraction(1, 2), {"en": "Half."}),),
    parts=(AssessmentPart({"en": "The ideas", "cy": "Y syniadau"}, {"en": "Read."}), AssessmentPart({"en": "Extract"})),
)


def test_usual_rules_are_kept_as_nothing_and_nothing_means_the_usual_rules() -> None:
    assert (USUAL.to_json(), AssessmentRules.from_json({})) == ({}, USUAL)


def test_every_rule_comes_back_as_it_was_kept() -> None:
    kept = EVERY.to_json()

    assert AssessmentRules.from_json(kept) == EVERY
    assert kept == {
        "feedback": "tries",
        "tries": 2,
        "penalty": "1/3",
        "certainty": "asked",
        "counts": "mean",
        "shuffle": False,
        "forward_only": True,
        "review": {"during": ["response"], "while_open": []},
        "overall": [{"from": "1/2", "texts": {"en": "Half."}}],
        "parts": [
            {"titles": {"en": "The ideas", "cy": "Y syniadau"}, "introductions": {"en": "Read."}},
            {"titles": {"en": "Extract"}},
        ],
    }


def test_part_without_words_in_a_language_has_those_in_english() -> None:
    first, second = EVERY.parts

    said = [(one.title("cy"), one.introduction("cy")) for one in (first, second)]

    assert said == [("Y syniadau", "Read."), ("Extract", "")]


@pytest.mark.parametrize(
    ("rules", "moment", "shown"),
    [
        (USUAL, "during", {"response"}),
        (USUAL, "just_after", ALL),
        (USUAL, "while_open", ALL),
        (USUAL, "after_close", ALL),
        (replace(USUAL, feedback="immediate"), "during", ALL - {"overall", "comment"}),
        (TRIES, "during", ALL - {"overall", "comment"}),
        (replace(TRIES, review={"during": frozenset({"correctness"})}), "during", {"response", "correctness"}),
        (replace(USUAL, review={"while_open": frozenset()}), "while_open", set()),
        (replace(USUAL, review={"while_open": frozenset()}), "just_after", ALL),
    ],
)
def test_review_matrix_says_what_is_shown_at_a_moment(rules: AssessmentRules, moment: str, shown: set[str]) -> None:
    assert rules.shown_at(moment) == shown


@pytest.mark.parametrize(
    ("rules", "faults"),
    [
        (USUAL, 0),
        (TRIES, 0),
        (EVERY, 0),
        (replace(USUAL, feedback="immediate", certainty="marked"), 0),
        (replace(EVERY, parts=EVERY.parts[:1]), 1),
        (replace(EVERY, parts=EVERY.parts[:1] * 2), 1),
        (replace(EVERY, parts=tuple(AssessmentPart({"en": str(one)}) for one in range(9))), 0),
        (replace(EVERY, parts=tuple(AssessmentPart({"en": str(one)}) for one in range(10))), 1),
        (replace(TRIES, tries=1), 1),
        (replace(TRIES, tries=6), 1),
        (replace(USUAL, tries=2), 1),
        (replace(USUAL, penalty=Fraction(1, 3)), 1),
        (replace(TRIES, penalty=Fraction(4, 3)), 1),
        (replace(TRIES, certainty="marked"), 1),
        (replace(USUAL, review={"during": frozenset({"score"})}), 1),
        (replace(USUAL, overall=(OverallFeedback(Fraction(0), {}), OverallFeedback(Fraction(0), {}))), 1),
    ],
)
def test_rules_that_do_not_go_together_are_named(rules: AssessmentRules, faults: int) -> None:
    assert len(faults_of(rules)) == faults


@pytest.mark.parametrize(
    ("share", "words"),
    [(Fraction(0), ""), (Fraction(1, 2), "Half."), (Fraction(99, 100), "Half."), (Fraction(1), "All.")],
)
def test_overall_feedback_is_that_of_the_highest_share_reached(share: Fraction, words: str) -> None:
    rules = replace(
        USUAL, overall=(OverallFeedback(Fraction(1), {"en": "All."}), OverallFeedback(Fraction(1, 2), {"en": "Half."}))
    )

    assert overall_feedback(rules, share, "cy") == words


@pytest.mark.django_db
def test_attempt_keeps_the_rules_it_began_under_when_the_assessment_changes() -> None:
    taught, amina = taught_course(), people().amina
    taught.assessment.rules = TRIES.to_json()
    taught.assessment.save()
    attempt = begin(taught, amina)

    taught.assessment.rules = {}
    taught.assessment.save()

    assert Attempt.objects.get(pk=attempt.pk).own_rules == TRIES
