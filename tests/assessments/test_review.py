"""The review matrix: which moment it is, and that what it withholds is in nothing a learner is given."""

from datetime import datetime, timedelta

import pytest

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt
from assessments.models import Attempt
from assessments.queries import reviewed
from assessments.review import moment_of, points_to_download, review_of, waiting_of
from tests.assessments.sitting import answer, begin
from tests.assessments.writing import mark_best, response_of, write
from tests.factories import NOON, people, taught_course, written_quiz

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERY = ("response", "correctness", "score", "explanation", "right_answer", "overall", "comment")


@pytest.mark.parametrize(
    ("handed_in_at", "closes_at", "at", "moment"),
    [
        (None, None, NOON, "during"),
        (None, NOON, NOON + DAY, "during"),
        (NOON, None, NOON, "just_after"),
        (NOON, None, NOON + HOUR - timedelta(seconds=1), "just_after"),
        (NOON, None, NOON + HOUR, "while_open"),
        (NOON, None, NOON + 1000 * DAY, "while_open"),
        (NOON, NOON + DAY, NOON + DAY - timedelta(seconds=1), "while_open"),
        (NOON, NOON + DAY, NOON + DAY, "after_close"),
        (NOON, NOON + timedelta(minutes=5), NOON + timedelta(minutes=6), "after_close"),
    ],
)
def test_moment_is_told_by_the_clock(
    handed_in_at: datetime | None, closes_at: datetime | None, at: datetime, moment: str
) -> None:
    assert moment_of(handed_in_at, closes_at, at) == moment


def handed_in(*shown: str, right: int = 5) -> Attempt:
    """An attempt that shows only these from an hour on."""
    taught = taught_course()
    rules = AssessmentRules(review={"while_open": frozenset(shown)}).to_json()
    taught.assessment.rules = {**rules, "overall": [{"from": "0", "texts": {"en": "Well read."}}]}
    taught.assessment.save()
    attempt = begin(taught, people().amina)
    answer(attempt, right=right)
    return finish_attempt(attempt, at=NOON)


@pytest.mark.django_db
def test_everything_is_shown_where_the_matrix_withholds_nothing() -> None:
    attempt = handed_in()

    review = review_of(attempt, NOON)

    assert review.questions == reviewed(attempt)
    assert list(review.judged.values()) == ["This fits."] * 5 + ["This does not fit."] * 3
    assert (review.overall, review.withheld) == ("Well read.", [])


@pytest.mark.django_db
@pytest.mark.parametrize("only", EVERY)
def test_each_cell_alone_shows_what_it_names_and_nothing_besides(only: str) -> None:
    attempt = handed_in(only)

    review = review_of(attempt, NOON + HOUR)

    choices = [choice for question in review.questions for choice in question.choices]
    found = {
        "response": any(choice.is_chosen for choice in choices),
        "correctness": bool(review.judged),
        "score": any(question.points is not None for question in review.questions),
        "explanation": any(choice.explanation for choice in choices),
        "right_answer": any(choice.is_answer is not None for choice in choices),
        "overall": bool(review.overall),
    }
    assert [name for name, is_there in found.items() if is_there] == [name for name in [only] if name != "comment"]
    assert len(review.withheld) == 6


@pytest.mark.django_db
def test_comment_and_levels_of_a_marker_are_a_cell_of_their_own() -> None:
    taught = taught_course()
    written_quiz(taught)
    taught.assessment.rules = AssessmentRules(review={"while_open": frozenset({"response"})}).to_json()
    taught.assessment.save()
    cast = people()
    attempt = begin(taught, cast.amina)
    write(attempt, "They could not know.")
    finish_attempt(attempt, at=NOON)
    mark_best(response_of(attempt), cast.beth, comment="Fair to all.")
    attempt.refresh_from_db()

    early, late = (next(one for one in review_of(attempt, at).questions if one.is_marked) for at in (NOON, NOON + HOUR))

    assert early.marked is not None
    assert [one.reached for one in early.criteria] == [3, 3]
    assert (late.marked, [(one.levels, one.reached) for one in late.criteria]) == (None, [((), None)] * 2)
    assert (early.text, late.text) == ("They could not know.",) * 2


@pytest.mark.django_db
def test_answers_at_a_marker_are_withheld_where_responses_are() -> None:
    taught = taught_course()
    written_quiz(taught)
    taught.assessment.rules = AssessmentRules(review={"while_open": frozenset()}).to_json()
    taught.assessment.save()
    attempt = begin(taught, people().amina)
    write(attempt, "They could not know.")
    attempt = finish_attempt(attempt, at=NOON)

    texts = [[one.text for one in waiting_of(attempt, at) if one.is_marked] for at in (NOON, NOON + HOUR)]
    chosen = [any(choice.is_chosen for one in waiting_of(attempt, NOON + HOUR) for choice in one.choices)]

    assert (texts, chosen) == ([["They could not know."], [""]], [False])


@pytest.mark.django_db
def test_withheld_points_are_in_nobodys_data_until_the_law_says_so() -> None:
    attempt = handed_in()

    told = [points_to_download(attempt, "4", NOON + wait) for wait in (timedelta(0), HOUR, 39 * DAY, 40 * DAY)]

    assert told == ["4", "not shown yet", "not shown yet", "4"]
