"""A module that is not open yet, and how a cohort answered: seen by learners, with axe, and set at the desk before."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import PASSWORD, sign_in
from tests.journeys.test_second_step import axe_finds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
MODULE = "from courses.models import ModulePage as M; print(M.objects.filter(language='en').order_by('path')[0].pk)"
PUT_BACK = "from assessments.models import Assessment; Assessment.objects.update(shows_cohort=False)"
# Ten who handed in, six of them from health; and one whose cohort begins the module in a week.
MAKE = """
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from assessments.models import Attempt
from courses.models import Course, LessonPage, Module
from enrolments.booking import book_enrolment
from enrolments.models import Cohort, ModuleOpening
from people.models import Organisation, User
from samples.stories import Sit, take
now = timezone.now()
course, council = Course.objects.get(key="foundation"), Organisation.objects.get(name="Larchmere Council")
answered, closed = [
    Cohort.objects.create(course=course, name=name, starts_on=(now - timedelta(days=9)).date(), own_attempt_rules=True)
    for name in ("Answered, winter", "Closed, winter")
]
def learner(number, cohort):
    person = User.objects.create_user(
        f"wait{{number}}@example.org", "{password}", name=f"Wait {{number}}",
        agency="health" if number < 6 else "police",
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return book_enrolment(person, cohort, booked_by=council, at=now - timedelta(days=8))
for number in range(10):
    run = learner(number, answered)
    take(Sit(1, 4), "the same questions", run, at=now - timedelta(days=7) + timedelta(hours=number))
learner(10, closed)
ModuleOpening.objects.create(
    cohort=closed, module=Module.objects.get(course=course, number=1), opens_on=(now + timedelta(days=7)).date()
)
attempt = Attempt.objects.get(link__enrolment__learner__email="wait0@example.org")
print(reverse("quiz_result", args=[attempt.uuid]))
print(LessonPage.objects.filter(language="en").order_by("path")[0].url)
"""


@pytest.fixture(scope="module")
def addresses(manage: Manage) -> Iterator[list[str]]:
    """Of a result and of a lesson."""
    yield manage("shell", "-v0", "-c", MAKE.format(password=PASSWORD)).split()
    manage("shell", "-v0", "-c", PUT_BACK)


def test_lesson_of_a_module_that_is_not_open_yet_says_when(visitor: Visitor, addresses: list[str]) -> None:
    page = visitor(viewport={"width": 320, "height": 800})
    sign_in(page, email="wait10@example.org")

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
    sign_in(page, email="wait0@example.org")

    page.goto(addresses[0])
    page.get_by_text("How your cohort answered").first.click()

    table = page.locator(".by-cohort table").first
    expect(table).to_be_visible()
    expect(table).to_contain_text("6 people")
    assert axe_finds(page) == []
