"""A page one editor has locked is saved and published by no other, whichever door they come by; they are told why."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask

from courses.models import LessonPage
from people.models import User
from tests.factories import people, taught_course
from tests.factories.people import person
from tests.publishing.lessons import (
    BEFORE,
    LATER,
    NOTE,
    SPELT,
    drafted,
    form_of,
    published,
    publisher,
    said,
    shown,
    signed_in,
    written,
)
from tests.publishing.test_reading import DOORS, door, print_of, screen

pytestmark = pytest.mark.django_db
LOCKED = "has been locked by Dev Patel since"


@pytest.fixture
def dev() -> User:
    return publisher(people().dev)


@pytest.fixture
def ann() -> User:
    return publisher(person("Ann Lee"))


@pytest.fixture
def lesson() -> LessonPage:
    return published(taught_course().lessons[0], BEFORE)


def lock(page: LessonPage, by: User) -> LessonPage:
    signed_in(by).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    return LessonPage.objects.get(pk=page.pk)


def edit(page: LessonPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def last_words(page: LessonPage) -> str:
    return str(LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object().body[1].value.source)


def test_who_locked_it_goes_on_and_everybody_else_reads_who_that_is(lesson: LessonPage, dev: User, ann: User) -> None:
    page = lock(lesson, dev)

    for_ann = said(signed_in(ann).get(edit(page)))
    signed_in(dev).post(edit(page), {**form_of(page, SPELT), "action-publish": "1"})

    assert "was locked" in for_ann
    assert "Dev Patel" in for_ann
    assert shown(lesson) == SPELT


@pytest.mark.parametrize(
    "action", [{}, {"action-publish": "1"}, {"action-submit": "1"}], ids=["save", "publish", "submit"]
)
def test_form_of_another_is_kept_out_and_says_so(
    lesson: LessonPage, dev: User, ann: User, action: dict[str, str]
) -> None:
    page = lock(lesson, dev)
    versions = page.revisions.count()

    answer = signed_in(ann).post(edit(page), {**form_of(page, SPELT), **action})

    assert "could not be saved as it is locked" in said(answer)
    assert (shown(lesson), page.revisions.count()) == (BEFORE, versions)


def test_autosave_of_another_is_refused_in_words(lesson: LessonPage, dev: User, ann: User) -> None:
    page = lock(lesson, dev)

    answer = signed_in(ann).post(edit(page), form_of(page, SPELT), HTTP_ACCEPT="application/json")

    assert (answer.status_code, answer.json()["success"]) == (400, False)
    assert "locked" in said(answer)
    assert last_words(page) == BEFORE


@pytest.mark.parametrize("name", DOORS)
def test_no_other_door_publishes_what_another_has_locked(lesson: LessonPage, dev: User, ann: User, name: str) -> None:
    page = drafted(lesson, SPELT, dev)
    address, form = door(name, page, ann)
    lock(page, dev)

    answer = signed_in(ann).post(address, form, follow=True)

    assert shown(lesson) == BEFORE
    assert LOCKED in said(answer)


def test_second_reader_waits_until_the_lock_is_gone_and_loses_no_word(lesson: LessonPage, dev: User, ann: User) -> None:
    page = drafted(lesson, LATER, dev)
    signed_in(dev).post(screen(page), {"note": NOTE})
    page = lock(page, dev)
    form = {"note": "The group now meets every 14 days.", "shown": print_of(page)}

    refused = signed_in(ann).post(screen(page), form)
    was_live = shown(lesson)
    signed_in(dev).post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
    signed_in(ann).post(screen(page), form)

    assert (refused.status_code, was_live, shown(lesson)) == (422, BEFORE, LATER)
    assert LOCKED in said(refused)
    assert form["note"] in said(refused)


def test_what_is_with_its_reviewers_is_published_by_nobody_else(lesson: LessonPage, dev: User, ann: User) -> None:
    page = drafted(lesson, SPELT, dev)
    door("approval", page, dev)
    GroupApprovalTask.objects.get(name="Look").groups.set(Group.objects.filter(name="Editors in chief"))

    answer = signed_in(ann).post(*door("many", page, ann), follow=True)

    assert shown(lesson) == BEFORE
    assert "only who may approve it at “Look” can publish it now" in said(answer)


def test_what_is_scheduled_is_published_at_its_time_only(lesson: LessonPage, dev: User, ann: User) -> None:
    page = written(LessonPage.objects.get(pk=lesson.pk), SPELT)
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=dev).publish()

    answer = signed_in(ann).post(*door("many", page, ann), follow=True)

    assert shown(lesson) == BEFORE
    assert "is published by itself at its time" in said(answer)


def test_another_may_not_take_down_or_bring_back_an_old_version(
    lesson: LessonPage, dev: User, ann: User, client: Client
) -> None:
    first = lesson.latest_revision
    page = lock(published(lesson, SPELT), dev)
    client.force_login(ann)

    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    back = {**form_of(page, BEFORE), "action-publish": "1", "revision": first.pk}
    client.post(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]), back)

    assert (shown(lesson), LessonPage.objects.get(pk=page.pk).live) == (SPELT, True)
