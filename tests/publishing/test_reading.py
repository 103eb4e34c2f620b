"""Wording goes out at once and is looked at afterwards; substance waits for a second reader, at every door."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask

from audit.models import AuditEntry
from courses.models import Change, LessonPage
from enrolments.progress import mark_read, note_seen
from people.models import User
from publishing.changed import change_of, writers_of
from publishing.models import SecondReading
from publishing.reading import shown_of
from publishing.scheduled import publish_due
from tests.factories import cohort, enrolment, lesson_page, people, taught_course
from tests.factories.people import NOON, person
from tests.publishing.lessons import (
    BEFORE,
    LATER,
    NOTE,
    SPELT,
    drafted,
    form_of,
    published,
    publisher,
    said,
    shown,
    signed_in,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dev() -> User:
    return publisher(people().dev)


@pytest.fixture
def ann() -> User:
    return publisher(person("Ann Lee"))


@pytest.fixture
def lesson() -> LessonPage:
    """Live, published as a revision by nobody in particular, as the loader does."""
    page = taught_course().lessons[0]
    return published(page, BEFORE)


def screen(page: Page) -> str:
    return reverse("page_change", args=[page.pk])


def print_of(page: LessonPage) -> str:
    change = change_of(page.get_latest_revision_as_object())
    assert change is not None
    return shown_of(change)


def door(name: str, page: Page, by: User) -> tuple[str, dict[str, Any]]:
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    if name == "many":
        return bulk, {}
    if name == "api":
        return f"/admin/api/main/pages/{page.pk}/action/publish/", {}
    if name == "in spite":
        by.groups.add(Group.objects.get(name="Editors in chief"))
        return reverse("publish_checks", args=[page.pk]), {"reason": "It is urgent."}
    workflow = Workflow.objects.create(name="Two eyes")
    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.set(Group.objects.filter(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(page, by)
    return f"/admin/pages/workflow/action/{page.pk}/approve/{state.current_task_state_id}/", {}


DOORS = ["many", "api", "in spite", "approval"]


@pytest.mark.parametrize("name", DOORS)
def test_substance_is_published_through_no_door_without_a_second_reader(
    lesson: LessonPage, dev: User, ann: User, name: str
) -> None:
    page = drafted(lesson, LATER, dev)
    address, form = door(name, page, ann)

    response = signed_in(ann).post(address, form, follow=True)

    assert shown(lesson) == BEFORE
    assert "somebody else reads it before it goes live" in said(response)
    assert "The number “12” became “14”." in said(response)


@pytest.mark.parametrize("name", ["many", "api", "approval"])
def test_wording_passes_every_door_at_once_and_waits_for_a_second_look(
    lesson: LessonPage, dev: User, name: str
) -> None:
    page = drafted(lesson, SPELT, dev)

    signed_in(dev).post(*door(name, page, dev), follow=True)

    look = SecondReading.objects.get()
    assert shown(lesson) == SPELT
    assert (look.is_substance, look.words, look.asked_by, look.read_at) == (False, 1, dev, None)
    assert [(one.is_substance, one.note) for one in Change.objects.filter(activity=lesson.activity)][-1] == (False, "")


def test_writer_asks_with_a_note_and_somebody_else_reads_and_publishes(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    page = drafted(lesson, LATER, dev)

    asked = signed_in(dev).post(screen(page), {"note": NOTE}, follow=True)
    first = said(signed_in(ann).get(reverse("wagtailadmin_home")))
    signed_in(ann).post(screen(page), {"note": NOTE, "shown": print_of(page)}, follow=True)

    reading, change = SecondReading.objects.get(), Change.objects.latest("pk")
    assert "waits for a second reader now" in said(asked)
    assert screen(page) in first
    assert (shown(lesson), reading.asked_by, reading.read_by) == (LATER, dev, ann)
    assert (change.activity, change.is_substance, change.note) == (lesson.activity, True, NOTE)
    assert AuditEntry.objects.get(act="change_read").actor == ann


def test_nobody_is_the_second_reader_of_what_they_wrote(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)
    client = signed_in(dev)
    client.post(screen(page), {"note": NOTE})

    screen_shown = said(client.get(screen(page)))
    client.post(screen(page), {"note": NOTE, "shown": print_of(page)})

    assert "I have read this. Publish it" not in screen_shown
    assert (shown(lesson), SecondReading.objects.get().read_at) == (BEFORE, None)


def test_whoever_wrote_part_of_it_is_no_reader_though_somebody_else_saved_last(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    drafted(lesson, LATER, dev)
    page = drafted(lesson, LATER.replace("met", "meets"), ann)

    writers = writers_of(page.get_latest_revision_as_object())

    assert writers == {dev.pk, ann.pk}


def test_saving_the_same_text_again_makes_nobody_a_writer(lesson: LessonPage, dev: User, ann: User) -> None:
    drafted(lesson, LATER, dev)
    page = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    page.save_revision(user=ann)

    writers = writers_of(LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object())

    assert writers == {dev.pk}


def test_substance_without_a_note_is_refused_with_a_sentence(lesson: LessonPage, dev: User, ann: User) -> None:
    page = drafted(lesson, LATER, dev)

    asked = signed_in(dev).post(screen(page), {"note": "  "})
    read = signed_in(ann).post(screen(page), {"note": "", "shown": print_of(page)})

    assert (asked.status_code, read.status_code, SecondReading.objects.count()) == (422, 422, 0)
    assert "Say in a sentence what changed." in said(asked)
    assert shown(lesson) == BEFORE


def test_reader_publishes_only_the_text_they_were_shown(lesson: LessonPage, dev: User, ann: User) -> None:
    page = drafted(lesson, LATER, dev)
    seen = print_of(page)
    drafted(lesson, LATER.replace("14", "21"), dev)

    response = signed_in(ann).post(screen(page), {"note": NOTE, "shown": seen})

    assert (response.status_code, shown(lesson)) == (422, BEFORE)
    assert "The draft has changed since you opened this screen." in said(response)


def test_editor_who_may_not_publish_asks_but_does_not_read(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)
    helper = person("Hal Moss")
    helper.groups.add(Group.objects.get(name="Editors"))

    response = signed_in(helper).post(screen(page), {"note": NOTE, "shown": print_of(page)}, follow=True)

    assert "waits for a second reader now" in said(response)
    assert shown(lesson) == BEFORE


def test_small_changes_that_nobody_looked_at_add_up_to_substance(lesson: LessonPage, dev: User, ann: User) -> None:
    page = published(lesson, "<p>plain words of the file that people read and wrote</p>")
    once = "<p>palin wrods fo teh fiel that people read and wrote</p>"
    drafted(page, once, dev).get_latest_revision().publish()

    page = drafted(page, "<p>palin wrods fo teh fiel taht poeple raed adn wrtoe</p>", dev)
    alone = change_of(page.get_latest_revision_as_object())
    SecondReading.objects.update(read_by=ann, read_at=NOON)
    looked_at = change_of(page.get_latest_revision_as_object())

    assert alone is not None
    assert looked_at is not None
    assert {one.code for one in alone.found.reasons} == {"many"}
    assert (looked_at.is_substance, looked_at.found.words) == (False, 5)


def test_scheduled_change_that_was_read_goes_live_at_its_time_and_others_are_held_back(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    page = written(LessonPage.objects.get(pk=lesson.pk), LATER)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = page.save_revision(user=dev)
    revision.approved_go_live_at = page.go_live_at
    revision.save()

    held, unread = publish_due(), shown(lesson)
    signed_in(ann).post(screen(page), {"note": NOTE, "shown": print_of(LessonPage.objects.get(pk=page.pk))})

    assert (held, unread, shown(lesson)) == (1, BEFORE, LATER)


def test_taking_a_page_down_is_no_way_round_the_second_reader(lesson: LessonPage, dev: User) -> None:
    lesson.unpublish()
    page = written(LessonPage.objects.get(pk=lesson.pk), LATER)
    page.save()  # as the editor's form does for a page that is not live
    page.save_revision(user=dev)

    response = signed_in(dev).post(*door("many", page, dev), follow=True)

    assert "somebody else reads it before it goes live" in said(response)
    assert LessonPage.objects.get(pk=lesson.pk).live is False


def test_page_that_is_published_for_the_first_time_changes_nothing_for_anybody(dev: User) -> None:
    parent = taught_course().module_page
    page = lesson_page(parent, "New", "new", first_published_at=None, last_published_at=None)

    published(page, LATER)

    assert (Change.objects.count(), SecondReading.objects.count()) == (0, 0)


def test_second_look_is_done_by_somebody_else_with_one_button(lesson: LessonPage, dev: User, ann: User) -> None:
    drafted(lesson, SPELT, dev).get_latest_revision().publish(user=dev)
    look = SecondReading.objects.get()
    address = reverse("second_look", args=[look.uuid])

    refused = signed_in(dev).post(address)
    waits = address in said(signed_in(ann).get(reverse("wagtailadmin_home")))
    compared = said(signed_in(ann).get(address))
    signed_in(ann).post(address)

    look.refresh_from_db()
    assert (refused.status_code, waits) == (422, True)
    assert 'class="deletion"' in compared
    assert 'class="addition"' in compared
    assert (look.read_by, address in said(signed_in(ann).get(reverse("wagtailadmin_home")))) == (ann, False)


@pytest.mark.parametrize(
    ("number", "done", "said_of_all", "said_of_done"),
    [
        (10, 5, "10 people are in the middle of the course.", "5 of them have done this already: it stays done"),
        (10, 6, "10 people are in the middle of the course.", "Whoever has done this already keeps it done"),
        (9, 4, "9 people are in the middle of the course.", "Whoever has done this already keeps it done"),
        (4, 0, "Fewer than 5 people are in the middle of the course.", "Whoever has done this already keeps it done"),
    ],
)
def test_screen_says_how_many_are_mid_course_and_have_done_it_where_they_are_many(
    lesson: LessonPage, dev: User, number: int, done: int, said_of_all: str, said_of_done: str
) -> None:
    cast, group = [person(f"Learner {one}") for one in range(number)], cohort(lesson.activity.course)
    runs = [enrolment(one, group) for one in cast]
    for run in runs:
        note_seen(run, lesson.activity, digest=lesson.content_digest, at=NOON)
    for run in runs[:done]:
        mark_read(run, lesson.activity, digest=lesson.content_digest, at=NOON)
    page = drafted(lesson, LATER, dev)

    screen_shown = said(signed_in(dev).get(screen(page)))

    assert (said_of_all in screen_shown, said_of_done in screen_shown) == (True, True)
    assert ("of them ha" in screen_shown) is (done == 5)


def test_publishing_from_the_form_keeps_the_draft_and_leads_to_the_second_reader(lesson: LessonPage, dev: User) -> None:
    client = signed_in(dev)
    form = form_of(lesson, LATER)

    response = client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), {**form, "action-publish": "1"})

    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert response.headers["Location"] == screen(lesson)
    assert ("14 days" in draft.body[1].value.source, shown(lesson)) == (True, BEFORE)


def test_approval_from_the_form_is_refused_there_and_nothing_typed_is_lost(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    page = drafted(lesson, LATER, dev)
    door("approval", page, dev)
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}

    response = signed_in(ann).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form_of(lesson, LATER), **approve}
    )

    assert shown(lesson) == BEFORE
    assert "somebody else reads it before it goes live" in said(response)
    assert "within 14 days" in said(response)


def test_request_whose_draft_went_on_waits_on_nobodys_first_screen(lesson: LessonPage, dev: User, ann: User) -> None:
    page = drafted(lesson, LATER, dev)
    signed_in(dev).post(screen(page), {"note": NOTE})
    drafted(lesson, LATER.replace("14", "21"), dev)

    first = said(signed_in(ann).get(reverse("wagtailadmin_home")))

    assert screen(page) not in first


def test_draft_of_substance_waits_for_its_writer_until_they_have_asked_a_reader(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)
    home, checks = reverse("wagtailadmin_home"), reverse("publish_checks", args=[page.pk])

    before = said(signed_in(dev).get(home))
    signed_in(dev).post(screen(page), {"note": NOTE})
    after = said(signed_in(dev).get(home))

    assert (checks in before, "somebody else reads it before it goes live" in before) == (True, True)
    assert checks not in after


def test_published_version_is_not_written_over_to_hide_what_changed(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, SPELT, dev)
    page.get_latest_revision().publish(user=dev)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    over = {**form_of(lesson, LATER), "overwrite_revision_id": str(lesson.latest_revision_id)}

    response = signed_in(dev).post(edit, over)

    assert "This version has been published, so it stays as it is." in said(response)
    kept = LessonPage.objects.get(pk=lesson.pk).latest_revision.as_object()
    assert str(kept.body[1].value.source) == SPELT


def test_page_published_by_the_clock_and_taken_down_needs_its_reader_too(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    page = drafted(lesson, SPELT, dev)
    page.get_latest_revision().publish(user=dev, log_action="wagtail.publish.scheduled")
    PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").delete()
    page = LessonPage.objects.get(pk=lesson.pk)
    page.unpublish()
    page = written(LessonPage.objects.get(pk=lesson.pk), LATER)
    page.save()
    page.save_revision(user=dev)

    response = signed_in(dev).post(*door("many", page, dev), follow=True)

    assert "somebody else reads it before it goes live" in said(response)
    assert LessonPage.objects.get(pk=lesson.pk).live is False


def test_second_look_is_for_nobody_who_wrote_a_part_of_it(lesson: LessonPage, dev: User, ann: User) -> None:
    drafted(lesson, SPELT, dev)
    page = drafted(lesson, SPELT.replace("group met", "groups met"), ann)
    page.get_latest_revision().publish(user=ann)
    look = reverse("second_look", args=[SecondReading.objects.get().uuid])

    refused = signed_in(dev).post(look)

    assert (refused.status_code, "Somebody else has to look at what you changed." in said(refused)) == (422, True)
    assert SecondReading.objects.get().read_at is None


def test_first_screen_of_somebody_who_may_not_publish_names_no_reading(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)
    signed_in(dev).post(screen(page), {"note": NOTE})
    helper = person("Hal Moss")
    helper.groups.add(Group.objects.get(name="Editors"))

    first = said(signed_in(helper).get(reverse("wagtailadmin_home")))

    assert screen(page) not in first


def test_reading_is_kept_though_a_check_is_in_the_way_and_an_editor_in_chief_then_publishes(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    vague = LATER.replace("met", '<a href="https://example.org/">here</a>')
    page = drafted(lesson, vague, dev)

    signed_in(ann).post(screen(page), {"note": NOTE, "shown": print_of(page)}, follow=True)
    kept_back = shown(lesson)
    signed_in(ann).post(*door("in spite", page, ann))

    assert (kept_back, SecondReading.objects.get().read_by) == (BEFORE, ann)
    assert "14 days" in shown(lesson)


def test_writer_of_a_draft_is_known_where_readers_have_a_page_without_a_version(dev: User) -> None:
    page = drafted(taught_course().lessons[0], LATER, dev)

    writers = writers_of(page.get_latest_revision_as_object())

    assert writers == {dev.pk}


def _written_by_nobody_known(lesson: LessonPage) -> LessonPage:
    written(LessonPage.objects.get(pk=lesson.pk), LATER).save_revision()
    return LessonPage.objects.get(pk=lesson.pk)


def test_change_nobody_is_known_to_have_written_is_read_by_nobody_before_it_is_asked_for(
    lesson: LessonPage, dev: User
) -> None:
    page = _written_by_nobody_known(lesson)

    shown_there = said(signed_in(dev).get(screen(page)))
    signed_in(dev).post(screen(page), {"note": NOTE, "shown": print_of(page)})

    assert "I have read this" not in shown_there
    assert shown(lesson) == BEFORE
    assert SecondReading.objects.values_list("asked_by", "read_by").get() == (dev.pk, None)


@pytest.mark.parametrize("who", ["the one who asked", "somebody else", "somebody who may not publish"])
def test_change_nobody_is_known_to_have_written_is_read_by_a_publisher_who_did_not_ask(
    who: str, lesson: LessonPage, dev: User, ann: User
) -> None:
    page = _written_by_nobody_known(lesson)
    junior, other = person("Jo Junior"), person("Ed Editor")
    for one in (junior, other):
        one.groups.add(Group.objects.get(name="Editors"))
    asker = dev if who == "the one who asked" else junior
    signed_in(asker).post(screen(page), {"note": NOTE})

    reader = {"the one who asked": dev, "somebody else": ann, "somebody who may not publish": other}[who]
    signed_in(reader).post(screen(page), {"note": NOTE, "shown": print_of(page)})

    assert (shown(lesson) == LATER) == (who == "somebody else")
    assert SecondReading.objects.exclude(read_by=None).exists() == (who == "somebody else")
