"""What a quiz draws, at the desk: lines, parts with their words, and whether the bank has enough for all of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from audit.models import AuditEntry
from publishing.desk.bank.draw_forms import LineForm, WordsForm
from tests.factories import TaughtCourse, people, taught_course
from tests.publishing.lessons import publisher, said, signed_in

pytestmark = pytest.mark.django_db
Line = tuple[int, str, object]  # learning outcome (0 to 2), kind, count


@pytest.fixture
def taught() -> TaughtCourse:
    """Banks of 6, 4 and 6 items of three learning outcomes; the quiz draws 3, 2 and 3."""
    return taught_course()


@pytest.fixture
def desk() -> Client:
    return signed_in(publisher(people().dev))


def part(taught: TaughtCourse, number: int, *lines: Line, **words: str) -> dict[str, Any]:
    """The boxes of one part, counted from 0."""
    found: dict[str, Any] = {f"part{number}-lines": str(len(lines))}
    for row, (outcome, kind, count) in enumerate(lines):
        stem = f"part{number}-line{row}"
        found |= {f"{stem}-outcome": str(taught.outcomes[outcome].pk), f"{stem}-kind": kind, f"{stem}-count": count}
    return found | {f"part{number}-{name.replace('_', '-')}": said for name, said in words.items()}


def two_parts(taught: TaughtCourse, act: str, **more: Any) -> dict[str, Any]:
    return {
        "parts": "2",
        "act": act,
        **part(
            taught, 0, (0, "", 2), (1, "", 2), title_en="The ideas", introduction_en="First the ideas.\n\nTake time."
        ),
        **part(taught, 1, (0, "", 1), (2, "single_choice", 3), title_en="An <extract>"),
        **more,
    }


def address(name: str = "quiz_draws") -> str:
    return reverse(name, args=[Assessment.objects.get().uuid])


def lines() -> list[tuple[int, str, str, int]]:
    found = Assessment.objects.get().blueprint.all()
    return [(one.part, one.learning_outcome.code, one.item_kind, one.count) for one in found]


def titles(page: Any) -> list[str]:
    return [one.title for one in page.context["looked"].parts]


def shown_lines(page: Any) -> list[list[tuple[str, str]]]:
    """Of each part as it stands on the page, the codes and numbers of the lines somebody wrote."""
    codes = {str(one.pk): one.code for one in Assessment.objects.get().bank.course.learning_outcomes.all()}
    return [
        [
            (codes[str(line["outcome"].value())], str(line["count"].value()))
            for line in one.lines
            if line["count"].value()
        ]
        for one in page.context["looked"].parts
    ]


def test_what_a_quiz_draws_is_changed_and_scarcity_is_said_at_once(desk: Client, taught: TaughtCourse) -> None:
    quiz, outcome = Assessment.objects.get(), taught.outcomes[0]
    there = taught.bank.items.filter(current__learning_outcome=outcome).count()

    scarce = said(desk.post(address("quiz_draws_check"), part(taught, 0, (0, "", there // 2))))
    refused = desk.post(address(), {**part(taught, 0, (0, "", there + 1)), "act": "save"})
    twice = desk.post(address(), {**part(taught, 0, (0, "", 1), (0, "", 1)), "act": "save"})
    saved = desk.post(address(), {**part(taught, 0, (0, "", 1)), "act": "save"})

    assert "Three are wanted." in scarce
    assert (refused.status_code, twice.status_code, saved.status_code) == (422, 422, 302)
    assert "Too few: no attempt could begin." in said(refused)
    assert lines() == [(0, outcome.code, "", 1)]
    assert Assessment.objects.get().rules == quiz.rules
    assert AuditEntry.objects.get(act="quiz_draws_changed").facts == {"lines": {outcome.code: 1}}


def test_quiz_is_divided_into_parts_with_words_and_lines_of_their_own(desk: Client, taught: TaughtCourse) -> None:
    Assessment.objects.update(rules={"forward_only": True})
    codes = [one.code for one in taught.outcomes]

    saved = desk.post(address(), two_parts(taught, "save"))
    page = desk.get(address())

    assert saved.status_code == 302
    assert Assessment.objects.get().rules == {
        "forward_only": True,
        "parts": [
            {"titles": {"en": "The ideas"}, "introductions": {"en": "First the ideas.\n\nTake time."}},
            {"titles": {"en": "An <extract>"}},
        ],
    }
    assert lines() == [
        (0, codes[0], "", 2),
        (0, codes[1], "", 2),
        (1, codes[0], "", 1),
        (1, codes[2], "single_choice", 3),
    ]
    assert AuditEntry.objects.get(act="quiz_draws_changed").facts == {
        "parts": [
            {"title": "The ideas", "lines": {codes[0]: 2, codes[1]: 2}},
            {"title": "An <extract>", "lines": {codes[0]: 1, f"{codes[2]} single_choice": 3}},
        ]
    }
    assert (titles(page), b"An &lt;extract&gt;" in page.content, b"An <extract>" in page.content) == (
        ["The ideas", "An <extract>"],
        True,
        False,
    )


def test_words_of_a_part_in_a_language_the_quiz_has_not_are_kept(desk: Client, taught: TaughtCourse) -> None:
    words = {"part0-title-cy": "Y syniadau", "part1-introduction-cy": "Darllenwch."}
    desk.post(address(), two_parts(taught, "save"))
    unasked = said(desk.get(address()))
    Assessment.objects.update(titles={"en": "Quiz", "cy": "Cwis"})

    refused = desk.post(address(), two_parts(taught, "save", **words))
    saved = desk.post(address(), two_parts(taught, "save", **words, **{"part1-title-cy": "Dyfyniad"}))
    Assessment.objects.update(titles={"en": "Quiz"})

    assert ("Title, Welsh" in unasked, refused.status_code, saved.status_code) == (False, 422, 302)
    assert "Y syniadau" in said(desk.get(address()))
    assert [one.title("cy") for one in Assessment.objects.get().own_rules.parts] == ["Y syniadau", "Dyfyniad"]


def test_dividing_keeps_the_lines_and_saves_nothing(desk: Client, taught: TaughtCourse) -> None:
    before = lines()
    whole = [(code, str(count)) for _part, code, _kind, count in before]

    page = desk.post(address(), {**part(taught, 0, (0, "", 3), (1, "", 2), (2, "", 3)), "act": "add"})

    assert (page.status_code, titles(page), shown_lines(page)) == (200, ["", ""], [whole, []])
    assert "Nothing is saved yet." in said(page)
    assert "Say what the part is called." not in said(page)
    assert lines() == before


def test_parts_are_moved_with_all_that_was_typed(desk: Client, taught: TaughtCourse) -> None:
    codes = [one.code for one in taught.outcomes]
    typed = two_parts(taught, "up-2", **{"part1-line0-count": "many"})

    page = desk.post(address(), typed)

    assert titles(page) == ["An <extract>", "The ideas"]
    assert shown_lines(page) == [[(codes[0], "many"), (codes[2], "3")], [(codes[0], "2"), (codes[1], "2")]]
    assert "Take time." in said(page)


@pytest.mark.parametrize(("act", "left"), [("away-2", "The ideas"), ("away-1", "An <extract>")])
def test_part_is_taken_away_and_its_lines_stay_added_up(
    desk: Client, taught: TaughtCourse, act: str, left: str
) -> None:
    codes = [one.code for one in taught.outcomes]
    three = {"parts": "3", **part(taught, 2, (0, "", 1), title_en="Last")}

    page = desk.post(address(), {**two_parts(taught, act), **three})

    assert titles(page) == [left, "Last"]
    assert sorted(shown_lines(page)[0]) == [(codes[0], "3"), (codes[1], "2"), (codes[2], "3")]
    assert shown_lines(page)[1] == [(codes[0], "1")]


def test_quiz_of_two_parts_that_loses_one_is_one_whole_again(desk: Client, taught: TaughtCourse) -> None:
    desk.post(address(), two_parts(taught, "save"))

    page = desk.post(address(), two_parts(taught, "away-2"))
    desk.post(address(), {**part(taught, 0, (0, "", 3), (1, "", 2)), "act": "save"})

    assert (titles(page), len(page.context["looked"].parts)) == ([""], 1)
    assert Assessment.objects.get().rules == {}
    assert [one[0] for one in lines()] == [0, 0]


@pytest.mark.parametrize("act", ["up-1", "up-3", "up-", "away-0", "away-3", "up-²", "down-1", "nonsense"])
def test_act_that_no_page_offers_arranges_nothing(desk: Client, taught: TaughtCourse, act: str) -> None:
    page = desk.post(address(), two_parts(taught, act))

    assert (page.status_code, titles(page), page.context["is_arranged"]) == (200, ["The ideas", "An <extract>"], False)
    assert Assessment.objects.get().rules == {}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"part1-title-en": " "}, "Say what the part is called."),
        ({"part1-title-en": "The ideas"}, "Another part is called the same."),
        ({"part1-title-en": "x" * 151}, "at most 150 characters"),
        ({"part1-lines": "0"}, "This part draws nothing. Say how many, or take the part away."),
        ({"part1-line0-outcome": ""}, "Say of which learning outcome."),
        ({"part1-line0-outcome": "0"}, "Select a valid choice."),
        # 5 and 2 are 7 of the 6 there are: each part alone could be filled.
        ({"part1-line0-count": "5"}, "Too few: no attempt could begin."),
        ({"part1-line1-outcome": "first", "part1-line1-kind": ""}, "Two lines ask for the same."),
    ],
)
def test_parts_that_do_not_stand_are_refused_and_kept_on_the_page(
    desk: Client, taught: TaughtCourse, changed: dict[str, str], sentence: str
) -> None:
    before = lines()
    posted = two_parts(taught, "save", **changed)
    posted = {name: str(taught.outcomes[0].pk) if said == "first" else said for name, said in posted.items()}

    page = desk.post(address(), posted)

    assert (page.status_code, lines(), Assessment.objects.get().rules) == (422, before, {})
    assert sentence in said(page)
    assert "Take time." in said(page)


def test_no_more_than_nine_parts(desk: Client, taught: TaughtCourse) -> None:
    eight = {"parts": "8", "act": "add"}
    for number in range(9):
        eight |= part(taught, number, title_en=f"Part {number}")

    nine = desk.post(address(), eight)
    ten = desk.post(address(), {**eight, "parts": "9"})

    assert (len(titles(nine)), "Add a part" in said(nine)) == (9, False)
    assert (len(titles(ten)), ten.context["is_arranged"]) == (9, False)


def test_screen_asks_no_more_of_the_database_for_more_lines(
    desk: Client, taught: TaughtCourse, django_assert_max_num_queries: Any
) -> None:
    desk.get(address())
    with django_assert_max_num_queries(60) as few:
        desk.get(address())

    desk.post(address(), two_parts(taught, "save"))
    desk.get(address())
    with django_assert_max_num_queries(60) as many:
        desk.get(address())

    assert len(many.captured_queries) <= len(few.captured_queries)


def test_screen_makes_each_form_once_and_finds_no_fault_in_what_is_only_shown(
    desk: Client, taught: TaughtCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    for form in (LineForm, WordsForm):
        monkeypatch.setattr(form, "__init__", noting(made, form.__init__))
    typed = two_parts(taught, "add", **{"part0-line0-count": "many", "part1-line1-outcome": ""})

    page = desk.post(address(), typed)

    assert len(made) == len(set(made)) == 3 + sum(len(one.lines) for one in page.context["looked"].parts)
    assert [fill.line.count for fill in page.context["looked"].fills] == [2, 1]
    assert b"aria-invalid" not in page.content


def noting(made: list[str], init: Any) -> Any:
    """The same, and a note of each form that is made."""

    def noted(self: Any, *args: Any, **kwargs: Any) -> None:
        made.append(f"{type(self).__name__} {kwargs['prefix']}")
        init(self, *args, **kwargs)

    return noted


def test_a_line_of_a_part_there_is_no_more_stands_in_the_last(desk: Client, taught: TaughtCourse) -> None:
    desk.post(address(), two_parts(taught, "save"))
    codes = [one.code for one in taught.outcomes]
    quiz = Assessment.objects.get()
    quiz.blueprint.filter(learning_outcome=taught.outcomes[2]).update(part=7)

    page = desk.get(address())

    assert shown_lines(page) == [[(codes[0], "2"), (codes[1], "2")], [(codes[0], "1"), (codes[2], "3")]]
