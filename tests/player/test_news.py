"""A learner who did a lesson is told what is new in it, once more; nothing of their progress is lowered."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Change, LessonPage
from enrolments.models import Enrolment, PinnedSet, Progress
from enrolments.progress import mark_read
from tests.factories import NOON, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db
ADDRESS, OTHER = "/foundation/m1/lesson-1/", "/foundation/m1/lesson-2/"
NEW = "New since you did this"


@pytest.fixture
def run(client: Client) -> Enrolment:
    """Amina, who has read both lessons."""
    taught, amina = taught_course(), people().amina
    run = enrolment(amina, cohort(taught.course))
    client.force_login(amina)
    for lesson in taught.lessons:
        mark_read(run, lesson.activity, digest=lesson.content_digest, at=NOON)
    return run


def publish(text: str) -> Change | None:
    """Another text of the first lesson, as somebody with a shell publishes it."""
    page = LessonPage.objects.get(slug="lesson-1")
    blocks = list(page.body.raw_data)
    page.body = [blocks[0], {**blocks[1], "value": f"<p>{text}</p>"}]
    page.save_revision().publish()
    return Change.objects.last()


def facts_of(run: Enrolment) -> list[Any]:
    progress = Progress.objects.filter(enrolment=run).order_by("activity")
    sets = PinnedSet.objects.filter(enrolment=run)
    return [*progress.values("state", "completed_at", "marked_read_at", "digest_read"), *sets.values("done_count")]


def said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_change_of_substance_is_told_until_it_is_seen_and_lowers_nothing(client: Client, run: Enrolment) -> None:
    before = facts_of(run)
    publish("Words of 12 lessons here.")

    outline, dashboard = said(client, OTHER), said(client, "/my-learning/")
    opened, again = said(client, ADDRESS), said(client, ADDRESS)

    assert [NEW in page for page in (outline, dashboard, opened, again)] == [True, True, True, False]
    assert NEW not in said(client, OTHER)
    assert facts_of(run) == before


def test_change_of_wording_is_told_to_nobody(client: Client, run: Enrolment) -> None:
    change = publish("Words of lesson-1 heer.")

    pages = said(client, OTHER) + said(client, ADDRESS)

    assert change is not None
    assert (change.is_substance, NEW in pages) == (False, False)


def test_note_stands_on_the_lesson_and_stays_at_its_foot(client: Client, run: Enrolment) -> None:
    lesson = LessonPage.objects.get(slug="lesson-1")
    Change.objects.create(
        activity=lesson.activity,
        language="en",
        is_substance=True,
        note="A <b>court</b> has 12 days.",
        before_digest="0",
        after_digest=lesson.content_digest,
        published_at=NOON.replace(year=2027),
    )
    Progress.objects.filter(activity=lesson.activity).update(digest_seen="0")

    first, second = said(client, ADDRESS), said(client, ADDRESS)

    assert first.count("A &lt;b&gt;court&lt;/b&gt; has 12 days.") == 2
    assert second.count("A &lt;b&gt;court&lt;/b&gt; has 12 days.") == 1
    assert "What you have done stays done." in first


def test_somebody_who_had_only_begun_is_told_what_is_new_since_they_were_here(client: Client) -> None:
    taught, amina = taught_course(), people().amina
    enrolment(amina, cohort(taught.course))
    client.force_login(amina)
    client.get(ADDRESS)
    publish("Words of 12 lessons here.")

    page = said(client, ADDRESS)

    assert "New since you were here" in page
    assert NEW not in page


def test_outline_asks_no_more_the_more_changes_there_are(client: Client, run: Enrolment) -> None:
    publish("Words of 12 lessons here.")
    said(client, OTHER)
    with CaptureQueriesContext(
        connection,
    ) as one:
        said(client, OTHER)
    publish("Words of 13 lessons here.")
    publish("Words of 14 lessons here.")
    said(client, OTHER)

    with CaptureQueriesContext(connection) as three:
        said(client, OTHER)

    assert len(three) == len(one)
