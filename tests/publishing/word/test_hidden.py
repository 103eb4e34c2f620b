"""What was deleted or hidden in a Word file: neither in the page nor in the report, wherever it stood (decision 44)."""

import io

import pytest

from publishing.word.losses import Code
from publishing.word.reading import Brought, read_word
from tests.publishing.word.files import STYLES, docx, h, p, run, table, text_box

SEEN, SECRET = p("Seen"), p("Jane")
VANISH = "<w:rPr><w:vanish/></w:rPr>"


def brought(*blocks: str, **parts: str) -> Brought:
    return read_word(io.BytesIO(docx(p("T", style="Title"), *blocks, **parts)), "x.docx", with_tables=True)


def row(*cells: str, says: str = "") -> str:
    return f"<w:tr><w:trPr>{says}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str, says: str = "") -> str:
    return f"<w:tc><w:tcPr>{says}</w:tcPr>{content}</w:tc>"


def tbl(*rows: str, style: str = "") -> str:
    return f"<w:tbl><w:tblPr>{style}</w:tblPr>{''.join(rows)}</w:tbl>"


def styled(key: str, kind: str, inner: str) -> str:
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{inner}</w:style>'


HIDDEN_STYLES = STYLES + "".join(
    [
        styled("Away", "paragraph", VANISH),
        styled("Below", "paragraph", '<w:basedOn w:val="Away"/>'),
        styled("Back", "paragraph", '<w:basedOn w:val="Away"/><w:rPr><w:vanish w:val="0"/></w:rPr>'),
        styled("Whisper", "character", VANISH),
        styled("Grey", "table", VANISH),
    ]
)
DELETED_ROW, HIDDEN_ROW, LOW_ROW = (
    '<w:del w:id="1" w:author="A"/>',
    "<w:hidden/>",
    '<w:trHeight w:val="1" w:hRule="exact"/>',
)
DELETED_CELL = '<w:cellDel w:id="1" w:author="A"/>'
MOVED = f'<w:moveFrom w:id="1">{run("Jane")}</w:moveFrom>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF "</w:instrText></w:r>{}<w:r><w:instrText>" = '
    '"x" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Seen</w:t></w:r><w:r>'
    '<w:fldChar w:fldCharType="end"/></w:r>'
)
INNER = tbl(row(cell(SECRET), cell(p("Jane")), says=HIDDEN_ROW), row(cell(SEEN), cell(p("too"))))
PLACES = {
    "deleted row": (tbl(row(cell(SEEN), cell(SEEN)), row(cell(SECRET), cell(SECRET), says=DELETED_ROW)), "deleted"),
    "hidden row": (tbl(row(cell(SEEN), cell(SEEN)), row(cell(SECRET), cell(SECRET), says=HIDDEN_ROW)), "hidden"),
    "row too low to read": (tbl(row(cell(SEEN), cell(SEEN)), row(cell(SECRET), says=LOW_ROW)), "hidden"),
    "first row": (tbl(row(cell(SECRET), cell(SECRET), says=DELETED_ROW), row(cell(SEEN), cell(SEEN))), "deleted"),
    "all rows": (SEEN + tbl(row(cell(SECRET), cell(SECRET), says=HIDDEN_ROW)), "hidden"),
    "deleted cell": (tbl(row(cell(SEEN), cell(SECRET, DELETED_CELL), cell(SEEN))), "deleted"),
    "all cells of a row": (SEEN + tbl(row(cell(SECRET, DELETED_CELL))), "deleted"),
    "hidden words in a cell": (tbl(row(cell(SEEN), cell(p(run("Jane", "vanish"))))), "hidden"),
    "row of a table in a table": (tbl(row(cell(SEEN), cell(INNER + p("")))), "hidden"),
    "table in a deleted row": (
        tbl(row(cell(SEEN), cell(SEEN)), row(cell(table(["Jane", "Jane"]) + p("")), says=DELETED_ROW)), "deleted"),
    "row in a content control": (
        tbl(row(cell(SEEN)), f"<w:sdt><w:sdtContent>{row(cell(SECRET), says=HIDDEN_ROW)}</w:sdtContent></w:sdt>"),
        "hidden"),
    "row in a text box": (
        p("Seen", text_box("here").replace(p("here"), p("here") + tbl(row(cell(SECRET), says=HIDDEN_ROW)))), "hidden"),
    "moved away": (p("Seen", MOVED), "deleted"),
    "moved away as a block": (SEEN + f'<w:moveFrom w:id="1">{SECRET}</w:moveFrom>', "deleted"),
    "deleted in what was added": (
        p("Seen", f'<w:ins w:id="1">{run("yes")}<w:del w:id="2">{run("Jane")}</w:del></w:ins>'), "deleted"),
    "hidden in what was added": (p("Seen", f'<w:ins w:id="1">{run("yes")}{run("Jane", "vanish")}</w:ins>'), "hidden"),
    "hidden in a heading": (h("Seen").replace("</w:p>", f"{run('Jane', 'vanish')}</w:p>") + p("x"), "hidden"),
    "hidden in an equation": (
        p("Seen", f"<m:oMath><m:r>{VANISH}<m:t>Jane</m:t></m:r><m:r><m:t>a=b</m:t></m:r></m:oMath>"), "hidden"),
    "hidden in a text box": (p("Seen", text_box("here").replace(run("here"), run("Jane", "vanish"))), "hidden"),
    "style of a paragraph": (SEEN + p("Jane", style="Away"), "hidden"),
    "style that rests on one": (SEEN + p("Jane", style="Below"), "hidden"),
    "style of words": (p("Seen", '<w:r><w:rPr><w:rStyle w:val="Whisper"/></w:rPr><w:t>Jane</w:t></w:r>'), "hidden"),
    "style of a table": (SEEN + tbl(row(cell(SECRET)), style='<w:tblStyle w:val="Grey"/>'), "hidden"),
    "code of a field": (p(FIELD.format(run("Jane"))), "hidden"),
    "code of a field, over paragraphs": (p(FIELD.format(run("Jane") + "</w:p><w:p>" + run("Jane"))), "hidden"),
}  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_it_is_nowhere_and_that_it_was_left_out_is_said(where: str) -> None:
    blocks, code = PLACES[where]

    found = brought(blocks, styles=HIDDEN_STYLES)

    assert "Jane" not in repr(found)
    assert "Seen" in repr(found.made)
    assert code in [loss.code for loss in found.losses]
    assert Code.WORDS not in [loss.code for loss in found.losses]


