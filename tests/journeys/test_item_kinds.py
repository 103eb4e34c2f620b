"""Every kind of question, answered on a real page: with scripts off, with the keyboard alone, and by moving lines."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.bank import open_bank, plain
from tests.journeys.conftest import Visitor
from tests.journeys.hands import press, use_keyboard_only
from tests.journeys.steps import answer, follow
from tests.journeys.test_second_step import axe_finds

pytestmark = pytest.mark.browser

EARNING = sorted({item.kind for item in open_bank().values()} - {"open_response", "information"})


@pytest.fixture
def at_the_desk(visitor: Visitor) -> Visitor:
    """Call it for a page on which an editor is signed in."""

    def signed_in(**options: object) -> Page:
        page = visitor(**options)
        page.goto("/try/dev/")
        return page

    return signed_in


def open_one(page: Page, kind: str, bank: str = "foundation-open") -> None:
    """The first live question of this kind in a bank, to be tried."""
    page.goto(f"/admin/banks/{bank}/?kind={kind}&state=live")
    follow(page, page.locator("tbody th a").first)
    follow(page, page.get_by_role("link", name="Try it"))


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts-off", "keyboard-only"])
@pytest.mark.parametrize("kind", EARNING)
def test_a_question_of_each_kind_is_answered_and_earns_all(at_the_desk: Visitor, kind: str, scripts: bool) -> None:
    page = at_the_desk(java_script_enabled=scripts)
    open_one(page, kind)
    if scripts:
        use_keyboard_only(page)

    answer(page, rightly=True)
    press(page, page.get_by_role("button", name="Show it as marked"))

    expect(page.locator("#marked")).to_have_text("As marked: 1 of 1")
    expect(page.get_by_role("main")).not_to_contain_text("No answer here.")


def lines_of(page: Page) -> list[str]:
    return [plain(words) for words in page.locator(".line label").all_inner_texts()]


def test_lines_are_put_in_order_by_moving_them_up_and_down(at_the_desk: Visitor) -> None:
    page = at_the_desk(viewport={"width": 360, "height": 800})
    open_one(page, "ordering")
    orders = [[label for label, _place in one.fields] for one in open_bank().values() if one.kind == "ordering"]
    wanted = next(one for one in orders if sorted(one) == sorted(lines_of(page)))

    for place, line in enumerate(wanted):
        while lines_of(page).index(line) > place:
            page.get_by_role("button", name=f"Move up: {line}").click()
    expect(page.locator("[data-moved]")).to_have_text(re.compile(r"is now at place \d\.$"))
    page.get_by_role("button", name="Show it as marked").click()

    expect(page.locator("#marked")).to_have_text("As marked: 1 of 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_question_with_a_picture_fits_the_page_and_axe_finds_nothing(
    at_the_desk: Visitor, width: int, scheme: str
) -> None:
    page = at_the_desk(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto("/admin/banks/foundation-open-m6/?q=your+draft+of+who+had")
    follow(page, page.locator("tbody th a").first)
    assert axe_finds(page) == []
    follow(page, page.get_by_role("link", name="Try it"))

    picture = page.get_by_role("img", name="Twelve weeks in four rows.")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert picture.get_attribute("width")
    assert picture.get_attribute("height")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_finds(page) == []

    press(page, page.get_by_role("button", name="Show what fits"))
    expect(page.locator("#marked")).to_be_visible()
    assert axe_finds(page) == []
