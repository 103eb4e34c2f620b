"""The starter course as it lies in content/: its size, its care for words, and what its items give away."""

from collections import Counter
from pathlib import Path

import pytest
from django.test import Client

from assessments.items import TYPES
from assessments.models import Item
from courses.models import CoursePage, LessonPage, ModulePage
from home.models import HomePage
from people.models import User
from publishing.attachments import read_attachments
from publishing.content_report import GATES, written
from publishing.content_report.said import words_said
from publishing.kinds import kind_of
from publishing.kinds.quiz_parts import lines_of
from publishing.loader import Verdict, load
from publishing.package import read_package
from publishing.plain import PLAIN
from reference.reading import words_of
from tests.factories.site import real_content

ROOT = Path(__file__).resolve().parents[2]
NOT_CHECKED = "not yet checked by a practitioner"


def things():
    """Everything content/ says, parsed."""
    return [thing for path, text in read_package(ROOT / "content").items() for thing in kind_of(path).parse(path, text)]


THINGS = things()
ALL_ITEMS = [thing for thing in THINGS if thing.kind == "item"]
ITEMS = [thing for thing in ALL_ITEMS if thing.state["max_score"] != "0" and not thing.state["beside"]]
PAGES = [thing for thing in THINGS if "body" in thing.state]
LESSONS = [thing for thing in PAGES if thing.kind == "lesson" and thing.key.endswith(":en")]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name)
def test_gate_holds(gate):
    found = list(gate.find(THINGS))

    assert found == []


def test_the_page_of_figures_is_what_the_content_comes_to():
    page = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")

    assert page == written(THINGS), "docs/content.md is stale: run `manage.py content_report --write docs/content.md`."


def by_path(thing):
    return thing.path.removeprefix("courses/foundation/")


LESSONS_OF = {"m1": 4, "m2": 4, "m3": 5, "m4": 5, "m5": 5, "m6": 5, "m7": 5, "m8": 5, "m9": 5}


def test_every_module_has_its_lessons_in_order():
    places = Counter((thing.state["folder"], thing.state["position"]) for thing in LESSONS)

    expected = {(module, 10 * number) for module, count in LESSONS_OF.items() for number in range(1, count + 1)}

    assert (set(places), set(places.values())) == (expected, {1})
    assert {thing.state["course"] for thing in LESSONS} == {"foundation"}


@pytest.mark.parametrize("lesson", LESSONS, ids=by_path)
def test_a_lesson_has_six_hundred_to_a_thousand_words_and_its_practice_no_more_than_half_as_many(lesson):
    body = lesson.state["body"]

    words = words_of([block for block in body if block["type"] not in PLAIN])
    practice = words_of(body) - words

    assert 600 <= words <= 1000, words
    assert practice <= words / 2, practice


@pytest.mark.parametrize("lesson", LESSONS, ids=by_path)
def test_a_lesson_names_its_sources_and_has_sections(lesson):
    blocks = Counter(block["type"] for block in lesson.state["body"])

    named = (bool(lesson.state["sources"]), blocks["section"] >= 2)

    assert named == (True, True)


BLUEPRINTS = {  # the percentages of DOMAIN 5 in whole items
    1: {"LO1.1": 3, "LO1.2": 2, "LO1.3": 3},
    2: {"LO2.1": 3, "LO2.2": 2, "LO2.3": 3},
    3: {"LO3.1": 3, "LO3.2": 5, "LO3.3": 2},
    4: {"LO4.1": 3, "LO4.2": 2, "LO4.3": 3},
    5: {"LO5.1": 2, "LO5.2": 4, "LO5.3": 2},
    6: {"LO6.1": 2, "LO6.2": 3, "LO6.3": 3},
    7: {"LO7.1": 3, "LO7.2": 5, "LO7.3": 2},
    8: {"LO8.1": 3, "LO8.2": 2, "LO8.3": 3},
    9: {"LO9.1": 2, "LO9.2": 3, "LO9.3": 3},
}
QUIZZES = [thing for thing in THINGS if thing.kind == "assessment" and not thing.state.get("beside")]


def test_every_module_has_a_quiz():
    assert [quiz.state["module"] for quiz in QUIZZES] == list(BLUEPRINTS)


@pytest.mark.parametrize("quiz", QUIZZES, ids=by_path)
def test_the_bank_holds_three_draws_of_the_quiz_in_each_outcome(quiz):
    module, blueprint = quiz.state["module"], Counter()
    for _part, code, _kind, count in lines_of(quiz.state):
        blueprint[code] += count
    items = [item for item in ITEMS if item.state["module"] == module]

    held = Counter(item.state["outcome"] for item in items)

    assert blueprint == BLUEPRINTS[module]
    assert [code for code, count in blueprint.items() if held[code] < 3 * count] == []
    assert set(held) == set(blueprint)
    assert quiz.state["bank"]["is_open"] is True


