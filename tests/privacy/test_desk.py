"""Legal holds at the desk, and what an editor leaves there when they are erased."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, Revision, UploadedFile
from wagtail.users.models import UserProfile

from audit.models import AuditEntry
from media.models import SiteDocument
from people.models import User
from privacy.choices import RemovalCause
from privacy.erasure import erase
from privacy.models import LegalHold, Removal
from privacy.subjects import subject_of
from tests.factories import NOON, people, person, taught_course

pytestmark = pytest.mark.django_db
HOLDS, REMOVALS = "/admin/legalhold/", "/admin/removal/"
FORM = {"reason": "Appeal 2026-14", "begins_at": "2026-11-22 12:00", "ends_at": ""}


@pytest.fixture
def desk(client: Client) -> Client:
    """Signed in as the platform administrator."""
    client.force_login(person("Ada Administrator", is_superuser=True))
    return client


def test_administrator_places_a_hold_by_address_and_it_is_audited(desk: Client) -> None:
    amina = people().amina

    response = desk.post(f"{HOLDS}new/", {**FORM, "address": "AMINA.rahman@example.org"})

    assert response.status_code == 302
    hold = LegalHold.objects.get()
    assert (hold.person, hold.reason, hold.placed_by.name) == (amina, "Appeal 2026-14", "Ada Administrator")  # type: ignore[union-attr]
    assert AuditEntry.objects.get(act="legal_hold_placed").person == amina
    assert "Amina Rahman" in desk.get(HOLDS).content.decode()


def test_administrator_ends_a_hold_and_cannot_move_it_to_somebody_else(desk: Client) -> None:
    cast = people()
    hold = LegalHold.objects.create(person=cast.amina, reason="Appeal", begins_at=NOON)

    desk.post(f"{HOLDS}edit/{hold.pk}/", {**FORM, "address": cast.carol.email, "ends_at": "2026-11-23 12:00"})

    hold.refresh_from_db()
    assert (hold.person, hold.ends_at.day) == (cast.amina, 23)  # type: ignore[union-attr]
    assert AuditEntry.objects.filter(act="legal_hold_changed", person=cast.amina).count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"address": "nobody@example.org"}, "Nobody here has the address nobody@example.org."),
        ({"ends_at": "2026-11-21 12:00"}, "A hold ends after it begins."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_hold_that_makes_no_sense_is_refused_in_words(desk: Client, changed: dict[str, str], sentence: str) -> None:
    people()

    page = desk.post(f"{HOLDS}new/", {**FORM, "address": "amina.rahman@example.org", **changed}).content.decode()

    assert (sentence in page, LegalHold.objects.count()) == (True, 0)


def test_hold_is_never_deleted_and_a_removal_only_read(desk: Client) -> None:
    cast = people()
    hold = LegalHold.objects.create(person=cast.amina, reason="Appeal", begins_at=NOON)
    erase(subject_of(cast.carol), at=NOON, cause=RemovalCause.ASKED)
    row = Removal.objects.filter(table="people.User").get()

    refused = [f"{HOLDS}delete/{hold.pk}/", *(f"{REMOVALS}{rest}" for rest in ("new/", f"edit/{row.pk}/"))]
    answers = {address: desk.post(address).status_code for address in (*refused, f"{REMOVALS}delete/{row.pk}/")}
    listed = desk.get(REMOVALS)

    assert set(answers.values()) == {302}
    assert (LegalHold.objects.count(), Removal.objects.filter(pk=row.pk).count()) == (1, 1)
    assert (listed.status_code, "people.User" in listed.content.decode()) == (200, True)


@pytest.mark.parametrize("address", [HOLDS, f"{HOLDS}new/", REMOVALS])
def test_editor_does_not_get_in_even_with_the_models_permission(client: Client, address: str) -> None:
    dev, kinds = people().dev, ContentType.objects.get_for_models(LegalHold, Removal).values()
    dev.user_permissions.add(*Permission.objects.filter(content_type__in=kinds))
    client.force_login(dev)

    assert client.get(address).status_code == 302
    assert "Legal holds" not in client.get("/admin/").content.decode()


def edited(dev: User) -> Any:
    """A lesson on which Dev saved, commented and answered, as Carol did."""
    page, carol = taught_course().lessons[0], person("Carol Quay")
    said = Comment.objects.create(page=page, user=dev, text="Devwords", contentpath="lead")
    CommentReply.objects.create(comment=said, user=dev, text="Devreply")
    page.save_revision(user=dev, log_action=True)
    Comment.objects.create(page=page, user=carol, text="Carolwords", contentpath="lead")
    page.save_revision(user=carol)
    ModelLogEntry.objects.log_action(dev, "wagtail.edit", user=carol, data={"name": dev.name})
    return page


def test_what_an_editor_wrote_at_the_desk_goes_and_the_page_stays() -> None:
    dev = people().dev
    page = edited(dev)
    assert "Devwords" in str(list(Revision.objects.values_list("content", flat=True)))

    erase(subject_of(dev), at=NOON, cause=RemovalCause.ASKED)

    contents = str(list(Revision.objects.values_list("content", flat=True)))
    assert [word for word in ("Devwords", "Devreply") if word in contents] == []
    assert "Where it starts" in contents
    assert list(Comment.objects.values_list("text", flat=True)) == ["Carolwords"]
    assert (CommentReply.objects.count(), Revision.objects.filter(user=dev).count()) == (0, 0)
    page.refresh_from_db()
    assert page.live is True


def test_logs_of_the_desk_keep_what_was_done_and_not_by_whom() -> None:
    dev = people().dev
    edited(dev)

    erase(subject_of(dev), at=NOON, cause=RemovalCause.ASKED)

    assert PageLogEntry.objects.filter(user_id=dev.pk).count() == 0
    assert PageLogEntry.objects.count() > 0
    assert "Dev Patel" not in str(list(ModelLogEntry.objects.values_list("label", "data")))


def test_uploads_stay_unsigned_and_settings_and_unfinished_files_go(django_capture_on_commit_callbacks: Any) -> None:
    dev = people().dev
    paper = SiteDocument.objects.create(title="A paper", file=ContentFile(b"x", name="a.txt"), uploaded_by_user=dev)
    half = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(SiteDocument),
        file=ContentFile(b"y", name="b.txt"),
        uploaded_by_user=dev,
    )
    UserProfile.objects.create(user=dev, preferred_language="cy")

    with django_capture_on_commit_callbacks(execute=True):
        erase(subject_of(dev), at=NOON, cause=RemovalCause.ASKED)

    paper.refresh_from_db()
    assert (paper.uploaded_by_user, paper.file.storage.exists(paper.file.name)) == (None, True)
    assert half.file.storage.exists(half.file.name) is False
    assert (UploadedFile.objects.count(), UserProfile.objects.count()) == (0, 0)


def test_hold_in_force_now_is_one_that_began_and_has_not_ended() -> None:
    amina, now = people().amina, timezone.now()
    for begins, ends in ((NOON, None), (NOON, NOON)):
        LegalHold.objects.create(person=amina, reason="Appeal", begins_at=begins, ends_at=ends)

    assert LegalHold.objects.in_force(now).count() == 1
