"""Previews in the editor: each block an editor may choose is shown as its readers will see it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlock

from courses.blocks import LessonBody
from reference.blocks import PageBody
from tests.factories import person
from tests.publishing.lessons import publisher, signed_in

BODIES = [PageBody(), LessonBody()]
CHOICES = [(body, name) for body in BODIES for name in body.child_blocks]


@pytest.fixture
def desk(db: None) -> Client:
    return signed_in(publisher(person("dev")))


def preview(client: Client, block: Any) -> Any:
    return client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})


@pytest.mark.parametrize(("body", "name"), CHOICES, ids=lambda one: one if isinstance(one, str) else type(one).__name__)
def test_every_block_is_previewed_with_the_sites_own_style(desk: Client, body: StreamBlock, name: str) -> None:
    block = body.child_blocks[name]

    response = preview(desk, block)

    said = response.content.decode()
    assert (block.is_previewable, response.status_code) == (True, 200)
    assert "css/site" in said
    assert str(block.get_description()) != ""
    assert said.partition('<main class="lesson">')[2].partition("</main>")[0].strip() != ""


def test_preview_of_a_block_holds_nothing_inline(desk: Client) -> None:
    block = LessonBody().child_blocks["embedded_film"]

    said = preview(desk, block).content.decode()

    assert ("<style" in said, " style=" in said, "<script>" in said) == (False, False, False)


def test_somebody_without_the_desk_sees_no_preview(client: Client, db: None) -> None:
    client.force_login(person("amina"))

    response = preview(client, PageBody().child_blocks["text"])

    assert response.status_code == 403
