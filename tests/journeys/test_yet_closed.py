"""A module that is not open yet, and how a cohort answered: seen by learners, with axe, and set at the desk before."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import sign_in
from tests.journeys.test_second_step import axe_finds
from tests.journeys.yet_closed import ANSWERED, SHOWS, WAITS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
MODULE = "from courses.models import ModulePage as M; print(M.objects.filter(language='en').order_by('path')[0].pk)"


@pytest.fixture
def addresses(manage: Manage, yet_closed: list[str]) -> Iterator[list[str]]:
    """Of a result and of a lesson."""
    yield yet_closed
    manage("shell", "-v0", "-c", SHOWS.format(False))


def test_lesson_of_a_module_that_is_not_open_yet_says_when(visitor: Visitor, addresses: list[str]) -> None:
    page = visitor(viewport={"width": 320, "height": 800})
    sign_in(page, email=WAITS)

    page.goto(addresses[1])

    expect(page.get_by_role("heading", level=1)).to_have_text("Not open yet")
    expect(page.get_by_text(re.compile("Opens to your cohort on"))).to_be_visible()
    assert axe_finds(page) == []


def test_editor_lets_a_quiz_show_how_the_cohort_answered_and_who_handed_in_sees_it(
    visitor: Visitor, manage: Manage, addresses: list[str]
) -> None:
    desk = visitor()
    desk.goto("/try/dev/")
    desk.goto(f"/admin/modules/{manage('shell', '-v0', '-c', MODULE)}/rules/")
    desk.get_by_label(re.compile("show how the cohort answered")).first.check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messages")).to_contain_text("This holds from now on")
    page = visitor(viewport={"width": 320, "height": 800})
    sign_in(page, email=ANSWERED)

    page.goto(addresses[0])
    page.get_by_text("How your cohort answered").first.click()

    table = page.locator(".by-cohort table").first
    expect(table).to_be_visible()
    expect(table).to_contain_text("6 people")
    assert axe_finds(page) == []
