"""Setting type: what layouts are given, what they may not be given, and the same bytes each time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from toolkit.typesetting import FONTS, OUR_LETTERS, CannotBePrinted, printable, typeset

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
LAYOUT = """
#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title)
#set text(font: ("Atkinson Hyperlegible Next", "Libertinus Serif"))
= #facts.title
"""


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    path = tmp_path / "layout.typ"
    path.write_text(LAYOUT)
    return path


def test_the_same_facts_at_the_same_moment_give_the_same_bytes(layout: Path) -> None:
    pdf = typeset(layout, {"title": "Siân"}, at=AT)

    assert pdf.startswith(b"%PDF-")
    assert typeset(layout, {"title": "Siân"}, at=AT) == pdf
    assert typeset(layout, {"title": "Ŵyn"}, at=AT) != pdf


def test_letters_no_font_has_are_refused_by_name(layout: Path) -> None:
    with pytest.raises(CannotBePrinted):
        typeset(layout, {"title": "李明"}, at=AT)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two\n lines ", "two lines"),
        ("Sia\u0302n", "Siân"),
        ("Amina\u202e\u2066 \x00Khan\u202c", "Amina Khan"),
        ("", ""),
    ],
)
def test_text_is_made_fit_to_be_printed(text: str, line: str) -> None:
    assert printable(text) == line


def test_fonts_lie_beside_their_licences() -> None:
    assert sorted({file.stem.split("-")[0] for file in FONTS.glob("*.ttf")}) == [
        file.name.removesuffix("-OFL.txt") for file in sorted(FONTS.glob("*-OFL.txt"))
    ]
    assert OUR_LETTERS.fullmatch("Ŵyn-Ŷstwyth’s “ŵŷ” – …")
