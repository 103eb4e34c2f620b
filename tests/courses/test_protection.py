"""What learners' records rest on is not deleted: refused in words, in the editors' admin, one by one and in bulk."""

import html
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from courses.models import Activity, LearningOutcome, LessonPage
from courses.protection import reason_to_keep
from enrolments.progress import note_seen
from media.models import SiteDocument
from tests.factories import NOON, cohort, enrolment, lesson_page, people, taught_course

pytestmark = pytest.mark.django_db


def relied_on(title):
    return (
        f"“{title}” cannot be deleted: learners have records on it, or a certificate asks for it. "
        "Unpublish it instead; that hides it and keeps the records."
    )


@pytest.fixture
def desk():
    """Dev, an administrator, at the editors' desk, with a course where Amina began a lesson nobody asks for."""
    taught, cast = taught_course(), people()
    free = lesson_page(taught.module_page, "Free", "free")
    begun = lesson_page(taught.module_page, "Begun", "begun")
    run = enrolment(cast.amina, cohort(taught.course))
    note_seen(run, begun.activity, digest="d", at=NOON)
    cast.dev.is_superuser = True
    cast.dev.save()
    client = Client()
    client.force_login(cast.dev, backend="people.backends.Door")
    return client, taught, free, begun


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def is_there(page):
    return Page.objects.filter(pk=page.pk).exists()


def test_a_lesson_with_progress_is_refused_in_words(desk):
    client, _taught, _free, begun = desk

    answer = delete(client, begun)

    assert answer.status_code == 200
    assert relied_on("Begun") in html.unescape(answer.content.decode())
    assert (is_there(begun), Activity.objects.filter(pk=begun.activity_id).exists()) == (True, True)


def test_a_lesson_a_requirement_set_asks_for_is_refused_in_words(desk):
    client, taught, _free, _begun = desk

    answer = delete(client, taught.lessons[0])

    assert relied_on("Lesson 1") in html.unescape(answer.content.decode())
    assert is_there(taught.lessons[0])


def test_a_lesson_nothing_rests_on_may_go(desk):
    client, _taught, free, _begun = desk

    answer = delete(client, free)

    assert answer.status_code == 200
    assert not is_there(free)


def test_a_module_with_such_a_lesson_is_refused_with_the_lesson_named(desk):
    client, taught, _free, _begun = desk
    before = Page.objects.count()

    answer = delete(client, taught.module_page)

    assert relied_on("Lesson 1") in html.unescape(answer.content.decode())
    assert Page.objects.count() == before


def test_deleting_in_bulk_is_refused_in_words_and_deletes_none(desk):
    client, _taught, free, begun = desk
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    answer = client.post(f"{address}?id={free.pk}&id={begun.pk}&next=/admin/", {"confirm": "y"}, follow=True)

    assert relied_on("Begun") in html.unescape(answer.content.decode())
    assert (is_there(free), is_there(begun)) == (True, True)


def test_deleting_in_bulk_what_nothing_rests_on_works(desk):
    client, _taught, free, _begun = desk
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    client.post(f"{address}?id={free.pk}&next=/admin/", {"confirm": "y"}, follow=True)

    assert not is_there(free)


def test_publishing_in_bulk_is_not_hindered_where_nothing_is_missing(desk):
    client, _taught, _free, begun = desk
    begun.checked_by, begun.checked_on = "Ann Lee", date(2026, 11, 20)
    begun.save_revision().publish()
    LessonPage.objects.get(pk=begun.pk).unpublish()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={begun.pk}&next=/admin/", follow=True)

    assert LessonPage.objects.get(pk=begun.pk).live is True


def test_a_module_with_pages_under_it_is_kept_until_they_are_gone(desk):
    _client, taught, _free, _begun = desk
    other = taught.course_page.add_child(instance=type(taught.module_page)(title="Two", slug="m2"))
    under = other.add_child(instance=LessonPage(title="Under", slug="under"))
    with_page = reason_to_keep(Page.objects.get(pk=other.pk))

    under.delete()
    without = reason_to_keep(Page.objects.get(pk=other.pk))

    assert (with_page, without) == ("“Two” still has pages under it. Move or delete those first.", "")


def test_the_database_refuses_what_the_admin_did_not_stop():
    taught = taught_course()

    with pytest.raises(ProtectedError):
        taught.lessons[0].activity.delete()
    with pytest.raises(ProtectedError):
        taught.outcomes[0].delete()

    assert Activity.objects.filter(kind="lesson").count() == 2
    assert LearningOutcome.objects.count() == 3


def test_a_document_used_on_a_page_is_refused_in_words(desk):
    client, _taught, free, _begun = desk
    document = SiteDocument.objects.create(title="Handout", file=ContentFile(b"words", name="handout.txt"))
    free.body = [{"type": "text", "value": f'<p><a linktype="document" id="{document.pk}">handout</a></p>'}]
    free.save_revision().publish()
    used = ReferenceIndex.get_references_to(document).count()

    answer = client.post(reverse("wagtaildocs:delete", args=[document.pk]), follow=True)

    assert used >= 1
    assert "is used on a page or in a question and cannot be deleted" in html.unescape(answer.content.decode())
    assert SiteDocument.objects.filter(pk=document.pk).exists()


def test_documents_used_on_a_page_are_refused_in_bulk_too(desk):
    client, _taught, free, _begun = desk
    document = SiteDocument.objects.create(title="Handout", file=ContentFile(b"words", name="handout.txt"))
    free.body = [{"type": "text", "value": f'<p><a linktype="document" id="{document.pk}">handout</a></p>'}]
    free.save_revision().publish()
    address = reverse("wagtail_bulk_action", args=["media", "sitedocument", "delete"])

    answer = client.post(f"{address}?id={document.pk}&next=/admin/documents/", {"confirm": "y"}, follow=True)

    assert "is used on a page or in a question and cannot be deleted" in html.unescape(answer.content.decode())
    assert SiteDocument.objects.filter(pk=document.pk).exists()


def test_an_image_that_is_there_no_more_is_not_found(desk):
    client, _taught, _free, _begun = desk

    answer = client.post(reverse("wagtailimages:delete", args=[4711]))

    assert answer.status_code == 404


def test_a_document_used_nowhere_may_go(desk):
    client, _taught, _free, _begun = desk
    document = SiteDocument.objects.create(title="Handout", file=ContentFile(b"words", name="handout.txt"))

    client.post(reverse("wagtaildocs:delete", args=[document.pk]), follow=True)

    assert not SiteDocument.objects.filter(pk=document.pk).exists()
