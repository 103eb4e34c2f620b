"""A trainer before a meeting: how far everybody is, on screen and in files; one learning outcome; a living address."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.hands import press
from tests.journeys.steps import follow

pytestmark = [pytest.mark.browser, pytest.mark.once]

AS_BEFORE = "from training.models import ReportAddress; ReportAddress.objects.all().delete()"


def _names(page: Page) -> list[str]:
    return [name.strip() for name in page.locator("table.board tbody th").all_inner_texts()]


def _download(page: Page, words: str) -> Download:
    with page.expect_download() as download:
        press(page, page.get_by_role("link", name=words))
    return download.value


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_trainer_reads_takes_and_shares_reports(
    visitor: Visitor, manage: Manage, tmp_path: Path, scripts: bool
) -> None:
    page = visitor(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    page.goto("/try/beth/")
    page.goto("/my-learning/")
    follow(page, page.get_by_role("link", name="Open the board").first)
    follow(page, page.get_by_role("link", name="Reports"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Completion")
    shown = _names(page)
    assert {"Amina Farrow", "Ceri Tŷ Gwyn"} <= set(shown)
    assert page.locator(".scroll").evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0

    csv_file, xlsx, pdf = (tmp_path / f"report.{kind}" for kind in ("csv", "xlsx", "pdf"))
    _download(page, "Download as CSV").save_as(csv_file)
    _download(page, "Download for Excel (XLSX)").save_as(xlsx)
    _download(page, "Download as PDF").save_as(pdf)
    with csv_file.open(encoding="utf-8-sig", newline="") as lines:
        assert [line["Name"] for line in csv.DictReader(lines)] == shown
    rows = openpyxl.load_workbook(xlsx).active.iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == shown
    assert pdf.read_bytes().startswith(b"%PDF-")

    _look_at_an_outcome(page)
    _share(page, visitor, shown)
    manage("shell", "-v0", "-c", AS_BEFORE)


def _look_at_an_outcome(page: Page) -> None:
    follow(page, page.get_by_role("link", name="Results by learning outcome"))
    follow(page, page.get_by_role("link", name="LO1.1"))
    expect(page.get_by_role("heading", name="The questions behind it")).to_be_visible()
    words = page.get_by_role("main").inner_text()
    assert [name for name in ("Amina", "Ceri", "Joan", "Nadia") if name in words] == []
    follow(page, page.get_by_role("link", name="All learning outcomes"))
    follow(page, page.get_by_role("link", name="Completion"))


def _share(page: Page, visitor: Visitor, shown: list[str]) -> None:
    """Made, fetched by somebody who is nobody here, withdrawn, and gone."""
    press(page, page.get_by_role("radio", name="90 days"))
    follow(page, page.get_by_role("button", name="Make an address"))
    address = page.get_by_label("The address of “Completion”").input_value()
    spreadsheet = visitor().request
    fetched = spreadsheet.get(address)
    assert fetched.status == 200
    lines = csv.DictReader(io.StringIO(fetched.body().decode("utf-8-sig")))
    assert [line["Name"] for line in lines] == shown

    follow(page, page.get_by_role("link", name="I have the address"))
    page.get_by_text("Last fetched on").wait_for()
    press(page, page.get_by_role("button", name="Withdraw"))
    expect(page.get_by_text("The address is withdrawn")).to_be_visible()
    assert spreadsheet.get(address).status == 404
