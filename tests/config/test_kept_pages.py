"""Public pages are made once for all visitors, and never shown once they are not what is published."""

from datetime import UTC, datetime

import pytest
import time_machine
from config.content import NOT_CONTENT
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from courses.models import ModulePage
from home.models import HomePage
from tests.factories import cohort, enrolment, people, taught_course
from tests.factories.briefings import briefing_page, section, term

pytestmark = pytest.mark.django_db


def _text(client: Client, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).content.decode()


def test_second_visitor_costs_one_query(client: Client) -> None:
    address = briefing_page(1).url
    first = _text(client, address)

    with CaptureQueriesContext(connection) as captured:
        second = _text(Client(), address)

    assert second == first
    assert [one["sql"][:6] for one in captured] == ["SELECT"]


def test_changed_page_is_shown_as_it_is_now(client: Client) -> None:
    page = briefing_page(1, title="As it was")
    before = _text(client, page.url)
    page.title = "As it is"
    page.save_revision().publish()

    assert ("As it was" in before, "As it is" in _text(client, page.url)) == (True, True)


def test_draft_is_not_shown(client: Client) -> None:
    page = briefing_page(1, title="As it was")
    page.title = "As it may be"
    page.save_revision()

    assert "As it may be" not in _text(client, page.url)


def test_page_taken_down_is_gone(client: Client) -> None:
    page = briefing_page(1)
    before = client.get(page.url).status_code
    page.unpublish()

    assert (before, client.get(page.url).status_code) == (200, 404)


def test_page_closed_to_strangers_is_closed_at_once(client: Client) -> None:
    page = briefing_page(1)
    before = client.get(page.url).status_code
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert (before, client.get(page.url).status_code) == (200, 302)


def test_changed_word_is_told_on_the_pages_that_have_it(client: Client) -> None:
    word = term("handover", en="Handover", meaning="What it meant.")
    body = section("one", "One", '<p>A <a href="/glossary/handover/">handover</a>.</p>')
    page = briefing_page(1, body=body)
    before = _text(client, page.url)
    word.meanings = {"en": "What it means now."}
    word.save()

    assert ("What it meant." in before, "What it means now." in _text(client, page.url)) == (True, True)


def test_front_page_lists_a_briefing_published_since(client: Client) -> None:
    taught_course()
    front = HomePage.objects.get(language="en").url
    before = _text(client, front)
    briefing_page(7, title="Just published")

    assert ("Just published" in before, "Just published" in _text(client, front)) == (False, True)


def test_person_signed_in_gets_their_own_page_and_leaves_none_behind(client: Client) -> None:
    taught = taught_course()
    amina = people().amina
    enrolment(amina, cohort(taught.course))
    client.force_login(amina)
    front = HomePage.objects.get(language="en").url

    own = _text(client, front)
    strangers = _text(Client(), front)

    assert ("Carry on:" in own, "Sign out" in own) == (True, True)
    assert ("Carry on:" in strangers, "Sign out" in strangers) == (False, False)
    assert "Sign out" in _text(client, front)


def test_visitor_with_a_question_is_answered_and_nobody_else(client: Client) -> None:
    address = briefing_page(1).url

    asked = _text(client, f"{address}?q=anything")
    with CaptureQueriesContext(connection) as captured:
        plain = _text(client, address)

    assert asked == plain
    assert len(captured) > 1


def test_form_with_a_token_is_made_for_each_visitor(client: Client) -> None:
    page = briefing_page(1)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="larch")

    first, second = client.get(page.url), Client().get(page.url)

    assert first.status_code == second.status_code == 200
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value


def test_policy_of_a_page_is_kept_with_it(client: Client) -> None:
    address = briefing_page(1).url

    first, second = client.get(address), Client().get(address)

    assert "Content-Security-Policy" in first.headers
    own = {"Content-Length": "", "X-Request-ID": ""}  # each answer's
    assert {**second.headers, **own} == {**first.headers, **own}


def test_page_past_its_review_says_so_from_that_day_on(client: Client) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        due = datetime(2026, 3, 1, tzinfo=UTC).date()
        page = briefing_page(1, published_on=due.replace(year=2024), review_due_on=due)
        before = _text(client, page.url)
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False):
        after = _text(client, page.url)

    words = "This briefing is due to be looked at again"
    assert (words in before, words in after) == (False, True)


def test_outline_follows_a_lesson_renamed_since(client: Client) -> None:
    taught = taught_course()
    amina = people().amina
    enrolment(amina, cohort(taught.course))
    client.force_login(amina)
    lesson = ModulePage.objects.get().get_children().first().specific
    before = _text(client, lesson.url)
    lesson.title = "Renamed since"
    lesson.save_revision().publish()

    assert ("Renamed since" in before, "Renamed since" in _text(client, lesson.url)) == (False, True)


def test_rows_that_are_not_content_are_rows_we_have() -> None:
    assert {model._meta.label for model in apps.get_models()} >= NOT_CONTENT
