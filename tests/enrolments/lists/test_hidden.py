"""What a workbook hides: whoever sends it did not see it, so nobody is booked by it without a word."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from enrolments.choices import ListState
from enrolments.lists.checking import outcome, vocabulary_of
from enrolments.lists.reading import read_list
from enrolments.lists.refusals import ListRefused
from enrolments.lists.taking_in import begin_taking_in
from enrolments.lists.words import faults_by_line, note
from people.models import User
from tests.enrolments.lists.sending import booker, sent
from tests.enrolments.lists.workbooks import HEADINGS, SHEET, as_excel_writes, repacked, xlsx
from tests.factories import NOON

SAID = "This line is hidden in the workbook. Show it or take it out, and send the list again."
ADA, BOB, CYD = ("ada@b.example", "Ada Lee"), ("bob@b.example", "Bob Roe"), ("cyd@b.example", "Cyd Poe")


def _by_hand(book: Any) -> None:
    book.active.row_dimensions[3].hidden = True


def _by_a_filter(book: Any) -> None:
    book.active.auto_filter.ref = "A1:B4"
    book.active.auto_filter.add_filter_column(1, ["Ada Lee", "Cyd Poe"])
    book.active.row_dimensions[3].hidden = True


def _in_a_closed_group(book: Any) -> None:
    book.active.row_dimensions.group(3, 3, hidden=True)


HIDINGS = [_by_hand, _by_a_filter, _in_a_closed_group]


@pytest.mark.django_db
@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("hide", HIDINGS)
def test_hidden_line_is_named_and_nothing_is_taken_in_with_it(hide: Callable[[Any], None], excel: bool) -> None:
    content = xlsx(ADA, BOB, CYD, change=hide)
    one = sent(booker(), as_excel_writes(content) if excel else content, "list.xlsx")

    said = faults_by_line(one)
    with pytest.raises(ListRefused):
        begin_taking_in(one, by=one.uploaded_by or User(), at=NOON)

    assert said == {3: [SAID]}
    assert not User.objects.filter(email__endswith="@b.example").exists()


@pytest.mark.django_db
def test_line_shown_again_is_taken_in() -> None:
    of = booker()
    sent(of, xlsx(ADA, BOB, CYD, change=_by_hand), "list.xlsx")
    again = sent(of, xlsx(ADA, BOB, CYD), "list.xlsx")

    begin_taking_in(again, by=of.lead, at=NOON)

    again.refresh_from_db()
    assert (again.state, again.booked_count) == (ListState.TAKEN_IN, 3)


@pytest.mark.django_db
def test_hidden_line_counts_as_one_to_be_mended_beside_what_else_is_wrong_with_it() -> None:
    one = sent(booker(), xlsx(ADA, ("bob", "Bob Roe"), CYD, change=_by_hand), "list.xlsx")

    found = outcome(one.rows, one.report, vocabulary_of(one.organisation))

    assert (found.faulty, found.is_ready) == (1, False)
    assert faults_by_line(one)[3] == [SAID, "“bob” is not an e-mail address: it has no @."]


def test_hidden_lines_that_name_nobody_keep_nothing_up() -> None:
    def change(book: Any) -> None:
        for line in (1, 3, 9):  # the title, an empty line and one far below
            book.active.row_dimensions[line].hidden = True

    found = read_list(xlsx(HEADINGS, (None, None), ADA, headings=("All of us",), change=change), "list.xlsx")

    assert [(row["line"], "hidden" in row) for row in found.rows] == [(4, False)]


def test_sheet_whose_lines_are_hidden_unless_they_say_otherwise_is_read_so() -> None:
    content = xlsx(ADA, BOB)
    shown = repacked(
        content,
        replace={
            SHEET: lambda part: part.replace(b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" ').replace(
                b'<row r="2"', b'<row r="2" ht="15"'
            )
        },
    )

    found = read_list(shown, "list.xlsx")

    assert [(row["line"], "hidden" in row) for row in found.rows] == [(2, False), (3, True)]


@pytest.mark.parametrize(
    "said", [b"\n hidden = 'true'", b' ht="0" customHeight="1"', b' ht="0.01"', b' hidden="1" r="3"']
)
def test_hidden_lines_are_told_by_any_writer_of_workbooks(said: bytes) -> None:
    """With other quotation marks, line breaks between attributes, no height, and lines that do not say their number."""

    def other(part: bytes) -> bytes:
        return part.replace(b'<row r="3"', b"<row" + said).replace(b'<row r="2"', b"<row")

    found = read_list(repacked(xlsx(ADA, BOB, CYD), replace={SHEET: other}), "list.xlsx")

    assert [row["line"] for row in found.rows if "hidden" in row] == [3]


@pytest.mark.parametrize(
    ("said", "is_hidden"), [(b'customHeight="1" defaultRowHeight="0.2"', True), (b'defaultRowHeight="0"', False)]
)
def test_lines_of_a_sheet_whose_usual_height_is_next_to_nothing_are_hidden(said: bytes, is_hidden: bool) -> None:
    """Where it is set by hand; else a spreadsheet finds a height by itself."""

    def low(part: bytes) -> bytes:
        return re.sub(rb"<sheetFormatPr[^>]*>", b"<sheetFormatPr " + said + b"/>", part)

    found = read_list(repacked(xlsx(ADA), replace={SHEET: low}), "list.xlsx")

    assert [("hidden" in row) for row in found.rows] == [is_hidden]


def test_hidden_column_that_is_read_is_named() -> None:
    def change(book: Any) -> None:
        for letter in ("C", "D"):
            book.active.column_dimensions[letter].hidden = True

    rows = ((*ADA, "Police", "x"),)
    found = read_list(xlsx(*rows, headings=("E-mail", "Name", "Agency", "Ref"), change=change), "list.xlsx")

    said = [note(code, facts) for code, facts in found.notes]
    assert "Column C, “Agency”, is hidden in the workbook. It was read too." in said
    assert not [one for one in said if "Column D" in one and "read too" in one]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_is_named_and_not_read(state: str) -> None:
    def change(book: Any) -> None:
        book.active.title = "People"
        old = book.create_sheet("Leavers", 0)
        old.append(["E-mail", "Name"])
        old.append(BOB)
        old.sheet_state = state

    found = read_list(xlsx(ADA, change=change), "list.xlsx")

    assert [row["email"] for row in found.rows] == ["ada@b.example"]
    assert [note(code, facts) for code, facts in found.notes] == [
        "The workbook has several sheets. Only the first visible one, “People”, was read.",
        "The sheet “Leavers” is hidden in the workbook. It was not read.",
    ]
