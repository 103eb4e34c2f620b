"""`make gallery`: pictures of the pages of a learner's way, narrow and wide, light and dark, in var/gallery/.

A site of its own is started in a temporary folder, so the pictures show the same people every time and nobody's data
is touched. With --readme it also writes the few small ones that the README shows, to docs/pictures/.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, sync_playwright
from tools.steps import ROOT, end_on_signals, python, step
from tools.test import browser as find_browser

HEIGHTS = {360: 740, 1280: 800}  # by the width of the window
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
FOR_README: dict[str, tuple[int, Scheme]] = {
    "home": (1280, "light"),
    "lesson": (360, "dark"),
    "question": (1280, "light"),
    "certificate": (1280, "light"),
}
README_BYTES = 150_000
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"


def main() -> None:
    """Photograph every page; what is missing is said in one sentence with exit status 1."""
    end_on_signals()
    program = find_browser()
    if program is None:
        sys.exit("Pictures need a browser: install the package chromium, or name one with CHROMIUM.")
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "gallery"
    try:
        with running_site() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=QUIET.split())
            addresses = {name: find(browser, address, who, come) for name, (who, come) in PAGES.items()}
            take_all(browser, address, addresses, folder)
            if "--readme" in sys.argv[1:]:
                take_for_readme(browser, address, addresses, ROOT / "docs" / "pictures")
            browser.close()
    except Error as error:
        sys.exit(f"A page could not be photographed: {error.message}")
    print(f"The pictures are in {folder}.")


@contextmanager
def running_site() -> Iterator[str]:
    """The site with its sample people in a temporary folder; its address. Ended and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="lt-gallery-") as var, step("pictures"):
        environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MAKELEVEL"}}
        environment |= {"VAR_DIR": var, "PORT": "0", "PYTHONUNBUFFERED": "1"}
        site = subprocess.Popen(
            python(str(ROOT / "site/tools/run.py")), env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            ready = next((line for line in site.stdout or () if line.startswith("The site is ready:")), None)
            if ready is None:
                sys.exit("The site did not start; its messages are above.")
            yield ready.split()[4].rstrip("/")
        finally:
            site.terminate()
            site.communicate()


# -- Where the pages are ---------------------------------------------------------------------------------------------

Come = Callable[[Page], object]


def at(path: str) -> Come:
    return lambda page: page.goto(path)


def at_module(page: Page) -> None:
    page.goto("/foundation/")
    page.locator(".cards a").first.click()


def at_lesson(number: int) -> Come:
    def come(page: Page) -> None:
        at_module(page)
        page.locator("main ol a").nth(number - 1).click()

    return come


def at_quiz(page: Page) -> None:
    at_lesson(1)(page)
    page.get_by_role("navigation", name="Module outline").get_by_role("link", name="Quiz,").click()


def at_question(page: Page) -> None:
    """The second question, answered."""
    at_quiz(page)
    page.get_by_role("button", name=re.compile("Start the quiz|Carry on")).click()
    page.locator("label.opt").nth(1).click()
    page.get_by_role("button", name="Save and continue").click()
    page.locator("label.opt").nth(2).click()
    page.locator("[data-save-status]", has_text="Saved").wait_for()


def at_check(page: Page) -> None:
    at_quiz(page)
    page.get_by_role("button", name="Carry on").click()
    page.get_by_role("button", name="Save and see all answers").click()


def at_result(number: int) -> Come:
    def come(page: Page) -> None:
        at_quiz(page)
        page.get_by_role("link", name=f"Attempt {number},").click()

    return come


def at_certificate(page: Page) -> None:
    page.goto("/my-learning/")
    page.locator("#earned ~ ul a").first.click()


def at_verify(page: Page) -> None:
    at_certificate(page)
    page.get_by_role("link", name="See what a stranger sees").click()


def at_invitation(page: Page) -> None:
    page.goto("/try/mail/")
    page.locator('a[href*="/join/"]').first.click()


PAGES: dict[str, tuple[str, Come]] = {
    "home": ("", at("/")),
    "course": ("", at("/foundation/")),
    "module": ("", at_module),
    "sign-in": ("", at("/account/login/")),
    "sign-up": ("", at("/account/signup/")),
    "join": ("", at_invitation),
    "verify": ("", at("/verify/")),
    "verify-unknown": ("", at("/verify/0000-0000-0000-0000-0000/")),
    "dashboard-half-way": ("amina", at("/my-learning/")),
    "lesson": ("amina", at_lesson(2)),
    "lesson-left": ("amina", at_lesson(3)),
    "quiz": ("bryn", at_quiz),
    "question": ("bryn", at_question),
    "check": ("bryn", at_check),
    "result-not-passed": ("ceri", at_result(1)),
    "result-passed": ("ceri", at_result(2)),
    "dashboard-earned": ("ceri", at("/my-learning/")),
    "certificate": ("ceri", at_certificate),
    "verify-valid": ("ceri", at_verify),
    "dashboard-trainer": ("beth", at("/my-learning/")),
    "dashboard-lead": ("lena", at("/my-learning/")),
}


def find(browser: Browser, site: str, who: str, come: Come) -> str:
    """The address to which a person comes."""
    context = visit(browser, site, who, 1280)
    page = context.new_page()
    come(page)
    page.wait_for_load_state()
    found = page.url
    context.close()
    return found


def visit(browser: Browser, site: str, who: str, width: int, scheme: Scheme = "light") -> BrowserContext:
    """A new browser of this size, signed in as a sample person if one is named."""
    size = ViewportSize(width=width, height=HEIGHTS[width])
    context = browser.new_context(base_url=site, viewport=size, color_scheme=scheme, locale="en-GB")
    if who:
        context.request.get(f"/try/{who}/")
    return context


# -- The pictures ----------------------------------------------------------------------------------------------------


def take_all(browser: Browser, site: str, addresses: dict[str, str], folder: Path) -> None:
    """Every page, whole, in every size and scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    for width in HEIGHTS:
        for scheme in SCHEMES:
            with step(f"{width} pixels, {scheme}") as note:
                contexts = {who: visit(browser, site, who, width, scheme) for who, _come in PAGES.values()}
                for name, (who, _come) in PAGES.items():
                    page = contexts[who].new_page()
                    page.goto(addresses[name])
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    page.close()
                for context in contexts.values():
                    context.close()
                note.text = f"{len(PAGES)} pictures"


def take_for_readme(browser: Browser, site: str, addresses: dict[str, str], folder: Path) -> None:
    """A window's worth of a few pages, in few colours, so that they load fast and the repository stays small."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (width, scheme) in FOR_README.items():
        context = visit(browser, site, PAGES[name][0], width, scheme)
        page = context.new_page()
        page.goto(addresses[name])
        picture = Image.open(BytesIO(page.screenshot()))
        file = folder / f"{name}-{width}-{scheme}.png"
        picture.convert("RGB").quantize(128).save(file, optimize=True)
        context.close()
        if file.stat().st_size > README_BYTES:
            sys.exit(f"{file.relative_to(ROOT)} has {file.stat().st_size} bytes, more than {README_BYTES}.")
    print(f"The README's pictures are in {folder}.")


if __name__ == "__main__":
    main()