def test_the_foundation_certificate_asks_for_all_of_it():
    sets = {thing.state["key"]: thing.state for thing in THINGS if thing.kind == "requirement_set"}
    held = [thing.state for thing in THINGS if thing.kind == "achievement" and thing.state["key"] == "foundation"]
    sessions = [thing.key for thing in THINGS if thing.kind == "live_session"]

    asked = sets["foundation"]

    assert asked["lessons"] == sorted([*(thing.key.removesuffix(":en") for thing in LESSONS), *sessions])
    assert [one["uuid"] for one in asked["assessments"]] == sorted(quiz.key for quiz in QUIZZES)
    assert {(one["pass_share"], one["attempts_allowed"], one["gap_hours"]) for one in asked["assessments"]} == {
        ("7/10", 3, 24)
    }
    assert asked["thresholds"] == {"outcome_floor_share": "60/100", "outcome_floor_items": 5}
    assert [(one["kind"], "not accreditation" in one["statement"]) for one in held] == [("foundation", True)]


@pytest.mark.parametrize("quiz", QUIZZES, ids=by_path)
def test_a_module_is_asked_for_whole(quiz):
    module = f"m{quiz.state['module']}"
    sets = {thing.state["key"]: thing.state for thing in THINGS if thing.kind == "requirement_set"}

    asked = sets[f"module-{module[1:]}"]

    assert asked["lessons"] == sorted(
        thing.key.removesuffix(":en") for thing in LESSONS if thing.state["folder"] == module
    )
    assert [(one["uuid"], one["pass_share"]) for one in asked["assessments"]] == [(quiz.key, "7/10")]


def test_the_written_exercise_has_a_rubric_of_four_levels_and_stands_beside_the_course():
    exercise = next(thing for thing in THINGS if thing.kind == "assessment" and thing.state.get("beside"))
    written = [item.state for item in ALL_ITEMS if item.state["beside"]]

    found = [[(one["key"], one["levels"]) for one in item["structure"]["criteria"]] for item in written]

    assert exercise.state["pass_share"] == "2/3"
    assert found == [[("sense", 4), ("record", 4), ("words", 4)]]
    assert [item["max_score"] for item in written] == ["9"]


def test_every_kind_of_item_is_there():
    kinds = Counter(item.state["kind"] for item in ALL_ITEMS)

    often = {kind for kind, count in kinds.items() if count >= 4}

    assert set(kinds) == set(TYPES)
    assert often >= {"single_choice", "multiple_response"}


def test_keys_stand_in_every_place_of_the_file():
    single = [item.state for item in ITEMS if item.state["kind"] == "single_choice"]

    places = Counter(state["structure"]["choices"].index(state["key"]["correct"][0]) for state in single)

    assert max(places.values()) / len(single) <= 0.5
    assert len(places) >= 3


# -- Tone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("thing", [*PAGES, *ITEMS], ids=by_path)
def test_nothing_is_said_with_an_exclamation_mark(thing):
    said = words_said(thing)

    marks = said.count("!")

    assert marks == 0


# -- Who wrote it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("thing", [*PAGES, *ITEMS], ids=by_path)
def test_everything_says_who_drafted_it_and_when(thing):
    state = thing.state

    said = (
        bool(state["drafted_by"]),
        bool(state["drafted_on"]),
        bool(state["checked_by"]) == bool(state["checked_on"]),
    )

    assert said == (True, True, True)


@pytest.fixture
def loaded(db):
    return load(read_package(ROOT / "content"), files=read_attachments(ROOT / "content"))


@pytest.mark.lengthy
def test_the_whole_of_it_loads_and_loads_again_without_a_change(loaded):
    again = load(read_package(ROOT / "content"), files=read_attachments(ROOT / "content"))

    assert {verdict for verdict, _thing in loaded.lines} == {Verdict.CREATE}
    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}
    assert (len(again.lines), Item.objects.count()) == (len(THINGS), len(ALL_ITEMS))


@pytest.mark.lengthy
@pytest.mark.django_db
def test_every_page_as_served_says_that_no_practitioner_has_checked_it_yet():
    real_content()
    editor = Client()
    editor.force_login(
        User.objects.create_superuser("dev@example.org", None, name="Dev"),
        backend="people.backends.Door",
    )
    pages = [
        page
        for model in (HomePage, CoursePage, ModulePage, LessonPage)
        for page in model.objects.filter(language="en", checked_by="")
    ]

    missing = [page.url for page in pages if NOT_CHECKED not in editor.get(page.url).content.decode()]

    assert missing == []
    assert len(pages) >= 7


@pytest.mark.django_db
def test_a_page_checked_by_a_practitioner_says_so_until_its_words_change():
    real_content()
    page = CoursePage.objects.get()
    page.checked_by, page.checked_on = "A practitioner", "2026-12-01"
    page.save_revision().publish()
    when_checked = Client().get(page.url).content.decode()

    page = CoursePage.objects.get()
    page.lead = "Other words."
    page.save_revision().publish()
    when_changed = Client().get(page.url).content.decode()

    assert ("Checked by A practitioner on 1 December 2026." in when_checked, NOT_CHECKED in when_checked) == (
        True,
        False,
    )
    assert (NOT_CHECKED in when_changed, "An earlier wording was checked by A practitioner" in when_changed) == (
        True,
        True,
    )
