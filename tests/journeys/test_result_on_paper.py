"""A result on paper: no way on to anywhere, and what fits and what was chosen told apart without colour."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.learning_states import at_earlier_result

pytestmark = pytest.mark.browser
EDGE = "one => { const edge = getComputedStyle(one); return `${edge.borderStyle} ${edge.borderColor}`; }"


def test_a_result_on_paper_is_its_questions_and_marks_alone(visitor: Visitor) -> None:
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto("/try/ceri/")
    at_earlier_result(1)(page)

    page.emulate_media(media="print")

    for gone in (page.get_by_role("button"), page.get_by_role("link", name="Try again"), page.locator(".from summary")):
        assert [one.is_visible() for one in gone.all() if one.is_visible()] == []
    chosen = page.locator(".opt.was:not(.good)").first
    fitting = page.locator(".opt.good").first
    expect(chosen.get_by_text("You chose this.")).to_be_visible()
    expect(fitting.get_by_text("fits")).to_be_visible()
    assert (chosen.evaluate(EDGE), fitting.evaluate(EDGE)) == ("dashed rgb(0, 0, 0)", "solid rgb(0, 0, 0)")
    assert {one.evaluate("one => getComputedStyle(one).breakInside") for one in page.locator(".item").all()} == {
        "avoid"
    }
    result = page.locator(".result")
    assert result.locator("h2").bounding_box()["width"] > result.bounding_box()["width"] / 2  # not squeezed
