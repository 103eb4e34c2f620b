"""Words of a question: plain ones stay letter by letter, others keep their form beside them; both ways the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items import Form, Words
from publishing.faults import Fault
from publishing.item_words import read_words, source_of
from publishing.markdown_writing import CannotSay

WHOLE, LINKED, INLINE = Form.WHOLE, Form.LINKED, Form.INLINE
LONG = """Read what the log *says*.

> The line closes at **three**.
>
> It was past three.

![Three days in a row; the second is empty.](days.png "Drawn from the log.")

- one
- two

Which question opens up why?

- a note"""


def read(source: str, form: Form = WHOLE) -> tuple[str, Any, list[str]]:
    faults: list[Fault] = []
    words = read_words(source, form, faults)
    return str(words), getattr(words, "rich", None), [f"{one.line}: {one.sentence}" for one in faults]


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize(
    "source",
    [
        "What is it?", "Two\n\nparagraphs.", "Two lines\nof it", "2 * 3 is not a * mark", "a_name_of_it", "5 < 6 & 7",
        "“Quoted” – and so on…", "A <b>tag</b> as it stands", "f(x) [not a link]", "Tŷ a thŵr",
    ],
)  # fmt: skip
def test_words_without_a_mark_stay_letter_by_letter(source: str, form: Form) -> None:
    assert read(source, form) == (source, None, [])


@pytest.mark.parametrize(
    ("source", "form", "words", "rich"),
    [
        ("What *now*?", INLINE, "What now?", "What <i>now</i>?"),
        ("- 5 **or** 6", INLINE, "- 5 or 6", "- 5 <b>or</b> 6"),
        ("See [it](/glossary/finding/).", LINKED, "See it.", 'See <a href="/glossary/finding/">it</a>.'),
        (r"A \*star\*", INLINE, "A *star*", None),
        (r"A \*star\*" + "\n\nNext", WHOLE, "A *star*\n\nNext", None),
        ("What *now*?", WHOLE, "What now?", [{"type": "paragraph", "value": "What <i>now</i>?"}]),
    ],
)  # fmt: skip
def test_marks_are_kept_beside_the_words(source: str, form: Form, words: str, rich: Any) -> None:
    assert read(source, form) == (words, rich, [])


def test_a_whole_prompt_is_blocks_in_their_order_and_its_words_leave_the_picture_out() -> None:
    words, rich, faults = read(LONG)

    assert words == (
        "Read what the log says.\n\nThe line closes at three.\n\nIt was past three.\n\none\ntwo\n\n"
        "Which question opens up why?\n\na note"
    )
    assert rich == [
        {"type": "paragraph", "value": "Read what the log <i>says</i>."},
        {"type": "quotation", "value": "<p>The line closes at <b>three</b>.</p><p>It was past three.</p>"},
        {
            "type": "picture",
            "value": {
                "picture": "days.png",
                "alt": "Three days in a row; the second is empty.",
                "caption": "Drawn from the log.",
            },
        },
        {"type": "list", "value": "<ul><li>one</li><li>two</li></ul>"},
        {"type": "paragraph", "value": "Which question opens up why?"},
        {"type": "list", "value": "<ul><li>a note</li></ul>"},
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("source", "form", "sentence"),
    [
        ("What?\n\n![](a.png)", WHOLE, "3: shows a picture without saying what it shows"),
        ("What?\n\n![" + "a" * 251 + "](a.png)", WHOLE, "3: says more than 250 characters"),
        ("What ![x](a.png) *now*?", WHOLE, "1: holds an image"),
        ("![x](a.png)", WHOLE, "1: asks nothing"),
        ("> Only this.", WHOLE, "1: asks nothing"),
        ("# What?", WHOLE, "1: holds a heading"),
        ("What?\n\n[x](javascript:1)", WHOLE, "3: links to “javascript:1”"),
        ("See [it](https://a.org)", INLINE, "1: holds a link"),
        ("What ![x](a.png)", LINKED, "1: holds an image"),
    ],
)  # fmt: skip
def test_what_cannot_stand_there_is_refused_by_line(source: str, form: Form, sentence: str) -> None:
    faults = read(source, form)[2]

    assert [one[: len(sentence)] for one in faults][:1] == [sentence]


def test_a_decorative_picture_has_no_words() -> None:
    rich = read("What?\n\n![decorative](a.png)")[1]

    assert rich[1]["value"] == {"picture": "a.png", "alt": "", "caption": ""}
    assert source_of(Words("What?", rich), WHOLE) == "What?\n\n![decorative](a.png)"


LETTERS = st.text("ab \n*_[]()!<>&\\`#-+1.|:\"'ŷ", min_size=1, max_size=40)


@given(LETTERS, st.sampled_from(list(Form)))
def test_whatever_is_read_is_written_so_that_it_reads_the_same(source: str, form: Form) -> None:
    words, rich, faults = read(source, form)
    if faults or not source.strip():
        return
    try:
        written = source_of(Words(words, rich) if rich is not None else words, form)
    except CannotSay:
        return

    assert read(written, form) == (words, rich, [])


@given(LETTERS.filter(str.strip), st.sampled_from(list(Form)))
def test_plain_words_kept_on_the_site_are_written_as_what_they_are(words: str, form: Form) -> None:
    try:
        written = source_of(words.strip(), form)
    except CannotSay:
        return

    assert read(written, form) == (words.strip(), None, [])


@given(
    st.lists(
        st.sampled_from(["What *now*?", "> Said **so**.", "![Shows \\] it](a.png)", "- one\n- two", "1. a"]), max_size=6
    )
)
def test_blocks_of_every_kind_come_back_as_they_were(pieces: list[str]) -> None:
    source = "\n\n".join([*pieces, "What?"])
    words, rich, faults = read(source)

    written = source_of(Words(words, rich) if rich is not None else words, WHOLE)

    assert (read(written), faults) == ((words, rich, []), [])
