"""A result by learning outcome, what to read again, attempts compared; and how sure somebody was, and how right."""

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
import time_machine
from django.test import Client

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.bank import set_section
from assessments.models import Attempt
from courses.models import LessonPage
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from enrolments.progress import record_attempt
from player.calibration import Sure, calibrated
from player.reading_again import Reading, closest, readings, sections_for
from tests.enrolments.doings import number_of, sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, source, taught_course

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("missed", "lessons"),
    [
        ({1}, [10, 20]),
        ({2}, [20]),
        ({1, 2}, [20, 10]),
        ({3}, [30]),
        ({9}, []),
        (set(), []),
        ({1, 2, 3}, [20, 30]),
    ],
)
def test_lessons_that_share_the_rarest_sources_come_first(missed: set[int], lessons: list[int]) -> None:
    assert closest(missed, {10: {1}, 20: {1, 2}, 30: {3}, 40: set()}) == lessons


def sure(certainty: int, *, fits: bool) -> Sure:
    return Sure(f"{certainty}{fits}", certainty, fits, "", "")


def test_wrong_but_sure_comes_first_and_right_and_sure_is_not_listed() -> None:
    found = calibrated([sure(step, fits=fits) for fits in (True, False) for step in (1, 2, 3)])

    assert [one.prompt for one in found.again] == ["3False", "2False", "1False", "1True", "2True"]
    steps = [(step.words, step.count, step.fitting, step.percent) for step in found.steps]
    assert steps == [("Very sure", 2, 1, 50), ("Fairly sure", 2, 1, 50), ("Not very sure", 2, 1, 50)]


def test_step_nobody_took_has_no_share() -> None:
    assert [(step.count, step.percent) for step in calibrated([]).steps] == [(0, 0)] * 3


# -- The pages -------------------------------------------------------------------------------------------------


def booked(client: Client, rules: AssessmentRules) -> tuple[TaughtCourse, Enrolment]:
    taught = taught_course()
    taught.assessment.rules = rules.to_json()
    taught.assessment.save()
    run = enrolment(people().amina, cohort(taught.course))
    client.force_login(run.learner)
    return taught, run


def sure_attempt(run: Enrolment, taught: TaughtCourse, *answers: tuple[str, int]) -> Attempt:
    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON)
    for place, (choice, certainty) in zip(attempt.places.all(), answers, strict=False):
        save_draft(place, posted=[number_of(place, choice)], certainty=certainty, sequence=1, at=NOON)
    done = finish_attempt(attempt, at=NOON)
    record_attempt(done)
    return done


def page_of(client: Client, attempt: Attempt, end: str = "result/") -> str:
    with time_machine.travel(NOON + timedelta(hours=3), tick=False):
        return str(client.get(f"/attempt/{attempt.uuid}/{end}").content.decode())


@pytest.mark.django_db
def test_result_stands_by_learning_outcome_with_what_to_read_again(client: Client) -> None:
    taught, run = booked(client, AssessmentRules())
    guide = source("guide", title="The Guide", authors=["Ann"], year=2008)
    for item in taught.items:
        item.current.sources.add(guide)
    lesson = LessonPage.objects.get(pk=taught.lessons[1].pk)
    lesson.sources.add(guide)
    lesson.save()

    page = page_of(client, sit(run, taught, right=0))

    assert page.count("0 of 3 points.") == 2
    assert "0 of 2 points." in page
    assert page.count(f'<a class="alone" href="{lesson.url}">Lesson 2</a>') == 3


@pytest.mark.django_db
def test_questions_missed_lead_to_the_sections_they_come_from(client: Client) -> None:
    taught, run = booked(client, AssessmentRules())
    first = taught.lessons[0]
    key, heading = first.sections[0]
    for item in taught.items:
        set_section(item, first.activity, key)

    page = page_of(client, sit(run, taught, right=0))

    assert f'<a class="alone" href="{first.url}#{key}">Lesson 1: {heading}</a>' in page


def test_sections_missed_most_come_first_each_once_and_one_that_is_gone_leads_to_its_lesson() -> None:
    pages = {10: Page("Ten", "/ten/", [("a", "A"), ("b", "B")]), 20: Page("Twenty", "/twenty/", [])}
    missed = [(10, "a"), (20, "gone"), (10, "b"), (10, "b"), (30, "unpublished"), (20, "gone as well")]

    found = sections_for(missed, pages)  # type: ignore[arg-type]

    assert [(one.title, one.url) for one in found] == [
        ("Ten: B", "/ten/#b"), ("Ten: A", "/ten/#a"), ("Twenty", "/twenty/"),
    ]  # fmt: skip


def test_lessons_stand_after_the_sections_unless_one_of_theirs_is_there() -> None:
    sections = [Reading("Ten: A", "/ten/#a")]
    lessons = [Reading("Ten", "/ten/"), Reading("Twenty", "/twenty/")]

    assert [one.url for one in readings(sections, lessons)] == ["/ten/#a", "/twenty/"]
    assert readings([], lessons) == lessons


