"""From a Word file at the desk: the way in, the draft that is made, its report, and who may."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from briefings.models import BriefingIndexPage, BriefingPage, StoryIndexPage
from courses.choices import ActivityKind
from courses.models import LessonPage
from people.models import User
from tests.factories import MESSAGES, people, shelf, taught_course
from tests.publishing.word.files import docx, dot, h, p, picture

pytestmark = pytest.mark.django_db
BRIEFING = docx(
    p("Handovers at night", style="Title"),
    h("Key messages"),
    *(dot(message) for message in MESSAGES),
    h("What the night knows"),
    p("The ward rang.", picture("A map of the ward")),
)


@pytest.fixture
def editor(client: Client) -> Client:
    dev = people().dev
    dev.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(dev)
    return client


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def send(client: Client, parent: Page, content: bytes = BRIEFING) -> Any:
    file = SimpleUploadedFile("night.docx", content)
    return client.post(reverse("page_from_word", args=[parent.pk]), {"file": file}, follow=True)


def test_briefing_is_made_as_a_draft_with_the_next_number_and_never_live(editor: Client) -> None:
    send(editor, shelf(BriefingIndexPage))

    page = BriefingPage.objects.get()
    assert (page.title, page.live, page.number, page.messages) == ("Handovers at night", False, "01", MESSAGES)
    assert page.sections == [("what-the-night-knows", "What the night knows")]
    assert (page.owner, page.has_unpublished_changes) == (User.objects.get(name="Dev Patel"), True)


def test_lesson_under_a_module_is_one_of_its_activities(editor: Client) -> None:
    module = taught_course().module_page

    send(editor, module)

    page = LessonPage.objects.get(title="Handovers at night")
    assert (page.live, page.activity.kind, page.activity.module) == (False, ActivityKind.LESSON, module.module)
    assert page.sections[0] == ("key-messages", "Key messages")


def test_report_says_what_was_kept_and_what_was_not_and_where(editor: Client) -> None:
    report = said(send(editor, shelf(BriefingIndexPage)))

    assert "1 heading, as a section" in report
    assert "4 key messages" in report
    assert "Under “What the night knows”" in report
    assert "A picture was left out" in report
    assert "A map of the ward" in report


def test_report_is_found_again_from_the_page_and_in_its_history(editor: Client) -> None:
    send(editor, shelf(BriefingIndexPage))
    page = BriefingPage.objects.get()

    edited = said(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    history = said(editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])))

    assert reverse("word_report", args=[page.pk]) in edited
    assert "This page was made from a Word file" in history
    assert "A map of the ward" in said(editor.get(reverse("word_report", args=[page.pk])))


def test_draft_opens_in_the_editor_and_is_saved_as_it_is(editor: Client) -> None:
    send(editor, shelf(BriefingIndexPage))
    page = BriefingPage.objects.get()

    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert response.status_code == 200
    assert "The ward rang." in said(response)


def test_the_way_in_stands_on_the_shelf_and_under_a_module_and_nowhere_else(editor: Client) -> None:
    module, stories = taught_course().module_page, shelf(StoryIndexPage)
    seen = {
        parent.pk: reverse("page_from_word", args=[parent.pk])
        in said(editor.get(reverse("wagtailadmin_explore", args=[parent.pk])))
        for parent in (shelf(BriefingIndexPage), module, stories)
    }

    assert seen == {shelf(BriefingIndexPage).pk: True, module.pk: True, stories.pk: False}


def test_whoever_may_not_add_pages_there_makes_none(editor: Client) -> None:
    parent = shelf(BriefingIndexPage)
    User.objects.get(name="Dev Patel").groups.set([Group.objects.get(name="Editors in chief")])

    answer = send(editor, parent)

    assert BriefingPage.objects.count() == 0
    assert "A briefing from a Word file" not in said(answer)


def test_nothing_is_made_where_such_pages_do_not_belong(editor: Client) -> None:
    before = Page.objects.count()
    stories = shelf(StoryIndexPage)
    send(editor, stories)

    assert Page.objects.count() <= before + 2  # the shelf, and the front page above it
    assert not stories.get_children().exists()


def test_sending_no_file_says_so_at_the_field(editor: Client) -> None:
    response = editor.post(reverse("page_from_word", args=[shelf(BriefingIndexPage).pk]), {})

    assert response.status_code == 422
    assert "Choose a file." in said(response)


def test_page_made_by_hand_has_no_report(editor: Client) -> None:
    page = shelf(BriefingIndexPage)

    assert editor.get(reverse("word_report", args=[page.pk])).status_code == 404


def test_words_that_were_deleted_or_hidden_in_the_file_are_kept_nowhere(editor: Client) -> None:
    secret = '<w:del w:id="1"><w:r><w:delText>Jane Roe</w:delText></w:r></w:del>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Jane Roe</w:t></w:r>"

    send(editor, shelf(BriefingIndexPage), docx(h("Start"), p("x", secret, hidden)))

    page = BriefingPage.objects.get()
    assert "Jane Roe" not in repr(page.body.raw_data) + repr([one.data for one in PageLogEntry.objects.all()])
    assert {"deleted", "hidden"} <= {
        one["code"] for one in PageLogEntry.objects.get(action="publishing.from_word").data["losses"]
    }


def test_two_files_of_one_title_stand_at_two_addresses(editor: Client) -> None:
    for _time in range(2):
        send(editor, shelf(BriefingIndexPage))

    assert sorted(BriefingPage.objects.values_list("slug", flat=True)) == ["handovers-at-night", "handovers-at-night-2"]
