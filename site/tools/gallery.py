"""`make gallery`: pictures of the site, narrow and wide, in var/gallery/.

The pages are those that the home page links to, and where each sample person's sign-in on /try/ leads. The site must
be running already (`make run`), on PORT if that is not 8000.
"""

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright
from tools.steps import ROOT, end_on_signals, step
from tools.test import browser as find_browser

WIDTHS = (360, 1280)
HEIGHT = 800
PAGES_AT_MOST = 20
SIGN_IN = 'a[href^="/try/"], form[action^="/try/"] button'


def main() -> None:
    """Photograph the running site; what is missing is said in one sentence with exit status 1."""
    end_on_signals()
    program = find_browser()
    if program is None:
        sys.exit("Pictures need a browser: install the package chromium, or name one with CHROMIUM.")
    address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-quic"])
        try:
            for width in WIDTHS:
                with step(f"{width} pixels") as note:
                    taken = visitor(browser, address, width, folder) + sample_people(browser, address, width, folder)
                    note.text = f"{taken} pictures"
        except Error as error:
            sys.exit(f"The site at {address} could not be photographed; is it running (make run)? {error.message}")
        finally:
            browser.close()
    print(f"The pictures are in {folder}.")


def visitor(browser: Browser, address: str, width: int, folder: Path) -> int:
    """The home page and the pages it links to; how many pictures were taken."""
    page = new_page(browser, width)
    page.goto(f"{address}/")
    links = [link.get_attribute("href") or "" for link in page.locator('a[href^="/"]').all()]
    paths = list(dict.fromkeys(["/", *(link.partition("#")[0] for link in links)]))[:PAGES_AT_MOST]
    for path in paths:
        page.goto(address + path)
        photograph(page, folder / f"{width}-visitor-{name_of(path)}.png")
    page.context.close()
    return len(paths)


def sample_people(browser: Browser, address: str, width: int, folder: Path) -> int:
    """What each sample person sees first after signing in; how many pictures were taken."""
    page = new_page(browser, width)
    page.goto(f"{address}/try/")
    number = page.locator(SIGN_IN).count()
    page.context.close()
    for place in range(number):
        page = new_page(browser, width)
        page.goto(f"{address}/try/")
        page.locator(SIGN_IN).nth(place).click()
        page.wait_for_load_state()
        photograph(page, folder / f"{width}-sample-{place + 1:02}-{name_of(page.url.removeprefix(address))}.png")
        page.context.close()
    return number


def new_page(browser: Browser, width: int) -> Page:
    """An empty page of a new visitor."""
    return browser.new_context(viewport={"width": width, "height": HEIGHT}).new_page()


def photograph(page: Page, file: Path) -> None:
    """The whole page, however long."""
    page.screenshot(path=file, full_page=True)


def name_of(path: str) -> str:
    """A path as part of a file's name: '/courses/foundation/' is 'courses-foundation', '/' is 'home'."""
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


if __name__ == "__main__":
    main()
