"""An editor meets a question as a trainee does, and sees it as it is marked; others see no key."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.items import TYPES
from assessments.models import Draft, ItemVersion, Response
from tests.assessments.examples import example_item
from tests.factories import people, taught_course
from tests.factories.courses import TaughtCourse
from tests.publishing.lessons import publisher, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course(item_counts=(1, 0, 0))


def address(taught: TaughtCourse) -> str:
    return reverse("module_questions", args=[taught.module_page.pk])


def test_an_editor_finds_every_question_of_the_module_with_its_kind(taught: TaughtCourse) -> None:
    desk = signed_in(publisher(people().dev))
    example_item(taught.bank, taught.outcomes[0], "ordering")

    page = said(desk.get(address(taught)))

    assert [word in page for word in ("Item 1 of LO1.1?", "Single choice", "In which order?", "Ordering")] == [True] * 4


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_question_of_every_kind_is_shown_as_asked_and_as_marked_and_nothing_is_kept(
    taught: TaughtCourse, kind: str
) -> None:
    desk = signed_in(publisher(people().dev))
    item = example_item(taught.bank, taught.outcomes[0], kind)
    here = f"{address(taught)}?question={item.uuid}"

    asked, tried = said(desk.get(here)), said(desk.post(here, {"show": "tried", "q1-text": "Mine."}))
    fitting = said(desk.post(here, {"show": "fitting"}))

    assert "zqbecause" not in asked
    assert [("zqbecause" in page, "As marked: " in page) for page in (tried, fitting)] == [(TYPES[kind].asks, True)] * 2
    assert Draft.objects.count() == Response.objects.count() == 0


def test_what_a_question_cannot_have_is_refused_in_words(taught: TaughtCourse) -> None:
    desk = signed_in(publisher(people().dev))
    version = ItemVersion.objects.get()

    page = said(desk.post(f"{address(taught)}?question={version.item.uuid}", {"show": "tried", "q1": ["1", "2"]}))

    assert ("That answer did not arrive whole" in page, "As marked" in page) == (True, False)


@pytest.mark.parametrize("name", ["00000000-0000-0000-0000-000000000000", "x", ""])
def test_a_question_that_is_not_of_the_module_is_not_found(taught: TaughtCourse, name: str) -> None:
    desk = signed_in(publisher(people().dev))

    assert desk.get(address(taught), {"question": name}).status_code == 404


def test_a_trainee_sees_no_key_of_it(taught: TaughtCourse, client: Client) -> None:
    client.force_login(people().amina)
    item = ItemVersion.objects.get().item

    answer = client.post(f"{address(taught)}?question={item.uuid}", {"show": "fitting"})

    assert (answer.status_code, b"Because of" in answer.content) == (403, False)