@pytest.mark.parametrize(
    "parts",
    [
        {"header": p("Seen", run("Jane", "vanish"))},
        {"footer": p("Seen", MOVED)},
        {"footnotes": f'<w:footnote w:id="2">{p("Seen", run("Jane", "vanish"), MOVED)}</w:footnote>'},
    ],
)
def test_it_is_not_quoted_from_a_header_or_footnote(parts: dict[str, str]) -> None:
    found = brought(p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>'), **parts)

    assert "Seen" in repr(found.losses)
    assert "Jane" not in repr(found)


@pytest.mark.parametrize(
    "block",
    [
        tbl(row(cell(SEEN), cell(SEEN), says='<w:hidden w:val="0"/>')),
        tbl(row(cell(SEEN), cell(SEEN), says='<w:trHeight w:val="1"/>')),  # at least so high
        tbl(row(cell(SEEN), cell(SEEN), says='<w:trHeight w:val="400" w:hRule="exact"/>')),
        tbl(row(cell(SEEN, '<w:cellIns w:id="1"/>'), cell(SEEN), says='<w:ins w:id="1"/>')),
        p(run("Seen", 'vanish w:val="0"'), style="Away"),
        p("Seen", style="Back"),
        p(FIELD.format("")),
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("Seen")),  # a field that never ends is none
        f"<w:p><w:pPr>{VANISH}</w:pPr>{run('Seen')}</w:p>",  # only the mark at its end is hidden
    ],
)
def test_what_word_shows_comes_over(block: str) -> None:
    found = brought(p("Before"), block, styles=HIDDEN_STYLES)

    assert "Seen" in repr(found.made)
    assert "hidden" not in [loss.code for loss in found.losses]
