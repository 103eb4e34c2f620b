"""A table among a lesson's text: what it shows, in what shape, and which tables are refused."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from courses.blocks import LessonBody

BLOCK = LessonBody().child_blocks["table"]
SAMPLE: dict[str, Any] = BLOCK.get_prep_value(BLOCK.get_preview_value())


def shown(value: dict[str, Any]) -> str:
    return str(BLOCK.render(BLOCK.to_python(value)))


def refusals(**changed: Any) -> list[str]:
    value = {**SAMPLE, "table": {**SAMPLE["table"], **changed}}
    with pytest.raises(ValidationError) as refusal:
        BLOCK.clean(BLOCK.to_python(value))
    return [one.messages[0] for one in refusal.value.block_errors["table"].non_block_errors.as_data()]


def columns(*headings: str) -> list[dict[str, str]]:
    return [{"type": "words", "heading": heading} for heading in headings]


def test_headings_rows_and_caption_are_told_as_such() -> None:
    html = shown(SAMPLE)

    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 2
    assert "<caption>What each person knew on the Friday</caption>" in html
    assert '<td role="cell" data-label="Knew">The move</td>' in html


def test_first_column_is_like_the_others_where_it_names_nothing() -> None:
    html = shown({**SAMPLE, "has_row_names": False})

    assert (html.count('scope="row"'), html.count("<td ")) == (0, 6)


def test_what_an_editor_writes_is_shown_as_text_and_never_as_markup() -> None:
    words = "<img src=x onerror=alert(1)>"
    rows = [{"values": [words, words]}]

    html = shown({**SAMPLE, "table": {"caption": words, "columns": columns(words, words), "rows": rows}})

    assert ("<img" in html, html.count("&lt;img") >= 6) == (False, True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"caption": " "}, "Give the table a caption that says what it compares."),
        ({"caption": "x" * 151}, "The caption is longer than 150 characters."),
        ({"columns": columns("Who", "", "Knew")}, "Every column has a heading of at most 60 characters."),
        ({"columns": columns("Who"), "rows": [{"values": ["a"]}]}, "A table has two to 6 columns."),
        ({"columns": columns(*"abcdefg"), "rows": [{"values": [*"abcdefg"]}]}, "A table has two to 6 columns."),
        ({"rows": []}, "A table has one to 30 rows."),
        ({"rows": [{"values": ["a", "b", "c"]}] * 31}, "A table has one to 30 rows."),
    ],
)
def test_table_that_is_none_is_refused_with_its_reason(changed: dict[str, Any], sentence: str) -> None:
    assert sentence in refusals(**changed)


def test_good_table_is_not_refused() -> None:
    assert BLOCK.clean(BLOCK.to_python(SAMPLE))["has_row_names"] is True
