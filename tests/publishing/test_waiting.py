"""What waits for an editor on the desk's first screen, and that it tells nobody of pages they may not change."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import User
from tests.factories import briefing_page, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def dev() -> User:
    dev = people().dev
    dev.groups.add(Group.objects.get(name="Moderators"))
    return dev


@pytest.fixture
def editor(client: Client, dev: User) -> Client:
    client.force_login(dev)
    return client


def first_screen(client: Client) -> str:
    page = html.unescape(client.get(reverse("wagtailadmin_home")).content.decode())
    return re.sub(r"\s+", " ", page)


def test_editor_for_whom_nothing_waits_is_told_so(editor: Client) -> None:
    briefing_page(4)

    screen = first_screen(editor)

    assert "Nothing waits for you." in screen


def test_own_draft_that_is_not_ready_is_named_with_what_is_missing(editor: Client, dev: User) -> None:
    page = briefing_page(4, owner=dev)
    page.unpublish()

    screen = first_screen(editor)

    assert reverse("publish_checks", args=[page.pk]) in screen
    assert "No practitioner has checked this text." in screen


def test_draft_of_somebody_else_and_one_that_is_ready_do_not_wait_for_me(editor: Client, dev: User) -> None:
    briefing_page(4).unpublish()
    briefing_page(5, owner=dev, checked_by="Ann Lee", checked_on=date(2026, 11, 20)).unpublish()

    screen = first_screen(editor)

    assert "Nothing waits for you." in screen


def test_overdue_reviews_are_counted_and_named_with_their_day(editor: Client) -> None:
    briefing_page(4, published_on=date(2022, 1, 1), review_due_on=date(2024, 1, 1))
    briefing_page(5)

    screen = first_screen(editor)

    assert "One review is overdue" in screen
    assert "to be reviewed by 1 January 2024" in screen
    assert "Briefing about 5" not in screen


def test_what_goes_live_or_is_taken_down_soon_is_named_and_what_is_far_off_is_not(editor: Client, dev: User) -> None:
    soon, far = timezone.now() + timedelta(days=3), timezone.now() + timedelta(days=30)
    for number, when in ((4, soon), (5, far)):
        going = briefing_page(number)
        going.unpublish()
        revision = going.save_revision()
        revision.approved_go_live_at = when
        revision.save()
        briefing_page(number + 10, expire_at=when)

    screen = first_screen(editor)

    for heading, number in (("Going live in the next two weeks", 4), ("Taken down in the next two weeks", 14)):
        assert heading in screen
        assert f"Briefing about {number}<" in screen
    for number in (5, 15):
        assert f"Briefing about {number}<" not in screen


def test_somebody_who_may_change_no_page_is_told_of_none(client: Client, dev: User) -> None:
    briefing_page(4, published_on=date(2022, 1, 1), review_due_on=date(2024, 1, 1))
    dev.groups.set(Group.objects.filter(name="Editors in chief"))
    client.force_login(dev)

    screen = first_screen(client)

    assert "Briefing about 4" not in screen


def test_number_of_queries_does_not_grow_with_overdue_reviews(editor: Client) -> None:
    counts: list[int] = []

    for number in range(1, 9):
        briefing_page(number, published_on=date(2022, 1, 1), review_due_on=date(2024, 1, 1))
        if number in (2, 3, 8):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                said: Any = first_screen(editor)
            counts.append(len(asked))

    assert "8 reviews are overdue" in said
    assert counts[2] <= counts[1]
