"""Ways round the second reader that somebody found: time, an approval that ends by itself, a note nobody read."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry

from courses.models import Change, LessonPage
from people.models import User
from post.models import Message
from privacy.retention import apply_retention
from publishing.models import SecondReading
from tests.factories import people, taught_course
from tests.factories.people import person
from tests.publishing.lessons import (
    BEFORE,
    LATER,
    NOTE,
    SPELT,
    drafted,
    published,
    publisher,
    said,
    shown,
    signed_in,
    written,
)
from tests.publishing.test_reading import door, print_of, screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def dev() -> User:
    return publisher(people().dev)


@pytest.fixture
def ann() -> User:
    return publisher(person("Ann Lee"))


@pytest.fixture
def lesson() -> LessonPage:
    """Live, published as a revision by nobody in particular, as the loader does."""
    page = taught_course().lessons[0]
    return published(page, BEFORE)


def test_step_of_approval_that_is_switched_off_publishes_nothing_that_has_to_wait(
    lesson: LessonPage, dev: User
) -> None:
    page = drafted(lesson, LATER, dev)
    door("approval", page, dev)
    User.objects.filter(pk=dev.pk).update(is_superuser=True)
    address = reverse("wagtailadmin_workflows:disable_task", args=[GroupApprovalTask.objects.get(name="Look").pk])

    response = signed_in(dev).post(address)

    letter = Message.objects.get(kind="publishing_held_back")
    assert (response.status_code, shown(lesson)) == (302, BEFORE)
    assert LessonPage.objects.get(pk=lesson.pk).has_unpublished_changes is True
    assert (letter.person, "The number “12” became “14”." in letter.text) == (dev, True)


def test_step_of_approval_that_is_switched_off_publishes_what_may_be(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, SPELT, dev)
    door("approval", page, dev)

    GroupApprovalTask.objects.get(name="Look").deactivate(user=dev)

    assert (shown(lesson), Message.objects.count()) == (SPELT, 0)


def test_readers_of_the_page_read_the_note_its_second_reader_sent(lesson: LessonPage, dev: User, ann: User) -> None:
    page = drafted(lesson, LATER, dev)
    signed_in(dev).post(screen(page), {"note": NOTE})

    signed_in(ann).post(screen(page), {"note": "Within 14 days, not 12.", "shown": print_of(page)})

    assert Change.objects.latest("pk").note == "Within 14 days, not 12."
    assert SecondReading.objects.get().note == "Within 14 days, not 12."


def test_note_changed_behind_a_second_readers_back_is_refused_and_named(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    page, bystander = drafted(lesson, LATER, dev), person("Eve Poe")
    bystander.groups.add(Group.objects.get(name="Editors"))
    signed_in(dev).post(screen(page), {"note": NOTE})
    seen = print_of(page)
    signed_in(bystander).post(screen(page), {"note": "CANARY nobody read"})

    response = signed_in(ann).post(screen(page), {"note": "Mine", "shown": seen})

    assert (response.status_code, shown(lesson)) == (422, BEFORE)
    assert "It is now “CANARY nobody read”; yours is still in the box." in said(response)
    assert ">Mine</textarea>" in said(response).replace("\n", "")
    assert SecondReading.objects.get().asked_by == dev


@pytest.mark.parametrize("is_log_kept", [True, False])
def test_page_taken_down_needs_its_reader_however_long_ago_it_was_published(
    lesson: LessonPage, dev: User, ann: User, is_log_kept: bool
) -> None:
    PageLogEntry.objects.update(timestamp=timezone.now() - timedelta(days=settings.RETENTION_DAYS["audit"] + 1))
    apply_retention(at=timezone.now())
    if not is_log_kept:  # as on a site that removed it by an earlier rule
        PageLogEntry.objects.all().delete()
    LessonPage.objects.get(pk=lesson.pk).unpublish(log_action=None)
    page = drafted(lesson, LATER, dev)

    response = signed_in(dev).post(*door("many", page, dev), follow=True)
    compared = signed_in(ann).get(screen(page))

    assert "somebody else reads it before it goes live" in said(response)
    assert ("The number “12” became “14”." in said(response)) is is_log_kept
    assert LessonPage.objects.get(pk=lesson.pk).live is False
    assert (compared.status_code, "14 days" in said(compared)) == (200, True)


def test_published_version_is_not_written_over_however_long_ago_it_was_published(lesson: LessonPage, dev: User) -> None:
    revision = drafted(lesson, SPELT, dev).get_latest_revision()
    revision.publish(user=dev)
    PageLogEntry.objects.update(timestamp=timezone.now() - timedelta(days=settings.RETENTION_DAYS["audit"] + 1))
    apply_retention(at=timezone.now())

    with pytest.raises(PermissionDenied, match="has been published"):
        written(LessonPage.objects.get(pk=lesson.pk), LATER).save_revision(user=dev, overwrite_revision=revision)

    left = PageLogEntry.objects.filter(page=lesson.pk).values_list("action", "user", "data")
    assert set(map(repr, left)) == {repr(("wagtail.publish", None, {}))}
