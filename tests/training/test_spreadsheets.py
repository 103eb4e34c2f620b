"""Files that open in a spreadsheet: Welsh letters, days that are days, and no text that runs."""

import io
import tracemalloc
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.spreadsheets import Cell, file_name, harmless, table_file, write_csv, write_xlsx

DAY = date(2026, 11, 26)


def _csv(*rows: list[Cell]) -> bytes:
    written = io.BytesIO()
    write_csv(["Enw", "Diwrnod"], rows, written)
    return written.getvalue()


def _xlsx(*rows: list[Cell], title: str = "Pobl") -> openpyxl.Workbook:
    written = io.BytesIO()
    write_xlsx(["Enw", "Diwrnod"], rows, written, title=title)
    return openpyxl.load_workbook(io.BytesIO(written.getvalue()))


def test_csv_begins_with_the_mark_and_keeps_welsh_letters_quotes_and_iso_days() -> None:
    assert _csv(['Bryn "Ŵ" Ŷstwyth, Mr', DAY], ["Ann", None], ["Bo", 5]) == (
        b"\xef\xbb\xbf" + 'Enw,Diwrnod\r\n"Bryn ""Ŵ"" Ŷstwyth, Mr",2026-11-26\r\nAnn,\r\nBo,5\r\n'.encode()
    )


def test_xlsx_opens_with_a_bold_heading_held_in_place_text_numbers_and_real_days() -> None:
    sheet = _xlsx(["Bryn Ŵyn-Ŷstwyth", DAY], ["Ann", None], ["Bo", 5]).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows] == ["Enw", "Bryn Ŵyn-Ŷstwyth", "Ann", "Bo"]
    assert [row[1] for row in rows[2:]] == [None, 5]
    assert (sheet["B2"].is_date, sheet["B2"].value.date(), sheet["B2"].number_format) == (True, DAY, "yyyy-mm-dd")
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold) == (True, False)
    assert (sheet.freeze_panes, sheet.title) == ("A2", "Pobl")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_begins_like_a_formula_is_text_in_both(sign: str) -> None:
    text = f'{sign}HYPERLINK("http://example.org")'

    assert _csv([text, None]).decode("utf-8-sig").splitlines(keepends=False)[1].lstrip('"').startswith("'")
    cell = _xlsx([text, None]).active["A2"]
    assert (cell.data_type, cell.value.endswith('HYPERLINK("http://example.org")')) == ("s", True)


@pytest.mark.parametrize("name", ["Siân O'Brien-Ŵyn", "Ó Sé", "d'Arcy", "Anne-Marie", "Mary =Ann", "née @Ash", "5A"])
def test_names_stay_as_they_are(name: str) -> None:
    assert (harmless(name), _xlsx([name, None]).active["A2"].value) == (name, name)


@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "TRUE", "007", "a\x00b\x0bc", "x" * 40_000])
def test_text_that_a_spreadsheet_would_read_otherwise_or_not_at_all_is_text(text: str) -> None:
    cell = _xlsx([text, None]).active["A2"]

    assert (cell.data_type, cell.value) == ("s", text.replace("\x00", "").replace("\x0b", "")[:32_767])


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_no_text_at_all_begins_a_formula_or_breaks_a_file(text: str) -> None:
    cell = _xlsx([text, None]).active["A2"]

    assert cell.data_type in ("s", "n", "inlineStr")
    assert harmless(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("title", ["People/2026", "a" * 40, "[]:*?", "Pobl: Cymru"])
def test_any_title_makes_a_sheet(title: str) -> None:
    assert len(_xlsx(title=title).sheetnames[0]) in range(1, 32)


@pytest.mark.lengthy
@pytest.mark.django_db  # a response that is closed looks after the connection
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows_are_written_in_bounded_memory(kind: str) -> None:
    rows = ([f"Person {number}", "Larchmere and partners, autumn" * 3, DAY] for number in range(10_000))
    tracemalloc.start()

    response = table_file(kind, ["Name", "Cohort", "Since"], rows, name="people", title="People")
    size = sum(map(len, response.streaming_content))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    response.close()
    assert size > 50_000
    assert peak < 12_000_000


def test_file_is_named_after_the_organisation_and_the_day() -> None:
    assert file_name("Cyngor Tŷ Gwyn & Co.", "people", DAY) == "cyngor-ty-gwyn-co-people-2026-11-26"
    assert file_name("警察", "people", DAY) == "people-2026-11-26"
