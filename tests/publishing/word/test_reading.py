"""A Word file as a page: what comes over, and a word about everything that does not."""

import io
from typing import Any

import pytest

from publishing.rich import canonical
from publishing.word.losses import Code, Loss
from publishing.word.reading import Brought, read_word
from publishing.word.report import under_headings
from tests.publishing.word.files import docx, dot, h, link, one, p, picture, run, table, text_box

NOTE = '<w:footnote w:id="2"><w:p><w:r><w:t>Smith, 2020.</w:t></w:r></w:p></w:footnote>'


def brought(*blocks: str, name: str = "night-notes.docx", **parts: Any) -> Brought:
    asked = {one: parts.pop(one) for one in ("with_messages", "with_tables") if one in parts}
    return read_word(io.BytesIO(docx(*blocks, **parts)), name, **asked)


def body(*blocks: str, **parts: Any) -> list[Any]:
    """Headings as “# …”, texts as they are."""
    made = brought(p("T", style="Title"), *blocks, **parts).made
    return [f"# {one['value']['heading']}" if one["type"] == "section" else one["value"] for one in made.body]


def lost(*blocks: str, **parts: Any) -> list[Loss]:
    return brought(p("T", style="Title"), *blocks, **parts).losses


def codes(*blocks: str, **parts: Any) -> list[str]:
    return [one.code for one in lost(*blocks, **parts)]


def test_headings_paragraphs_marks_and_links_come_over() -> None:
    made = body(
        h("Where it starts"),
        p("Some ", run("bold", "b"), " and ", run("slanted", "i"), " words, ", link("the guide", "a"), "."),
        links={"a": "https://example.org/?b=1&c=2"},
    )

    assert made == [
        "# Where it starts",
        '<p>Some <b>bold</b> and <i>slanted</i> words, <a href="https://example.org/?b=1&amp;c=2">the guide</a>.</p>',
    ]


def test_nothing_is_reported_where_everything_came_over() -> None:
    found = codes(h("Start"), p("Words."), dot("a"), dot("b", 1), one("c"), p("See ", link("this page", "a")),
                  links={"a": "mailto:a@example.org"})  # fmt: skip

    assert found == []


def test_lists_keep_their_kind_and_what_stands_inside_them() -> None:
    made = body(dot("a"), dot("b", 1), dot("c", 1), dot("d"), one("e"), one("f", 1), p("then"), p("•\ttyped"))

    assert made == [
        "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul><ol><li>e<ol><li>f</li></ol></li></ol>"
        "<p>then</p><ul><li>typed</li></ul>"
    ]


def test_what_comes_over_is_in_the_form_that_files_and_pages_share() -> None:
    texts = [one for one in body(p(run("a ", "b"), run("b", "b", "i")), dot("x"), p(" ")) if not one.startswith("#")]

    assert texts == [canonical(one) for one in texts]


def test_title_style_is_the_title_and_subtitle_the_lead() -> None:
    made = brought(p("Handovers", style="Title"), p("What is said.", style="Subtitle"), h("Start"), p("x")).made

    assert (made.title, made.lead, made.headings) == ("Handovers", "What is said.", ["Start"])


def test_only_first_heading_above_the_others_is_the_title() -> None:
    made = brought(h("Handovers"), h("Start", 2), p("x"), h("End", 2), p("y")).made

    assert (made.title, made.headings) == ("Handovers", ["Start", "End"])


def test_file_without_a_title_gives_its_name_and_says_so() -> None:
    found = brought(h("One"), p("x"), h("Two"), p("y"), name="night_hand-overs.docx")

    assert (found.made.title, found.made.headings) == ("night hand overs", ["One", "Two"])
    assert [one.code for one in found.losses] == ["title_of_file"]


def test_headings_below_others_become_sections_and_are_named() -> None:
    found = lost(h("One"), p("x"), h("Below", 2), p("y"), h("Far below", 4), p("z"))

    assert [(one.code, one.where, one.quotes) for one in found] == [
        ("deeper_heading", "Below", ("Below",)),
        ("deeper_heading", "Far below", ("Far below",)),
    ]


