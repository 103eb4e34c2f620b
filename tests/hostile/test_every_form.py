"""Hostile words sent through the forms of the site, by people and by editors: what comes back runs none of them."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from briefings.models import BriefingIndexPage, BriefingPage
from courses.models import LessonPage
from credentials.awards import award_credential
from credentials.models import Achievement, Credential
from people.models import User
from post.models import Message
from publishing.faults import BadContent
from publishing.loader import load
from tests.briefings.test_desk import adding, briefing_form
from tests.enrolments.doings import complete
from tests.factories import MESSAGES, NOON, achievement, cohort, enrolment, people, shelf, taught_course
from tests.hostile.trap import caught_in
from tests.hostile.words import hostile_words
from tests.publishing.parcel import LESSON, parcel

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.once,
]
PASSWORD = "a long and winding road"
Pages = Iterator[tuple[str, str]]


def shown(client: Client, address: str, of: object) -> tuple[str, str]:
    """A page under an address of its own."""
    cache.clear()
    return f"{address}{'&' if '?' in address else '?'}of={of}", client.get(address).content.decode()


def answered(client: Client, address: str, data: dict[str, object], of: object) -> tuple[str, str]:
    """What a form answers, after it has led on."""
    cache.clear()
    response = client.post(address, data, follow=True)
    return f"{address.partition('?')[0]}?answer={of}", response.content.decode()


def by_a_stranger(client: Client) -> Pages:
    """Signing up and in, searching, checking a certificate, following a link, reporting a concern."""
    for number, words in enumerate(hostile_words()):
        details = {"name": words, "email": f"a{number}@example.org", "agency": "police", "password1": PASSWORD}
        yield answered(Client(), "/account/signup/", details, number)
        yield answered(client, "/account/login/?next=" + words, {"login": words, "password": words}, number)
        yield answered(client, "/account/organisation/find/", {"email": words}, number)
        concern = {"about": "content", "words": words, "name": words, "email": "a@example.org"}
        yield answered(client, reverse("concern_send"), concern, number)
        yield f"/search/?q={number}", client.get("/search/", {"q": words}).content.decode()
        yield f"/verify/?code={number}", client.get("/verify/", {"code": words}).content.decode()
    for letter in Message.objects.all():
        yield f"/letter/{letter.pk}/", letter.html


def by_a_learner(client: Client) -> Pages:
    """A name, on every page that shows it, and a certificate with it."""
    taught, cast = taught_course(), people()
    achievement(taught.course)
    run = enrolment(cast.amina, cohort(taught.course))
    complete(run, taught)
    client.force_login(cast.amina)
    for number, words in enumerate(hostile_words()):
        details = {"name": words, "certificate_name": words, "agency": "police"}
        yield answered(client, "/your-data/correct/", details, number)
        yield shown(client, "/my-learning/", number)
    award_credential(run, Achievement.objects.get(), at=NOON)
    held = Credential.objects.get()
    Credential.objects.update(name_shown=True)
    yield shown(client, f"/certificate/{held.uuid}/", "")
    yield shown(client, f"/verify/{held.code}/", "")


def as_the_editor_sends(words: str) -> str:
    """Rich text as the desk's editor posts it, and as somebody who writes the post by hand might."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": words, "href": words, "onclick": words}}
    block = {
        "key": "a",
        "text": words,
        "type": words if "script" in words else "unstyled",
        "depth": 0,
        "inlineStyleRanges": [{"offset": 0, "length": 2, "style": "BOLD"}],
        "entityRanges": [{"offset": 0, "length": len(words), "key": 0}],
    }
    return json.dumps({"blocks": [block], "entityMap": {"0": link}})


def by_an_editor(client: Client) -> Pages:
    """A briefing with every kind of block; then the pages that show it."""
    dev = people().dev
    User.objects.filter(pk=dev.pk).update(is_superuser=True)  # page permissions are Wagtail's business
    client.force_login(User.objects.get(pk=dev.pk))
    for number, words in enumerate(hostile_words()):
        rich = as_the_editor_sends(words)
        blocks = [
            ("section", {"heading": words[:150], "key": "start"}),
            ("text", rich),
            ("key_point", {"text": rich}),
            ("quotation", {"text": rich, "speaker": words[:150]}),
        ]
        given = {
            "title": words[:255],
            "slug": f"b{number}",
            "lead": words,
            "drafted_by": words[:150],
            "key_messages": streamfield([("message", words[:300])] + [("message", one) for one in MESSAGES[1:]]),
            "body": streamfield(blocks),
        }
        yield answered(client, adding(BriefingPage, shelf(BriefingIndexPage)), briefing_form(**given), number)
        if not BriefingPage.objects.filter(slug=f"b{number}").exists():  # refused, and said why in these words
            draft = {name: value for name, value in briefing_form(**given).items() if name != "action-publish"}
            client.post(adding(BriefingPage, shelf(BriefingIndexPage)), draft)
    for page in BriefingPage.objects.filter(live=False):
        page.get_latest_revision().publish()  # as whoever may publish in spite of the checks does
    for number, page in enumerate(BriefingPage.objects.filter(live=True)):
        yield shown(client, page.url, "")
        if number % 5 == 0:  # the editor's page is a heavy one
            yield shown(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), "")
    assert BriefingPage.objects.filter(live=True).count() > 10  # the rest is refused: a block of a kind there is not
    yield shown(client, "/briefings/", "")
    yield shown(client, reverse("wagtailadmin_explore", args=[shelf(BriefingIndexPage).pk]), "")


@pytest.mark.parametrize("write", [by_a_stranger, by_a_learner, by_an_editor])
def test_what_is_typed_into_forms_runs_nowhere(client: Client, write) -> None:  # type: ignore[no-untyped-def]
    pages = dict(write(client))

    caught = caught_in(pages)

    assert caught == {}
    assert len(pages) > len(hostile_words())


def test_what_stands_in_content_files_runs_nowhere(client: Client) -> None:
    dev = people().dev
    client.force_login(dev)
    pages = dict(by_a_file(client))

    caught = caught_in(pages)

    assert caught == {}
    assert len(pages) > len(hostile_words()) // 2


def by_a_file(client: Client) -> Pages:
    """A lesson's file with the words in its title, lead, text, heading and speaker; many are refused by line."""
    given = parcel()
    for number, words in enumerate(hostile_words()):
        lesson = given[LESSON]
        for old, new in (
            ("title: First lesson", f"title: {json.dumps(words)}"),
            ("lead: About first lesson.", f"lead: {json.dumps(words)}"),
            ("One idea.", words),
            ("What they said.", f"**{words}**"),
            ("A worker, invented", " ".join(words.split())),
        ):
            with suppress(BadContent):
                load({**given, LESSON: lesson.replace(old, new)})
                lesson = lesson.replace(old, new)
        for page in LessonPage.objects.all():
            yield shown(client, page.url, number)