@pytest.mark.django_db
def test_question_without_a_section_leads_to_its_lesson_beside_one_that_names_its_section(client: Client) -> None:
    taught, run = booked(client, AssessmentRules())
    first, second = taught.lessons[0], LessonPage.objects.get(pk=taught.lessons[1].pk)
    guide = source("guide", title="The Guide", authors=["Ann"], year=2008)
    for item in taught.items:
        item.current.sources.add(guide)
    second.sources.add(guide)
    second.save()
    for item in taught.items[::2]:
        set_section(item, first.activity, first.sections[0][0])

    page = page_of(client, sit(run, taught, right=0))

    both = f'{first.sections[0][1]}</a><br><a class="alone" href="{second.url}">Lesson 2</a>'
    assert both in page


class Page(NamedTuple):
    """What is asked of a lesson."""

    title: str
    url: str
    sections: list[tuple[str, str]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shown", "said"),
    [({"score"}, (True, False)), ({"correctness"}, (False, False)), ({"score", "correctness"}, (True, True))],
)
def test_matrix_withholds_outcomes_with_the_points_and_reading_with_the_judgement(
    client: Client, shown: set[str], said: tuple[bool, bool]
) -> None:
    taught, run = booked(client, AssessmentRules(review={"while_open": frozenset(shown)}))
    guide = source("guide", title="The Guide", authors=["Ann"], year=2008)
    for item in taught.items:
        item.current.sources.add(guide)
    lesson = LessonPage.objects.get(pk=taught.lessons[1].pk)
    lesson.sources.add(guide)
    lesson.save()

    page = page_of(client, sit(run, taught, right=0))

    table = page.partition('<table class="by-outcome" role="table">')[2].partition("</table>")[0]
    assert ("By learning outcome" in page, "Lesson 2" in table) == said


@pytest.mark.django_db
def test_attempts_stand_beside_one_another_with_which_one_counts(client: Client) -> None:
    taught, run = booked(client, AssessmentRules(counts="mean"))
    first = sit(run, taught, right=3)
    alone = page_of(client, first)
    second = sit(run, taught, right=8, at=NOON + DAY)

    page = page_of(client, second)

    assert "Your attempts at this quiz" not in alone
    assert "If you try more than once, the mean of all your attempts counts." in page
    table = page.partition('<table class="compared">')[2].partition("</table>")[0]
    said = ["3 of 8 points.", "8 of 8 points.", f'href="/attempt/{first.uuid}/result/"', "this one"]
    assert [words for words in said if words not in table] == []


@pytest.mark.django_db
def test_points_of_an_attempt_that_withholds_them_are_not_told_beside_another(client: Client) -> None:
    taught, run = booked(client, AssessmentRules(review={"while_open": frozenset()}))
    sit(run, taught, right=3)
    taught.assessment.rules = {}
    taught.assessment.save()

    page = page_of(client, sit(run, taught, right=8, at=NOON + timedelta(minutes=1)))

    assert ("8 of 8 points." in page, "3 of 8" in page) == (True, False)


@pytest.mark.django_db
def test_how_sure_page_counts_and_lists_the_wrong_and_sure_first(client: Client) -> None:
    taught, run = booked(client, AssessmentRules(certainty="asked"))
    attempt = sure_attempt(run, taught, ("a", 3), ("b", 1), ("b", 3))

    page = page_of(client, attempt, "how-sure/")
    result = page_of(client, attempt)

    places = {place.position: place.item_version.texts["en"]["prompt"] for place in attempt.places.all()}
    assert page.index(places[3]) < page.index(places[2])
    assert (places[1] in page, "1 (50 per cent)" in page, "result/#q3" in page) == (False, True, True)
    assert f"/attempt/{attempt.uuid}/how-sure/" in result


@pytest.mark.django_db
def test_how_sure_page_says_nothing_of_answers_whose_judgement_is_withheld(client: Client) -> None:
    taught, run = booked(client, AssessmentRules(certainty="asked", review={"while_open": frozenset({"score"})}))
    attempt = sure_attempt(run, taught, ("a", 3), ("b", 3))

    page = page_of(client, attempt, "how-sure/")

    assert ("There is nothing to show here yet" in page, "per cent" in page) == (True, False)


@pytest.mark.django_db
def test_how_sure_page_of_an_open_attempt_leads_back_to_it(client: Client) -> None:
    taught, run = booked(client, AssessmentRules(certainty="asked"))
    attempt: Any = begin_attempt(run, taught.assessment, language="en", at=NOON)

    answer = client.get(f"/attempt/{attempt.uuid}/how-sure/")

    assert (answer.status_code, answer["Location"]) == (302, f"/attempt/{attempt.uuid}/1/")


@pytest.mark.django_db
def test_negative_total_is_shown_exactly(client: Client) -> None:
    taught, run = booked(client, AssessmentRules(certainty="marked"))

    page = page_of(client, sure_attempt(run, taught, *[("b", 3)] * 8))

    assert ("-48 <small>of 24</small>" in page, "Not passed yet" in page) == (True, True)
