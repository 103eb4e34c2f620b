"""The verbs of a marker, and what they leave as it was."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from assessments.alike import alike, said
from assessments.attempts import finish_attempt, save_draft
from assessments.items import ItemFault, NotAnswerable, Posted, TooLong, item_type, rubric_share
from assessments.marking import Judgement, MarkedMeanwhile, MarkingRefused, mark, return_for_revision
from assessments.models import Attempt, ItemVersion, Response, RevisionRequest, Score
from assessments.rules import AtMarker, AttemptClosed
from enrolments.attempts import begin_attempt
from tests.assessments.writing import BEST, WORST, hand_in_words, mark_best, open_places, response_of, write
from tests.factories import NOON, cohort, enrolment, people, taught_course, written_quiz

LATER = NOON + timedelta(days=3)
RUBRIC = {"choices": ["e1"], "criteria": [{"key": "sense", "levels": 4}, {"key": "fair", "levels": 2}]}


@pytest.fixture
def scene(db: Any) -> Any:
    """A quiz of two open responses and a choice, Amina's enrolment, and Beth who marks."""
    taught, cast = taught_course(), people()
    written_quiz(taught, written=2)
    return taught, enrolment(cast.amina, cohort(taught.course)), cast.beth


# -- The item ------------------------------------------------------------------------------------------------


def test_an_open_response_keeps_the_words_without_hidden_letters_and_what_is_cited() -> None:
    read = item_type("open_response").read(
        Posted(["1"], {"text": "  She\u200b was\r\ntold. "}), RUBRIC, RUBRIC["choices"]
    )

    assert read == {"text": "She was\ntold.", "chosen": ["e1"]}


@pytest.mark.parametrize(("length", "fits"), [(6000, True), (6001, False)])
def test_an_open_response_takes_six_thousand_characters(length: int, fits: bool) -> None:
    kind, posted = item_type("open_response"), Posted(parts={"text": "x" * length})

    if fits:
        assert len(kind.read(posted, RUBRIC, ["e1"])["text"]) == length
    else:
        with pytest.raises(TooLong):
            kind.read(posted, RUBRIC, ["e1"])


@pytest.mark.parametrize(
    ("structure", "key"),
    [
        ({"choices": []}, {}),
        ({"choices": [], "criteria": [{"key": "a", "levels": 1}]}, {}),
        ({"choices": [], "criteria": [{"key": "a", "levels": 10}]}, {}),
        ({"choices": [], "criteria": [{"key": "a", "levels": 2}] * 2}, {}),
        (RUBRIC, {"correct": ["e1"]}),
    ],
)
def test_a_rubric_nobody_could_mark_by_is_refused(structure: Any, key: Any) -> None:
    with pytest.raises(ItemFault):
        item_type("open_response").check(structure, key)


@pytest.mark.parametrize(
    ("levels", "share"),
    [
        ({"sense": 3, "fair": 1}, Fraction(1)),
        ({"sense": 0, "fair": 0}, Fraction(0)),
        ({"sense": 0, "fair": 1}, Fraction(1, 4)),
        ({"sense": 2, "fair": 0}, Fraction(1, 2)),
    ],
)
def test_every_level_of_a_rubric_counts_the_same(levels: dict[str, int], share: Fraction) -> None:
    assert rubric_share(levels, RUBRIC) == share


@pytest.mark.parametrize("levels", [{}, {"sense": 1}, {"sense": 4, "fair": 0}, {"sense": -1, "fair": 0}])
def test_levels_that_are_not_the_rubrics_are_refused(levels: dict[str, int]) -> None:
    with pytest.raises(NotAnswerable):
        rubric_share(levels, RUBRIC)


