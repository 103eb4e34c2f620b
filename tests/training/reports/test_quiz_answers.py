"""How many of a cohort chose what: counted by people, by form, by first and last try, and nobody is named."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.choices import ScoreKind
from assessments.feedback import check_answer
from assessments.items import Given, item_type
from assessments.models import Assessment, Response, Score
from assessments.queries import as_posted
from assessments.removal import remove_answers
from assessments.settling import standing_score
from courses.choices import ActivityKind
from courses.models import Activity
from enrolments.attempts import begin_attempt
from enrolments.models import Cohort, Enrolment
from enrolments.states import change_state
from people.models import User
from tests.assessments.examples import example, example_item
from tests.factories import NOON, TaughtCourse, cohort, people, sealed_set, taught_course, trainer
from tests.training.reports.making import cells, learner
from training.reports import quiz_answers
from training.reports.answers import HandedIn
from training.reports.choosing import counted
from training.reports.offered import read_report
from training.reports.quiz_keys import key_of

pytestmark = pytest.mark.django_db
ONE = example("single_choice").structure["choices"][0]
COUNTS = ("Trainees who answered", "Questions met", "First answers", "All the points", "Some of them", "None")


def with_items(*kinds: str, rules: AssessmentRules | None = None, is_open: bool = True) -> tuple[TaughtCourse, Cohort]:
    """A course whose quiz asks the example of each of these kinds, and a cohort of it."""
    taught = taught_course(item_counts=(0, 0, 0))
    taught.assessment.blueprint.all().delete()
    for kind in kinds:
        example_item(taught.bank, taught.outcomes[0], kind)
    for kind in set(kinds):
        taught.assessment.blueprint.create(learning_outcome=taught.outcomes[0], item_kind=kind, count=kinds.count(kind))
    taught.assessment.rules = rules.to_json() if rules else {}
    taught.assessment.save()
    taught.bank.is_open = is_open
    taught.bank.save()
    return taught, cohort(taught.course)


def answers(run: Enrolment, taught: TaughtCourse, *values: dict[str, Any] | None) -> None:
    """Hand in one attempt: these values at its one question, each but the last checked first."""
    now = timezone.now()
    attempt = begin_attempt(run, taught.assessment, language="en", at=now)
    place = attempt.places.get()
    for sequence, value in enumerate(values, start=1):
        if value is not None:
            save_draft(place, **as_posted(place, value), sequence=sequence, at=now)
            if attempt.own_rules.is_told_at_once:
                check_answer(place, at=now)
    finish_attempt(attempt, at=now)


def _right_and_wrong() -> tuple[str, str]:
    """The choice that fits the example, and one that does not."""
    one = example("single_choice")
    right = one.key["correct"][0]
    return right, next(choice for choice in one.structure["choices"] if choice != right)


def told(group: Cohort, taught: TaughtCourse, *columns: str) -> list[list[Any]]:
    return cells(quiz_answers.of_quiz(group, taught.assessment, at=NOON), *columns)


def test_each_option_says_how_many_chose_it_and_what_they_earned():
    taught, group = with_items("single_choice")
    one = example("single_choice")
    right = one.key["correct"][0]
    wrong = next(choice for choice in one.structure["choices"] if choice != right)
    for name, choice in {"Amy": right, "Ben": right, "Cai": wrong, "Dee": ""}.items():
        answers(learner(name, group), taught, {"chosen": [choice]} if choice else None)
    gone = learner("Eve", group)
    answers(gone, taught, {"chosen": [right]})
    change_state(gone, "withdrawn", at=timezone.now())

    found = told(group, taught, "Answer", "Trainees", "All the points", "Some of them", "None")

    counts = {right: [2, 2, 0, 0], wrong: [1, 0, 0, 1]}
    of_each = [[one.texts["choices"][name]["text"], *counts.get(name, [0] * 4)] for name in one.structure["choices"]]
    assert found == [["Everybody", 4, 2, 0, 2], *of_each, ["Nothing", 1, 0, 0, 1]]


def test_first_and_last_tries_are_told_apart_where_there_are_several():
    taught, group = with_items(
        "single_choice", rules=AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3))
    )
    right = example("single_choice").key["correct"][0]
    wrong = next(one for one in example("single_choice").structure["choices"] if one != right)
    answers(learner("Amy", group), taught, {"chosen": [wrong]}, {"chosen": [right]})
    answers(learner("Ben", group), taught, {"chosen": [right]})

    found = told(
        group, taught, "First: Trainees", "First: All the points", "Last: All the points", "Last: Some of them"
    )

    assert found[0] == [2, 1, 1, 1]


def test_a_second_attempt_counts_nobody_twice():
    taught, group = with_items("single_choice")
    right = example("single_choice").key["correct"][0]
    run = learner("Amy", group)
    answers(run, taught, None)
    answers(run, taught, {"chosen": [right]})

    assert told(group, taught, "First: Trainees", "First: None", "Last: Trainees", "Last: All the points")[0] == [
        1,
        1,
        1,
        1,
    ]


def tried(kind: str, *values: dict[str, Any]) -> list[tuple[str, int]]:
    """What is counted where each value is another person's: the words and how many."""
    one = example(kind)
    given = Given(one.texts, one.structure, one.structure["choices"])
    tries = [HandedIn(run, 1, 1, 1, value, Fraction(0), Fraction(1)) for run, value in enumerate(values)]
    return [(row.words or row.key, row.first.people) for row in counted(one.type, given, one.key, tries).rows]


