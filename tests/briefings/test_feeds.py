"""New briefings as an Atom feed that a reader of feeds can trust (RFC 4287)."""

from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from briefings.models import BriefingPage
from tests.factories import briefing_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_our_address")]

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://learning.example.org"


@pytest.fixture
def _our_address():
    with override_settings(SITE_URL=SITE):
        yield


def feed(client: Client, address: str = "/briefings/feed/") -> ElementTree.Element:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, f"{len(found)} of {name}"
    return found[0].text or ""


def test_feed_has_what_the_standard_asks_of_a_feed(client: Client) -> None:
    briefing_page(1)

    root = feed(client)

    assert root.tag == f"{ATOM}feed"
    assert (text(root, "title"), text(root, "id")) == (
        "Learning Together: At a Glance briefings",
        f"{SITE}/briefings/feed/",
    )
    assert datetime.fromisoformat(text(root, "updated")).tzinfo is not None
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "alternate": f"{SITE}/briefings/",
        "self": f"{SITE}/briefings/feed/",
    }
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Learning Together"


def test_entry_has_what_the_standard_asks_of_an_entry(client: Client) -> None:
    page = briefing_page(4, lead="More < less & so on.", audience=["boards"], topics=["law"])

    (entry,) = feed(client).findall(f"{ATOM}entry")

    assert (text(entry, "title"), text(entry, "summary")) == ("04 Briefing about 4", "More &lt; less &amp; so on.")
    assert entry.find(f"{ATOM}link").get("href") == f"{SITE}/briefings/about-4/"
    assert text(entry, "published") == "2026-11-25T00:00:00+00:00"
    assert datetime.fromisoformat(text(entry, "updated")) == page.last_published_at
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == ["boards", "law"]
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "The project"


def test_entry_keeps_its_identifier_when_its_page_moves(client: Client) -> None:
    page = briefing_page(4)
    before = text(feed(client).find(f"{ATOM}entry"), "id")

    page.slug = "renamed"
    page.save_revision().publish()

    entry = feed(client).find(f"{ATOM}entry")
    assert (text(entry, "id"), entry.find(f"{ATOM}link").get("href")) == (before, f"{SITE}/briefings/renamed/")
    assert before.startswith("urn:uuid:")


def test_newest_comes_first_and_nothing_unpublished_comes_at_all(client: Client) -> None:
    briefing_page(1, published_on=date(2026, 1, 1), review_due_on=date(2028, 1, 1))
    briefing_page(2, published_on=date(2026, 3, 1))
    briefing_page(3, published_on=date(2026, 2, 1))
    briefing_page(4, title="A secret draft").unpublish()
    BriefingPage.objects.filter(briefing__number=2).update(drafted_by="")

    titles = [text(entry, "title")[:2] for entry in feed(client).findall(f"{ATOM}entry")]

    assert titles == ["02", "03", "01"]
    assert "secret" not in client.get("/briefings/feed/").content.decode()


def test_every_address_is_whole_and_ours_whoever_asks(client: Client) -> None:
    briefing_page(1)

    answer = client.get("/briefings/feed/", headers={"host": "127.0.0.1"}).content.decode()

    root = ElementTree.fromstring(answer)
    links = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert len(links) == 3
    assert [link for link in links if not link.startswith(f"{SITE}/")] == []
    assert "127.0.0.1" not in answer


def test_feed_of_nothing_is_a_feed_all_the_same(client: Client) -> None:
    assert feed(client).findall(f"{ATOM}entry") == []


def test_shelf_says_where_its_feed_is(client: Client) -> None:
    briefing_page(1)

    page = client.get("/briefings/").content.decode()

    assert '<link rel="alternate" type="application/atom+xml" href="/briefings/feed/"' in page


def test_feed_of_one_and_of_three_cost_the_same(client: Client) -> None:
    def queries() -> int:
        client.get("/briefings/feed/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/briefings/feed/")
        return len(asked)

    briefing_page(1)
    with_one = queries()
    briefing_page(2)
    briefing_page(3)

    assert queries() == with_one
