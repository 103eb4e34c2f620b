"""Pages opened in Chromium where every way of raising an alert is a trap, with no content policy to help."""

import os
from collections.abc import Mapping
from shutil import which
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

ADDRESS = "http://trap.example"
# What a hand would set off is set off: pointed at and focused. An address that would run something counts as well.
SPRING = """() => {
  const caught = [];
  for (const one of document.querySelectorAll("*")) {
    for (const attribute of one.attributes) {
      if (/^on/i.test(attribute.name)) caught.push(`${one.localName} ${attribute.name}=${attribute.value}`);
      const runs = /^(href|src|action|formaction|data|xlink:href)$/i.test(attribute.name);
      if (runs && /^\\s*(javascript|data:text\\/html|vbscript)/i.test(attribute.value.replace(/[\\x00-\\x20]/g, "")))
        caught.push(`${one.localName} ${attribute.name}=${attribute.value}`);
    }
    one.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
    one.dispatchEvent(new FocusEvent("focus"));
  }
  return [...caught, ...window.caught];
}"""
TRAP = """window.caught = [];
for (const way of ["alert", "confirm", "prompt", "print"])
  window[way] = (said) => { window.caught.push(`${way}(${said})`); };
addEventListener("error", (event) => event.preventDefault());"""


def caught_in(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """What each page set off, by its address; pages that set off nothing are left out.

    The site's own scripts and styles run, and Wagtail's; nothing else is loaded.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(bypass_csp=True, base_url=ADDRESS).new_page()
        page.add_init_script(TRAP)
        page.route("**/*", lambda route: _answer(route, pages))
        found = {address: _set_off(page, address) for address in pages}
        page.unroute_all(behavior="ignoreErrors")
        browser.close()
    return {address: caught for address, caught in found.items() if caught}


def _answer(route: Route, pages: Mapping[str, str]) -> None:
    asked = route.request.url.removeprefix(ADDRESS)
    path = urlsplit(route.request.url).path
    if route.request.resource_type == "document" and asked in pages:
        route.fulfill(body=pages[asked], content_type="text/html; charset=utf-8")
    elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
        route.fulfill(path=file)
    else:
        route.abort()


def _set_off(page: Page, address: str) -> list[str]:
    page.goto(ADDRESS + address, wait_until="load")
    caught: list[str] = page.evaluate(SPRING)
    return caught
