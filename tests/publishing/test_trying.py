"""An editor meets a question as a trainee does, and sees it as it is marked; others see no key."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.bank import newest_of
from assessments.items import TYPES
from assessments.models import Draft, Item, ItemVersion, Response
from tests.assessments.examples import example_item
from tests.factories import people, taught_course
from tests.factories.courses import TaughtCourse
from tests.publishing.lessons import publisher, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course(item_counts=(1, 0, 0))


def address(item: Item) -> str:
    return reverse("bank_item_try", args=[item.uuid])


def test_the_menu_of_a_module_leads_to_the_bank_its_quiz_draws_from(taught: TaughtCourse) -> None:
    desk = signed_in(publisher(people().dev))

    menu = said(desk.get(reverse("wagtailadmin_pages:edit", args=[taught.module_page.pk])))

    assert reverse("bank", args=[taught.bank.key]) in menu


def test_an_item_leads_to_where_it_is_tried_in_each_of_its_languages(taught: TaughtCourse) -> None:
    desk = signed_in(publisher(people().dev))
    item = taught.bank.items.get()
    version = newest_of(item)
    ItemVersion.objects.create(
        **{
            **fields_of(version),
            "number": 2,
            "texts": {**version.texts, "cy": {**version.texts["en"], "prompt": "Beth?"}},
        }
    )

    page = said(desk.get(reverse("bank_item", args=[item.uuid])))
    welsh, english, first = (
        said(desk.get(address(item) + query))
        for query in ("?version=2&language=cy", "?version=2", "?version=1&language=cy")
    )

    assert f"{address(item)}?version=2&language=cy" in page
    assert ["Beth?" in one for one in (welsh, english, first)] == [True, False, False]


def fields_of(version: ItemVersion) -> dict[str, Any]:
    return {
        field.name: getattr(version, field.name) for field in version._meta.concrete_fields if not field.primary_key
    }


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_question_of_every_kind_is_shown_as_asked_and_as_marked_and_nothing_is_kept(
    taught: TaughtCourse, kind: str
) -> None:
    desk = signed_in(publisher(people().dev))
    item = example_item(taught.bank, taught.outcomes[0], kind)
    here = address(item)

    asked, tried = said(desk.get(here)), said(desk.post(here, {"show": "tried", "q1-text": "Mine."}))
    fitting = said(desk.post(here, {"show": "fitting"}))

    assert "zqbecause" not in asked
    assert [("zqbecause" in page, "As marked: " in page) for page in (tried, fitting)] == [(TYPES[kind].asks, True)] * 2
    assert Draft.objects.count() == Response.objects.count() == 0


def test_what_a_question_cannot_have_is_refused_in_words(taught: TaughtCourse) -> None:
    desk = signed_in(publisher(people().dev))
    version = ItemVersion.objects.get()

    page = said(desk.post(address(version.item), {"show": "tried", "q1": ["1", "2"]}))

    assert ("That answer did not arrive whole" in page, "As marked" in page) == (True, False)


@pytest.mark.parametrize("query", ["?version=9", "?version=x", "?version=999999999999"])
def test_a_version_that_is_not_there_is_not_found(taught: TaughtCourse, query: str) -> None:
    desk = signed_in(publisher(people().dev))

    assert desk.get(address(taught.bank.items.get()) + query).status_code == 404


def test_a_trainee_sees_no_key_of_it(taught: TaughtCourse, client: Client) -> None:
    client.force_login(people().amina)
    item = ItemVersion.objects.get().item

    answer = client.post(address(item), {"show": "fitting"})

    assert (answer.status_code, b"Because of" in answer.content) == (403, False)
