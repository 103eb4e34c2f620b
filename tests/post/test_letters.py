"""A letter's HTML says what its text says, with one button, and asks nothing of any other server."""

import re
from io import BytesIO

import pytest
from PIL import Image

from post.letters import Part, html_of, mark_png, parts_of

TEXT = """Hello,

you are invited to <Larchmere> & partners.

Join here:
https://example.org/join/abc/?a=1&b=2

Or read about it:

https://example.org/about/

Learning Together
"""


def test_address_on_a_line_of_its_own_is_where_the_letter_leads() -> None:
    assert parts_of(TEXT) == [
        Part("Hello,"),
        Part("you are invited to <Larchmere> & partners."),
        Part("Join here:"),
        Part("", "https://example.org/join/abc/?a=1&b=2", is_action=True),
        Part("Or read about it:"),
        Part("", "https://example.org/about/"),
        Part("Learning Together"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "See https://example.org/ for more."])
def test_text_without_such_a_line_has_no_action(text: str) -> None:
    assert not any(part.is_action for part in parts_of(text))


def test_html_has_every_word_escaped_and_one_button_that_says_what_it_does() -> None:
    html = html_of(TEXT, subject="You & us", language="en", action="Look at the invitation")

    assert "you are invited to &lt;Larchmere&gt; &amp; partners." in html
    assert "<title>You &amp; us</title>" in html
    assert re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', html) == [
        ("https://example.org/join/abc/?a=1&amp;b=2", "Look at the invitation"),
        ("https://example.org/about/", "https://example.org/about/"),
    ]


def test_html_is_in_the_letters_language_and_loads_nothing() -> None:
    html = html_of("Helo", subject="Helo", language="cy")

    assert '<html lang="cy">' in html
    assert re.findall(r'(?:src|background)="([^"]+)"', html) == ["cid:mark"]
    assert "<script" not in html


def test_mark_is_a_picture_with_our_three_colours() -> None:
    picture = Image.open(BytesIO(mark_png())).convert("RGB")

    assert picture.size == (76, 76)
    colours = {colour for _count, colour in picture.getcolors(76 * 76) or []}
    assert {(0x0B, 0x5D, 0x66), (0x7D, 0x2F, 0x63), (0xF4, 0xB6, 0x3F)} <= colours
