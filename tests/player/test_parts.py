"""A quiz in parts, as its learner and their trainer see it: start, questions, the look over all answers, result."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from assessments.assessment_rules import AssessmentPart, AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.feedback import check_answer
from assessments.models import Attempt, BlueprintLine
from assessments.queries import questions_of
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from people.models import User
from tests.assessments.sitting import shown
from tests.assessments.writing import write
from tests.enrolments.doings import number_of, sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, taught_course, written_quiz
from tests.factories import trainer as give_trainer

pytestmark = pytest.mark.django_db
PARTS = (
    AssessmentPart({"en": "The ideas", "cy": "Y syniadau"}, {"en": "First the <b>ideas</b>.\n\nTake your time."}),
    AssessmentPart({"en": "An extract"}),
)
LATER = NOON + timedelta(hours=2)
IDEAS, EXTRACT = "Part 1 of 2: The ideas", "Part 2 of 2: An extract"


def divided(taught: TaughtCourse, **rules: Any) -> TaughtCourse:
    """Three and two questions of the first two learning outcomes, then three of the last."""
    taught.assessment.rules = AssessmentRules(parts=PARTS, **rules).to_json()
    taught.assessment.save()
    BlueprintLine.objects.filter(learning_outcome=taught.outcomes[2]).update(part=1)
    return taught


@pytest.fixture
def booked(client: Client) -> tuple[TaughtCourse, Enrolment]:
    taught, cast = divided(taught_course()), people()
    group = cohort(taught.course)
    give_trainer(cast.beth, group)
    client.force_login(cast.amina)
    return taught, enrolment(cast.amina, group)


def begun(booked: tuple[TaughtCourse, Enrolment]) -> Attempt:
    taught, run = booked
    return begin_attempt(run, taught.assessment, language="en", at=timezone.now())


def three(taught: TaughtCourse, *, part: int) -> None:
    """A quiz in three parts whose last questions stand in this one, and the others in the first."""
    rules = AssessmentRules(parts=(*PARTS, AssessmentPart({"en": "The end"})))
    taught.assessment.rules = rules.to_json()
    taught.assessment.save()
    BlueprintLine.objects.filter(learning_outcome=taught.outcomes[2]).update(part=part)


def page_of(client: Client, attempt: Attempt, end: str) -> str:
    with time_machine.travel(LATER, tick=False):
        return str(client.get(f"/attempt/{attempt.uuid}/{end}").content.decode())


def lines_of_start(client: Client, taught: TaughtCourse) -> list[str]:
    """What the page before an attempt says first: how many questions, and in which parts."""
    page = client.get(f"/quiz/{taught.assessment.uuid}/").content.decode()
    return [one for one in re.findall(r"<li>([^<]*)</li>", page) if re.search(r"\bquestions?( in \d parts)?\.$", one)]


def headings(page: str) -> list[tuple[int, str]]:
    """Level and words of each heading of the page's main part, tags taken out."""
    main = page.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r"<h(\d)[^>]*>(.*?)</h\1>", main, flags=re.DOTALL)
    return [(int(level), re.sub(r"<[^>]*>", "", words).strip()) for level, words in found]


def named_region(page: str) -> str:
    """The name of the region before a question, where its part begins; a reader of screens can go to it."""
    found = re.search(r'<section class="quiz-part" aria-labelledby="([^"]*)">(.*?)</section>', page, flags=re.DOTALL)
    return re.findall(rf'<p [^>]*id="{found[1]}">([^<]*)</p>', found[2])[0] if found else ""


# -- Before and during --------------------------------------------------------------------------------------------


