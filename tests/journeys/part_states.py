"""A quiz in parts, from its start to its result: part of what the walk sees."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.steps import begin_attempt, follow

QUIZ_IN_PARTS = "/quiz/0e1043a2-17f1-4cab-81b6-554c00fd080d/"  # module 7


def _at_start(page: Page) -> None:
    page.goto(QUIZ_IN_PARTS)
    expect(page.locator("main")).to_contain_text("questions in 2 parts.")


def _at_first_part(page: Page) -> None:
    """The first question of the quiz, and of its first part."""
    _at_start(page)
    begin_attempt(page)
    expect(page.get_by_role("heading", level=2, name="Part 1 of 2")).to_be_visible()


def _looked_over(page: Page) -> None:
    _at_first_part(page)
    page.goto(re.sub(r"/\d+/$", "/check/", page.url))


def _handed_in(page: Page) -> None:
    _looked_over(page)
    follow(page, page.get_by_role("button", name="Hand in my answers"))
    expect(page.locator(".by-part")).to_be_visible()


PART_STATES: list[tuple[str, str, str, Callable[[Page], Any], str]] = [
    ("quiz_start", "in parts", "nia", _at_start, "Module 7 quiz"),
    ("quiz_question", "first of a part", "nia", _at_first_part, ""),
    ("quiz_check", "in parts", "nia", _looked_over, "Check your answers"),
    ("quiz_result", "in parts", "nia", _handed_in, "Not passed yet"),
]