def test_style_of_the_house_that_rests_on_a_heading_is_one() -> None:
    assert body(p("A chapter", style="Chapter"), p("x"))[0] == "# A chapter"


def test_same_heading_twice_gives_two_keys() -> None:
    made = brought(p("T", style="Title"), h("Case"), p("x"), h("Case"), p("y"), h("例"), p("z")).made

    assert [one["value"]["key"] for one in made.body if one["type"] == "section"] == ["case", "case-2", "section-3"]


def test_bold_line_is_a_paragraph_and_named_and_a_bold_sentence_is_not() -> None:
    found = lost(p(run("Who was there", "b")), p(run("She rang at nine.", "b")))

    assert [(one.code, one.quotes) for one in found] == [("bold_heading", ("Who was there",))]


def test_table_becomes_a_list_with_the_headings_of_its_columns() -> None:
    made = body(h("Rota"), table(["Who", "When"], ["Ann", "Monday"], ["Bob", "Tuesday"]))

    assert made[1] == (
        "<ul><li><b>Who:</b> Ann<br><b>When:</b> Monday</li><li><b>Who:</b> Bob<br><b>When:</b> Tuesday</li></ul>"
    )
    assert codes(h("Rota"), table(["Who"] * 2, ["Ann", "Mon"])) == ["table"]


def test_table_of_plain_words_is_a_table_where_the_page_may_hold_one() -> None:
    rota = table(["Who", "When"], [p(run("Ann", "b")), "Monday"], [p(run("Bob", "b")), "Tuesday"])

    found = brought(p("T", style="Title"), h("Rota"), p("Before."), rota, p("After."), with_tables=True)

    _section, before, made, after = found.made.body
    assert (before["value"], after["value"]) == ("<p>Before.</p>", "<p>After.</p>")
    assert made["value"] == {
        "table": {
            "caption": "Who | When",
            "columns": [{"type": "words", "heading": "Who"}, {"type": "words", "heading": "When"}],
            "rows": [{"values": ["Ann", "Monday"]}, {"values": ["Bob", "Tuesday"]}],
        },
        "has_row_names": True,
    }
    assert [(one.code, one.quotes) for one in found.losses] == [("table_caption", ("Who | When",))]


@pytest.mark.parametrize(
    "rows",
    [
        [["Who", "When"], ["Ann", p(run("now", "i"))]],  # what is set apart would be lost
        [["Who", "When"], ["Ann", p(link("here", "a"))]],
        [["Who", "When"], ["Ann", "x" * 301]],
        [["Who", ""], ["Ann", "Monday"]],
        [["Who", "When"], ["Ann"]],
        [["Who", "When"], *[["Ann", "Monday"]] * 31],
        [[*"ABCDEFG"], [*"abcdefg"]],
    ],
)
def test_table_that_a_lesson_would_not_hold_whole_becomes_a_list_there_too(rows: list[list[str]]) -> None:
    found = brought(p("T", style="Title"), table(*rows), with_tables=True, links={"a": "https://example.org/"})

    assert [block["type"] for block in found.made.body] == ["text"]
    assert "table" in [one.code for one in found.losses]


def test_cells_made_one_stand_in_each_of_their_rows() -> None:
    first = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Nights</w:t></w:r></w:p></w:tc>'
    again = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    cell = "<w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = f"<w:tr>{first}{cell.format('Ann')}</w:tr><w:tr>{again}{cell.format('Bob')}</w:tr>"

    last = f"<w:tr>{cell.format('Ann')}{first}</w:tr><w:tr>{cell.format('Bob')}{again}</w:tr>"

    made = body(f"<w:tbl><w:tblPr/>{rows}</w:tbl>"), body(f"<w:tbl><w:tblPr/>{last}</w:tbl>")

    assert made == (
        ["<ul><li>Nights<br>Ann</li><li>Nights<br>Bob</li></ul>"],
        ["<ul><li>Ann<br>Nights</li><li>Bob<br>Nights</li></ul>"],
    )


