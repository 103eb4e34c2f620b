"""A live lesson, what is written into it, and who publishes it."""

import html
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import LessonPage
from people.models import User

BEFORE = "<p>Teh group met within 12 days.</p>"
SPELT = "<p>The group met within 12 days.</p>"
LATER = "<p>Teh group met within 14 days.</p>"
NOTE = "The group now meets within 14 days."


def publisher(somebody: User) -> User:
    somebody.groups.add(Group.objects.get(name="Moderators"))
    return somebody


def published(page: LessonPage, text: str) -> LessonPage:
    written(page, text).save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def written(page: LessonPage, text: str) -> LessonPage:
    """The page with another text in its second block."""
    blocks = list(page.body.raw_data)
    page.body = [blocks[0], {**blocks[1], "value": text}]
    return page


def drafted(page: LessonPage, text: str, by: User) -> LessonPage:
    written(LessonPage.objects.get(pk=page.pk), text).save_revision(user=by)
    return LessonPage.objects.get(pk=page.pk)


def shown(page: LessonPage) -> str:
    return str(LessonPage.objects.get(pk=page.pk).body[1].value.source)


def signed_in(somebody: User) -> Client:
    client = Client()
    client.force_login(somebody)
    return client


def said(response: Any) -> str:
    is_json = response.headers["Content-Type"] == "application/json"
    return str(response.json()) if is_json else html.unescape(response.content.decode())


def form_of(page: LessonPage, text: str) -> dict[str, Any]:
    """What the block editor sends; its second block with other words."""
    blocks = page.body.raw_data
    rows = [("section", dict(blocks[0]["value"])), ("text", rich_text(text))]
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "lead": page.lead,
            "body": streamfield(rows),
            "content_notice": "0",
            "content_topics": "[]",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    ids = {f"body-{number}-id": block["id"] for number, block in enumerate(blocks)}
    return {**data, **ids, "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
