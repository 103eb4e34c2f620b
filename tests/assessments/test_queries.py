"""What pages ask of an attempt: before hand-in no key, no explanation, no identifier; afterwards all of it."""

import dataclasses
import json
from fractions import Fraction
from uuid import UUID

import pytest

from assessments.attempts import finish_attempt, save_draft, start_attempt
from assessments.models import Place, Score
from assessments.queries import ChoiceShown, Question, question_at, questions_of, reviewed
from assessments.rules import AttemptRules
from tests.factories import NOON, people, taught_course

pytestmark = pytest.mark.django_db


def attempt_of(taught, learner, language="en"):
    return start_attempt(
        taught.assessment,
        learner,
        run_id=UUID(int=7),
        rules=AttemptRules(Fraction(7, 10)),
        language=language,
        at=NOON,
        seed="seed",
    )


def told(questions):
    """Everything a template could reach in these dataclasses."""
    return json.dumps([dataclasses.asdict(question) for question in questions], default=str)


def test_a_question_before_hand_in_is_its_words_in_the_order_shown_and_nothing_more():
    taught = taught_course()
    attempt = attempt_of(taught, people().amina)
    place = attempt.places.select_related("item_version__learning_outcome").get(position=2)
    save_draft(place, posted=["3"], flagged=True, sequence=4, at=NOON)

    found, question = question_at(attempt, 2)

    assert found == place
    assert question == Question(
        position=2,
        prompt=place.item_version.texts["en"]["prompt"],
        kind="single_choice",
        hint="Choose one.",
        choices=[
            ChoiceShown(number=number, text=f"Option {choice}", is_chosen=number == 3, is_answer=None, explanation="")
            for number, choice in enumerate(place.choice_order, start=1)
        ],
        answer=[f"Option {place.choice_order[2]}"],
        sequence=4,
        is_flagged=True,
        learning_outcome=place.item_version.learning_outcome.statement,
        points=None,
        max_score=None,
    )
    assert (question.is_answered, question.field) == (True, "q2")


def test_questions_not_answered_yet_stand_at_sequence_nought():
    attempt = attempt_of(taught_course(), people().amina)

    questions = questions_of(attempt)

    assert [(one.position, one.sequence, one.is_flagged, one.is_answered) for one in questions] == [
        (position, 0, False, False) for position in range(1, 9)
    ]


def test_before_hand_in_nothing_asked_of_an_attempt_holds_a_key_or_an_explanation():
    taught = taught_course()
    attempt = attempt_of(taught, people().amina)

    words = told([*questions_of(attempt), *(question_at(attempt, position)[1] for position in range(1, 9))])

    assert "Because of" not in words
    assert {(choice.is_answer, choice.explanation) for one in questions_of(attempt) for choice in one.choices} == {
        (None, "")
    }


def test_a_position_that_is_not_there_is_not_found():
    attempt = attempt_of(taught_course(), people().amina)

    with pytest.raises(Place.DoesNotExist) as missing:
        question_at(attempt, 9)

    assert missing.type is Place.DoesNotExist


def test_reviewing_before_hand_in_is_refused():
    attempt = attempt_of(taught_course(), people().amina)

    with pytest.raises(ValueError, match="only once") as refused:
        reviewed(attempt)

    assert str(refused.value) == "answers are shown only once the attempt is scored"


def test_after_hand_in_every_option_says_whether_it_is_the_answer_and_why():
    taught = taught_course()
    attempt = attempt_of(taught, people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=[str(place.choice_order.index("a") + 1)], flagged=True, sequence=1, at=NOON)

    questions = reviewed(finish_attempt(attempt, at=NOON))

    assert [(one.position, one.points, one.max_score, one.is_flagged, one.sequence) for one in questions] == [
        (position, int(position == 1), 1, False, 0) for position in range(1, 9)
    ]
    assert questions[0].choices == [
        ChoiceShown(
            number=number,
            text=f"Option {choice}",
            is_chosen=choice == "a",
            is_answer=choice == "a",
            explanation=f"Because of {choice}.",
        )
        for number, choice in enumerate(place.choice_order, start=1)
    ]


def test_a_review_shows_the_points_of_the_result_that_stands_now():
    taught = taught_course()
    attempt = finish_attempt(attempt_of(taught, people().amina), at=NOON)
    old = attempt.result
    new = attempt.results.create(points=8, max_score=8, passed=True, decided_at=NOON, supersedes=old)
    for score in old.scores.all():
        new.scores.add(
            Score.objects.create(
                response=score.response,
                kind="regrade",
                points=1,
                max_score=1,
                rule="choose_one",
                rule_version=1,
                scored_at=NOON,
                supersedes=score,
            )
        )

    questions = reviewed(attempt)

    assert [question.points for question in questions] == [Fraction(1)] * 8


def test_an_answer_lawfully_removed_shows_as_no_answer():
    taught = taught_course()
    attempt = attempt_of(taught, people().amina)
    place = attempt.places.get(position=1)
    save_draft(place, posted=["1"], sequence=1, at=NOON)
    finished = finish_attempt(attempt, at=NOON)
    place.responses.update(value=None, removed_at=NOON, removed_why="erasure")

    question = reviewed(finished)[0]

    assert question.is_answered is False


def test_a_language_an_item_has_no_words_in_shows_the_english_ones():
    attempt = attempt_of(taught_course(), people().amina, language="cy")

    prompts = {question.prompt.split(" of ")[0][:4] for question in questions_of(attempt)}

    assert prompts == {"Item"}


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_costs_the_same_queries_however_many_items(rows, django_assert_num_queries):
    taught = taught_course(item_counts=(rows, 1, 1))
    taught.assessment.blueprint.update(count=1)
    taught.assessment.blueprint.filter(learning_outcome=taught.outcomes[0]).update(count=rows)
    attempt = attempt_of(taught, people().amina)

    with django_assert_num_queries(1):
        questions = questions_of(attempt)

    assert len(questions) == rows + 2