def test_start_page_says_how_many_parts_and_how_many_questions_in_each(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    assert lines_of_start(client, booked[0]) == [
        "8 questions in 2 parts.",
        "Part 1, “The ideas”: 5 questions.",
        "Part 2, “An extract”: 3 questions.",
    ]


def test_start_page_speaks_of_the_open_attempt_whatever_the_quiz_has_become(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    begun(booked)
    BlueprintLine.objects.update(part=0, count=1)
    booked[0].assessment.rules = {}
    booked[0].assessment.save()

    page = client.get(f"/quiz/{booked[0].assessment.uuid}/").content.decode()

    assert "Part 2, “An extract”: 3 questions." in page


def test_places_stand_part_by_part_and_keep_it(booked: tuple[TaughtCourse, Enrolment]) -> None:
    attempt = begun(booked)

    stood = [(one.position, one.part, one.item_version.learning_outcome.code) for one in attempt.places.all()]

    assert [part for _position, part, _code in stood] == [0] * 5 + [1] * 3
    assert {code for _position, part, code in stood if part} == {"LO1.3"}
    assert attempt.rules == booked[0].assessment.rules


def test_quiz_divided_while_an_attempt_begins_leaves_no_question_outside_a_part(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    BlueprintLine.objects.filter(part=1).update(part=2)  # a third part, which these rules do not know yet

    attempt = begun(booked)

    assert [one.part for one in attempt.places.all()] == [0] * 5 + [1] * 3
    assert EXTRACT in page_of(client, attempt, "8/")


def test_each_question_says_its_part_and_the_first_of_a_part_what_is_read_first(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    attempt = begun(booked)

    pages = [page_of(client, attempt, f"{position}/") for position in range(1, 9)]

    told = [[one for one in (IDEAS, EXTRACT) if one in page.partition("<main")[2]] for page in pages]
    assert told == [[IDEAS]] * 5 + [[EXTRACT]] * 3
    assert [named_region(page) for page in pages] == [IDEAS, "", "", "", "", EXTRACT, "", ""]
    assert ["<p>Take your time.</p>" in page for page in pages] == [True] + [False] * 7
    assert "First the &lt;b&gt;ideas&lt;/b&gt;." in pages[0]
    assert f"<title>Question 6 of 8. {EXTRACT}" in pages[5]


@pytest.mark.parametrize("rules", [{}, {"feedback": "immediate"}], ids=["asked", "checked"])
def test_question_is_the_first_heading_of_its_page_and_its_part_none(
    client: Client, booked: tuple[TaughtCourse, Enrolment], rules: dict[str, Any]
) -> None:
    divided(booked[0], **rules)
    attempt = begun(booked)
    for place in attempt.places.all() if rules else ():
        save_draft(place, posted=shown(place, "a"), sequence=1, at=LATER)
        check_answer(place, at=LATER)

    told = [headings(page_of(client, attempt, f"{position}/")) for position in range(1, 9)]

    assert [[level for level, _words in one] for one in told] == [[1, 2] if rules else [1]] * 8
    assert all("Part" not in words for one in told for _level, words in one)


def test_quiz_without_parts_says_nothing_of_any(client: Client) -> None:
    taught, cast = taught_course(), people()
    client.force_login(cast.amina)
    run = enrolment(cast.amina, cohort(taught.course))
    attempt = begin_attempt(run, taught.assessment, language="en", at=timezone.now())

    pages = [page_of(client, attempt, end) for end in ("1/", "check/")]

    assert ["Part 1" in page or "The ideas" in page for page in pages] == [False, False]
    assert [one.in_part for one in questions_of(attempt)] == [0] * 8


def test_welsh_attempt_reads_a_part_in_welsh_and_else_in_english(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    taught, run = booked
    with translation.override("cy"):
        attempt = begin_attempt(run, taught.assessment, language="cy", at=timezone.now())

    assert "Y syniadau" in page_of(client, attempt, "1/")
    assert "An extract" in page_of(client, attempt, "8/")


def test_answers_are_looked_over_part_by_part_with_flags(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    attempt = begun(booked)
    place = attempt.places.get(position=7)
    client.post(f"/attempt/{attempt.uuid}/7/", {"q7": number_of(place, "b"), "sequence": "1", "go": "flag"})

    page = page_of(client, attempt, "check/")

    assert headings(page) == [(1, "Check your answers"), (2, IDEAS), (2, EXTRACT)]
    first, second = page.partition(f"<h2>{EXTRACT}")[::2]
    assert [re.findall(r">(\d)\. ", half) for half in (first, second)] == [list("12345"), list("678")]
    assert (">Flagged<" in first, ">Flagged<" in second) == (False, True)
    assert [f'<caption class="visually-hidden">Your answers, {one}</caption>' in page for one in (IDEAS, EXTRACT)] == [
        True,
        True,
    ]


def test_forward_only_goes_over_the_edge_of_a_part_and_never_back(client: Client) -> None:
    taught, cast = divided(taught_course(), is_forward_only=True), people()
    client.force_login(cast.amina)
    run = enrolment(cast.amina, cohort(taught.course))
    attempt = begin_attempt(run, taught.assessment, language="en", at=timezone.now())
    base = f"/attempt/{attempt.uuid}/"
    for position in range(1, 6):
        place = attempt.places.get(position=position)
        client.post(f"{base}{position}/", {f"q{position}": number_of(place, "a"), "sequence": "1", "go": "next"})

    page, back = client.get(f"{base}6/"), client.get(f"{base}5/")

    assert named_region(page.content.decode()) == EXTRACT
    assert (back.status_code, back["Location"]) == (302, f"{base}6/")


# -- Afterwards ---------------------------------------------------------------------------------------------------


def points_by_part(page: str) -> list[tuple[str, str, str]]:
    """The rows of the table by part: its title, how many questions, points."""
    table = page.partition("Points by part</caption>")[2].partition("</table>")[0]
    return re.findall(r'<a class="alone" href="#part\d">([^<]*)</a></th><td[^>]*>(\d)</td><td[^>]*>([^<]*)</td>', table)


def test_result_says_points_by_part_beside_those_by_learning_outcome(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    taught, run = booked

    page = page_of(client, sit(run, taught, right=6), "result/")

    assert points_by_part(page) == [("1. The ideas", "5", "5 of 5 points."), ("2. An extract", "3", "1 of 3 points.")]
    told = headings(page)
    assert [words for level, words in told if level == 2][1:] == ["By part", "By learning outcome", IDEAS, EXTRACT]
    numbers = [words.split(".")[0] for level, words in told if level == 3]
    assert numbers == list("12345678")
    assert told.index((2, EXTRACT)) > next(place for place, (_level, words) in enumerate(told) if words[:2] == "5.")
    assert 'id="part2"' in page


@pytest.mark.parametrize("shows", [True, False])
def test_points_of_a_part_are_withheld_with_the_points(client: Client, shows: bool) -> None:
    shown = frozenset({"response", "correctness", *(["score"] if shows else [])})
    taught, cast = divided(taught_course(), review={"while_open": shown}), people()
    client.force_login(cast.amina)
    attempt = sit(enrolment(cast.amina, cohort(taught.course)), taught, right=6)

    page = page_of(client, attempt, "result/")

    assert bool(points_by_part(page)) == shows
    assert ("of 5 points" in page, "of 3 points" in page, "By part" in page) == (shows, shows, shows)
    assert [one for one in headings(page) if one[1] in (IDEAS, EXTRACT)] == [(2, IDEAS), (2, EXTRACT)]


def test_trainer_sees_the_attempt_part_by_part_with_its_points_whatever_the_matrix_says(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    taught, run = booked
    divided(taught, review={"while_open": frozenset()})
    attempt = sit(run, taught, right=6)
    client.force_login(User.objects.get(name__startswith="Beth"))

    with time_machine.travel(LATER, tick=False):
        answer = client.get(reverse("cohort_attempt", args=[run.cohort.uuid, run.uuid, attempt.uuid]))

    page = answer.content.decode()
    told = [one for one in headings(page) if one[0] < 4][-10:]
    assert [level for level, _words in told] == [2, 3, 3, 3, 3, 3, 2, 3, 3, 3]
    assert f"<h2>{IDEAS}</h2><p>Points in this part: 5 of 5 points.</p>" in page
    assert f"<h2>{EXTRACT}</h2><p>Points in this part: 1 of 3 points.</p>" in page


def test_trainer_reads_tries_under_the_heading_of_their_question(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    taught, run = booked
    told = {"feedback": "tries", "tries": 2}
    divided(taught, **told)
    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON)
    place = attempt.places.get(position=1)
    save_draft(place, posted=shown(place, "b"), sequence=1, at=NOON)
    check_answer(place, at=NOON)
    save_draft(place, posted=shown(place, "a"), sequence=2, at=NOON)
    finish_attempt(attempt, at=NOON)
    client.force_login(User.objects.get(name__startswith="Beth"))

    with time_machine.travel(LATER, tick=False):
        answer = client.get(reverse("cohort_attempt", args=[run.cohort.uuid, run.uuid, attempt.uuid]))

    told_of_tries = [level for level, words in headings(answer.content.decode()) if words == "The try before this one"]
    assert told_of_tries == [4]


def test_answers_at_a_marker_stand_part_by_part(client: Client) -> None:
    taught, cast = taught_course(), people()
    written_quiz(taught)
    divided(taught)
    BlueprintLine.objects.filter(item_kind="single_choice").update(part=1)
    client.force_login(cast.amina)
    run = enrolment(cast.amina, cohort(taught.course))
    attempt = begin_attempt(run, taught.assessment, language="en", at=timezone.now())
    write(attempt, "They could not know.", at=timezone.now())
    client.post(f"/attempt/{attempt.uuid}/hand-in/")

    page = page_of(client, attempt, "result/")

    told = headings(page)
    assert [one for one in told if one[0] < 4] == [
        (1, "Waiting for a marker"), (2, "What you handed in"), (3, IDEAS), (3, EXTRACT),
    ]  # fmt: skip
    assert [told[place - 1] for place, one in enumerate(told) if one[0] == 4] == [(3, IDEAS), (3, EXTRACT)]


def test_own_data_names_the_part_of_each_question(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    taught, run = booked
    sit(run, taught, right=6)

    data = client.get(reverse("your_data_download", args=["json"])).content.decode()

    assert (data.count('"The ideas"'), data.count('"An extract"')) == (5, 3)


def test_parts_cost_no_query_more(
    client: Client, booked: tuple[TaughtCourse, Enrolment], django_assert_max_num_queries: Any
) -> None:
    attempt = begun(booked)
    client.get(f"/attempt/{attempt.uuid}/1/")

    with django_assert_max_num_queries(15):
        client.get(f"/attempt/{attempt.uuid}/6/")


# -- Parts that hold no question ----------------------------------------------------------------------------------


def test_a_part_without_questions_is_left_out_everywhere(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    taught, _run = booked
    three(taught, part=2)
    before = lines_of_start(client, taught)
    attempt = begun(booked)

    starts = lines_of_start(client, taught)
    asked = [page_of(client, attempt, f"{position}/") for position in (1, 6)]
    looked_over = page_of(client, attempt, "check/")
    finish_attempt(attempt, at=LATER)
    result = page_of(client, attempt, "result/")

    assert [before, starts] == [
        ["8 questions in 2 parts.", "Part 1, “The ideas”: 5 questions.", "Part 2, “The end”: 3 questions."]
    ] * 2
    assert [named_region(page) for page in asked] == [IDEAS, "Part 2 of 2: The end"]
    assert not any("An extract" in page for page in (looked_over, result))


def test_questions_that_all_stand_in_one_part_are_one_whole(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    three(booked[0], part=0)
    attempt = begun(booked)

    start = lines_of_start(client, booked[0])
    pages = [page_of(client, attempt, end) for end in ("1/", "check/")]
    finish_attempt(attempt, at=LATER)
    result = page_of(client, attempt, "result/")

    assert start == ["8 questions."]
    assert not any("The ideas" in page for page in (*pages, result))
    assert 'href="#part' not in result
