"""Learners made for a drill by the verbs real ones use, in the sample cohort."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from assessments.attempts import save_draft
from assessments.items import item_type
from assessments.models import Assessment, Attempt, Place
from assessments.queries import as_posted
from courses.models import LessonPage
from enrolments.attempts import begin_attempt
from enrolments.booking import book_enrolment
from enrolments.models import Cohort, Enrolment
from enrolments.progress import mark_read
from people.models import User

TICKED = ("single_choice", "multiple_response")


def enrol(count: int, *, at: datetime) -> list[Enrolment]:
    """New people, each booked into the first cohort there is."""
    cohort = Cohort.objects.order_by("pk")[0]
    first = User.objects.count()
    numbers = range(first, first + count)
    people = [User.objects.create_user(f"drill-{n}@drill.example", None, name=f"Drill {n} Ŵyn") for n in numbers]
    return [book_enrolment(person, cohort, booked_by=None, at=at) for person in people]


def sign_in(person: User) -> str:
    """The key of a session as signing in would make it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "people.backends.Door"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def read_everything(run: Enrolment, *, at: datetime) -> None:
    """Every lesson of the course, marked as read."""
    for page in LessonPage.objects.filter(activity__course=run.course, language="en").select_related("activity"):
        mark_read(run, page.activity, digest=page.content_digest, at=at)


def begin(run: Enrolment, *, at: datetime) -> Attempt:
    """The run's attempt at the course's first quiz."""
    quiz = Assessment.objects.filter(activity__course=run.course, own_pass_share=None)[0]
    return begin_attempt(run, quiz, language="en", at=at)


def begin_ticked(*, at: datetime) -> tuple[Attempt, list[Place]]:
    """An attempt of somebody new, and its questions of which choices are ticked: one at least.

    Now and then a draw holds none: then somebody else sits in that one's place.
    """
    while True:
        (run,) = enrol(1, at=at)
        attempt = begin(run, at=at)
        if ticked := list(attempt.places.filter(item_version__kind__in=TICKED).order_by("position")):
            return attempt, ticked


def answer_rightly(attempt: Attempt, *, at: datetime) -> None:
    """Save what earns most for every item, handing nothing in."""
    for place in attempt.places.select_related("item_version", "attempt"):
        version = place.item_version
        best = as_posted(place, item_type(version.kind).best(version.key, version.structure))
        save_draft(place, **best, sequence=1, at=at + timedelta(seconds=place.position))
