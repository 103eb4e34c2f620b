"""What the desk's editor hands in can be exported: through its own converter and our block, to a file and back."""

import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from publishing.markdown_writing import CannotSay, write_markdown
from publishing.rich import canonical
from publishing.text import read_body
from reference.blocks import CleanRichTextBlock

PAGE = uuid4()


def handed_in(blocks, links=()):
    """What is stored of what the editor's script puts into its field."""
    entities = {str(number): {"type": "LINK", "mutability": "MUTABLE", "data": one} for number, one in enumerate(links)}
    field = CleanRichTextBlock(required=False).field
    posted = {"text": json.dumps({"blocks": blocks, "entityMap": entities})}
    value = field.widget.value_from_datadict(posted, {}, "text")
    block = CleanRichTextBlock(required=False)
    return block.get_prep_value(block.clean(block.to_python(value)))


def line(text, kind="unstyled", depth=0, styles=(), links=()):
    return {
        "key": uuid4().hex[:5],
        "text": text,
        "type": kind,
        "depth": depth,
        "inlineStyleRanges": [{"style": style, "offset": at, "length": length} for style, at, length in styles],
        "entityRanges": [{"key": number, "offset": at, "length": length} for number, at, length in links],
    }


def there_and_back(stored):
    faults = []
    text = f"::: text {{#{uuid4()}}}\n{write_markdown(stored)}\n:::"
    body = read_body(text, page=PAGE, path="x.md", first_line=1, faults=faults)
    assert faults == []
    return body[0]["value"]


@st.composite
def drawn_lines(draw):
    """Lines as the editor makes them: depth grows by one at most, marks lie anywhere."""
    lines, depth = [], 0
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["unstyled", "unordered-list-item", "ordered-list-item"]))
        follows = bool(lines) and lines[-1]["type"] == kind != "unstyled"
        depth = draw(st.integers(0, min(4, depth + 1))) if follows else 0
        text = draw(st.text("ab 1\n*_[&<.-\xa0é“”", max_size=14))
        styles = draw(
            st.lists(st.tuples(st.sampled_from(["BOLD", "ITALIC"]), st.integers(0, 8), st.integers(1, 6)), max_size=3)
        )
        styles = [(style, at, min(length, len(text) - at)) for style, at, length in styles if at < len(text)]
        link = draw(st.booleans()) and len(text) > 3
        lines.append(line(text, kind, depth, styles, [(0, 1, 2)] if link else []))
    return lines


@given(drawn_lines())
def test_whatever_is_typed_and_marked_comes_back_as_it_was_stored(lines):
    stored = handed_in(lines, [{"url": "https://example.org/a?b=1&c=2"}])

    wanted = canonical(stored)

    if wanted:
        assert there_and_back(stored) == wanted
    else:
        with pytest.raises(CannotSay):
            write_markdown(stored)


def test_lists_breaks_marks_and_links_keep_what_a_reader_sees():
    stored = handed_in(
        [
            line("Two words, bold.", styles=[("BOLD", 0, 4), ("ITALIC", 4, 5)]),
            line("one\ntwo"),
            line("a", "unordered-list-item"),
            line("b", "unordered-list-item", 1),
            line("see there", links=[(0, 4, 5)]),
        ],
        [{"url": "/glossary/finding/"}],
    )

    assert canonical(stored) == there_and_back(stored) == (
        "<p><b>Two</b> <i>words</i>, bold.</p><p>one<br>two</p><ul><li>a<ul><li>b</li></ul></li></ul>"
        '<p>see <a href="/glossary/finding/">there</a></p>'
    )  # fmt: skip


def test_stored_line_break_opens_in_the_editor_as_one():
    block = CleanRichTextBlock()
    stored = block.get_prep_value(RichText("<ul><li>one<br/>two</li></ul><p>three<br>four</p>"))

    shown = json.loads(block.get_form_state(block.to_python(stored)))

    assert [(one["type"], one["text"]) for one in shown["blocks"]] == [
        ("unordered-list-item", "one\ntwo"),
        ("unstyled", "three\nfour"),
    ]
