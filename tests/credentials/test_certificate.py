"""A certificate is an accessible PDF that says its facts, only its facts, and the same way each time."""

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pypdf
import pytest
import segno
import typst
from fontTools.ttLib import TTFont
from PIL import Image
from toolkit.typesetting import FONTS, OUR_LETTERS

from credentials.certificate import CannotBePrinted, CertificateFacts, render, render_certificate
from credentials.certificate.border import SPACING, SWAY, border_svg
from credentials.certificate.render import qr_svg
from credentials.certificate.words import LABELS, MONTHS, date_in_words

ADDRESS = "https://learning.example.org/verify/7K3M-0QWX-YT5D-HB21-Z0AC/"
FACTS = CertificateFacts(
    name="Siân Ŵyn-Ŷstwyth",
    title="Module 1: Why case reviews needed another way",
    statement="Shows that its holder read four lessons and passed a test.\nDoes not show that they may lead a review.",
    issuer="Learning Together Cymru a’r Gororau",
    awarded_on=date(2026, 11, 20),
    valid_until_on=None,
    code="7K3M-0QWX-YT5D-HB21-Z0AC",
    verify_url=ADDRESS,
    language="en",
    rests_on_open_bank=True,
    brand_name="Learning Together",
    brand_notice="Not affiliated with or endorsed by the Social Care Institute for Excellence (SCIE).",
)
CASES = {
    "english": FACTS,
    "welsh": replace(FACTS, language="cy", valid_until_on=date(2029, 8, 31)),
    "long": replace(
        FACTS,
        name=("Wilhelmina Gwenllïan-Ŵyn Ŷstwyth " * 5)[:120],
        title=("Why case reviews needed another way, and how it came " * 5)[:220],
        statement="It shows a good deal about what was read. " * 18,
        issuer="The Safeguarding Partnership of " * 4,
    ),
    "unbroken": replace(FACTS, name="W" * 150, title="M" * 200, statement="m" * 300, issuer="W" * 100),
}


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def _words(facts: CertificateFacts) -> str:
    """The text of all pages, as somebody copying it would get it, on one line."""
    return " ".join(" ".join(sheet.extract_text() for sheet in _read(render_certificate(facts)).pages).split())


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("facts", CASES.values(), ids=CASES.keys())
def test_certificate_is_accessible_and_fit_to_be_kept(facts: CertificateFacts, profile: str) -> None:
    report = page.validate_pdf_bytes(render_certificate(facts), profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_certificate_says_its_facts_in_reading_order() -> None:
    text = _words(FACTS)

    assert text == (
        "Learning Together Certificate Awarded to Siân Ŵyn-Ŷstwyth For Module 1: Why case reviews needed another way "
        "Shows that its holder read four lessons and passed a test. Does not show that they may lead a review. "
        "Its questions come from an open practice bank: they and their answers are public. "
        "Awarded on 20 November 2026 Valid until No end date Issued by Learning Together Cymru a’r Gororau "
        f"Code 7K3M-0QWX-YT5D-HB21-Z0AC Check it today: {ADDRESS} "
        "The page at this address, not this paper, is the proof. "
        "Not affiliated with or endorsed by the Social Care Institute for Excellence (SCIE)."
    )


def test_welsh_certificate_has_no_english_label_or_month() -> None:
    text = _words(replace(FACTS, language="cy", valid_until_on=date(2029, 8, 31)))

    for said in ("Tystysgrif", "Dyfarnwyd i", "20 Tachwedd 2026", "31 Awst 2029", "nid y papur hwn, yw’r prawf."):
        assert said in text
    for label in ("Certificate", "Awarded", "November", "Valid", "Issued by", "Code", "proof"):
        assert label not in text


def test_certificate_of_a_closed_bank_says_nothing_of_a_practice_bank() -> None:
    assert "practice bank" not in _words(replace(FACTS, rests_on_open_bank=False))


def test_module_certificate_never_says_foundation() -> None:
    pdf = render_certificate(FACTS)

    assert "foundation" not in _words(FACTS).lower()
    assert "foundation" not in str(_read(pdf).metadata).lower()


def test_welsh_letters_come_from_our_own_font() -> None:
    reader = _read(render_certificate(replace(FACTS, name="Siân ŵŷ ŴŶ âêîôû ïöü áéíóú àèìòù ẁẃẅ ỳýÿ")))
    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}

    assert any("Fraunces" in font for font in fonts)
    assert any("Atkinson" in font for font in fonts)
    assert not any("Libertinus" in font for font in fonts)
    assert "Siân ŵŷ ŴŶ âêîôû ïöü áéíóú àèìòù ẁẃẅ ỳýÿ" in " ".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize(
    "name",
    [
        "#text(red)[x] $a$ *b*",
        '#panic("no") #read("/etc/passwd")',
        '"quoted" \\ `raw` <label> @ref',
        "= Heading // remark /* x */",
        "O’Neill & Sons <b>{{ 7 }}</b> ~ --- ...",
    ],
)
def test_a_name_that_looks_like_markup_is_printed_as_typed(name: str) -> None:
    facts = replace(FACTS, name=name, title=name, statement=name, issuer=name, brand_name=name, brand_notice=name)

    # Spaces apart: a large name may go over a line end.
    assert _words(facts).replace(" ", "").count(name.replace(" ", "")) == 6


