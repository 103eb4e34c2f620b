"""A link printed for a wall: one sheet, and nothing on it but the poster."""

import io

import pypdf
import pytest

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.hands import press
from tests.journeys.steps import follow

pytestmark = [pytest.mark.browser, pytest.mark.once]
# Whoever used this site before may have taken the council's places.
ENOUGH_PLACES = "from enrolments.models import CohortOffer; CohortOffer.objects.update(places=None)"


@pytest.mark.parametrize("paper", ["A4", "A5", "Letter"])
def test_printed_link_is_one_sheet_that_names_course_and_cohort_and_holds_nothing_else(
    visitor: Visitor, manage: Manage, paper: str
) -> None:
    manage("shell", "-v0", "-c", ENOUGH_PLACES)
    page = visitor()
    page.goto("/try/lena/")
    follow(page, page.get_by_role("link", name="Larchmere Council"))
    page.goto(page.url.rstrip("/") + "/invitations/link/")
    press(page, page.get_by_role("main").get_by_role("button", name="Make the link"))
    link = page.get_by_role("textbox", name="The link").input_value()
    course = page.locator(".poster .what").inner_text()

    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, print_background=True))).pages

    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert len(sheets) == 1
    assert link.partition("/join/")[2] in text.replace(" ", "")
    assert course
    assert course in text
    assert text.startswith(("Join ", "Ask for a place in "))
    for words in ("999", "Menu", "Learning Together", "MIT", "Invitations", "Take the link now", "Larchmere Council"):
        assert words not in text.replace(course, "")