def test_table_inside_a_table_loses_no_words() -> None:
    inner = table(["a", "b"], bold_first=False)

    assert "words" not in codes(table(["x", "y"], [f"{inner}{p('after')}", "z"]))


def test_empty_table_is_nothing() -> None:
    found = brought(p("T", style="Title"), table(["", ""], ["", ""]), table([""]), p("x"))

    assert (found.losses, found.made.kept["tables"]) == ([], 0)


def test_frame_of_one_cell_is_no_table() -> None:
    assert body(table(["In a frame"], bold_first=False)) == ["<p>In a frame</p>"]
    assert codes(table(["In a frame"], bold_first=False)) == ["box"]


@pytest.mark.parametrize(
    ("block", "code", "quotes"),
    [
        (p("x", picture()), "picture_without_words", ()),
        (p("x", picture("A map of the ward")), "picture", ("A map of the ward",)),
        (p("x", text_box("Beside the text")), "text_box", ("Beside the text",)),
        (p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>'), "footnote", ("Smith, 2020.",)),
        (p("x", '<w:r><w:commentReference w:id="1"/></w:r>'), "comment", ()),
        (p("x", '<w:ins w:id="1"><w:r><w:t>added</w:t></w:r></w:ins>'), "inserted", ("added",)),
        (p("x", '<w:del w:id="1"><w:r><w:delText>Jane</w:delText></w:r></w:del>'), "deleted", ()),
        (p("x", '<w:r><w:rPr><w:vanish/></w:rPr><w:t>Jane</w:t></w:r>'), "hidden", ()),
        (p("x", "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"), "equation", ("a=b",)),
        (p("said", style="Quote"), "quotation", ("said",)),
        (p(link("on my disk", "f")), "link", ("on my disk: file:///C:/x.docx",)),
        (p('<w:hyperlink w:anchor="_Ref1"><w:r><w:t>below</w:t></w:r></w:hyperlink>'), "inner_link", ("below",)),
        (p("x", run("not", "strike")), "struck", ("not",)),
        (p("x", '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>ab</w:t></w:r>'), "raised", ("ab",)),
        (p("Start ... 3", style="TOC1"), "contents", ()),
        (p("x", '<w:r><w:object><o:OLEObject xmlns:o="urn:o"/></w:object></w:r>'), "drawing", ()),
        (dot("a") + "".join(dot("b", n) for n in range(1, 6)), "deep_list", ("b",)),
        (one("a") + p("between") + one("b"), "numbers_again", ("b",)),
        (h("x" * 151), "long_heading", ("x" * 151,)),
    ],
)  # fmt: skip
def test_what_is_not_kept_is_named_where_it_stood(block: str, code: str, quotes: tuple[str, ...]) -> None:
    found = lost(h("Where"), p("Before."), block, links={"f": "file:///C:/x.docx"}, footnotes=NOTE)

    where = "" if code == "contents" else "Where"
    assert [(one.code, one.where, one.quotes) for one in found] == [(code, where, quotes)]


def test_headers_and_footers_are_named_and_a_bare_page_number_is_not() -> None:
    found = lost(p("x"), header=p("Draft, not for sharing"), footer=p("7"))
    below = lost(p("x"), header=p("7"), footer=p("The council"))

    assert [(one.code, one.quotes) for one in found] == [("headers", ("Draft, not for sharing",))]
    assert [(one.code, one.quotes) for one in below] == [("headers", ("The council",))]


def test_deleted_hidden_and_commented_words_are_nowhere() -> None:
    found = brought(
        p("x", '<w:del w:id="1"><w:r><w:delText>Jane</w:delText></w:r></w:del>'),
        p("y", '<w:r><w:rPr><w:vanish/></w:rPr><w:t>Jane</w:t></w:r>'),
        p("z", '<w:r><w:commentReference w:id="1"/></w:r>'),
        comments='<w:comment w:id="1" w:author="Jane"><w:p><w:r><w:t>Jane</w:t></w:r></w:p></w:comment>',
    )  # fmt: skip

    assert "Jane" not in repr(found)


def test_raised_digits_stay_raised_and_ordinals_are_plain() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'

    assert body(p("10", raised.format("2"), " on the 21", raised.format("st"))) == ["<p>10² on the 21st</p>"]


def test_words_of_a_simple_field_come_over_and_a_link_in_a_field_is_one() -> None:
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/" '
             '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>there</w:t></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
    simple = '<w:fldSimple w:instr="REF x"><w:r><w:t>part 4</w:t></w:r></w:fldSimple>'

    assert body(p("see ", simple, " ", field)) == ['<p>see part 4 <a href="https://example.org/">there</a></p>']


def test_words_that_something_unheard_of_holds_are_named_as_missed() -> None:
    strange = "<w:strange><w:r><w:t>Of another program.</w:t></w:r></w:strange>"

    found = lost(p("Before, ", strange))

    assert [(one.code, one.quotes) for one in found] == [("words", ("Before, Of another program.",))]


def test_list_under_key_messages_becomes_the_key_messages_of_a_briefing() -> None:
    blocks = [p("T", style="Title"), h("Key messages"), *(dot(f"Message {n}.") for n in range(4)), h("Start"), p("x")]

    with_them, without = brought(*blocks, with_messages=True), brought(*blocks)

    assert with_them.made.messages == [f"Message {n}." for n in range(4)]
    assert (with_them.made.headings, with_them.losses) == (["Start"], [])
    assert without.made.headings == ["Key messages", "Start"]


@pytest.mark.parametrize(("count", "codes"), [(0, ["few_messages"]), (3, ["few_messages"]), (4, [])])
def test_briefing_with_fewer_key_messages_than_it_needs_is_told_so_at_once(count: int, codes: list[str]) -> None:
    blocks = [h("Key messages"), *(dot(f"Message {n}.") for n in range(count))] if count else []

    found = brought(p("T", style="Title"), *blocks, h("Start"), p("x"), with_messages=True)

    assert [one.code for one in found.losses] == codes


@pytest.mark.parametrize("with_tables", [True, False])
def test_table_without_a_row_of_headings_is_said_to_have_none(with_tables: bool) -> None:
    rota = table(["Who", "When"], ["Ann", "Monday"], bold_first=False)

    found = brought(p("T", style="Title"), h("Rota"), rota, with_tables=with_tables)

    assert [(one.code, one.quotes) for one in found.losses] == [("table_without_headings", ("Who | When",))]


def test_key_message_that_is_too_long_stays_in_the_text_and_is_named() -> None:
    found = brought(p("T", style="Title"), h("Key messages"), dot("m" * 251), with_messages=True)

    assert (found.made.messages, [one.code for one in found.losses]) == ([], ["few_messages", "long_message"])


def test_long_text_is_cut_into_blocks_that_can_be_stored() -> None:
    made = body(*(p(f"{n} " + "word " * 300) for n in range(30)), *(dot("item " * 50) for _ in range(100)))

    assert len(made) > 3
    assert all(len(one.encode()) < 20 * 1024 for one in made)


def test_every_loss_has_a_sentence() -> None:
    places = under_headings([Loss(code, "x", count) for code in Code for count in (1, 2)])

    assert all("%" not in said.sentence and said.sentence[-1] in ".:" for said in places[0].said)
    assert len(places[0].said) == 2 * len(Code)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//x"]
)
def test_address_that_runs_something_is_no_link_and_is_named(address: str) -> None:
    found = brought(p("T", style="Title"), p(link("press", "a")), links={"a": address})

    assert (found.made.body[0]["value"], [one.code for one in found.losses]) == ("<p>press</p>", ["link"])


def test_words_that_look_like_markup_stay_words() -> None:
    assert body(p("<script>alert(1)</script> & <b>")) == [
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;</p>"
    ]