def test_letters_typed_apart_from_their_accents_are_printed_together() -> None:
    assert "Siân Ŵyn" in _words(replace(FACTS, name="Sia\u0302n W\u0302yn"))


def test_marks_that_turn_the_reading_direction_are_left_out() -> None:
    assert "Awarded to Amina Khan For" in _words(replace(FACTS, name="Amina\u202e\u2066 \x00Khan\u202c"))


@pytest.mark.parametrize("name", ["Łukasz Ærøskøbing", "Nguyễn Thị Ánh", "Ελένη Παππά", "Олена Шевченко"])
def test_names_of_other_alphabets_are_printed(name: str) -> None:
    assert name in _words(replace(FACTS, name=name))


def test_a_name_with_one_letter_we_lack_is_set_wholly_in_the_spare_font() -> None:
    reader = _read(render_certificate(replace(FACTS, name="Nguyễn Thị Ánh", title="Nguyễn", issuer="Nguyễn")))
    spare = {
        str(number): font.get_object()["/BaseFont"]
        for number, font in reader.pages[0]["/Resources"]["/Font"].items()
        if "Libertinus" in font.get_object()["/BaseFont"]
    }

    assert len(spare) == 1
    assert "Awarded to Nguyễn Thị Ánh For Nguyễn" in _words(
        replace(FACTS, name="Nguyễn Thị Ánh", title="Nguyễn", issuer="Nguyễn")
    )


@pytest.mark.parametrize("file", sorted(FONTS.glob("*.ttf")), ids=lambda f: f.stem)
def test_each_letter_called_ours_is_in_each_of_our_fonts(file: Path) -> None:
    held = set(TTFont(file).getBestCmap()) | {0x200B}
    ours = {code for code in range(0x20, 0x2100) if OUR_LETTERS.fullmatch(chr(code))}

    assert ours - held == set()
    assert {ord(letter) for letter in "âêîôûŵŷÂÊÎÔÛŴŶáéíóúẃýàèìòùẁỳäëïöüẅÿ’"} <= ours


def test_a_script_without_letters_here_is_refused_by_name() -> None:
    with pytest.raises(CannotBePrinted):
        render_certificate(replace(FACTS, name="李明"))


@pytest.mark.parametrize("facts", [CASES["long"], CASES["unbroken"]], ids=["long", "unbroken"])
def test_long_texts_stay_on_one_page_and_inside_the_margins(facts: CertificateFacts) -> None:
    reader = _read(render_certificate(facts))
    spots: list[tuple[float, float]] = []
    reader.pages[0].extract_text(visitor_text=lambda text, cm, tm, font, size: _note(spots, text, cm, tm))
    text = reader.pages[0].extract_text().replace("\n", "").replace("\u200b", "").replace(" ", "")

    assert len(reader.pages) == 1
    for typed in (facts.name, facts.title, facts.statement, facts.issuer, facts.code, facts.brand_notice):
        assert typed.replace(" ", "") in text
    assert spots
    assert all(0 <= x <= 842 and 0 <= y <= 595 for x, y in spots)


def _note(spots: list[tuple[float, float]], text: str, cm: list[float], tm: list[float]) -> None:
    if text.strip():
        x, y = tm[4], tm[5]
        spots.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))