# -- Alike ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It was late.", " it WAS\nlate ", True),
        ("“Late”, she said", "late she said!", True),
        ("she didn’t", "she didn't", True),
        ("3.5 hours", "35 hours", False),
        ("-2 points", "2 points", False),
        ("10 %", "10", False),
        ("Ŵy", "wy", False),
        ("she's here", "shes here", False),
        ("no, it was", "it was no", False),
    ],
)
def test_alike_is_the_same_words_and_numbers(one: str, other: str, same: bool) -> None:
    assert (said(one) == said(other)) is same


@given(st.text(max_size=60))
def test_what_is_said_once_is_said_the_same_again(text: str) -> None:
    assert said(said(text)) == said(text)


def test_two_that_cite_different_lines_are_not_alike() -> None:
    assert alike({"text": "Late.", "chosen": ["e1"]}) != alike({"text": "Late.", "chosen": []})


# -- Marking -------------------------------------------------------------------------------------------------


def test_a_result_is_made_by_the_last_score_and_no_attempt_begins_before(scene: Any) -> None:
    taught, run, beth = scene
    attempt = hand_in_words(run, taught, "One.", "Two.")

    with pytest.raises(AtMarker):
        begin_attempt(run, taught.assessment, language="en", at=LATER)
    mark_best(response_of(attempt, 0), beth)
    attempt.refresh_from_db()
    between = (attempt.state, attempt.result)
    mark(response_of(attempt, 1), Judgement(WORST), seen=None, by=beth, at=LATER)

    attempt.refresh_from_db()
    assert between == ("awaiting_marker", None)
    assert (attempt.state, attempt.scored_at) == ("scored", LATER)
    assert (attempt.result.points, attempt.result.max_score, attempt.result.passed) == (7, 13, False)
    assert begin_attempt(run, taught.assessment, language="en", at=LATER).number == 2


def test_where_nothing_was_written_nobody_is_waited_for(scene: Any) -> None:
    taught, run, _beth = scene

    attempt = hand_in_words(run, taught, "", "  ")

    assert (attempt.state, attempt.result.points) == ("scored", 1)


def test_two_markers_make_one_score_and_the_second_is_told(scene: Any) -> None:
    taught, run, beth = scene
    response = response_of(hand_in_words(run, taught, "One.", "Two."))
    carol = people_named("Carol Hughes")
    first = mark_best(response, beth)

    with pytest.raises(MarkedMeanwhile):
        mark(response, Judgement(WORST), seen=None, by=carol, at=LATER)
    with pytest.raises(MarkedMeanwhile):
        return_for_revision(response, comment="Again?", due_on=LATER.date(), by=carol, at=LATER)

    assert mark_best(response, beth) == first
    assert list(Score.objects.filter(kind="marker")) == [first]
    assert RevisionRequest.objects.count() == 0


def test_two_who_give_one_response_back_make_one_request_and_the_second_is_told(scene: Any) -> None:
    taught, run, beth = scene
    response, carol = response_of(hand_in_words(run, taught, "One.", "Two.")), people_named("Carol Hughes")
    first = return_for_revision(response, comment="Whose desk?", due_on=LATER.date(), by=beth, at=NOON)

    again = return_for_revision(response, comment="Whose desk?", due_on=LATER.date(), by=beth, at=NOON)
    with pytest.raises(MarkedMeanwhile):
        return_for_revision(response, comment="Which hour?", due_on=LATER.date(), by=carol, at=NOON)

    assert again == first
    assert RevisionRequest.objects.get().comment == "Whose desk?"


def people_named(name: str) -> Any:
    from people.models import User

    return User.objects.get(name=name)


def test_nobody_marks_their_own(scene: Any) -> None:
    taught, run, _beth = scene
    response = response_of(hand_in_words(run, taught, "One.", "Two."))

    with pytest.raises(MarkingRefused):
        mark_best(response, run.learner)


