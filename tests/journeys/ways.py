"""A page in one state, and the ways by which most are reached: what the lists of states are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.journeys.steps import follow


@dataclass(frozen=True)
class State:
    """An address by its name, in one state: who is there, how they get there and the heading that proves it."""

    name: str
    what: str
    who: str
    come: Callable[[Page], Any]
    heading: str
    in_player: bool = False


def at(path: str) -> Callable[[Page], Any]:
    return lambda page: page.goto(path)


def pressing(path: str, button: str) -> Callable[[Page], Any]:
    """Go there and send its form as it stands."""

    def come(page: Page) -> None:
        page.goto(path)
        page.get_by_role("main").get_by_role("button", name=button).click()
        page.locator(".error-summary").wait_for()

    return come


def all_unfolded(path: str) -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        page.goto(path)
        for summary in page.locator("main summary:visible").all():
            summary.click()

    return come


def menu_open(path: str) -> Callable[[Page], Any]:
    """The menu of a narrow window, unfolded."""

    def come(page: Page) -> None:
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(path)
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Close").wait_for()

    return come


def at_module(page: Page) -> None:
    page.goto("/foundation/")
    follow(page, page.locator(".cards a").first)


def at_lesson(number: int) -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        at_module(page)
        follow(page, page.locator("main ol a").nth(number - 1))

    return come
