"""What is read of CSV and XLSX files, however they were written."""

from datetime import date, datetime
from random import random
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolments.lists.columns import columns_of, folded, known_column, letters_of, meant_by
from enrolments.lists.reading import address_in, read_list, tidy
from enrolments.lists.refusals import ListRefused
from enrolments.lists.workbooks import NOT_COMPUTED
from tests.enrolments.lists.workbooks import SHEET, as_excel_writes, repacked, xlsx
from tests.training.written import written

WELSH = "E-bost,Enw\nsian@larchmere.example,Siân Ŵyn\n"
CAFE = "E-mail,Name\nrene@larchmere.example,René O’Neill\n"


def read(content: bytes) -> list[tuple[Any, ...]]:
    """(line, address, name) of each row."""
    return [(row["line"], row["email"], row["name"]) for row in read_list(content, "list").rows]


@pytest.mark.parametrize(
    ("content", "assumed"),
    [
        (WELSH.encode(), []),
        (WELSH.encode("utf-8-sig"), []),
        (WELSH.encode("utf-16"), []),
        (b"\xfe\xff" + WELSH.encode("utf-16-be"), []),
        (WELSH.encode("utf-16-le"), [("assumed_encoding", {"encoding": "UTF-16"})]),
        (WELSH.replace(",", ";").encode(), []),
        (WELSH.replace(",", "\t").encode(), []),
        (WELSH.replace(",", "|").encode(), []),
        (WELSH.replace("\n", "\r\n").encode(), []),
        (WELSH.replace("\n", "\r").encode(), []),
        (f"sep=;\r\n{WELSH.replace(',', ';')}".encode(), []),
        (f'"sep=;"\n{WELSH.replace(",", ";")}'.encode("utf-8-sig"), []),
    ],
)
def test_welsh_names_are_read_in_every_encoding_and_with_every_separator(content: bytes, assumed: list[Any]) -> None:
    found = read_list(content, "list.csv")

    assert [(row["line"], row["email"], row["name"]) for row in found.rows] == [
        (2, "sian@larchmere.example", "Siân Ŵyn")
    ]
    assert found.notes == assumed


def test_windows_1252_is_assumed_and_said_where_the_file_leaves_a_doubt() -> None:
    found = read_list(CAFE.encode("cp1252"), "list.csv")

    assert [row["name"] for row in found.rows] == ["René O’Neill"]
    assert found.notes == [("assumed_encoding", {"encoding": "Windows-1252"})]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "E-mail,Name\n\n\na@b.example,Ada\n,\n\nb@b.example,Bob\n\n\n",
            [(4, "a@b.example", "Ada"), (7, "b@b.example", "Bob")],
        ),
        (
            'E-mail,Name\na@b.example,"Ada\nLee"\nb@b.example,Bob\n',
            [(2, "a@b.example", "Ada\nLee"), (3, "b@b.example", "Bob")],
        ),
        ('E-mail,Name\na@b.example,"Lee, Ada ""Ace"""\n', [(2, "a@b.example", 'Lee, Ada "Ace"')]),
        ("E-mail,Name,,,\na@b.example,Ada,,,\n", [(2, "a@b.example", "Ada")]),
        ("E-mail,Name\na@b.example\nb@b.example,Bob,x,y\n", [(2, "a@b.example", ""), (3, "b@b.example", "Bob")]),
        ("Booking form\nLarchmere,2026\n\nName,E-mail\nAda,a@b.example\n", [(5, "a@b.example", "Ada")]),
        ("No.,E-mail,Name\n1,a@b.example,Ada\n2,,\n3,,\n", [(2, "a@b.example", "Ada")]),
        (" e-MAIL address ; First_Name;SURNAME\na@b.example;Ada;Lee\n", [(2, "a@b.example", "Ada Lee")]),
        ("Name,Surname,Email\nAda,Lee,a@b.example\n", [(2, "a@b.example", "Ada Lee")]),
        ("E-mail,Name\n'=1+1@b.example,'-Ada\n", [(2, "=1+1@b.example", "-Ada")]),
        ("E-mail,Name\n=HYPERLINK(1),=2+2\n", [(2, "=HYPERLINK(1)", "=2+2")]),
        (
            "E-mail,Name\nmailto:a@b.example,Ada\nBob Ray <b@b.example>,Bob\n",
            [(2, "a@b.example", "Ada"), (3, "b@b.example", "Bob")],
        ),
        ("E-mail,Name\n a@b.example\u200b ,\u00a0Ada\u00a0\n", [(2, "a@b.example", "Ada")]),
    ],
)
def test_lines_are_numbered_as_the_spreadsheet_shows_them_and_blank_ones_left_out(text: str, rows: list[Any]) -> None:
    assert read(text.encode()) == rows


