"""The first minute: what `make run` printed is followed; the four pictures that head the README are taken on the way.

They go to the running site's folder; with PICTURES=1, to docs/pictures/, in few colours so that they stay small.
"""

import os
import re
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.steps import follow
from tests.tools.running_site import ROOT, RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST_BYTES = 150_000
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


def test_newcomer_follows_what_was_printed_and_sees_what_this_is(running_site: RunningSite, visitor: Visitor) -> None:
    printed = "".join(running_site.said)
    site = re.search(r"The site is ready: (\S+)", printed)
    people = dict(re.findall(r"(http://\S+/try/\w+/)\s+(.+)", printed))
    assert site is not None
    assert len(people) == 7
    here = visitor(viewport=WIDE, reduced_motion="reduce")

    here.goto(site[1])
    says_what_it_is_for_whom_and_what_next(here)
    picture(here, "home-1280-light", running_site)
    rates_a_decision_twice(here)
    picture(here, "shift-1280-light", running_site)
    watches_the_film(here)
    picture(here, "film-1280-light", running_site)

    phone = visitor(viewport=PHONE, color_scheme="dark")
    phone.goto(next(address for address, shows in people.items() if "half-way" in shows))
    promised = phone.get_by_role("heading", name="Carry on: ").inner_text().removeprefix("Carry on: ")
    follow(phone, phone.get_by_role("link", name="Carry on", exact=True))
    expect(phone.get_by_role("heading", level=1)).to_have_text(promised)
    phone.goto(re.sub("#.*", "", phone.url))
    picture(phone, "lesson-360-dark", running_site, scheme="dark")


def test_every_printed_person_can_be_looked_at(running_site: RunningSite, visitor: Visitor) -> None:
    addresses = re.findall(r"http://\S+/try/\w+/", "".join(running_site.said))

    names = []
    for address in addresses:
        page = visitor()
        page.goto(address)
        names.append(page.get_by_role("heading", level=1).inner_text())

    assert len(names) == 7
    assert all(name.startswith("Hello, ") for name in names)
    assert len(set(names)) == 7


def says_what_it_is_for_whom_and_what_next(page: Page) -> None:
    """All of it in the first window, without scrolling."""
    for words in (
        page.get_by_role("heading", level=1, name="Not who went wrong. Why it made sense."),
        page.get_by_text("Training for people who lead multi-agency case reviews"),
        page.get_by_role("main").get_by_role("link", name="Try it: 90 seconds"),
        page.get_by_role("main").get_by_role("link", name="See the foundation course"),
    ):
        expect(words.first).to_be_in_viewport(ratio=1)


def rates_a_decision_twice(page: Page) -> None:
    follow(page, page.get_by_role("main").get_by_role("link", name="Try it: 90 seconds"))
    for rating, heading in (("7", "How it ended"), ("3", "You moved from 7 down to 3")):
        page.get_by_role("radio", name=rating, exact=True).check()
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_role("main")).to_contain_text("outcome bias")


def watches_the_film(page: Page) -> None:
    follow(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Films"))
    follow(page, page.get_by_role("main").get_by_role("link", name="Why did it make sense?").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Why did it make sense?")
    page.wait_for_load_state("networkidle")


def picture(page: Page, name: str, site: RunningSite, *, scheme: Literal["light", "dark"] = "light") -> None:
    """A window's worth, as the README shows it."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    folder = ROOT / "docs" / "pictures" if os.environ.get("PICTURES") == "1" else site.var / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    file: Path = folder / f"{name}.png"
    Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(128).save(file, optimize=True)
    assert 0 < file.stat().st_size <= MOST_BYTES
