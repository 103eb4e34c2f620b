"""`make gallery`: pictures of every page type, narrow and wide, light and dark, and sheets of them, in var/gallery/.

A site of its own is started in a temporary folder, so the pictures show the same people every time and nobody's data
is touched. The README's four are taken by tests/journeys/test_first_minute.py.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Error, ViewportSize, sync_playwright
from tools.gallery_pages import PAGES
from tools.steps import ROOT, end_on_signals, python, step
from tools.test import browser as find_browser

HEIGHTS = {360: 740, 1280: 800}  # by the width of the window
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SHEET_COLUMNS, SHEET_HEIGHT = {360: 8, 1280: 4}, 2 * 900
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
            take_all(browser, address, folder)
            sheets(folder)
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


def take_all(browser: Browser, site: str, folder: Path) -> None:
    """Every page, whole: come there once, then look at it in every size and scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (who, come) in PAGES.items():
        with step(name):
            context = browser.new_context(
                base_url=site, viewport=size_of(1280), locale="en-GB", reduced_motion="reduce"
            )
            if who:
                context.request.get(f"/try/{who}/")
            page = context.new_page()
            come(page)
            page.wait_for_load_state()
            for width in HEIGHTS:
                page.set_viewport_size(size_of(width))
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()


def size_of(width: int) -> ViewportSize:
    """A window of this width."""
    return ViewportSize(width=width, height=HEIGHTS[width])


def sheets(folder: Path) -> None:
    """All pictures of one size and scheme beside one another, cut at the height of a few windows."""
    for width, columns in SHEET_COLUMNS.items():
        for scheme in SCHEMES:
            pictures = [Image.open(folder / f"{name}-{width}-{scheme}.png").convert("RGB") for name in PAGES]
            scale = 320 / 1280 if width == 1280 else 160 / 360
            small = [thumbnail(picture, scale) for picture in pictures]
            wide, high = max(one.width for one in small) + 12, SHEET_HEIGHT * scale + 12
            sheet = Image.new("RGB", (wide * columns, int(high) * -(-len(small) // columns)), "#888888")
            for place, one in enumerate(small):
                sheet.paste(one, (place % columns * wide + 6, place // columns * int(high) + 6))
            sheet.save(folder / f"sheet-{width}-{scheme}.png")


def thumbnail(picture: Image.Image, scale: float) -> Image.Image:
    """The top of a picture, made small."""
    top = picture.crop((0, 0, picture.width, min(picture.height, SHEET_HEIGHT)))
    return top.resize((int(top.width * scale), int(top.height * scale)))


if __name__ == "__main__":
    main()
