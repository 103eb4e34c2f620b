"""A quiz in two parts: begun, left, come back to, handed in and read afterwards; with axe, and with scripts off."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import PASSWORD, answer, begin_attempt, follow, sign_in
from tests.journeys.test_second_step import axe_finds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
NARROW = {"viewport": {"width": 320, "height": 800}}
WIDE_AND_DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
MAKE = """
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from assessments.models import Assessment
from courses.models import Course
from enrolments.booking import book_enrolment
from enrolments.models import Cohort, CohortRole
from people.models import User
now = timezone.now()
cohort = Cohort.objects.create(
    course=Course.objects.get(key="foundation"), name="Parts, winter", starts_on=now.date(), own_attempt_rules=True
)
CohortRole.objects.create(
    cohort=cohort, person=User.objects.get(name="Beth Arden"), role="trainer", starts_on=cohort.starts_on
)
for name in ("narrow", "wide"):
    address = f"{{name}}-parts@example.org"
    person = User.objects.create_user(address, "{password}", name=f"Parts {{name}}", agency="health")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    run = book_enrolment(person, cohort, booked_by=None, at=now)
    print(f"/cohort/{{cohort.uuid}}/people/{{run.uuid}}/")
print(reverse("quiz_start", args=[Assessment.objects.get(activity__module__number=1, own_pass_share=None).uuid]))
"""
# Of a kind whose wrong answer is an answer; what tests the last learning outcome in a part of its own.
SET = """
from assessments.models import Assessment as A, BlueprintLine as L
quiz = A.objects.filter(own_pass_share=None, activity__module__number=1)
quiz.update(rules={rules!r})
L.objects.filter(assessment__in=quiz).update(item_kind={kind!r}, part=0)
L.objects.filter(assessment__in=quiz, learning_outcome__code="LO1.3").update(part={last})
"""
RULES = {
    "parts": [
        {"titles": {"en": "The ideas"}, "introductions": {"en": "First what the model says."}},
        {"titles": {"en": "Names and laws"}, "introductions": {"en": "Now the four nations."}},
    ]
}
IDEAS, NAMES = "Part 1 of 2: The ideas", "Part 2 of 2: Names and laws"


@pytest.fixture(scope="module")
def made(manage: Manage) -> Iterator[list[str]]:
    """Where each of the two learners stands with their trainer, and the quiz."""
    found = manage("shell", "-v0", "-c", MAKE.format(password=PASSWORD)).split()
    manage("shell", "-v0", "-c", SET.format(rules=RULES, kind="single_choice", last=1))
    yield found
    manage("shell", "-v0", "-c", SET.format(rules={}, kind="", last=0))


@pytest.fixture
def come(visitor: Visitor, made: list[str]) -> Callable[..., Page]:
    """A learner in a browser of their own, before the quiz."""

    def arrive(who: str, **options: object) -> Page:
        page = visitor(**options)
        sign_in(page, email=f"{who}-parts@example.org")
        page.goto(made[-1])
        return page

    return arrive


def save_and_go_on(page: Page) -> None:
    follow(page, page.get_by_role("button", name=re.compile("Save and (continue|check your answers)")))


def first_of_last_part(page: Page) -> int:
    """Answer all before it rightly; its number."""
    while not page.get_by_role("region", name=NAMES).count():
        answer(page, rightly=True)
        save_and_go_on(page)
    return int(re.findall(r"/(\d+)/$", page.url)[0])


def test_two_parts_from_start_to_review_with_scripts_off(come: Callable[..., Page]) -> None:
    page = come("narrow", java_script_enabled=False, **NARROW)
    expect(page.locator("main")).to_contain_text("questions in 2 parts.")
    begin_attempt(page)
    expect(page.get_by_role("region", name=IDEAS)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("heading").first).to_have_js_property("tagName", "H1")
    expect(page.locator("main")).to_contain_text("First what the model says.")
    answer(page, rightly=True)
    save_and_go_on(page)
    expect(page.get_by_role("region", name=IDEAS)).to_have_count(0)
    expect(page.locator("main")).to_contain_text(IDEAS)
    second = page.url

    page = come("narrow", java_script_enabled=False, **NARROW)  # later, from another device
    begin_attempt(page)
    assert page.url == second
    number = first_of_last_part(page)
    expect(page.locator("main")).to_contain_text("Now the four nations.")
    answer(page, rightly=False)
    page.get_by_role("button", name="Save and flag for later").click()
    follow(page, page.get_by_role("button", name="Save and see all answers"))
    expect(page.get_by_role("heading", level=2)).to_have_text([IDEAS, NAMES])
    last = page.locator(".check-list").last
    expect(last).to_contain_text("Flagged")
    expect(last.get_by_role("rowheader").first).to_contain_text(f"{number}. ")
    follow(page, page.get_by_role("button", name="Hand in my answers"))

    rows = page.locator(".by-part tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(f"{number - 1} of {number - 1} points.")
    expect(rows.last).to_contain_text("0 of ")
    follow(page, rows.last.get_by_role("link", name="2. Names and laws"))
    expect(page.get_by_role("heading", level=2, name=NAMES)).to_be_in_viewport()


@pytest.mark.parametrize("look", [NARROW, WIDE_AND_DARK], ids=["narrow", "wide"])
def test_pages_of_a_quiz_in_parts_hold_for_axe_and_fit(
    come: Callable[..., Page], visitor: Visitor, made: list[str], look: dict[str, object]
) -> None:
    page = come("wide", **look)
    found = {"start": faults(page)}
    begin_attempt(page)
    found["first of a part"] = faults(page)
    page.goto(re.sub(r"/\d+/$", "/2/", page.url))
    found["further in it"] = faults(page)
    page.goto(re.sub(r"/\d+/$", "/check/", page.url))
    found["looked over"] = faults(page)
    follow(page, page.get_by_role("button", name="Hand in my answers"))
    expect(page.locator(".by-part")).to_be_visible()
    found["result"] = faults(page)
    attempt = page.url.split("/attempt/")[1].split("/")[0]
    trainer = visitor(**look)
    trainer.goto("/try/beth/")
    trainer.goto(f"{made[1]}attempts/{attempt}/")
    expect(trainer.get_by_role("heading", level=2, name=NAMES)).to_be_visible()
    found["with the trainer"] = faults(trainer)

    assert found == {name: [] for name in found}


def faults(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*axe_finds(page), *([f"{wide} px too wide"] if wide > 0 else [])]


@pytest.fixture
def desk(made: list[str]) -> str:
    """The screen of what the quiz draws."""
    return made[-1].replace("/quiz/", "/admin/banks/quizzes/")


def test_parts_are_added_moved_and_taken_away_at_the_desk_with_scripts_off(visitor: Visitor, desk: str) -> None:
    page = visitor(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto("/try/dev/")
    page.goto(desk)
    page.get_by_role("button", name="Add a part").click()
    expect(page.get_by_role("heading", level=2, name="Part 3")).to_be_visible()
    page.locator("button[value=up-2]").click()
    expect(page.get_by_label("Title, English").first).to_have_value("Names and laws")
    page.locator("button[value=away-3]").click()
    expect(page.get_by_role("heading", level=2, name="Part 3")).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Attempts that begin from now on draw by this.")

    expect(page.get_by_label("Title, English").first).to_have_value("Names and laws")


@pytest.mark.parametrize("look", [NARROW, WIDE_AND_DARK], ids=["narrow", "wide"])
def test_desk_screen_of_parts_holds_for_axe_and_fits(visitor: Visitor, desk: str, look: dict[str, object]) -> None:
    page = visitor(**look)
    page.goto("/try/dev/")

    page.goto(desk)

    expect(page.get_by_role("heading", level=2, name="Part 2")).to_be_visible()
    assert faults(page) == []
