# ruff: noqa: E501
"""What is pasted from Word, Google Docs or LibreOffice: what becomes of it, what is said, and that nothing does harm."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.word.parts import WordRefused
from publishing.word.pasted import read_paste
from tests.factories import people
from tests.publishing.lessons import publisher, signed_in

ITEM = (
    "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l{0} level{1} lfo{0}'><span><span "
    "style='mso-list:Ignore'>{2}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span></span>{3}<o:p></o:p></p>"
)
WORD = (
    "<h2>Where it starts<o:p></o:p></h2><p class=MsoNormal>Some <b style='mso-bidi-font-weight:normal'>bold</b>\r\nwords, "
    "<i>soft</i> ones, <a href='https://example.org/guide'>the guide</a>.</p>"
    + ITEM.format(0, 1, "·", "First dot") + ITEM.format(0, 2, "o", "Inner dot") + ITEM.format(1, 1, "1.", "Number one")
    + "<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Who</b></p></td><td><p><b>When</b></p></td></tr>"
    "<tr><td><p class=MsoNormal>Ann</p></td><td><p class=MsoNormal>Monday</p></td></tr></table><p>The end.</p>"
)  # fmt: skip
GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span style="font-size:20pt">'
    'Where it starts</span></h1><p dir="ltr"><span style="font-weight:400">Some </span><span style="font-weight:700">bold'
    '</span><span style="font-weight:400"> words, </span><span style="font-style:italic">soft</span><span> ones, </span>'
    '<a href="https://example.org/guide"><span>the guide</span></a><span>.</span></p><ul><li dir="ltr"><p dir="ltr"><span>'
    "First dot</span></p></li><ul><li><p><span>Inner dot</span></p></li></ul></ul><ol><li><p><span>Number one</span></p></li>"
    '</ol><div><table><tbody><tr><td><p><span style="font-weight:700">Who</span></p></td><td><p><span style="font-weight:'
    '700">When</span></p></td></tr><tr><td><p>Ann</p></td><td><p>Monday</p></td></tr></tbody></table></div><p>The end.</p></b>'
)
LIBRE = (
    '<h2 class="western">Where it starts</h2>\n<p style="line-height:100%">Some <b>bold</b> words, <i>soft</i> ones, '
    '<a href="https://example.org/guide">the guide</a>.</p>\n<ul>\n<li><p>First dot</p>\n<ul>\n<li><p>Inner dot</p></li></ul>'
    "</li></ul>\n<ol>\n<li><p>Number one</p></li></ol>\n<table><thead><tr><th><p>Who</p></th><th><p>When</p></th></tr></thead>"
    "<tbody><tr><td><p>Ann</p></td><td><p>Monday</p></td></tr></tbody></table>\n<p>The end.</p>"
)


def plain(html: str, **more: Any) -> list[tuple[str, Any]]:
    found = read_paste(html, **{"with_tables": True, **more})
    return [(one["type"], one["value"]) for one in found.body]


def said(html: str, **more: Any) -> dict[str, tuple[str, ...]]:
    return {one.code: one.quotes for one in read_paste(html, **{"with_tables": True, **more}).losses}


@pytest.mark.parametrize("html", [WORD, GOOGLE, LIBRE], ids=["word", "google", "libre"])
def test_headings_lists_links_and_tables_become_what_they_are(html: str) -> None:
    body = plain(html)

    assert body == [
        ("section", {"heading": "Where it starts", "key": "where-it-starts"}),
        (
            "text",
            '<p>Some <b>bold</b> words, <i>soft</i> ones, <a href="https://example.org/guide">the guide</a>.</p>'
            "<ul><li>First dot<ul><li>Inner dot</li></ul></li></ul><ol><li>Number one</li></ol>",
        ),
        (
            "table",
            {
                "table": {
                    "caption": "Who | When",
                    "columns": [{"type": "words", "heading": "Who"}, {"type": "words", "heading": "When"}],
                    "rows": [{"values": ["Ann", "Monday"]}],
                },
                "has_row_names": False,
            },
        ),
        ("text", "<p>The end.</p>"),
    ]
    assert set(said(html)) == {"table_caption"}


def test_page_without_tables_gets_a_list_and_a_sentence() -> None:
    body = plain(WORD, with_tables=False)

    assert body[-1][1].endswith("<ul><li><b>Who:</b> Ann<br><b>When:</b> Monday</li></ul><p>The end.</p>")
    assert said(WORD, with_tables=False)["table"] == ("Who | When",)


def test_identifier_that_the_page_has_already_is_not_given_twice() -> None:
    assert plain("<h2>Start</h2><p>x</p>", taken=["start"])[0] == ("section", {"heading": "Start", "key": "start-2"})


@pytest.mark.parametrize(
    ("html", "code", "quotes"),
    [
        ("<p>A<img alt='A bridge' src='x.png'></p>", "picture", ("A bridge",)),
        ("<p>A<img src='x.png'></p>", "picture_without_words", ()),
        ("<p>A<svg><text>no</text></svg></p>", "drawing", ()),
        ("<p>A<del>Jane Roe</del></p>", "deleted", ()),
        ("<p>A <ins>new</ins></p>", "inserted", ("new",)),
        ("<p>A<a class=msocomanchor href='#_msocom_1'>[A1]</a></p>", "comment", ()),
        ("<p>A<span style='mso-hide:all'>Jane Roe</span></p>", "hidden", ()),
        (
            "<p>A<a href='#_ftn1'>[1]</a></p><div style='mso-element:footnote-list'><p>Said in 2008.</p></div>",
            "footnote",
            ("Said in 2008.",),
        ),
        ("<p><a href='#_Toc1'>Above</a></p>", "inner_link", ("Above",)),
        ("<p><a href='file:///C:/x.doc'>Mine</a></p>", "link", ("Mine: file:///C:/x.doc",)),
        ("<p><s>Struck</s> out</p>", "struck", ("Struck",)),
        ("<h2>A</h2><p>x</p><h3>B</h3><p>y</p>", "deeper_heading", ("B",)),
        ("<p><b>Looks like one</b></p>", "bold_heading", ("Looks like one",)),
        ("<blockquote><p>She said so.</p></blockquote>", "quotation", ("She said so.",)),
    ],
)
def test_what_is_not_kept_is_said_with_its_words_but_not_what_its_writer_took_back(
    html: str, code: str, quotes: tuple[str, ...]
) -> None:
    assert said(html)[code] == quotes
    assert "Jane Roe" not in json.dumps([str(plain(html)), said(html)])


HOSTILE = (
    "<h2 onclick=alert(1)>He<script>alert(1)</script>ading</h2><p onmouseover=alert(1)>Words <a href='javascript:alert(1)'>"
    "here</a> <a href='java\nscript:alert(1)'>there</a> <a href='data:text/html,x'>data</a><img src=x onerror=alert(1)>"
    "<iframe src=//evil.example></iframe><style>p{color:red}</style><svg onload=alert(1)><script>x</script></svg>"
    "<form action=/x><input name=a value=b></form><math><mtext></mtext></math> &lt;script&gt;said&lt;/script&gt;</p>"
    "<table><tr><th><b onclick=x>A</b></th><th>B</th></tr><tr><td><img src=x onerror=alert(1)>1</td><td>&lt;b&gt;</td></tr></table>"
    "<template><p>in a template</p></template><noscript><p>in noscript</p></noscript>"
)


def test_nothing_that_could_do_harm_is_left() -> None:
    body = plain(HOSTILE)
    texts = "".join(value for kind, value in body if kind == "text")

    assert [kind for kind, _value in body] == ["section", "text", "table"]
    assert body[0][1]["heading"] == "Heading"
    assert texts == "<p>Words here there data &lt;script&gt;said&lt;/script&gt;</p>"
    assert body[2][1]["table"]["rows"] == [{"values": ["1", "<b>"]}]


@pytest.mark.parametrize(
    "html",
    ["<div>" * 200 + "x", "<p>x</p>" * 40_000, "<p>" + "words " * 30_000 + "</p>", "<p>" + "<b>" * 5_000 + "x",
     "<table><tr><td rowspan=900>" + "word " * 2_000 + "<td>x</tr>" + "<tr><td>y</tr>" * 900 + "</table>"],
)  # fmt: skip
def test_what_nobody_writes_is_refused_in_a_sentence(html: str) -> None:
    with pytest.raises(WordRefused) as refused:
        read_paste(html, with_tables=True)

    assert str(refused.value) == "You pasted far more than one page. Bring one chapter at a time."


@pytest.mark.parametrize(
    "html", ["", "<p> </p>", "<", "<!--", "</div></p>", "<table><tr></tr></table>", "<td>x", "<li>"]
)
def test_broken_and_empty_pastes_are_no_fault(html: str) -> None:
    assert [kind for kind, _value in plain(html)] in ([], ["text"])


@pytest.mark.django_db
def test_desk_gives_back_what_its_editor_holds_and_says_what_was_kept() -> None:
    desk = signed_in(publisher(people().dev))

    answer = desk.post(reverse("pasted_blocks"), {"html": WORD, "tables": "1"}).json()

    assert [one["type"] for one in answer["blocks"]] == ["section", "text", "table", "text"]
    lines = json.loads(answer["blocks"][1]["value"])["blocks"]
    assert [one["type"] for one in lines][1:] == ["unordered-list-item", "unordered-list-item", "ordered-list-item"]
    assert answer["said"][0]["sentence"] == (
        "Pasted as parts of the page: 1 heading, as a section, 2 paragraphs, 3 items of lists, 1 link, 1 table."
    )
    assert answer["said"][1]["quotes"] == ["Who | When"]


@pytest.mark.django_db
def test_desk_refuses_too_much_in_words_and_whoever_has_no_page_to_write(client: Client) -> None:
    cast = people()
    client.force_login(cast.amina)
    desk = signed_in(publisher(cast.dev))

    too_much = desk.post(reverse("pasted_blocks"), {"html": "<p>x</p>" * 40_000})

    assert (too_much.status_code, list(too_much.json())) == (422, ["refused"])
    assert desk.get(reverse("pasted_blocks")).status_code == 405
    assert client.post(reverse("pasted_blocks"), {"html": WORD}).status_code in (302, 403, 404)
