"""“Order and quizzes” of a module: what comes before it, and which quizzes show how a cohort answered."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from assessments.models import Assessment
from courses.models import Module, ModulePage
from publishing.exporter import exported_course
from publishing.loader import Verdict, load
from tests.factories import TaughtCourse, people, taught_course
from tests.publishing.lessons import publisher, said, signed_in
from tests.publishing.parcel import MODULE, QUIZ, parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def second(taught: TaughtCourse) -> ModulePage:
    page = ModulePage(title="Module two", slug="m2", module=Module.objects.create(course=taught.course, number=2))
    taught.course_page.add_child(instance=page)
    return page


@pytest.fixture
def desk() -> Client:
    return signed_in(publisher(people().dev))


def rules(page: ModulePage) -> str:
    return reverse("module_rules", args=[page.pk])


def test_editor_says_what_comes_before_and_takes_it_back(
    desk: Client, taught: TaughtCourse, second: ModulePage
) -> None:
    first = taught.module_page.module

    shown = said(desk.get(rules(second)))
    desk.post(rules(second), {"after": str(first.pk)})
    after = Module.objects.get(number=2).after
    kept = said(desk.get(rules(second)))
    desk.post(rules(second), {"after": ""})

    assert taught.module_page.title in shown
    assert after == first
    assert f'value="{first.pk}" selected' in kept
    assert Module.objects.get(number=2).after is None
    log = PageLogEntry.objects.filter(action="publishing.module_rules", page=second.pk)
    assert [one.data["changed"] for one in log.order_by("timestamp")] == [["after: M1"], ["after: -"]]


def test_module_waits_for_none_that_is_later_itself_or_of_another_course(
    desk: Client, taught: TaughtCourse, second: ModulePage
) -> None:
    other = taught_course("another").module_page.module

    answers = [
        desk.post(rules(page), {"after": str(key)})
        for page, key in (
            (taught.module_page, second.module.pk),
            (second, second.module.pk),
            (second, other.pk),
            (second, "x"),
        )
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all("Choose an earlier module of the same course." in said(answer) for answer in answers)
    assert not Module.objects.exclude(after=None).exists()


def test_editor_lets_a_quiz_show_how_the_cohort_answered(desk: Client, taught: TaughtCourse) -> None:
    quiz = Assessment.objects.get()

    shown = said(desk.get(rules(taught.module_page)))
    desk.post(rules(taught.module_page), {"after": "", f"quiz_{quiz.pk}": "on"})
    on = Assessment.objects.get().shows_cohort
    desk.post(rules(taught.module_page), {"after": ""})

    assert f"“{quiz.title}”: show how the cohort answered" in shown
    assert (on, Assessment.objects.get().shows_cohort) == (True, False)


def test_saving_what_stands_there_writes_nothing(desk: Client, taught: TaughtCourse) -> None:
    desk.post(rules(taught.module_page), {"after": ""})

    assert not PageLogEntry.objects.filter(action="publishing.module_rules").exists()


def test_whoever_may_not_publish_the_page_changes_nothing(second: ModulePage, taught: TaughtCourse) -> None:
    cast: Any = people()
    cast.dev.groups.add(Group.objects.get(name="Editors"))
    editor = signed_in(cast.dev)

    answer = editor.post(rules(second), {"after": str(taught.module_page.module.pk)})

    assert answer.status_code in (302, 403)
    assert Module.objects.get(number=2).after is None


def test_what_was_set_at_the_desk_is_exported_and_left_alone_by_the_loader(desk: Client) -> None:
    texts = parcel()
    load(texts)
    page, quiz = ModulePage.objects.get(), Assessment.objects.get()

    desk.post(rules(page), {"after": "", f"quiz_{quiz.pk}": "on"})
    again = load(texts)

    assert "shows_cohort: true" in exported_course("small").texts[QUIZ]
    assert [thing.path for verdict, thing in again.lines if verdict != Verdict.UNCHANGED] == [QUIZ]
    assert Assessment.objects.get().shows_cohort
    assert MODULE in texts
