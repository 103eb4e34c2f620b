"""From one's own words to the certificate: handed in, marked by keyboard alone, given back, marked again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.hands import press, use_keyboard_only, write
from tests.journeys.steps import follow

pytestmark = [pytest.mark.browser, pytest.mark.once]

# A certificate for the exercise beside the course, which Tomasz, as whom no other test comes, is asked to earn.
ASK = """
from fractions import Fraction
from django.utils import timezone
from assessments.models import Assessment
from courses.models import Requirement, RequirementSet
from credentials.models import Achievement, Issuer
from enrolments.models import Enrolment, PinnedSet
exercise, now = Assessment.objects.get(own_pass_share__isnull=False), timezone.now()
course = exercise.activity.course
wanted = RequirementSet.objects.create(course=course, key="written", version=1, created_at=now)
asked = {"pass_share": Fraction(2, 3), "attempts_allowed": 3}
Requirement.objects.create(requirement_set=wanted, activity=exercise.activity, **asked)
wanted.sealed_at = now
wanted.save()
Achievement.objects.create(
    course=course, key="written", kind="module", issuer=Issuer.objects.first(), titles={"en": "In your own words"},
    statements={"en": "Its holder wrote a second story."}, issues_itself=True,
)
run = Enrolment.objects.get(learner__email="tomasz@example.org")
PinnedSet.objects.create(enrolment=run, requirement_set=wanted, key="written", pinned_at=now, required_count=1)
print(exercise.uuid)
"""
FIRST, BETTER = "She failed to look.", "She rang twice, and the screen offered two ways on."


@pytest.fixture
def exercise(manage: Manage) -> str:
    return f"/quiz/{manage('shell', '-v0', '-c', ASK)}/"


def _write_and_hand_in(page: Page, words: str, *, saves: str) -> None:
    write(page, page.get_by_label("Your answer"), words)
    follow(page, page.get_by_role("button", name=saves))
    expect(page.get_by_role("cell", name=re.compile(re.escape(words)))).to_be_visible()
    follow(page, page.get_by_role("button", name="Hand in my answers"))
    expect(page.get_by_role("heading", level=1, name="Waiting for a marker")).to_be_visible()


def _open_queue(page: Page) -> None:
    page.goto("/my-learning/")
    press(page, page.get_by_role("link", name=re.compile("^Marking")).first)
    page.get_by_role("heading", level=1, name=re.compile("to be marked")).wait_for()
    row = page.locator("tbody tr", has_text="Tomasz Wilk")
    follow(page, row.get_by_role("link"))


def test_written_marked_by_keyboard_given_back_written_again_and_certified(visitor: Visitor, exercise: str) -> None:
    learner = visitor(java_script_enabled=False)
    learner.goto("/try/tomasz/")
    learner.goto(exercise)
    follow(learner, learner.get_by_role("button", name="Start the quiz"))
    _write_and_hand_in(learner, FIRST, saves="Save and check your answers")

    marker = use_keyboard_only(visitor(viewport={"width": 1280, "height": 900}))
    marker.goto("/try/beth/")
    _open_queue(marker)
    expect(marker.get_by_text(FIRST)).to_be_visible()
    write(marker, marker.get_by_label("Comment to the trainee"), "Whose desk is this seen from?")
    press(marker, marker.get_by_role("button", name="Give it back"))
    marker.get_by_text("Given back to Tomasz Wilk").wait_for()

    learner.reload()
    expect(learner.get_by_text("Whose desk is this seen from?")).to_be_visible()
    follow(learner, learner.get_by_role("link", name="Work on it again"))
    _write_and_hand_in(learner, BETTER, saves="Save and check your answers")

    _open_queue(marker)
    for key in "434":
        marker.keyboard.press(key)
    expect(marker.locator(".criterion :checked")).to_have_count(3)
    before = marker.url
    marker.keyboard.press("Enter")
    marker.wait_for_url(lambda url: url != before)
    expect(marker.get_by_text("1 answer marked.")).to_be_visible()

    learner.reload()
    expect(learner.get_by_role("heading", level=1, name="You passed")).to_be_visible()
    expect(learner.get_by_text("Marked by Beth Arden")).to_be_visible()
    follow(learner, learner.get_by_role("link", name=re.compile("See your certificate")))
    expect(learner.get_by_role("main")).to_contain_text("Its holder wrote a second story.")


def test_what_was_written_stays_in_sight_and_a_comment_is_reached_and_saved_by_two_keys(visitor: Visitor) -> None:
    page = use_keyboard_only(visitor(viewport={"width": 1280, "height": 800}))
    page.goto("/try/beth/")
    page.goto("/my-learning/")
    follow(page, page.get_by_role("link", name=re.compile("^Marking")).first)
    follow(page, page.locator("tbody tr", has_text="Kwame Boateng").get_by_role("link"))
    before = page.url

    for key in "333":
        page.keyboard.press(key)
    words = page.locator(".written").first.bounding_box()
    page.keyboard.press("c")
    page.keyboard.type("Clear, and from her desk. 1 n c")
    expect(page.get_by_label("Comment to the trainee")).to_have_value("Clear, and from her desk. 1 n c")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != before)

    assert words
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= 800
    expect(page.get_by_text("1 answer marked.")).to_be_visible()


def test_keys_are_silent_while_somebody_writes_and_when_they_are_switched_off(visitor: Visitor) -> None:
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto("/try/beth/")
    page.goto("/my-learning/")
    follow(page, page.get_by_role("link", name=re.compile("^Marking")).first)
    follow(page, page.locator("tbody tr a").first)
    here = page.url

    page.get_by_label("Comment to the trainee").press_sequentially("n 1")
    page.get_by_label(re.compile("Keys: 1 to 9")).uncheck()
    page.keyboard.press("2")
    page.keyboard.press("n")

    expect(page.get_by_label("Comment to the trainee")).to_have_value("n 1")
    expect(page.locator(".criterion :checked")).to_have_count(0)
    assert page.url == here
