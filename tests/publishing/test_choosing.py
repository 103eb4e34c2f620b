"""Choosing a page at the desk tells no title that is not for whoever chooses: by number, by search, by address."""

from collections.abc import Callable
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from home.models import HomePage
from tests.factories import briefing_page, person, taught_course

pytestmark = pytest.mark.django_db
LIVE, NEXT, DRAFT, KEPT = "CANARYlive", "CANARYnext", "CANARYdraft", "CANARYkept"
TITLES = (LIVE, NEXT, DRAFT, KEPT)


def _somebody(works_on: str, pages: dict[str, Page]) -> Client:
    """Who may enter the desk; and change nothing, the course, the briefings, or everything as an editor."""
    somebody = person("Gail Guest")
    if works_on == "all":
        somebody.groups.add(Group.objects.get(name="Editors"))
    group = Group.objects.create(name="Of one section")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if works_on in pages:
        change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
        GroupPagePermission.objects.create(group=group, page=pages[works_on], permission=change)
    somebody.groups.add(group)
    client = Client()
    client.force_login(somebody)
    return client


def _pages() -> dict[str, Page]:
    """One live with another title in its draft, one that is a draft, one that is kept back, and where they stand."""
    taught = taught_course()
    live = briefing_page(1, title=LIVE)
    live.title = NEXT
    live.save_revision()
    draft, kept = briefing_page(2, title=DRAFT), briefing_page(3, title=KEPT)
    draft.unpublish()
    PageViewRestriction.objects.create(page=kept, restriction_type="groups")
    shelf = live.get_parent()
    return {"live": live, "draft": draft, "kept": kept, "shelf": shelf, "course": taught.lessons[0].get_parent()}


def _by_number(client: Client, pages: dict[str, Page]) -> str:
    return "".join(
        client.get(f"/admin/choose-page/{pages[one].pk}/").content.decode() for one in ("live", "draft", "kept")
    )


def _in_its_place(client: Client, pages: dict[str, Page]) -> str:
    return client.get(f"/admin/choose-page/{pages['shelf'].pk}/?multiple=1").content.decode()


def _by_search(client: Client, pages: dict[str, Page]) -> str:
    call_command("update_index", verbosity=0, stdout=StringIO())
    found = (client.get(f"/admin/choose-page/search/?q={title}&multiple=1") for title in TITLES)
    return "".join(one.content.decode().replace(f"q={title}", "") for one, title in zip(found, TITLES, strict=True))


def _chosen(client: Client, pages: dict[str, Page]) -> str:
    numbers = urlencode([("id", pages[one].pk) for one in ("live", "draft", "kept")] + [("id", "9" * 30), ("id", "x")])
    return client.get(f"/admin/choose-page/chosen-multiple/?{numbers}").content.decode()


def _by_address(client: Client, pages: dict[str, Page]) -> str:
    at = [pages[one].url for one in ("live", "kept")]
    sent = [{"external-link-chooser-url": f"{one}{more}"} for one in at for more in ("", "?a=1")]
    return "".join(client.post("/admin/choose-external-link/", one).content.decode() for one in sent)


WAYS = [_by_number, _in_its_place, _by_search, _chosen, _by_address]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("works_on", ["nothing", "course"])
def test_whoever_does_not_work_there_learns_what_readers_see_and_nothing_else(
    works_on: str, way: Callable[[Client, dict[str, Page]], str]
) -> None:
    pages = _pages()

    said = way(_somebody(works_on, pages), pages)

    assert [title for title in (NEXT, DRAFT, KEPT) if title in said] == []
    assert (LIVE in said) == (way is not _by_address)  # it becomes a link to an address, as it was typed


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("works_on", ["shelf", "all"])
def test_whoever_works_there_finds_their_drafts_by_the_titles_they_gave_them(
    works_on: str, way: Callable[[Client, dict[str, Page]], str]
) -> None:
    pages = _pages()

    said = way(_somebody(works_on, pages), pages)

    missing = {_by_search: {NEXT, DRAFT}, _by_address: {DRAFT}}.get(way, set())  # what search and addresses do not find
    assert {title for title in (NEXT, DRAFT, KEPT) if title not in said} <= missing


def test_address_of_a_page_readers_see_becomes_a_link_to_it_for_everybody() -> None:
    pages = _pages()
    page = briefing_page(4, title="Plain")

    said = _somebody("nothing", pages).post("/admin/choose-external-link/", {"external-link-chooser-url": page.url})

    assert said.json()["result"]["id"] == page.pk


def test_place_that_may_not_be_known_shows_the_nearest_above_it() -> None:
    pages = _pages()
    HomePage.objects.filter(language="en").update(title="The front page", draft_title="The front page")

    said = _somebody("nothing", pages).get(f"/admin/choose-page/{pages['draft'].pk}/").json()

    assert said["parent_page_id"] == pages["shelf"].pk


def test_stranger_chooses_nothing() -> None:
    pages = _pages()
    asked = [f"/admin/choose-page/{pages['live'].pk}/", "/admin/choose-page/", "/admin/choose-page/search/?q=CANARY"]
    asked += ["/admin/choose-page/chosen-multiple/?id=1", "/admin/choose-external-link/"]

    assert {Client().get(one).status_code for one in asked} == {302}
