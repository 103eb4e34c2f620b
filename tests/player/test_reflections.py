"""A learner's own words under a lesson's question: theirs alone, never lost, gone when they say so."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from courses.models import LessonPage
from enrolments.models import Enrolment
from player.models import Reflection
from privacy.download import collect
from privacy.subjects import subject_of
from tests.factories import cohort, enrolment, people, taught_course, trainer
from tests.publishing.lessons import publisher

pytestmark = pytest.mark.django_db
BLOCK = UUID("00000000-0000-4000-8000-0000000000aa")
ADDRESS = "/foundation/m1/lesson-1/"
CANARY = "CANARY <b>of</b> Amina & nobody else"
SHOWN = "CANARY &lt;b&gt;of&lt;/b&gt; Amina &amp; nobody else"
ASKED = "When did it make sense?"


@pytest.fixture
def lesson() -> LessonPage:
    page = taught_course().lessons[0]
    question = {"question": ASKED, "hint": ""}
    page.body = [*page.body.raw_data, {"type": "reflection", "value": question, "id": str(BLOCK)}]
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


@pytest.fixture
def cast(lesson: LessonPage) -> Any:
    return people()


@pytest.fixture
def run(lesson: LessonPage, cast: Any) -> Enrolment:
    return enrolment(cast.amina, cohort(lesson.activity.course))


def signed_in(person: Any, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def url(lesson: LessonPage, block: UUID = BLOCK) -> str:
    return f"/learn/{lesson.activity.uuid}/reflection/{block}/"


def test_what_a_learner_saves_stands_in_the_lesson_when_they_come_back(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)

    response = client.post(url(lesson), {"words": f"  {CANARY}\r\nAnd more.  ", "seen": ""})

    kept = Reflection.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}#reflect-{BLOCK}")
    assert (kept.enrolment, kept.activity, kept.block) == (run, lesson.activity, BLOCK)
    assert (kept.question, kept.words) == (ASKED, f"{CANARY}\nAnd more.")
    shown = client.get(ADDRESS).content.decode()
    assert f"{SHOWN}\nAnd more.</textarea>" in shown
    assert "Saved on" in shown


def test_nobody_else_sees_what_a_learner_wrote(lesson: LessonPage, run: Enrolment, cast: Any) -> None:
    signed_in(run.learner).post(url(lesson), {"words": CANARY, "seen": ""})
    trainer(cast.beth, run.cohort)
    other = enrolment(cast.carol, run.cohort)

    seen = {
        person.name: signed_in(person).get(ADDRESS).content.decode()
        for person in (cast.beth, publisher(cast.dev), other.learner)
    }

    assert [name for name, text in seen.items() if "CANARY" in text] == []
    assert [ASKED in text for text in seen.values()] == [True] * 3


def test_trainer_cannot_write_there(lesson: LessonPage, run: Enrolment, cast: Any) -> None:
    trainer(cast.beth, run.cohort)

    response = signed_in(cast.beth).post(url(lesson), {"words": CANARY, "seen": ""})

    assert (response.status_code, Reflection.objects.count()) == (404, 0)


def test_words_too_long_come_back_whole_with_a_sentence(lesson: LessonPage, run: Enrolment) -> None:
    long = "word " * 2001

    response = signed_in(run.learner).post(url(lesson), {"words": long, "seen": ""})

    said = response.content.decode()
    assert (response.status_code, Reflection.objects.count()) == (422, 0)
    assert long in said
    assert "longer than 10000 characters" in said
    assert "<title>Error:" in said


def test_words_saved_in_another_tab_are_not_overwritten_unseen(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), {"words": "From the phone.", "seen": ""})

    refused = client.post(url(lesson), {"words": "From the desk.", "seen": ""})

    said = refused.content.decode()
    assert (refused.status_code, Reflection.objects.get().words) == (422, "From the phone.")
    assert ("From the desk.</textarea>" in said, "<p>From the phone.</p>" in said) == (True, True)
    stamp = Reflection.objects.get().saved_at.isoformat()
    assert f'name="seen" value="{stamp}"' in said

    client.post(url(lesson), {"words": "From the desk.", "seen": stamp})

    assert Reflection.objects.get().words == "From the desk."


def test_empty_words_take_away_what_was_kept(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), {"words": CANARY, "seen": ""})
    stamp = Reflection.objects.get().saved_at.isoformat()

    client.post(url(lesson), {"words": " \n", "seen": stamp})

    assert Reflection.objects.count() == 0


def test_session_that_ended_gives_the_words_back(lesson: LessonPage, run: Enrolment) -> None:
    response = Client().post(url(lesson), {"words": CANARY, "seen": ""})

    assert (response.status_code, Reflection.objects.count()) == (403, 0)
    assert SHOWN in response.content.decode()


@pytest.mark.parametrize("length", [10, Reflection.LONGEST + 1])
def test_lesson_kept_back_at_the_desk_takes_no_words_shows_nothing_and_gives_them_back(
    length: int, lesson: LessonPage, run: Enrolment
) -> None:
    PageViewRestriction.objects.create(page=lesson.get_parent(), restriction_type=PageViewRestriction.GROUPS)
    words = "x" * length

    answer = signed_in(run.learner).post(url(lesson), {"words": words, "seen": ""})

    page = answer.content.decode()
    assert (answer.status_code, ASKED in page, f">{words}</textarea>" in page) == (404, False, True)
    assert Reflection.objects.count() == 0


def test_question_that_is_not_in_the_lesson_is_not_found(lesson: LessonPage, run: Enrolment) -> None:
    response = signed_in(run.learner).post(url(lesson, UUID(int=1)), {"words": CANARY, "seen": ""})

    assert (response.status_code, Reflection.objects.count()) == (404, 0)


def test_only_a_post_with_our_token_keeps_anything(lesson: LessonPage, run: Enrolment) -> None:
    without = signed_in(run.learner, enforce_csrf_checks=True).post(url(lesson), {"words": CANARY, "seen": ""})
    got = signed_in(run.learner).get(url(lesson))

    assert (without.status_code, got.status_code, Reflection.objects.count()) == (403, 405, 0)


def test_its_author_takes_it_away_with_their_data(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), {"words": CANARY, "seen": ""})

    held = collect(subject_of(run.learner))

    assert CANARY in str(held)


def test_it_goes_with_the_person(lesson: LessonPage, run: Enrolment) -> None:
    signed_in(run.learner).post(url(lesson), {"words": CANARY, "seen": ""})

    call_command("erase_learner", run.learner.email, yes=True)

    assert Reflection.objects.count() == 0


def test_it_goes_a_year_after_the_course_ended_and_not_before(lesson: LessonPage, run: Enrolment) -> None:
    signed_in(run.learner).post(url(lesson), {"words": CANARY, "seen": ""})
    now = timezone.now()
    counts = []

    for days in (364, 366):
        Enrolment.objects.filter(pk=run.pk).update(state="completed", completed_at=now - timedelta(days=days))
        call_command("apply_retention")
        counts.append(Reflection.objects.count())

    assert counts == [1, 0]


def test_lesson_without_a_question_asks_the_database_nothing_more(run: Enrolment) -> None:
    client = signed_in(run.learner)

    with CaptureQueriesContext(connection) as asked:
        client.get("/foundation/m1/lesson-2/")

    assert [one["sql"] for one in asked if "player_reflection" in one["sql"]] == []


def test_copy_of_a_lesson_has_a_box_of_its_own(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), {"words": "In the first.", "seen": ""})
    copy = lesson.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)

    client.post(url(copy), {"words": "In the copy.", "seen": ""})

    kept = Reflection.objects.order_by("pk").values_list("activity", "block", "words")
    assert list(kept) == [(lesson.activity_id, BLOCK, "In the first."), (copy.activity_id, BLOCK, "In the copy.")]
