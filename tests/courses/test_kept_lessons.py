"""A lesson's text is kept with its page, is what making it now would give, and follows what it shows."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import LessonPage
from courses.rendering import html_of
from enrolments.models import Progress
from reference.models import GlossaryTerm
from tests.factories import TaughtCourse, cohort, enrolment, lesson_page, people, taught_course

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def reading(client: Client) -> TaughtCourse:
    """Amina, on the course and signed in."""
    taught, amina = taught_course(), people().amina
    enrolment(amina, cohort(taught.course))
    client.force_login(amina)
    return taught


def _write(page: LessonPage, text: str) -> None:
    page.body = page.body.stream_block.to_python(
        [{"type": "section", "value": {"heading": "Start", "key": "start"}}, {"type": "text", "value": text}]
    )
    page.save_revision().publish()


def _as_served(page: LessonPage) -> LessonPage:
    return LessonPage.objects.defer(*LessonPage.serve_without).get(pk=page.pk)


def test_published_lesson_keeps_what_making_it_now_would_give(reading: TaughtCourse) -> None:
    page = LessonPage.objects.get(pk=reading.lessons[0].pk)
    _write(page, "<p>Words <b>kept</b>.</p>")

    served, now = _as_served(page), LessonPage.objects.get(pk=page.pk)

    assert served.kept_html == html_of(now)
    assert "Words <b>kept</b>." in served.text
    assert (served.content_digest, served.minutes, served.sections) == (now.content_digest, now.minutes, now.sections)


def test_lesson_saved_past_its_form_keeps_only_what_the_seam_lets_through(reading: TaughtCourse) -> None:
    page = LessonPage.objects.get(pk=reading.lessons[0].pk)
    page.body = page.body.stream_block.to_python(
        [{"type": "text", "value": "<p>Words<img src=x onerror=alert(1)></p>"}]
    )

    page.save()

    assert LessonPage.objects.get(pk=page.pk).kept_html == page.kept_html == html_of(page)
    assert ("<p>Words</p>" in page.kept_html, "img" in page.kept_html) == (True, False)


def test_draft_changes_nothing_of_what_is_kept(reading: TaughtCourse, client: Client) -> None:
    page = LessonPage.objects.get(pk=reading.lessons[0].pk)
    before = client.get(page.url).content.decode()
    page.body = page.body.stream_block.to_python([{"type": "text", "value": "<p>Only a draft.</p>"}])
    page.save_revision()

    after = client.get(page.url).content.decode()

    assert "Only a draft." not in after
    assert "Words of" in before
    assert "Words of" in after


def test_preview_shows_the_draft_and_not_what_is_kept(reading: TaughtCourse) -> None:
    page = LessonPage.objects.get(pk=reading.lessons[0].pk)
    page.body = page.body.stream_block.to_python([{"type": "text", "value": "<p>Only a draft.</p>"}])

    assert "Only a draft." in page.text


def test_serving_a_lesson_does_not_read_its_stream(reading: TaughtCourse, client: Client) -> None:
    address = reading.lessons[0].url
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        client.get(address)

    assert [one["sql"] for one in captured if '"courses_lessonpage"."body"' in one["sql"]] == []


@pytest.mark.parametrize("lessons", [3, 100])
def test_lesson_costs_few_statements_however_many_there_are(
    reading: TaughtCourse, client: Client, lessons: int
) -> None:
    for number in range(len(reading.lessons) + 1, lessons + 1):
        lesson_page(reading.module_page, f"Lesson {number}", f"lesson-{number}")
    address = reading.lessons[0].url
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)

    statements = [one["sql"] for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert (response.status_code, LessonPage.objects.count()) == (200, lessons)
    assert len(statements) <= MOST_QUERIES, "\n".join(sql[:160] for sql in statements)


def test_second_look_notes_the_time_in_one_statement(reading: TaughtCourse, client: Client) -> None:
    address = reading.lessons[0].url
    client.get(address)
    before = Progress.objects.get().last_seen_at

    with CaptureQueriesContext(connection) as captured:
        client.get(address)

    written = [one["sql"] for one in captured if one["sql"].startswith(("UPDATE", "INSERT"))]
    assert len([sql for sql in written if "enrolments_progress" in sql]) == 1
    assert Progress.objects.get().last_seen_at > before


def test_new_meaning_of_a_word_reaches_the_lessons_that_link_to_it(reading: TaughtCourse, client: Client) -> None:
    term = GlossaryTerm.objects.create(key="tunnel", terms={"en": "tunnel"}, meanings={"en": "An old meaning."})
    page = LessonPage.objects.get(pk=reading.lessons[0].pk)
    _write(page, '<p>The <a href="/glossary/tunnel/">tunnel</a>.</p>')
    assert "An old meaning." in client.get(page.url).content.decode()

    term.meanings = {"en": "A new meaning."}
    term.save()

    shown = client.get(page.url).content.decode()
    assert ("An old meaning." in shown, "A new meaning." in shown) == (False, True)


def test_link_to_a_page_follows_it_when_it_moves(reading: TaughtCourse, client: Client) -> None:
    target = LessonPage.objects.get(pk=reading.lessons[1].pk)
    page = LessonPage.objects.get(pk=reading.lessons[0].pk)
    _write(page, f'<p><a linktype="page" id="{target.pk}">there</a></p>')
    target.slug = "moved-away"
    target.save_revision().publish()

    assert "/moved-away/" in client.get(page.url).content.decode()


def test_command_makes_every_lesson_anew(reading: TaughtCourse, capsys: Any) -> None:
    LessonPage.objects.update(kept_html="nonsense", kept_facts={})

    call_command("render_lessons")

    assert capsys.readouterr().out == f"Rendered {len(reading.lessons)} lessons.\n"
    assert all("Words of" in page.kept_html for page in LessonPage.objects.all())


def test_lesson_from_before_anything_was_kept_is_still_shown(reading: TaughtCourse, client: Client) -> None:
    LessonPage.objects.update(kept_html="", kept_facts={})

    assert "Words of" in client.get(reading.lessons[0].url).content.decode()
