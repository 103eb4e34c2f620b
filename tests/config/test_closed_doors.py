"""Ways in and out that somebody tried to break: each is refused in words, never with an error of ours."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from media.models import SiteDocument
from tests.factories import briefing_page, people, person, taught_course
from tests.factories.films import film_file, film_page

pytestmark = pytest.mark.django_db
ON_ITS_SCREEN = "Do this on the page's own screen in the editors' desk."


def _signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_api_does_nothing_to_a_page_but_publish_it():
    taught, cast = taught_course(), people()
    cast.dev.is_superuser = True
    cast.dev.save()
    desk, before = _signed_in(cast.dev), list(Page.objects.order_by("pk").values())
    given = {"destination_page_id": Page.objects.get(depth=1).pk, "locale": "cy", "revision_id": 1}

    answers = {
        (page, action): desk.post(f"/admin/api/main/pages/{page.pk}/action/{action}/", given, "application/json")
        for page in (taught.lessons[0], taught.lessons[0].get_parent())
        for action in PagesAdminAPIViewSet.actions
        if action != "publish"
    }

    assert len(answers) >= 16
    assert {(answer.status_code, answer.json()["message"]) for answer in answers.values()} == {(403, ON_ITS_SCREEN)}
    assert list(Page.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("onto", ["the root", "itself", "its own lesson"])
def test_the_desks_screen_moves_no_page_to_where_it_cannot_be(onto):
    taught, cast = taught_course(), people()
    cast.dev.is_superuser = True
    cast.dev.save()
    lesson = taught.lessons[0]
    module = lesson.get_parent()
    there = {"the root": Page.objects.get(depth=1), "itself": module, "its own lesson": lesson}[onto]
    before = list(Page.objects.order_by("pk").values())

    answer = _signed_in(cast.dev).post(f"/admin/pages/{module.pk}/move/{there.pk}/confirm/")

    assert answer.status_code in (302, 403)
    assert list(Page.objects.order_by("pk").values()) == before


def test_somebody_without_an_editors_role_is_refused_at_the_desk_and_not_sent_in_circles():
    cast = people()

    answer = _signed_in(cast.amina).get("/admin/")

    assert answer.status_code == 403


def test_an_alias_of_a_lesson_is_refused_in_words():
    taught, cast = taught_course(), people()
    cast.dev.is_superuser = True
    cast.dev.save()
    lesson = taught.lessons[0]
    before = Page.objects.count()

    answer = _signed_in(cast.dev).post(
        f"/admin/pages/{lesson.pk}/copy/",
        {"new_title": "Again", "new_slug": "again", "new_parent_page": lesson.get_parent().pk, "alias": "on"},
        follow=True,
    )

    assert "This page cannot have an alias" in answer.content.decode()
    assert Page.objects.count() == before


@pytest.mark.parametrize("topics", ['"\ud800"', 5, {"a": 1}, [[1]], ["\ud800"], ["x" * 61]])
def test_content_topics_that_are_no_short_texts_are_refused_and_break_no_page(topics):
    from django.core.exceptions import ValidationError

    lesson = taught_course().lessons[0]
    lesson.content_topics = topics

    with pytest.raises(ValidationError) as refused:
        lesson.clean()

    assert list(refused.value.message_dict) == ["content_topics"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/account/login/", "/my-learning/", "/no-such-page/"])
def test_methods_that_mean_nothing_here_are_refused_everywhere_but_at_the_desk(method, address):
    taught_course()
    client = _signed_in(people().amina)

    answer = client.generic(method, address)

    assert (answer.status_code, answer["Allow"], answer.content) == (405, "GET, HEAD, OPTIONS, POST", b"")


def test_the_desks_own_scripts_may_use_theirs():
    client = _signed_in(people().dev)

    answer = client.patch("/admin/dismissibles/", {"a_note": True}, content_type="application/json")

    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/admin/pages/{lesson}/copy/", "/admin/pages/{lesson}/edit/"])
def test_form_of_the_desk_that_lost_its_fields_is_a_bad_request_and_no_error_of_ours(address):
    lesson, cast = taught_course().lessons[0], people()
    cast.dev.is_superuser = True
    cast.dev.save()

    answer = _signed_in(cast.dev).post(address.format(lesson=lesson.pk))

    assert (answer.status_code, answer.content) == (
        400, b"The form did not arrive whole. Please go back and send it again.",
    )  # fmt: skip


@pytest.mark.parametrize("model", ["source", "glossaryterm"])
def test_nothing_is_made_while_choosing_a_source_or_term(model):
    client = _signed_in(people().dev)

    answer = client.post(f"/admin/snippets/choose/reference/{model}/create/")

    assert answer.status_code == 404


def _guest():
    """Somebody who may enter the desk and nothing more."""
    guest = person("Gwen Guest")
    group = Group.objects.create(name="Guests")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    guest.groups.add(group)
    return _signed_in(guest)


def test_name_of_a_film_file_in_use_is_not_told_to_somebody_who_may_not_delete_it():
    page, guest = film_page(film_file=film_file(title="Kept for the board")), _guest()

    answer = guest.get(f"/admin/media/delete/{page.film_file.pk}/", follow=True)

    assert (answer.redirect_chain[-1], "Kept for the board" in answer.content.decode()) == (("/admin/", 302), False)


def test_name_of_a_document_in_use_is_not_told_to_somebody_who_may_not_delete_it():
    lesson, guest = taught_course().lessons[0], _guest()
    document = SiteDocument.objects.create(title="Kept for the board", file=ContentFile(b"x", name="x.txt"))
    lesson.body = [{"type": "text", "value": f'<p><a linktype="document" id="{document.pk}">Read it</a></p>'}]
    lesson.save_revision().publish()

    answer = guest.get(f"/admin/documents/delete/{document.pk}/", follow=True)

    assert ReferenceIndex.get_references_to(document).exists()
    assert (answer.redirect_chain[-1], "Kept for the board" in answer.content.decode()) == (("/admin/", 302), False)


def test_names_of_things_without_access_are_not_listed_where_many_are_changed_at_once():
    guest = _guest()
    document = SiteDocument.objects.create(title="Kept for the board", file=ContentFile(b"x", name="x.txt"))

    answer = guest.get(f"/admin/bulk/media/sitedocument/delete/?id={document.pk}")

    page = answer.content.decode()
    assert (answer.status_code, "have permission to delete this document" in page, "Kept for the board" in page) == (
        200, True, False,
    )  # fmt: skip


@pytest.fixture
def guest() -> Client:
    """Somebody who may enter the desk and no more."""
    guests = Group.objects.create(name="Guests")
    guests.permissions.add(Permission.objects.get(codename="access_admin"))
    somebody = person("Gail Guest")
    somebody.groups.add(guests)
    return _signed_in(somebody)


def test_choosing_a_page_tells_no_title_of_a_draft_or_of_a_page_kept_back(guest: Client) -> None:
    shelf = briefing_page(1, title="CANARY live").get_parent()
    briefing_page(2, title="CANARY draft").unpublish()
    PageViewRestriction.objects.create(page=briefing_page(3, title="CANARY kept"), restriction_type="groups")

    listed = guest.get(f"/admin/choose-page/{shelf.pk}/").content.decode()

    assert [word in listed for word in ("CANARY live", "CANARY draft", "CANARY kept")] == [True, False, False]


def test_editor_chooses_among_the_drafts_they_work_on() -> None:
    draft, dev = briefing_page(2, title="CANARY draft"), people().dev
    draft.unpublish()
    dev.groups.add(Group.objects.get(name="Editors"))
    client = Client()
    client.force_login(dev)

    assert "CANARY draft" in client.get(f"/admin/choose-page/{draft.get_parent().pk}/").content.decode()
