"""What somebody takes away to read, opened from their own disk on a phone."""

from pathlib import Path

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.hands import press

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("width", [360, 1280])
def test_download_to_read_fits_the_window_and_says_what_each_thing_is(
    visitor: Visitor, tmp_path: Path, width: int
) -> None:
    page = visitor(viewport={"width": width, "height": 800})
    page.goto("/try/amina/")
    page.goto("/your-data/")
    with page.expect_download() as download:
        press(page, page.get_by_role("link", name="Download to read (HTML)"))
    file = tmp_path / "your-data.html"
    download.value.save_as(file)

    page.goto(file.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("heading", name="Your account").is_visible()
    label = page.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert (label != "none") is (width == 360)
