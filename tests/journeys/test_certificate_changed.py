"""A trainer suspends a certificate and lets it stand again; a stranger who checks its code sees it at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.giving_states import at_certificate
from tests.journeys.steps import follow

pytestmark = [pytest.mark.browser, pytest.mark.once]
SIZES = [({"width": 360, "height": 780}, False), ({"width": 1280, "height": 900}, True)]


def _code(page: Page) -> str:
    return page.locator("dd.code").inner_text()


@pytest.mark.parametrize(("viewport", "scripts"), SIZES, ids=["phone-without-scripts", "desk-with-scripts"])
def test_suspended_certificate_is_seen_at_once_and_stands_again(
    visitor: Visitor, viewport: dict[str, int], scripts: bool
) -> None:
    beth = visitor(java_script_enabled=scripts, viewport=viewport)
    stranger = visitor(java_script_enabled=scripts, viewport=viewport)
    beth.goto("/try/beth/")
    at_certificate("Suspend it")(beth)

    beth.get_by_label("Something about it is being looked into").check()
    beth.get_by_label("What you want to tell the holder").fill("We compare two texts.")
    follow(beth, beth.get_by_role("button", name="Suspend it"))
    expect(beth.get_by_text("It is suspended. Its holder is told by e-mail.")).to_be_visible()
    stranger.goto(f"/verify/{_code(beth)}/")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This certificate is not valid today")
    expect(stranger.get_by_text("It has been suspended since")).to_be_visible()

    follow(beth, beth.get_by_role("link", name="Let it stand again"))
    follow(beth, beth.get_by_role("button", name="Let it stand again"))
    expect(beth.get_by_text("It stands again. Its holder is told by e-mail.")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    assert beth.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
