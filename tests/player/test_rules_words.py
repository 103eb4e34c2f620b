"""The rules an assessment brings itself, as its learner reads them before the start."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.assessment_rules import AssessmentRules
from player.rules_words import own_rules_in_words

USUAL = AssessmentRules()
SAVED = "Your answers are saved as you go."


@pytest.mark.parametrize(
    ("rules", "sentences"),
    [
        (USUAL, ["Your answers are saved as you go, and nothing is judged until you hand in."]),
        (
            replace(USUAL, feedback="immediate"),
            ["You can check each answer before you hand in. Once checked, it stays as it is.", SAVED],
        ),
        (
            replace(USUAL, feedback="tries", tries=3, penalty=Fraction(1, 3)),
            [
                "You can check each answer, and answer a question up to 3 times; the last one counts. "
                "Each further try costs 1/3 of its points.",
                SAVED,
            ],
        ),
        (
            replace(USUAL, feedback="tries", tries=2, penalty=Fraction(1, 4)),
            [
                "You can check each answer, and answer a question up to 2 times; the last one counts. "
                "Each further try costs 25 per cent of its points.",
                SAVED,
            ],
        ),
        (
            replace(USUAL, feedback="tries", tries=2),
            ["You can check each answer, and answer a question up to 2 times; the last one counts.", SAVED],
        ),
    ],
)
def test_feedback_is_said_first(rules: AssessmentRules, sentences: list[str]) -> None:
    assert own_rules_in_words(rules) == sentences


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (replace(USUAL, certainty="asked"), "You are asked how sure you are of each answer. No points hang on it."),
        (
            replace(USUAL, certainty="marked"),
            "You say how sure you are of each answer, and points hang on it. An answer that fits earns 1, 2 or 3 times "
            "its points; one that does not fit loses nothing, 2 or 6 times its points. The sum can fall below zero.",
        ),
        (
            replace(USUAL, counts="last"),
            "If you try more than once, your last attempt counts, even if it is not your best.",
        ),
        (replace(USUAL, counts="first"), "If you try more than once, your first attempt counts."),
        (replace(USUAL, counts="mean"), "If you try more than once, the mean of all your attempts counts."),
        (
            replace(USUAL, is_forward_only=True),
            "You answer the questions in order, and cannot go back to an earlier one.",
        ),
        (
            replace(
                USUAL, review={"while_open": frozenset({"response", "correctness", "score", "overall", "comment"})}
            ),
            "Later, while the quiz is open, you are not shown: Explanations; What fits.",
        ),
    ],
)
def test_each_other_rule_adds_its_sentence(rules: AssessmentRules, sentence: str) -> None:
    assert own_rules_in_words(rules)[1:] == [sentence]