def test_typed_forms_that_say_the_same_are_one_and_a_form_of_one_person_is_not_shown():
    typed = [{"typed": words} for words in ("Munro", "munro ", "MUNRO.", "Mrs Joan Pettifer", "")]

    assert tried("short_text", *typed) == [("Munro", 3), ("others", 1), ("nothing", 1)]


@pytest.mark.parametrize("words", ["nothing", "others", "removed"])
def test_words_typed_into_a_gap_count_in_no_row_but_their_own(words: str):
    one = example("gaps")
    gap = next(each for each in one.structure["gaps"] if not each["choices"])
    chosen = next(choice for each in one.structure["gaps"] for choice in each["choices"])

    found = tried("gaps", *({"gaps": {gap["key"]: form}} for form in (words, words, chosen, chosen)))

    assert sorted(one for one in found if one[1]) == [(f"Gap 2: {form}", 2) for form in sorted([words, chosen])]


@pytest.mark.parametrize("identifier", ["nothing", "others", "removed"])
def test_option_keeps_its_row_whatever_its_identifier_is(identifier: str):
    one = example("single_choice")
    texts = {**one.texts, "choices": {identifier: {"text": "An option", "explanation": ""}}}
    given = Given(texts, {"choices": [identifier]}, [identifier])
    tries = [HandedIn(1, 1, 1, 1, {"chosen": [identifier]}, Fraction(0), Fraction(1))]

    found = counted(one.type, given, one.key, tries)

    assert [(row.words, row.first.people) for row in found.rows] == [("An option", 1)]


def test_equal_numbers_are_one_however_they_are_written():
    units = example("number").structure["choices"]
    unit = units[0] if len(units) > 1 else None

    found = tried("number", *({"typed": words, "unit": unit} for words in ("15", "15.0", "15", "seven")))

    assert [count for _words, count in found][-2:] == [3, 1]


def test_what_was_written_at_length_is_counted_by_its_length():
    texts = [{"text": " ".join(["word"] * count), "chosen": []} for count in (10, 20, 60, 200, 300)]

    assert tried("open_response", *texts) == [("Up to 50 words", 2), ("More than 150 words", 2), ("others", 1)]


def test_a_question_with_many_rows_shows_those_that_somebody_gave():
    best = example("ordering").type.best(example("ordering").key, example("ordering").structure)

    rows = tried("ordering", best)

    assert [count for _words, count in rows] == [1] * len(example("ordering").structure["choices"])


def test_no_more_forms_than_a_report_can_bear():
    typed = [{"typed": f"form {number}"} for number in range(30) for _twice in range(2)]

    rows = tried("short_text", *typed)

    assert (len(rows), rows[-1]) == (11, ("others", 40))