@pytest.mark.parametrize("excel", [False, True])
def test_workbook_is_read_with_its_own_line_numbers(excel: bool) -> None:
    content = xlsx((), ("sian@larchmere.example", "Siân Jones"), (None, None), ("bob@larchmere.example", "Bob"))

    found = read(as_excel_writes(content) if excel else content)

    assert found == [(3, "sian@larchmere.example", "Siân Jones"), (5, "bob@larchmere.example", "Bob")]


def test_first_visible_sheet_is_read_and_that_is_said() -> None:
    def more(book: Any) -> None:
        book.active.title = "People"
        book.create_sheet("Other").append(["E-mail"])
        book.create_sheet("Hidden", 0).sheet_state = "hidden"

    found = read_list(xlsx(("a@b.example", "Ada"), change=more), "list.xlsx")

    assert [row["name"] for row in found.rows] == ["Ada"]
    assert found.notes == [("sheet_used", {"sheet": "People"}), ("hidden_sheet", {"sheet": "Hidden"})]


def test_numbers_days_and_truths_are_read_as_text() -> None:
    content = xlsx(
        (12, 3.0),
        (date(2026, 5, 1), datetime(2026, 5, 1, 9, 30)),  # noqa: DTZ001  spreadsheets know no zone
        (True, 2.5),
    )

    assert read(content) == [(2, "12", "3"), (3, "2026-05-01", "2026-05-01 09:30"), (4, "TRUE", "2.5")]


def test_formula_without_a_value_is_told_from_an_empty_cell() -> None:
    content = xlsx(("a@b.example", '="Ada"'), ("b@b.example", None))

    assert read(content) == [(2, "a@b.example", NOT_COMPUTED), (3, "b@b.example", "")]


def test_formula_with_a_value_is_its_value() -> None:
    def computed(part: bytes) -> bytes:
        return (
            part.replace(b"<v></v>", b"<v>Ada Lee</v>")
            .replace(b"<v />", b"<v>Ada Lee</v>")
            .replace(b"<v/>", b"<v>Ada Lee</v>")
        )

    content = repacked(
        xlsx(("a@b.example", '="Ada"')),
        replace={SHEET: lambda part: computed(part).replace(b'<c r="B2">', b'<c r="B2" t="str">')},
    )

    assert read(content) == [(2, "a@b.example", "Ada Lee")]


def test_merged_title_above_the_headings_and_cells_merged_within_a_line_do_no_harm() -> None:
    def merge(book: Any) -> None:
        book.active.insert_rows(1)
        book.active["A1"] = "Booking list"
        book.active.merge_cells("A1:B1")
        book.active.merge_cells("C3:D3")

    found = read_list(xlsx(("a@b.example", "Ada"), change=merge), "list.xlsx")

    assert [(row["line"], row["name"]) for row in found.rows] == [(3, "Ada")]
    assert found.notes == [("headings_on", {"line": "2"})]


@pytest.mark.parametrize("said", ["x", "=1+1"])
def test_cell_in_the_last_line_of_a_sheet_costs_no_more_than_a_moment(said: str) -> None:
    """The lines between are not there, and nobody makes them up."""

    def far(book: Any) -> None:
        book.active["D1048576"] = said

    content = xlsx(("a@b.example", "Ada"), change=far)
    began = process_time()

    assert read(content) == [(2, "a@b.example", "Ada")]
    assert process_time() - began < 1


def test_lines_far_apart_keep_their_numbers() -> None:
    def change(book: Any) -> None:
        book.active["A700"], book.active["B700"] = "b@b.example", "Bob"

    assert read(xlsx(("a@b.example", "Ada"), change=change)) == [(2, "a@b.example", "Ada"), (700, "b@b.example", "Bob")]


