"""Every door through which a page is published asks the checks; who may override them, and what is kept of it."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from audit.models import AuditEntry
from briefings.models import BriefingPage
from people.models import User
from post.models import Message
from publishing.models import Override
from publishing.scheduled import publish_due
from tests.factories import briefing_page, people
from tests.factories.briefings import section
from tests.factories.films import film_page

pytestmark = pytest.mark.django_db
CHECKED = {"checked_by": "Ann Lee", "checked_on": date(2026, 11, 20)}
VAGUE = section("start", "Where it starts", '<p>Read it <a href="https://example.org/">here</a>.</p>')


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may publish, and no more."""
    dev = people().dev
    dev.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(dev)
    return client


@pytest.fixture
def chief(editor: Client) -> Client:
    people_of(editor).groups.add(Group.objects.get(name="Editors in chief"))
    return editor


def people_of(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def draft(**fields: Any) -> BriefingPage:
    """A briefing that is published no more, and whose last draft has these."""
    page = briefing_page(4, **{**CHECKED, **fields})
    page.unpublish()
    page.refresh_from_db()
    return page


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def said(response: Any) -> str:
    is_json = response.headers["Content-Type"] == "application/json"
    return str(response.json()) if is_json else html.unescape(response.content.decode())


def act_address(page: Page, editor: Client) -> str:
    workflow = Workflow.objects.create(name="Two eyes")
    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.set(Group.objects.filter(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(page, people_of(editor))
    return f"/admin/pages/workflow/action/{page.pk}/approve/{state.current_task_state_id}/"


def door(name: str, page: Page, editor: Client) -> tuple[str, dict[str, Any]]:
    """The address and the form of a way to publish a draft."""
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    parent = page.get_parent().pk
    below = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={parent}"
    return {
        "many": lambda: (bulk, {}),
        "below": lambda: (below, {"include_descendants": "on"}),
        "approval": lambda: (act_address(page, editor), {}),
        "api": lambda: (f"/admin/api/main/pages/{page.pk}/action/publish/", {}),
    }[name]()


DOORS = ["many", "below", "approval", "api"]


@pytest.mark.parametrize("name", DOORS)
def test_draft_with_a_vague_link_is_refused_in_words_at_every_door(editor: Client, name: str) -> None:
    page = draft(body=VAGUE)
    address, form = door(name, page, editor)

    response = editor.post(address, form, follow=True)

    assert is_live(page) is False
    assert "“here” does not say where it leads" in said(response)


@pytest.mark.parametrize("name", DOORS)
def test_draft_that_lacks_nothing_passes_every_door(editor: Client, name: str) -> None:
    page = draft()
    address, form = door(name, page, editor)

    editor.post(address, form, follow=True)

    assert is_live(page) is True


def test_approval_that_is_not_the_last_does_not_publish_and_is_not_refused(editor: Client) -> None:
    page = draft(body=VAGUE)
    address = act_address(page, editor)
    second = GroupApprovalTask.objects.create(name="Look again")
    WorkflowTask.objects.create(workflow=Workflow.objects.get(name="Two eyes"), task=second, sort_order=2)

    editor.post(address, follow=True)

    page.refresh_from_db()
    assert (page.live, page.current_workflow_task.name) == (False, "Look again")


def test_what_is_live_already_does_not_stand_in_the_way_of_the_next_version(editor: Client) -> None:
    page = briefing_page(4, body=VAGUE)
    page.title = "Handovers, spelt right"
    page.save_revision()

    editor.post(*door("many", page, editor))

    assert Page.objects.get(pk=page.pk).title == "Handovers, spelt right"


def test_what_is_new_stands_in_the_way_of_a_live_page_too(editor: Client) -> None:
    page = briefing_page(4)
    page.body = VAGUE
    page.save_revision()

    response = editor.post(*door("many", page, editor), follow=True)

    assert "“here” does not say where it leads" in said(response)
    assert "here" not in BriefingPage.objects.get(pk=page.pk).body[1].value.source.replace("Words of 4 here", "")


def test_editor_in_chief_publishes_with_a_reason_and_it_is_kept(chief: Client) -> None:
    page = draft(body=VAGUE, checked_by="", checked_on=None)

    chief.post(reverse("publish_checks", args=[page.pk]), {"reason": " A court date is moved to Monday. "})

    kept, entry = Override.objects.get(), AuditEntry.objects.get(act="published_in_spite")
    assert is_live(page) is True
    assert (kept.reason, kept.by, kept.page_id) == ("A court date is moved to Monday.", people_of(chief), page.pk)
    assert (entry.actor, entry.subject_id) == (kept.by, str(kept.uuid))
    assert entry.facts == {"page": page.pk, "found": ["checked_by", "link_words"]}


def test_without_a_reason_nothing_is_published_and_the_screen_says_why(chief: Client) -> None:
    page = draft(body=VAGUE)

    response = chief.post(reverse("publish_checks", args=[page.pk]), {"reason": "  "})

    assert (response.status_code, is_live(page), Override.objects.count()) == (422, False, 0)
    assert "Say why this is published all the same." in said(response)


def test_editor_who_is_not_in_chief_is_offered_no_override_and_refused_one(editor: Client) -> None:
    page = draft(body=VAGUE)
    address = reverse("publish_checks", args=[page.pk])

    offered, refused = editor.get(address), editor.post(address, {"reason": "I would like to."})

    assert 'name="reason"' not in said(offered)
    assert "ask an editor in chief" in said(offered)
    assert (refused.status_code, is_live(page)) == (422, False)


def test_film_without_captions_is_published_by_nobody(chief: Client) -> None:
    page = film_page(**CHECKED)
    page.unpublish()
    page.captions = ""
    page.save_revision(clean=False)
    address = reverse("publish_checks", args=[page.pk])

    offered, refused = chief.get(address), chief.post(address, {"reason": "It is urgent."})

    assert 'name="reason"' not in said(offered)
    assert "No reason is enough." in said(refused)
    assert (is_live(page), Override.objects.count()) == (False, 0)


def test_reason_holds_for_that_version_and_for_no_later_one(chief: Client) -> None:
    page = draft(body=VAGUE)
    chief.post(reverse("publish_checks", args=[page.pk]), {"reason": "Urgent."})
    page.refresh_from_db()
    page.unpublish()
    page.save_revision()

    chief.post(*door("many", page, chief), follow=True)

    assert is_live(page) is False


def test_page_that_is_due_is_published_by_the_worker(editor: Client) -> None:
    page = draft()
    due(page, people_of(editor))

    held = publish_due()

    assert (held, is_live(page)) == (0, True)


def test_page_whose_link_has_gone_since_it_was_scheduled_is_held_back_and_its_editor_told(editor: Client) -> None:
    page = draft()
    other = draft_besides()
    page.body = section("start", "Where it starts", '<p>See <a href="/briefings/gone/">the other briefing</a>.</p>')
    due(page, people_of(editor))
    due(other, people_of(editor))

    held, again = publish_due(), publish_due()

    letter = Message.objects.get(kind="publishing_held_back")
    assert (held, again, is_live(page), is_live(other)) == (1, 0, False, True)
    assert "leads to /briefings/gone/, and nothing is there." in letter.text
    assert reverse("publish_checks", args=[page.pk]) in letter.text


def test_page_that_has_run_out_is_taken_down_by_the_worker(editor: Client) -> None:
    page = briefing_page(4, expire_at=timezone.now() - timedelta(minutes=1))

    publish_due()

    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def draft_besides() -> BriefingPage:
    page = briefing_page(5, **CHECKED)
    page.unpublish()
    page.refresh_from_db()
    return page


def due(page: Page, user: User) -> None:
    """Saved and scheduled for a minute ago."""
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = page.save_revision(user=user)
    revision.approved_go_live_at = page.go_live_at
    revision.save()