@pytest.mark.parametrize("kind", ["multiple_response", "short_text", "matching", "situational_judgement"])
def test_no_explanation_is_in_it(kind: str):
    one = example(kind)
    given = Given(one.texts, one.structure, one.structure["choices"])
    wrong = HandedIn(1, 1, 1, 1, item_type(kind).wrong(one.key, one.structure), Fraction(0), Fraction(1))

    assert "zqbecause" not in str(counted(one.type, given, one.key, [wrong]))


@pytest.mark.parametrize("is_open", [True, False])
def test_of_a_private_bank_nothing_says_what_one_trainee_or_a_unanimous_cohort_earned(is_open: bool):
    rules = AssessmentRules(feedback="tries", tries=3)
    taught, group = with_items("single_choice", rules=rules, is_open=is_open)
    right, wrong = _right_and_wrong()
    answers(learner("Amy", group), taught, {"chosen": [wrong]}, {"chosen": [right]})

    report = quiz_answers.of_quiz(group, taught.assessment, at=NOON)
    of_all = quiz_answers.of_cohort(group, at=NOON)

    points = {"All the points", "Some of them", "None"}
    assert {one.split(": ")[-1] for one in report.words} & points == (points if is_open else set())
    assert cells(report, "First: Trainees", "Last: Trainees")[0] == [1, 1]
    assert ("First answers with all the points" in dict(report.figures)) == is_open
    assert cells(of_all, *COUNTS) == [[1, 1, 1, *([0, 0, 1] if is_open else [None] * 3)]]
    assert [any("private" in note for note in one.notes) for one in (report, of_all)] == [not is_open] * 2
    assert "Amy" not in str(report)


def test_answers_that_were_removed_by_their_rule_are_said_to_be():
    taught, group = with_items("single_choice")
    answers(learner("Amy", group), taught, {"chosen": [ONE]})
    remove_answers(Response.objects.all(), at=timezone.now(), why="retention")

    assert ["Removed by its rule", 1] in told(group, taught, "Answer", "Trainees")


def test_the_list_of_quizzes_leads_to_each_and_another_course_has_none_of_them():
    taught, group = with_items("single_choice")
    answers(learner("Amy", group), taught, {"chosen": [example("single_choice").key["correct"][0]]})
    other = cohort(taught_course("other").course, name="Another")
    key = key_of(taught.assessment.activity_id)

    report = quiz_answers.of_cohort(group, at=NOON)

    assert cells(report, *COUNTS) == [[1, 1, 1, 1, 0, 0]]
    assert report.links == [reverse("cohort_report", args=[group.uuid, key])]
    assert read_report(key, group, None, at=NOON) is not None
    assert [read_report(one, other, None, at=NOON) for one in (key, "answers-0", "answers-x", "answers-")] == [None] * 4


def test_the_list_counts_first_tries_as_the_report_does_that_it_leads_to():
    rules = AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3))
    taught, group = with_items("single_choice", rules=rules)
    right, wrong = _right_and_wrong()
    answers(learner("Amy", group), taught, {"chosen": [wrong]}, {"chosen": [right]})
    answers(learner("Ben", group), taught, {"chosen": [right]})
    first = [f"First: {one}" for one in ("Trainees", "All the points", "Some of them", "None")]

    assert cells(quiz_answers.of_cohort(group, at=NOON), *COUNTS) == [[2, 1, 2, 1, 0, 1]]
    assert told(group, taught, *first)[0] == [2, 1, 0, 1]
    assert dict(quiz_answers.of_quiz(group, taught.assessment, at=NOON).figures) == {
        "Trainees who answered": "2", "Questions met": "1", "First answers with all the points": "1 of 2 (50%)",
    }  # fmt: skip


def test_a_question_met_in_another_quiz_of_the_same_bank_counts_in_each():
    taught, group = with_items("single_choice")
    right, wrong = _right_and_wrong()
    activity = Activity.objects.create(
        kind=ActivityKind.ASSESSMENT, course=taught.course, module=taught.module, position=200
    )
    again = Assessment.objects.create(activity=activity, bank=taught.bank, titles={"en": "Once more"})
    again.blueprint.create(learning_outcome=taught.outcomes[0], item_kind="single_choice", count=1)
    sealed_set(taught.course, [activity], key="more")
    amy = learner("Amy", group)
    answers(amy, taught, {"chosen": [wrong]})
    answers(amy, replace(taught, assessment=again), {"chosen": [right]})

    report = quiz_answers.of_cohort(group, at=NOON)

    assert cells(report, *COUNTS) == [[1, 1, 1, 0, 0, 1], [1, 1, 1, 1, 0, 0]]


