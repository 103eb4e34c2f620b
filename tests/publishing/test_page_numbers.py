"""A page's number tells nobody its title: not where pages are moved or copied to, nor in the interface for programs."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction

from tests.factories import briefing_page, person, taught_course

pytestmark = pytest.mark.django_db
MINE, DRAFT, KEPT = "CANARYmine", "CANARYdraft", "CANARYkept"
NOT_THEIRS = (DRAFT, KEPT)


@pytest.fixture
def pages() -> dict[str, Page]:
    """One that somebody works on, and a draft and a page kept back that are somebody else's."""
    taught_course()
    mine, draft, kept = (
        briefing_page(number, title=title) for number, title in enumerate((MINE, DRAFT, KEPT), start=1)
    )
    draft.unpublish()
    PageViewRestriction.objects.create(page=kept, restriction_type="groups")
    return {"mine": mine, "draft": draft, "kept": kept, "shelf": mine.get_parent()}


@pytest.fixture
def gail(pages: dict[str, Page]) -> Client:
    """Adds and changes below one page, and nowhere else."""
    group = Group.objects.create(name="Of one page")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        allowed = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=pages["mine"], permission=allowed)
    somebody = person("Gail Guest")
    somebody.groups.add(group)
    client = Client()
    client.force_login(somebody)
    return client


def _told(answer: Any) -> list[str]:
    return [title for title in NOT_THEIRS if title in answer.content.decode()]


@pytest.mark.parametrize("what", ["draft", "kept"])
def test_nobody_is_asked_whether_to_move_what_they_may_not_move(
    gail: Client, pages: dict[str, Page], what: str
) -> None:
    theirs, mine = pages[what], pages["mine"]

    asked = [f"/admin/pages/{one}/move/{other}/confirm/" for one, other in ((theirs.pk, mine.pk), (mine.pk, theirs.pk))]
    answers = [gail.get(one, follow=True) for one in asked]

    assert [_told(answer) for answer in answers] == [[], []]


@pytest.mark.parametrize("what", ["draft", "kept"])
@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/admin/pages/{mine}/copy/", "new_parent_page"),
        ("/admin/bulk/wagtailcore/page/move/?id={mine}", "chooser"),
    ],
)
def test_form_that_names_another_page_by_its_number_shows_no_title_of_it(
    gail: Client, pages: dict[str, Page], address: str, field: str, what: str
) -> None:
    given = {field: pages[what].pk, "new_title": "A copy", "new_slug": "a-copy"}

    answer = gail.post(address.format(mine=pages["mine"].pk), given)

    assert _told(answer) == []


def test_programs_are_told_no_translation_that_is_not_theirs(gail: Client, pages: dict[str, Page]) -> None:
    welsh, _made = Locale.objects.get_or_create(language_code="cy")
    key = pages["mine"].translation_key
    Page.objects.filter(pk=pages["draft"].pk).update(translation_key=key, locale=welsh)

    answer = gail.get(f"/admin/api/main/pages/{pages['mine'].pk}/?fields=*")

    assert (answer.status_code, _told(answer)) == (200, [])
    assert json.loads(answer.content)["meta"]["translations"] == []


def test_whoever_works_on_all_of_it_is_told_all_of_it(pages: dict[str, Page]) -> None:
    welsh, _made = Locale.objects.get_or_create(language_code="cy")
    key = pages["mine"].translation_key
    Page.objects.filter(pk=pages["draft"].pk).update(translation_key=key, locale=welsh)
    desk = Client()
    desk.force_login(person("Ada Administrator", is_superuser=True))

    told = desk.get(f"/admin/api/main/pages/{pages['mine'].pk}/?fields=*").json()["meta"]
    listed = desk.get(f"/admin/api/main/pages/?child_of={pages['shelf'].pk}").json()["items"]
    moved = desk.get(f"/admin/pages/{pages['draft'].pk}/move/{pages['shelf'].pk}/confirm/")

    assert [one["title"] for one in told["translations"]] == [DRAFT]
    assert (told["parent"]["id"], {one["meta"]["parent"]["id"] for one in listed}) == (
        pages["shelf"].pk,
        {pages["shelf"].pk},
    )
    assert (moved.status_code, DRAFT in moved.content.decode()) == (200, True)
