"""Somebody is shown a certificate at a door and checks it on a phone, from its square code and by typing its code."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import follow

pytestmark = [pytest.mark.browser, pytest.mark.once]

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
MOST_SECONDS = 20
# Counted, not timed: a tap takes a person 1.1 s with finding its place, a key of a phone's keyboard 0.4 s, and looking
# at a page that came 1.35 s (the keystroke-level model of Card, Moran and Newell, with its figures for touch); a page
# takes 1 s to come over a phone's network.
TAP, KEY, LOOK, PAGE = 1.1, 0.4, 1.35, 1.0
CODE = "from credentials.models import Credential; print(Credential.objects.filter(state='issued').first().shown_code)"


@pytest.fixture
def code(manage: Manage) -> str:
    return manage("shell", "-v0", "-c", CODE).strip()


def answer_is_in_the_first_window(page: Page) -> bool:
    """The verdict and whose and what it is about, with no scrolling."""
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    boxes = [page.locator("h1").bounding_box(), page.locator(".verify-card .facts dd").nth(1).bounding_box()]
    return all(box and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["viewport"]["height"] for box in boxes)


def test_square_code_opens_the_answer_itself(visitor: Visitor, code: str) -> None:
    page = visitor(**PHONE)

    page.goto(f"/verify/{code}/")

    assert answer_is_in_the_first_window(page)
    assert PAGE + LOOK <= MOST_SECONDS


def test_typed_code_is_checked_within_twenty_seconds_from_the_front_page(visitor: Visitor, code: str) -> None:
    page = visitor(**PHONE)
    taps = keys = 0
    page.goto("/")
    pages = 1

    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Check a certificate").first.tap()
    page.wait_for_url("**/verify/")
    taps, pages = taps + 2, pages + 1
    if not page.get_by_label("Code on the certificate").evaluate("field => field === document.activeElement"):
        page.get_by_label("Code on the certificate").tap()
        taps += 1
    for letter in code.replace("-", "").lower():  # as a phone writes it; hyphens and capitals would be more to type
        page.keyboard.press(letter)
        keys += 1
    follow(page, page.get_by_role("button", name="Check this code"))
    taps, pages = taps + 1, pages + 1

    assert answer_is_in_the_first_window(page)
    seconds = taps * TAP + keys * KEY + pages * (PAGE + LOOK)
    assert (taps, keys, pages) == (4, 20, 3)
    assert seconds <= MOST_SECONDS