def test_a_question_that_was_reworded_is_one_question_and_is_met_anew():
    taught, group = with_items("single_choice")
    right, wrong = _right_and_wrong()
    amy = learner("Amy", group)
    answers(amy, taught, {"chosen": [wrong]})
    item = Response.objects.get().place.item
    version = item.current
    version.pk, version.number, version.digest = None, 2, "2"
    version.texts = {"en": {**version.texts["en"], "prompt": "Said in other words?"}}
    version.save(force_insert=True)
    item.current = version
    item.save()
    answers(amy, taught, {"chosen": [right]})

    assert cells(quiz_answers.of_cohort(group, at=NOON), *COUNTS) == [[1, 1, 2, 1, 0, 1]]
    counts = told(group, taught, "Answer", "Trainees", "All the points", "None")
    assert [one for one in counts if one[0] == "Everybody"] == [["Everybody", 1, 0, 1], ["Everybody", 1, 1, 0]]
    assert ("Questions met", "1") in quiz_answers.of_quiz(group, taught.assessment, at=NOON).figures


def test_of_two_markers_whose_scores_stand_the_later_counts():
    taught, group = with_items("single_choice")
    answers(learner("Amy", group), taught, {"chosen": [_right_and_wrong()[1]]})
    response, cast = Response.objects.get(), people()
    first, second = sorted((cast.beth, cast.carol), key=lambda one: one.pk, reverse=True)
    for marker, points in ((first, Fraction(0)), (second, Fraction(1))):
        Score.objects.create(
            response=response, kind=ScoreKind.MARKER, points=points, max_score=Fraction(1), rule="rubric",
            rule_version=1, scored_by=marker, scored_at=NOON,
        )  # fmt: skip

    assert told(group, taught, "Answer", "All the points", "None")[0] == ["Everybody", 1, 0]
    assert standing_score(response) == Score.objects.get(scored_by=second)


def test_it_takes_as_many_statements_for_many_as_for_one():
    taught, group = with_items("single_choice")
    answers(learner("Amy", group), taught, {"chosen": [ONE]})
    with CaptureQueriesContext(connection) as of_one:
        quiz_answers.of_quiz(group, taught.assessment, at=NOON)
    for number in range(5):
        answers(learner(f"Learner {number}", group), taught, {"chosen": [ONE]})

    with CaptureQueriesContext(connection) as of_six:
        quiz_answers.of_quiz(group, taught.assessment, at=NOON)

    assert len(of_one) == len(of_six) <= 4


def test_page_and_files_of_one_quiz_are_its_trainers_alone_and_the_board_and_the_outcome_lead_to_it(client: Client):
    taught, group = with_items("single_choice")
    cast = people()
    trainer(cast.beth, group)
    answers(learner("Amy", group), taught, {"chosen": [ONE]})
    url = reverse("cohort_report", args=[group.uuid, key_of(taught.assessment.activity_id)])
    files = [url.removesuffix("/") + f".{kind}" for kind in ("csv", "xlsx", "pdf")]
    client.force_login(User.objects.get(pk=cast.beth.pk))

    page = client.get(url).content.decode()
    outcome = client.get(reverse("cohort_outcome", args=[group.uuid, taught.outcomes[0].uuid])).content.decode()
    board = client.get(reverse("cohort_board", args=[group.uuid])).content.decode()
    sent = [client.get(one) for one in files]
    client.force_login(cast.carol)
    refused = [client.get(one).status_code for one in (url, *files)]

    assert "Answers to “" in page
    assert 'aria-current="true">Answers to quizzes</a>' in page
    assert (url in outcome, url in board) == (True, True)
    assert [one.status_code for one in sent] == [200] * 3
    assert b"Everybody" in b"".join(sent[0].streaming_content)
    assert refused == [404] * 4
