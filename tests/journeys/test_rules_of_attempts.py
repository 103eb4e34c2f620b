"""A quiz with rules of its own, walked with axe, by keyboard alone and with scripts off.

Tries with a penalty, how sure one is, forward only, and a review matrix that withholds: first to last page.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.hands import use_keyboard_only
from tests.journeys.steps import PASSWORD, answer, begin_attempt, follow, sign_in
from tests.journeys.test_second_step import axe_finds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
NARROW = {"viewport": {"width": 320, "height": 800}}
WIDE_AND_DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
# One learner for each story, in a cohort with rules of its own, so that they may try as often as they like.
MAKE = """
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from assessments.models import Assessment
from courses.models import Course
from enrolments.booking import book_enrolment
from enrolments.models import Cohort
from people.models import User
now = timezone.now()
cohort = Cohort.objects.create(
    course=Course.objects.get(key="foundation"), name="Rules, winter", starts_on=now.date(), own_attempt_rules=True
)
for name in ("tries", "sure", "forward", "withheld"):
    person = User.objects.create_user(f"{{name}}@example.org", "{password}", name=f"Rules {{name}}", agency="health")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    book_enrolment(person, cohort, booked_by=None, at=now)
print(reverse("quiz_start", args=[Assessment.objects.get(activity__module__number=1, own_pass_share=None).uuid]))
"""
# Of a kind whose wrong answer is an answer: that of some kinds is to give nothing.
SET = """
from assessments.models import Assessment as A, BlueprintLine as L
quizzes = A.objects.filter(own_pass_share=None)
quizzes.update(rules={rules!r})
L.objects.filter(assessment__in=quizzes, assessment__activity__module__number=1).update(item_kind={kind!r})
"""
TRIES = {"feedback": "tries", "tries": 2, "penalty": "1/3"}
SURE = {"certainty": "marked", "feedback": "immediate"}
FORWARD = {"forward_only": True}
WITHHELD = {
    "review": {"just_after": ["score", "correctness"]},
    "overall": [{"from": "0", "texts": {"en": "Well read."}}],
}

Begin = Callable[..., Page]


@pytest.fixture(scope="module")
def quiz(manage: Manage) -> Iterator[str]:
    """Its address; the learners are there."""
    yield manage("shell", "-v0", "-c", MAKE.format(password=PASSWORD)).strip()
    manage("shell", "-v0", "-c", SET.format(rules={}, kind=""))


@pytest.fixture
def begin(visitor: Visitor, manage: Manage, quiz: str) -> Begin:
    """Call it with a learner, the rules of the quiz and a browser's options: at the first question."""

    def come(name: str, rules: dict[str, object], *, keyboard: bool = False, **options: object) -> Page:
        manage("shell", "-v0", "-c", SET.format(rules=rules, kind="single_choice"))
        page = visitor(**options)
        if keyboard:
            use_keyboard_only(page)
        sign_in(page, email=f"{name}@example.org")
        page.goto(quiz)
        begin_attempt(page)
        return page

    return come


def button(page: Page, name: str) -> None:
    """Press a button that leads to the same or another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).press("Enter")


def test_tries_are_told_one_by_one_by_keyboard_alone(begin: Begin) -> None:
    page = begin("tries", TRIES, keyboard=True, **NARROW)
    answer(page, rightly=False)
    button(page, "Check my answer")
    expect(page.locator(".told")).to_contain_text("You have 1 try left.")
    assert axe_finds(page) == []

    answer(page, rightly=True)
    button(page, "Check it again")

    expect(page.locator(".notice").first).to_contain_text("Your answer is checked and stays as it is.")
    expect(page.locator("main")).to_contain_text("This fits.")
    assert axe_finds(page) == []
    follow(page, page.get_by_role("link", name="See all answers"))
    expect(page.locator(".check-list")).to_contain_text("Stays as it is")
    assert axe_finds(page) == []


def test_how_sure_is_asked_and_shown_against_how_right_with_scripts_off(begin: Begin) -> None:
    page = begin("sure", SURE, java_script_enabled=False, **WIDE_AND_DARK)
    answer(page, rightly=False)
    page.get_by_label(re.compile("Very sure")).check()
    button(page, "Check my answer")
    follow(page, page.get_by_role("link", name="See all answers"))
    follow(page, page.get_by_role("button", name="Hand in my answers"))

    expect(page.locator(".result .num")).to_contain_text("-6")
    follow(page, page.get_by_role("link", name="How sure you were, and how right"))

    expect(page.locator(".sure-list li").first).to_contain_text("Very sure. This does not fit.")


def test_how_sure_pages_hold_for_axe(begin: Begin) -> None:
    page = begin("sure", SURE, **WIDE_AND_DARK)
    assert axe_finds(page) == []
    answer(page, rightly=False)
    page.get_by_label(re.compile("Very sure")).check()
    button(page, "Check my answer")
    assert axe_finds(page) == []
    follow(page, page.get_by_role("link", name="See all answers"))
    follow(page, page.get_by_role("button", name="Hand in my answers"))
    assert axe_finds(page) == []

    follow(page, page.get_by_role("link", name="How sure you were, and how right"))

    expect(page.get_by_role("heading", level=1)).to_have_text("How sure you were, and how right")
    assert axe_finds(page) == []


def test_forward_only_never_leads_back(begin: Begin) -> None:
    page = begin("forward", FORWARD, **NARROW)
    first = page.url
    answer(page, rightly=True)
    follow(page, page.get_by_role("button", name="Save and continue"))
    second = page.url

    page.goto(first)

    assert page.url == second
    expect(page.get_by_role("button", name="Save and go back")).to_have_count(0)
    assert axe_finds(page) == []


def test_what_is_withheld_is_named_on_the_result(begin: Begin) -> None:
    page = begin("withheld", WITHHELD, **NARROW)
    page.goto(re.sub(r"/\d+/$", "/check/", page.url))
    follow(page, page.get_by_role("button", name="Hand in my answers"))

    expect(page.locator(".result")).to_contain_text("Not shown now: What was answered; Explanations; What fits;")
    expect(page.locator("main")).not_to_contain_text("Why")
    assert axe_finds(page) == []
