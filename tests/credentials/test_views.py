"""A holder's certificate: theirs alone, and anybody else is told that there is none."""

import hashlib

import pytest
from django.conf import settings
from django.test import Client

from credentials.changes import replace
from credentials.models import Credential
from people.models import OrganisationRole, User
from tests.credentials.earning import Earned, earned
from tests.enrolments.doings import rival_acting_after
from tests.factories import NOON, organisation, trainer

pytestmark = pytest.mark.django_db


def _addresses(credential: Credential) -> dict[str, str]:
    start = f"/certificate/{credential.uuid}/"
    return {"page": start, "pdf": f"{start}pdf/", "name": f"{start}name/"}


def _asked(client: Client, credential: Credential, which: str) -> object:
    address = _addresses(credential)[which]
    return client.post(address, {"show": "yes"}) if which == "name" else client.get(address)


def test_holder_sees_their_certificate(client: Client) -> None:
    credential = earned().award()
    client.force_login(credential.learner)

    response = client.get(f"/certificate/{credential.uuid}/")

    page = response.content.decode()
    assert response.status_code == 200
    shown = ["Amina Rahman", "Module 1", "Larchmere Partnership", "22 November 2026", credential.shown_code]
    assert [words for words in shown if words not in page] == []
    assert _addresses(credential)["pdf"] in page
    assert response["Cache-Control"] == "private, no-store"


def test_holder_gets_the_paper_as_it_was_stored(client: Client) -> None:
    credential = earned().award()
    client.force_login(credential.learner)

    response = client.get(f"/certificate/{credential.uuid}/pdf/")

    content = b"".join(response.streaming_content)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert hashlib.sha256(content).hexdigest() == credential.pdf_digest
    assert response["Content-Disposition"] == f'inline; filename="certificate-{credential.shown_code}.pdf"'
    assert response["Cache-Control"] == "private, no-store"


def _with_every_role(one: Earned) -> None:
    trainer(one.cast.beth, one.run.cohort)
    OrganisationRole.objects.create(
        person=one.cast.lena, organisation=organisation(), role="org_lead", starts_on=NOON.date()
    )


@pytest.mark.parametrize("who", ["beth", "carol", "dev", "lena"])
@pytest.mark.parametrize("which", ["page", "pdf", "name"])
def test_anybody_else_is_told_there_is_none_and_learns_nothing(client: Client, who: str, which: str) -> None:
    one = earned()
    _with_every_role(one)
    credential = one.award()
    client.force_login(getattr(one.cast, who))

    response = _asked(client, credential, which)

    assert response.status_code == 404
    assert not any(word in response.content for word in (b"Amina", credential.code.encode(), b"%PDF"))
    assert Credential.objects.get().name_shown is False


@pytest.mark.parametrize("which", ["page", "pdf", "name"])
def test_somebody_not_signed_in_is_asked_to(client: Client, which: str) -> None:
    credential = earned().award()

    response = _asked(client, credential, which)

    assert (response.status_code, response["Location"]) == (
        302, f"/account/login/?next={_addresses(credential)[which]}",
    )  # fmt: skip


def test_name_is_shown_and_hidden_only_by_a_post_with_our_own_token() -> None:
    credential = earned().award()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(credential.learner)
    address = _addresses(credential)["name"]

    answers = (strict.get(address, {"show": "yes"}).status_code, strict.post(address, {"show": "yes"}).status_code)

    assert answers == (405, 403)
    assert Credential.objects.get().name_shown is False


def test_consent_is_said_back_in_words(client: Client) -> None:
    credential = earned().award()
    client.force_login(credential.learner)
    address = _addresses(credential)["name"]

    pages = [client.post(address, {"show": show}, follow=True).content.decode() for show in ("yes", "no")]

    assert "Whoever checks this code now sees your name." in pages[0]
    assert "Whoever checks this code no longer sees your name." in pages[1]


def test_replaced_certificate_offers_no_name_and_shows_none(client: Client) -> None:
    one = earned()
    credential = one.award()
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina Farrow")
    replace(Credential.objects.get(), name="Amina Farrow", by=one.cast.beth, at=NOON)
    client.force_login(credential.learner)
    address = _addresses(credential)

    page = client.get(address["page"]).content.decode()
    told = client.post(address["name"], {"show": "yes"}, follow=True).content.decode()

    assert ("Who sees your name" in page, address["name"] in page) == (False, False)
    assert "It was replaced, and its page shows no name any more." in told
    assert Credential.objects.get(pk=credential.pk).name_shown is False


def test_certificate_replaced_while_its_holder_says_yes_shows_no_name(client: Client) -> None:
    one = earned()
    credential = one.award()
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina Farrow")
    client.force_login(credential.learner)

    with rival_acting_after(
        'FROM "credentials_credential"',
        lambda: replace(Credential.objects.get(), name="Amina Farrow", by=one.cast.beth, at=NOON),
    ) as met:
        client.post(_addresses(credential)["name"], {"show": "yes"})

    assert met
    assert Credential.objects.get(pk=credential.pk).name_shown is False


def test_certificate_without_a_paper_says_why_and_offers_none(client: Client) -> None:
    one = earned()
    one.amina.certificate_name = "Amina \U0001f600"
    one.amina.save()
    one.run.learner.refresh_from_db()
    credential = one.award()
    client.force_login(one.amina)

    page = client.get(f"/certificate/{credential.uuid}/").content.decode()
    paper = client.get(f"/certificate/{credential.uuid}/pdf/")

    assert ("The paper could not be drawn" in page, "Open the PDF" in page, paper.status_code) == (True, False, 404)


def test_stored_paper_is_under_no_address(client: Client) -> None:
    credential = earned().award()
    client.force_login(credential.learner)
    name = credential.pdf.name

    tried = [f"/uploads/{name}", f"/static/{name}", f"/documents/{name}", f"/{name}", f"/private/{name}"]
    answers = {address: client.get(address).status_code for address in tried}

    assert set(answers.values()) == {404}
    assert list(settings.MEDIA_ROOT.rglob(name.rpartition("/")[2])) == []
