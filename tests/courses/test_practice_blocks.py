"""Practice among a lesson's text: what it shows, what an editor may write, and that nothing of it is sent anywhere."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from toolkit.icons import CHOICES, drawn

from courses.blocks import LessonBody
from courses.passages import NotInPassage, Run, cut
from tests.factories import lesson_page, taught_course

BLOCKS = LessonBody().child_blocks
MARKED: dict[str, Any] = {
    "task": "Mark them.",
    "passage": "Clear signs were missed.\n\nA note was made.",
    "phrases": [
        {"words": "Clear signs", "is_marked": True, "why": "Later."},
        {"words": "A note", "is_marked": False, "why": "It was."},
    ],
}
SVG = r'<svg class="icon" viewBox="0 0 24 24"[^>]*aria-hidden="true"[^>]*><path d="[MmLlHhVvCcSsAaZz0-9 .-]+"/></svg>'
CHOSEN = ("belongs", "icon", "id", "type")
PRACTICE = ["sort_into_two", "mark_the_words", "rewrite_and_compare", "rate_reveal_rate"]


def sample(kind: str) -> Any:
    return BLOCKS[kind].get_prep_value(BLOCKS[kind].get_preview_value())


def test_passage_is_cut_at_its_phrases_paragraph_by_paragraph() -> None:
    paragraphs = cut("One two.\r\n\r\nThree two four.", ["two", "two four"])

    assert paragraphs == [
        [Run("One "), Run("two", 1, after=".")],
        [Run("Three "), Run("two four", 2, after=".")],
    ]


def test_signs_beside_a_phrase_may_not_be_parted_from_it() -> None:
    block = BLOCKS["mark_the_words"]

    shown = block.render(block.to_python({**MARKED, "passage": "“Clear signs”, she said. A note was made."}))

    assert re.findall(r'<span class="unparted">(.*?)<label>.*?<span>(.*?)</span></label>(.*?)</span>', shown) == [
        ("“", "Clear signs", "”,"),
        ("", "A note", ""),
    ]


def test_phrases_in_another_order_than_the_text_are_refused_by_name() -> None:
    with pytest.raises(NotInPassage) as refusal:
        cut("One two three.", ["three", "two"])

    assert str(refusal.value) == "two"


def test_editor_is_told_which_words_do_not_stand_in_the_text() -> None:
    block = BLOCKS["mark_the_words"]
    value = block.to_python({**MARKED, "passage": "Signs were missed."})

    with pytest.raises(ValidationError) as refusal:
        block.clean(value)

    assert refusal.value.block_errors["phrases"].messages == [
        "“Clear signs” does not stand in the text after the words before it in the list."
    ]


def test_draft_with_words_missing_from_its_text_can_still_be_looked_at() -> None:
    block = BLOCKS["mark_the_words"]

    shown = block.render(block.to_python({**MARKED, "passage": "Signs were missed."}))

    assert "Signs were missed." in shown


@pytest.mark.parametrize("kind", PRACTICE)
def test_practice_has_no_form_no_script_and_nothing_inline(kind: str) -> None:
    block = BLOCKS[kind]

    shown = block.render(block.to_python(sample(kind)))

    assert [sign for sign in ("<form", "<script", " style=", "onclick", "action=") if sign in shown] == []
    assert "nobody else sees it" in shown


@pytest.mark.parametrize("kind", [*PRACTICE, "reflection", "drawn_list"])
def test_what_an_editor_writes_is_shown_as_text_and_never_as_markup(kind: str) -> None:
    block = BLOCKS[kind]
    hostile = _every_text(sample(kind), "<img src=x onerror=alert(1)>")

    shown = block.render(block.to_python(hostile))

    assert ("<img" in shown, "&lt;img" in shown) == (False, True)


def _every_text(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {
            name: one if name in ("belongs", "icon", "id", "type") else _every_text(one, text)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [_every_text(one, text) for one in value]
    return text if isinstance(value, str) else value


@pytest.mark.django_db
def test_two_of_a_kind_on_one_page_have_controls_of_their_own() -> None:
    body = [{"type": "sort_into_two", "value": sample("sort_into_two"), "id": f"{number}" * 8} for number in (1, 2)]
    page = lesson_page(taught_course().module_page, "Practice", "practice", body=body)

    shown = str(page.text)

    assert [shown.count(f'name="practice-{one * 8}-1"') for one in ("1", "2")] == [2, 2]


@pytest.mark.django_db
def test_words_of_practice_count_as_reading() -> None:
    long = {**sample("rewrite_and_compare"), "checks": ["word " * 50] * 10}
    page = lesson_page(
        taught_course().module_page, "Long", "long", body=[{"type": "rewrite_and_compare", "value": long}]
    )

    assert page.minutes == 3


def test_every_icon_that_can_be_chosen_is_drawn_in_the_colour_of_the_words() -> None:
    drawings = {name: drawn(name) for name, _label in CHOICES}

    assert len(set(drawings.values())) == 24
    assert [name for name, one in drawings.items() if not re.fullmatch(SVG, one)] == []


def test_icon_there_is_none_of_draws_nothing() -> None:
    assert drawn("gone") == ""


def test_points_with_icons_say_in_words_what_they_show() -> None:
    block = BLOCKS["drawn_list"]

    shown = block.render(block.to_python(sample("drawn_list")))

    assert (shown.count('aria-hidden="true"'), shown.count("<b>What was seen</b>")) == (3, 1)
