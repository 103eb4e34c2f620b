"""People whose module is not open yet, a cohort that answered, and one of it to whom a text came back: made once."""

from playwright.sync_api import Page

from tests.journeys.steps import PASSWORD

WAITS, ANSWERED, RETURNED = "wait10@example.org", "wait0@example.org", "wait9@example.org"
SHOWS = "from assessments.models import Assessment as A; A.objects.filter(own_pass_share=None).update(shows_cohort={})"
# Ten who handed in, six of them from health, the last one a text as well; one whose cohort begins the module in a week.
_MAKE = """
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from assessments.marking import return_for_revision
from assessments.models import Attempt, Response
from courses.models import Course, LessonPage, Module
from enrolments.booking import book_enrolment
from enrolments.models import Cohort, ModuleOpening
from people.models import Organisation, User
from samples.stories import Sit, Write, take
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
take(Write(1, "She failed to look."), "a text that comes back", run, at=now - timedelta(days=3))
beth, text = User.objects.get(email="beth@example.org"), Response.objects.latest("pk")
day = (now + timedelta(days=7)).date()
return_for_revision(text, comment="Whose desk is this seen from?", due_on=day, by=beth, at=now)
learner(10, closed)
ModuleOpening.objects.create(
    cohort=closed, module=Module.objects.get(course=course, number=1), opens_on=(now + timedelta(days=7)).date()
)
attempt = Attempt.objects.get(link__enrolment__learner__email="wait0@example.org")
print(reverse("quiz_result", args=[attempt.uuid]))
print(LessonPage.objects.filter(language="en").order_by("path")[0].url)
print(reverse("quiz_result", args=[text.place.attempt.uuid]))
"""


def make_yet_closed() -> str:
    """A script that prints the addresses of a result, of a lesson, and of what came back."""
    return _MAKE.format(password=PASSWORD)


def at_closed_lesson(page: Page) -> None:
    page.goto(page.yet_closed[1])  # type: ignore[attr-defined]


def at_came_back(page: Page) -> None:
    page.goto(page.yet_closed[2])  # type: ignore[attr-defined]


def at_cohort_answers(page: Page) -> None:
    """A result that shows how the cohort answered, opened at its first question; the site is left as it was."""
    page.manage("shell", "-v0", "-c", SHOWS.format(True))  # type: ignore[attr-defined]
    try:
        page.goto(page.yet_closed[0])  # type: ignore[attr-defined]
    finally:
        page.manage("shell", "-v0", "-c", SHOWS.format(False))  # type: ignore[attr-defined]
    page.get_by_text("How your cohort answered").first.click()
    page.locator(".by-cohort table").first.wait_for()