@pytest.mark.parametrize("facts", [CASES["long"], CASES["unbroken"]], ids=["long", "unbroken"])
def test_long_texts_leave_the_margin_white(facts: CertificateFacts) -> None:
    """Looks at the picture: between the threads and the text an empty strip runs down, left and right."""
    picture = _drawn(facts)
    for left in (24, 267):  # millimetres; the text runs from 33 to 264
        strip = picture.crop((left * 4, 30 * 4, (left + 4) * 4, 180 * 4))
        assert strip.getextrema() == (255, 255)


def _drawn(facts: CertificateFacts) -> Image.Image:
    """The certificate as a grey picture, four dots to the millimetre."""
    png = typst.compile(
        render.HERE / "certificate.typ",
        root=render.HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="png",
        ppi=4 * 25.4,
        sys_inputs={"facts": json.dumps(render._inputs(facts))},
    )
    return Image.open(io.BytesIO(png)).convert("L")


def test_same_facts_give_the_same_bytes() -> None:
    assert render_certificate(FACTS) == render_certificate(replace(FACTS))
    assert render_certificate(FACTS) != render_certificate(replace(FACTS, code="7K3M-0QWX-YT5D-HB21-Z0AD"))


def test_its_date_is_the_award_and_not_the_clock() -> None:
    metadata = _read(render_certificate(FACTS)).metadata

    assert metadata["/CreationDate"] == metadata["/ModDate"] == "D:20261120120000Z"
    assert metadata["/Title"] == "Siân Ŵyn-Ŷstwyth: Module 1: Why case reviews needed another way"


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_it_says_its_language_and_describes_its_code(language: str, tag: str) -> None:
    reader = _read(render_certificate(replace(FACTS, language=language)))

    assert reader.trailer["/Root"]["/Lang"] == tag
    assert [alt for kind, alt in _tags(reader) if kind == "/Figure"] == [LABELS[language]["qr"].format(url=ADDRESS)]
    assert [kind for kind, _alt in _tags(reader) if re.fullmatch(r"/H\d", kind)] == ["/H1"]


def _tags(reader: pypdf.PdfReader) -> list[tuple[str, str]]:
    """(kind, alternative text) of every element of the tag tree, in reading order."""
    found: list[tuple[str, str]] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def test_the_address_can_be_followed() -> None:
    links = [note.get_object() for note in _read(render_certificate(FACTS)).pages[0]["/Annots"]]

    assert [link["/A"]["/URI"] for link in links] == [ADDRESS]


def test_qr_code_as_drawn_is_the_address() -> None:
    """Compares each square of the picture that typst draws with the squares segno means."""
    meant = [[bool(square) for square in row] for row in segno.make_qr(ADDRESS, error="q", boost_error=False).matrix]
    size = len(meant)
    layout = (
        f"#set page(width: {size}pt, height: {size}pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.qr), format: "svg", width: 100%)'
    )

    png = typst.compile(layout.encode(), format="png", ppi=72 * 6, sys_inputs={"qr": qr_svg(ADDRESS)})
    picture = Image.open(io.BytesIO(png)).convert("L")
    drawn = [[picture.getpixel((x * 6 + 3, y * 6 + 3)) < 128 for x in range(size)] for y in range(size)]

    assert drawn == meant


def test_every_label_and_month_exists_in_both_languages() -> None:
    assert LABELS["en"].keys() == LABELS["cy"].keys()
    assert all(text for labels in LABELS.values() for text in labels.values())
    assert (len(set(MONTHS["en"])), len(set(MONTHS["cy"]))) == (12, 12)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "1 January 2027"), ("cy", "1 Ionawr 2027")], ids=["english", "welsh"]
)
def test_dates_are_written_as_people_write_them(language: str, words: str) -> None:
    assert date_in_words(date(2027, 1, 1), language) == words


def test_neighbouring_threads_never_touch() -> None:
    assert 2 * SWAY < SPACING


def test_dashes_with_round_caps_have_gaps_of_twice_the_stroke() -> None:
    for pattern, stroke in _dash_patterns(border_svg("seed")):
        assert all(gap >= 2 * stroke for gap in pattern[1::2])


def _dash_patterns(svg: str) -> list[tuple[list[float], float]]:
    """(dash lengths, stroke width) of every dashed line."""
    found = []
    for width, lines in re.findall(r'stroke-width="([\d.]+)">(.*?)</g>', svg):
        for dashes in re.findall(r'stroke-dasharray="([^"]+)"', lines):
            found.append(([float(length) for length in dashes.split()], float(width)))
    return found
