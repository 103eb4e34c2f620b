"""The trainer's board: by keyboard alone, and with its heads in place wherever one looks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.hands import press, use_keyboard_only, walk_to

pytestmark = [pytest.mark.browser, pytest.mark.once]
DESK = {"width": 1280, "height": 900}
HEADS = """frame => {
  const place = (one) => [one.getBoundingClientRect().left, one.getBoundingClientRect().top].map(Math.round);
  return {
    corner: place(frame.querySelector("thead tr:last-child th")),
    column: place(frame.querySelector("thead tr:last-child th:nth-child(9)")),
    name: place(frame.querySelector("tbody tr:nth-child(5) th")),
  };
}"""


def _open_board(page: Page) -> Page:
    page.goto("/try/beth/")
    page.goto("/my-learning/")
    press(page, page.get_by_role("link", name=re.compile("^Open the board")).first)
    page.locator("table.cohort").wait_for()
    return page


def _focused_row(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('tr').querySelector('th a').innerText"))


def test_board_is_narrowed_sorted_walked_and_left_by_keyboard_alone(visitor: Visitor) -> None:
    page = _open_board(use_keyboard_only(visitor(viewport=DESK)))
    expect(page.get_by_text("Arrow keys go from cell to cell")).to_be_visible()
    press(page, page.get_by_role("link", name=re.compile("^Under way")))
    press(page, page.get_by_role("columnheader").get_by_role("link", name="Trainee"))
    walk_to(page, page.get_by_role("rowheader").get_by_role("link", name="Joan Pettifer"))

    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    stops = _focused_row(page)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name="Joan Pettifer")).to_be_visible()
    assert (stops, page.url.rpartition("#")[2][:1]) == ("Joan Pettifer", "a")
    page.go_back()
    walk_to(page, page.get_by_role("link", name="Download as CSV"))  # behind all those cells


def test_heads_of_the_board_stay_where_they_are(visitor: Visitor) -> None:
    page = _open_board(visitor(viewport=DESK))
    frame = page.locator(".board-frame")
    frame.evaluate("frame => { frame.style.maxHeight = '20rem' }")  # fourteen people fill no window of this height
    before = frame.evaluate(HEADS)

    frame.evaluate("frame => frame.scrollTo(300, 120)")
    after = frame.evaluate(HEADS)

    assert after["corner"] == before["corner"]
    assert after["column"] == [before["column"][0] - 300, before["column"][1]]
    assert after["name"] == [before["name"][0], before["name"][1] - 120]


def test_board_is_passed_by_its_link_sorted_narrowed_and_opened_without_scripts(visitor: Visitor) -> None:
    page = _open_board(visitor(viewport=DESK, java_script_enabled=False))
    names = page.get_by_role("rowheader").get_by_role("link")
    everybody = names.all_inner_texts()
    expect(page.get_by_text("Arrow keys go from cell to cell")).to_be_hidden()

    page.get_by_role("link", name="Past the table").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("summary", has_text="What the columns are")).to_be_focused()
    page.get_by_role("columnheader").get_by_role("link", name="Trainee").click()
    page.wait_for_url("**sort=-name**")
    assert names.all_inner_texts() == everybody[::-1]
    page.get_by_role("navigation", name="Show").get_by_role("link", name=re.compile("^Under way")).click()
    page.wait_for_url("**show=under-way**")
    page.get_by_label(re.compile("^Find")).fill("pettifer")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**q=pettifer**")
    assert names.all_inner_texts() == ["Joan Pettifer"]
    page.locator("table.cohort tbody td.tight a").first.click()

    expect(page.get_by_role("heading", level=1, name="Joan Pettifer")).to_be_visible()
    assert page.url.rpartition("#")[2][:1] == "a"


def test_names_stay_in_sight_on_a_phone_and_leave_room_for_what_is_done(visitor: Visitor) -> None:
    page = _open_board(visitor(viewport={"width": 360, "height": 780}))
    frame = page.locator(".board-frame")
    before = frame.evaluate(HEADS)["name"]

    frame.evaluate("frame => { frame.scrollLeft = 400 }")
    name = frame.locator("tbody tr:nth-child(5) th")

    assert frame.evaluate(HEADS)["name"][0] == before[0]
    assert name.bounding_box()["width"] <= 150  # type: ignore[index]


PAINTED = """signs => signs.map((sign) => {
  const style = getComputedStyle(sign);
  const isFilled = style.backgroundColor !== "rgba(0, 0, 0, 0)";
  return style.forcedColorAdjust === "none" && isFilled && style.color !== style.backgroundColor;
})"""


def test_signs_and_counts_on_filled_shapes_are_seen_in_forced_colours(visitor: Visitor) -> None:
    page = _open_board(visitor(viewport=DESK, forced_colors="active"))

    for filled in (".signs .sign.done", "table.cohort .sign.done", ".tabs .count"):
        painted = page.locator(filled).evaluate_all(PAINTED)
        assert (filled, bool(painted), all(painted)) == (filled, True, True)
