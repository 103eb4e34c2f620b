"""Blocks to Markdown and back: whatever the editor can leave on the site comes back as it was."""

from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toolkit.icons import ICONS
from toolkit.sanitise import sanitise

from publishing.markdown_writing import CannotSay, write_markdown
from publishing.rich import Char, Item, Listing, Paragraph, as_html, canonical
from publishing.text import read_body
from publishing.text_writing import write_body

PAGE = UUID("00000000-0000-4000-8000-000000000003")
HREFS = ["https://example.org/a?b=1&c=2", "/glossary/finding/", "#start", "mailto:a@b.org", "http://x.org/(a)_b\\&amp;",
         "https://example.org/a b<c>é\"'", "https://[::1]/"]  # fmt: skip
LETTERS = st.text("ab1 \n*_[]()<>!&;#\\`-+=~:|.\xa0\u2003éŵ“”…'\"{}@/", min_size=1, max_size=12)


@st.composite
def words(draw):
    """Characters as an editor may set them, links numbered as they come."""
    found, link = [], 0
    for text in draw(st.lists(LETTERS, min_size=1, max_size=4)):
        href = draw(st.sampled_from(["", "", *HREFS]))
        link += bool(href)
        bold, italic = draw(st.booleans()), draw(st.booleans())
        found += [Char(one, bold, italic, link if href else 0, href) for one in text]
    return found


def listings(inside=None):
    below = st.just([]) if inside is None else st.just([]) | st.lists(inside, max_size=2)
    items = st.builds(Item, words(), below)
    return st.builds(Listing, st.sampled_from(["ul", "ol"]), st.lists(items, min_size=1, max_size=3))


rich_texts = st.lists(
    st.builds(Paragraph, words()) | listings(listings()), min_size=1, max_size=3
)  # fmt: skip
rich_texts = rich_texts.map(lambda blocks: canonical(as_html(blocks))).filter(bool)
keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
lines = st.text("ab1 *_[]<>&#{}-é“”'\"", min_size=1, max_size=30).map(str.strip).filter(bool)
ours = st.uuids().map(str)
values = st.one_of(
    st.tuples(st.just("section"), st.fixed_dictionaries({"heading": lines, "key": keys})),
    st.tuples(st.just("text"), rich_texts),
    st.tuples(st.just("key_point"), st.fixed_dictionaries({"text": rich_texts})),
    st.tuples(st.just("key_point"), st.fixed_dictionaries({"text": rich_texts, "icon": st.sampled_from([*ICONS])})),
    st.tuples(
        st.just("picture"),
        st.fixed_dictionaries({"picture": st.just("bridge.jpg"), "alt": lines, "caption": st.just("") | lines}),
    ),
    st.tuples(st.just("quotation"), st.fixed_dictionaries({"text": rich_texts, "speaker": lines})),
    st.tuples(
        st.just("embedded_film"),
        st.fixed_dictionaries(
            {
                "title": lines,
                "address": st.just("https://vimeo.com/76979871"),
                "transcript": st.just("0:00 [A room.]\n\n0:05 Ann: Hello."),
            }
        ),
    ),
)


@st.composite
def bodies(draw):
    """Blocks as the loader and the desk leave them: some identifiers made from keys, some given by the editor."""
    body, section, ordinal, seen = [], "", 0, set()
    for kind, value in draw(st.lists(values, max_size=6)):
        if kind == "section" and value["key"] in seen:
            continue
        if kind == "section":
            section, ordinal = value["key"], 0
            seen.add(section)
        ordinal += kind == "text"
        made = {"section": section, "text": f"{section}/{ordinal}"}.get(kind)
        identifier = str(uuid5(PAGE, made)) if made and draw(st.booleans()) else draw(ours)
        if identifier not in seen:
            seen.add(identifier)
            body.append({"type": kind, "value": value, "id": identifier})
    return body