def test_only_what_came_back_may_be_written_anew_and_the_rest_stays_marked(scene: Any) -> None:
    taught, run, beth = scene
    attempt = hand_in_words(run, taught, "One.", "Two.")
    first, second = response_of(attempt, 0), response_of(attempt, 1)
    kept = mark_best(first, beth)
    return_for_revision(second, comment="Whose desk?", due_on=LATER.date(), by=beth, at=NOON)

    with pytest.raises(AttemptClosed):
        save_draft(first.place, posted=[], words="Other.", sequence=9, at=LATER)
    unchanged = finish_attempt(attempt, at=LATER)
    save_draft(second.place, posted=["1"], words="Two, better.", sequence=9, at=LATER)
    again = [finish_attempt(attempt, at=LATER) for _click in range(3)]
    with pytest.raises(MarkedMeanwhile):
        mark_best(second, beth)
    mark_best(response_of(attempt, 1), beth, at=LATER)

    attempt.refresh_from_db()
    assert unchanged.state == "returned"
    assert {one.state for one in again} == {"awaiting_marker"}
    assert [one.value["text"] for one in second.place.responses.all()] == ["Two.", "Two, better."]
    assert first.scores.get() == kept
    assert (attempt.state, attempt.result.points, attempt.handed_in_at) == ("scored", 13, LATER)


def test_a_response_given_back_may_be_marked_as_it_stands(scene: Any) -> None:
    taught, run, beth = scene
    attempt = hand_in_words(run, taught, "One.", "")
    response = response_of(attempt, 0)
    asked = return_for_revision(response, comment="Again?", due_on=LATER.date(), by=beth, at=NOON)

    with pytest.raises(MarkedMeanwhile):
        mark_best(response, beth, at=LATER)  # on a page that was not shown that it was given back
    mark(response, Judgement(BEST), seen=None, asked=asked.pk, by=beth, at=LATER)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.result.points) == ("scored", 7)


# -- What stays ----------------------------------------------------------------------------------------------


def _facts() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Response, Score, Attempt)]


@pytest.mark.parametrize("levels", [2, 4, 9])
def test_no_edit_of_the_item_changes_what_was_written_or_scored(scene: Any, levels: int) -> None:
    taught, run, beth = scene
    attempt = hand_in_words(run, taught, "One.", "Two.")
    mark_best(response_of(attempt, 0), beth)
    before = _facts()

    for place in open_places(attempt):
        old = place.item_version
        texts = {"en": {**old.texts["en"], "prompt": "Another question?"}}
        structure = {"choices": [], "criteria": [{"key": "other", "levels": levels}]}
        fields = {"number": 2, "structure": structure, "texts": texts, "max_score": Fraction(levels - 1)}
        values = {
            field.name: getattr(old, field.name)
            for field in ItemVersion._meta.fields
            if field.name not in ("id", *fields)
        }
        place.item.current = ItemVersion.objects.create(**values, **fields)
        place.item.retired_at = LATER
        place.item.save()

    assert _facts() == before
    mark_best(response_of(attempt, 1), beth)  # by the rubric it was written under
    assert Attempt.objects.get().result.points == 13


# -- What is not told before ---------------------------------------------------------------------------------


def test_levels_and_comments_of_a_rubric_are_told_only_once_it_was_marked_by(scene: Any, client: Client) -> None:
    taught, run, beth = scene
    client.force_login(run.learner)
    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON)
    pages = [f"/attempt/{attempt.uuid}/{number}/" for number in (1, 2, 3)] + [f"/attempt/{attempt.uuid}/check/"]
    write(attempt, "One.", "Two.")
    shown = [client.get(page).content.decode() for page in pages]
    finish_attempt(attempt, at=NOON)
    result = f"/attempt/{attempt.uuid}/result/"
    shown.append(client.get(result, follow=True).content.decode())
    for number in (0, 1):
        mark_best(response_of(attempt, number), beth)

    marked = client.get(result).content.decode()

    canaries = ("sense level", "fair level", "Say what they knew.")
    assert [word for page in shown for word in canaries if word in page] == []
    assert "Makes sense of it" in "".join(shown)
    assert [word in marked for word in canaries] == [True, True, False]