@pytest.mark.parametrize(
    ("more", "encoding"),
    [("<row/>" * 110_000, "utf-8"), ("<x:c/>" * 650_000, "utf-8"), ("<row/>" * 110_000, "utf-16")],
)
def test_workbook_of_far_more_lines_or_cells_than_a_list_has_is_refused_in_a_moment(more: str, encoding: str) -> None:
    noise = "".join(f"<!--{random()}-->" for _ in range(40_000))  # else it would be refused for having shrunk so far

    def pad(part: bytes) -> bytes:
        padded = part.decode().replace("</sheetData>", f"</sheetData>{noise}{more}").split("?>", 1)[-1]
        return f'<?xml version="1.0" encoding="{encoding}"?>{padded}'.encode(encoding)

    content = repacked(xlsx(("a@b.example", "Ada")), replace={SHEET: pad})
    began = process_time()

    with pytest.raises(ListRefused, match="far more than a list"):
        read_list(content, "list.xlsx")
    assert process_time() - began < 2


def test_unknown_columns_are_named_by_letter_with_what_was_meant_and_are_not_kept() -> None:
    found = read_list(b"E-mail,Name,Job title,Agncy\na@b.example,Ada,Nurse,Health\n", "list.csv")

    assert found.notes == [
        ("unknown_column", {"column": "C", "heading": "Job title", "meant": ""}),
        ("unknown_column", {"column": "D", "heading": "Agncy", "meant": "Agency"}),
    ]
    assert found.rows == [{"line": 2, "email": "a@b.example", "name": "Ada", "agency": "", "area": "", "language": ""}]


def test_our_own_column_of_faults_comes_back_without_a_word() -> None:
    assert read_list(b"E-mail,Name,What is wrong\na@b.example,Ada,There is no name.\n", "list.csv").notes == []


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("E-Mail", "email"),
        ("EMAIL ADDRESS", "email"),
        ("e_mail", "email"),
        ("Email (work)", "email"),
        ("Cyfeiriad e-bost", "email"),
        ("ebost", "email"),
        ("Full Name", "name"),
        ("Enw llawn", "name"),
        ("Enw cyntaf", "first"),
        ("Forename", "first"),
        ("Cyfenw", "last"),
        ("Sector", "agency"),
        ("Asiantaeth", "agency"),
        ("Local Authority", "area"),
        ("Awdurdod lleol", "area"),
        ("Iaith", "language"),
        ("Phone", ""),
        ("", ""),
    ],
)
def test_heading_is_known_in_english_and_welsh_in_any_spelling(heading: str, name: str) -> None:
    assert known_column(heading) == name


@pytest.mark.parametrize(
    ("heading", "meant"), [("Emial", "E-mail"), ("Nmae", "Name"), ("Langage", "Language"), ("Job", ""), ("Date", "")]
)
def test_misspelt_heading_is_guessed_and_another_word_is_not(heading: str, meant: str) -> None:
    assert meant_by(heading) == meant


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_spreadsheets_do(index: int, letters: str) -> None:
    assert letters_of(index) == letters


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    for beginning in (b"", b"E-mail,Name\n", b"PK\x03\x04"):
        try:
            found = read_list(beginning + content, "list")
        except ListRefused as refused:
            said = str(refused)
        else:
            said = "." if found.rows else ""
        assert said.endswith((".", "?"))


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40), st.booleans()),
        min_size=1,
        max_size=20,
    )
)
def test_every_name_written_by_a_spreadsheet_comes_back_from_csv_and_xlsx_alike(names: list[tuple[str, bool]]) -> None:
    rows: list[list[str | int]] = [["E-mail", "Name"]]
    for name, is_blank_before in names:
        rows += [["", ""]] * is_blank_before + [["a@b.example", name]]

    from_csv, from_xlsx = read(written("csv", rows)), read(written("xlsx", rows))

    assert (
        from_csv
        == from_xlsx
        == [(n, "a@b.example", tidy(str(row[1]))) for n, row in enumerate(rows, 1) if n > 1 and row[0]]
    )


def test_folding_forgets_case_accents_and_signs_and_addresses_are_taken_out_of_brackets() -> None:
    assert folded("  Cyfeiriad E-BÔST * ") == "cyfeiriadebost"
    assert address_in("Ada Lee <ada@b.example> ") == "ada@b.example"
    assert columns_of(["Email", "Name"]).places == {"email": 0, "name": 1}