def read(text):
    faults = []
    body = read_body(text, page=PAGE, path="x.md", first_line=1, faults=faults, lesson=True)
    assert faults == [], (text, [str(fault) for fault in faults])
    return body


@given(bodies())
def test_blocks_written_and_read_again_are_the_same_blocks(body):
    written = write_body(body, page=PAGE)

    again = read(written)

    assert again == body, written
    assert write_body(again, page=PAGE) == written


@given(rich_texts)
def test_any_rich_text_written_and_read_again_is_the_same(rich):
    written = write_markdown(rich)

    body = read(f"::: text {{#{uuid4()}}}\n{written}\n:::")

    assert body[0]["value"] == rich, written


@given(rich_texts)
def test_the_one_form_of_a_text_is_its_own_one_form(rich):
    assert canonical(rich) == sanitise(rich) == rich


@pytest.mark.parametrize(
    ("left", "one_form"),
    [
        ('<p data-block-key="a1b2c">Words.</p><p data-block-key="d3"></p>', "<p>Words.</p>"),
        ("<p>so <b>bold </b>and <i>it</i><i>al</i></p>", "<p>so <b>bold</b> and <i>ital</i></p>"),
        ('<p><b>one </b><a href="/x/"><b>two</b></a></p>', '<p><b>one</b> <a href="/x/"><b>two</b></a></p>'),
        ("<p>one<br/>two</p>", "<p>one<br>two</p>"),
        ("<p><i>one <b>two</b></i></p>", "<p><i>one</i> <b><i>two</i></b></p>"),
        ("<ul><li>a<ul><li>b</li></ul></li><li></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<p>Is <strong>this</strong> it?</p>", "<p>Is <b>this</b> it?</p>"),
    ],
)
def test_what_the_editor_leaves_behind_has_one_form_and_can_be_written(left, one_form):
    rich = canonical(sanitise(left))

    written = write_markdown(rich)

    assert rich == one_form
    assert read(f"::: text {{#{uuid4()}}}\n{written}\n:::")[0]["value"] == one_form


def test_a_link_to_a_page_by_number_becomes_its_address():
    rich = canonical('<p><a linktype="page" id="7">there</a></p>', {"7": "/small/m1/"}.get)

    assert rich == '<p><a href="/small/m1/">there</a></p>'
    assert write_markdown(rich) == "[there](/small/m1/)"


@pytest.mark.parametrize(
    ("left", "why"),
    [
        ('<p><a linktype="page" id="7">there</a></p>', "it holds a link to a page that is not there"),
        ('<p><a linktype="document" id="7">there</a></p>', "it holds a link to a document, or to nothing"),
        ("<p></p>", "it is empty"),
        ('<p><a href="/Upper/">x</a></p>', "links to “/Upper/”; a link starts with"),
    ],
)
def test_what_a_file_cannot_say_is_refused_in_words(left, why):
    with pytest.raises(CannotSay) as refused:
        write_markdown(left)

    assert str(refused.value).startswith(why)


def test_text_is_written_as_somebody_would_write_it():
    body = [
        {"type": "section", "value": {"heading": "Where it starts", "key": "start"}, "id": str(uuid5(PAGE, "start"))},
        {
            "type": "text",
            "value": '<p>A <b>strong</b> word &amp; a <a href="/x/">link</a>.</p>'
            "<ul><li>one</li><li><i>two</i></li></ul>",
            "id": str(uuid5(PAGE, "start/1")),
        },
        {"type": "key_point", "value": {"text": "<p>1. This.</p>"}, "id": "00000000-0000-4000-8000-0000000000aa"},
    ]

    written = write_body(body, page=PAGE)

    assert written == (
        "## Where it starts {#start}\n\nA **strong** word & a [link](/x/).\n\n- one\n- *two*\n\n"
        "::: key-point {#00000000-0000-4000-8000-0000000000aa}\n1\\. This.\n:::\n"
    )
