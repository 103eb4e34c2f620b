"""Hostile words sent where few read them: a learner's own reflection, a draft sent out, its answer, and practice."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from toolkit.days import site_day

from courses.models import LessonPage
from player.models import Reflection
from publishing.fact_checks import MOST_ANSWERS, address_of
from publishing.models import FactCheck
from tests.factories import cohort, enrolment, people, taught_course
from tests.hostile.test_every_form import Pages, answered, shown
from tests.hostile.trap import caught_in
from tests.hostile.words import hostile_words
from tests.publishing.lessons import publisher

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.once,
]
QUESTION = UUID("00000000-0000-4000-8000-0000000000aa")


def lesson_asking(words: str) -> LessonPage:
    """A live lesson with a reflection and a practice in these words."""
    page = LessonPage.objects.first() or taught_course().lessons[0]
    statements = [{"words": words[:300], "belongs": "first", "why": words[:300]}] * 4
    sorting = {"task": words[:300], "first": words[:60], "second": words[:60], "statements": statements}
    page.body = [
        *page.body.raw_data[:2],
        {"type": "reflection", "value": {"question": words[:300], "hint": words[:300]}, "id": str(QUESTION)},
        {"type": "sort_into_two", "value": sorting},
    ]
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def for_oneself(client: Client) -> Pages:
    """A learner's reflection under a question in the same words."""
    lesson, cast = lesson_asking("When?"), people()
    enrolment(cast.amina, cohort(lesson.activity.course))
    client.force_login(cast.amina)
    address = reverse("lesson_reflect", args=[lesson.activity.uuid, QUESTION])
    for number, words in enumerate(hostile_words()):
        lesson = lesson_asking(words)
        if number % 2:  # else refused, because other words were saved meanwhile, and both are shown
            Reflection.objects.all().delete()
        yield answered(client, address, {"words": words, "seen": words}, number)
        yield shown(client, lesson.url, number)
    yield "/signed-out/", Client().post(address, {"words": words}).content.decode()


def from_outside(client: Client) -> Pages:
    """A draft sent out in these words, answered in them, and read at the desk."""
    lesson, dev = lesson_asking("When?"), publisher(people().dev)
    client.force_login(dev)
    desk, until = reverse("fact_checks", args=[lesson.pk]), str(site_day() + timedelta(days=9))
    for number, words in enumerate(hostile_words()):
        given = {"act": "ask", "reader": words[:150], "question": words, "open_until": until}
        asked = client.post(desk, given)
        check = FactCheck.objects.first()
        if asked.status_code != 302 or check is None or check.answers.count() == MOST_ANSWERS:
            continue
        yield answered(Client(), address_of(check).removeprefix("http://testserver"), {"words": words}, number)
    cache.clear()
    yield desk, client.get(desk).content.decode()
    yield "/admin/", client.get("/admin/").content.decode()


@pytest.mark.parametrize("write", [for_oneself, from_outside])
def test_what_is_written_for_few_runs_nowhere(client: Client, write) -> None:  # type: ignore[no-untyped-def]
    pages = dict(write(client))

    caught = caught_in(pages)

    assert caught == {}
    assert len(pages) > len(hostile_words()) // 2
