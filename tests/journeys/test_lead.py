"""A lead's day: who stands where, whose certificate runs out, a file for the board, somebody who leaves."""

import csv
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.hands import press, write
from tests.journeys.steps import follow

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Everybody of the council stands as they did before; Tomasz, who leaves, comes back in the end.
BACK_AGAIN = """
from django.utils import timezone
from enrolments.booking import book_enrolment
from enrolments.models import Enrolment
run = Enrolment.objects.get(learner__email="tomasz@example.org")
book_enrolment(run.learner, run.cohort, booked_by=run.booked_by, at=timezone.now())
"""


def _names(page: Page) -> list[str]:
    return [name.strip() for name in page.locator("table.people tbody th a").all_inner_texts()]


def test_lead_sees_people_filters_downloads_and_marks_a_leaver(
    visitor: Visitor, manage: Manage, tmp_path: Path
) -> None:
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto("/try/lena/")
    follow(page, page.get_by_role("link", name="Larchmere Council"))
    everybody = _names(page)
    assert {"Amina Farrow", "Tomasz Wilk", "Fiona Strachan"} <= set(everybody)
    assert "Ceri Tŷ Gwyn" not in everybody

    follow(page, page.get_by_role("link", name="Doing"))
    assert {"Amina Farrow", "Tomasz Wilk"} <= set(_names(page))
    assert "Fiona Strachan" not in _names(page)
    follow(page, page.get_by_role("link", name="Within 6 months"))
    expect(page.get_by_text("Nobody stands here just now.")).to_be_visible()
    follow(page, page.get_by_role("link", name="Everybody"))
    write(page, page.get_by_label("Find by name"), "bryn wyn")
    follow(page, page.get_by_role("button", name="Find"))
    assert _names(page) == ["Bryn Ŵyn-Ŷstwyth"]

    assert _downloaded(page, "Download as CSV", tmp_path) == ["Bryn Ŵyn-Ŷstwyth"]
    follow(page, page.get_by_role("link", name="People", exact=True))
    assert _downloaded(page, "Download for Excel (XLSX)", tmp_path) == everybody

    somebody_leaves(page)
    assert "Tomasz Wilk" not in _names(page)
    manage("shell", "-v0", "-c", BACK_AGAIN)
    page.reload()
    assert _names(page) == everybody


def _downloaded(page: Page, link: str, folder: Path) -> list[str]:
    """The names in the file that the link gives, as a spreadsheet reads it."""
    with page.expect_download() as download:
        press(page, page.get_by_role("link", name=link))
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("larchmere-council-people-20")
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return [line["Name"] for line in csv.DictReader(lines)]
    return [str(row[0]) for row in openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True)]


def somebody_leaves(page: Page) -> None:
    """From today, after reading what happens then."""
    follow(page, page.get_by_role("link", name="Tomasz Wilk"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tomasz Wilk")
    follow(page, page.get_by_role("button", name="See what happens then"))
    expect(page.get_by_text("They keep their account")).to_be_visible()
    follow(page, page.get_by_role("button", name="Yes, they leave from"))
    expect(page.get_by_role("status")).to_contain_text("Tomasz Wilk left your organisation from")


def test_funders_reader_finds_numbers_and_no_names(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/try/farah/")
    follow(page, page.get_by_role("link", name="Saltby and Larchmere Fund"))

    expect(page.get_by_role("heading", level=1)).to_have_text("People trained in your areas")
    expect(page.get_by_text("No group has reached five people in this time")).to_be_visible()
    follow(page, page.get_by_role("link", name="April 2025 to March 2026"))
    assert [name for name in ("Amina", "Ceri", "Larchmere Council", "Saltby Health") if name in page.content()] == []
