"""Following an invitation link: what it is to, the button that fits, and refusals in words."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from enrolments.invitations import accept_invitation, invite
from enrolments.models import Enrolment, Invitation
from people.models import User
from post.models import Message
from tests.factories import cohort, enrolment, organisation, people, taught_course

pytestmark = pytest.mark.django_db
NOT_WORKING = "This invitation link does not work any more"


def _invited(**fields: object) -> tuple[Invitation, str]:
    now = timezone.now()
    defaults = {"organisation": organisation(), "expires_at": now + timedelta(days=7), "at": now}
    group = cohort(taught_course().course, "Saltby, spring")
    invitation, token = invite(group, **{**defaults, **fields})
    return invitation, f"/join/{token}/"


def test_stranger_sees_what_they_are_invited_to_and_nothing_is_written(client: Client) -> None:
    _invitation, address = _invited()

    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == 200
    assert "You are invited to Saltby, spring" in page
    assert "Larchmere Children&#x27;s Services books the place of whoever joins by this link." in page
    assert "It never sees your answers or notes." in page
    assert (Enrolment.objects.count(), User.objects.count()) == (0, 0)


def test_link_is_kept_out_of_referrers_and_search_engines(client: Client) -> None:
    _invitation, address = _invited()

    response = client.get(address)

    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize("fault", ["unknown", "expired", "revoked"])
def test_link_that_does_not_work_answers_the_same_page_whatever_the_reason(client: Client, fault: str) -> None:
    _invitation, address = _invited()
    if fault == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    if fault == "revoked":
        Invitation.objects.update(revoked_at=timezone.now())

    address = "/join/no-such-secret/" if fault == "unknown" else address
    refused, known = client.get(address), client.get("/join/another-that-is-not-there/")

    assert refused.status_code == known.status_code == 410
    # The way to the Welsh page holds the address that was asked for, and nothing else of it is on the page.
    asked = [
        refused.content.replace(address.encode(), b""),
        known.content.replace(b"/join/another-that-is-not-there/", b""),
    ]
    assert asked[0] == asked[1]
    assert NOT_WORKING in refused.content.decode()
    assert "Saltby" not in refused.content.decode()


def test_signed_in_person_joins_with_one_button_and_lands_on_the_course(client: Client) -> None:
    cast = people()
    invitation, address = _invited()
    client.force_login(cast.amina)
    client.get(address)

    response = client.post(address, follow=True)

    run = Enrolment.objects.get()
    assert (run.learner, run.cohort, run.booked_by) == (cast.amina, invitation.cohort, invitation.organisation)
    assert response.redirect_chain == [("/foundation/", 302)]
    assert "You are in: Saltby, spring." in response.content.decode()


def test_reading_the_link_alone_never_joins(client: Client) -> None:
    _invitation, address = _invited()
    client.force_login(people().amina)

    client.get(address)

    assert Enrolment.objects.count() == 0


def test_joining_needs_the_token_of_our_own_form() -> None:
    _invitation, address = _invited()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people().amina)

    response = strict.post(address)

    assert (response.status_code, Enrolment.objects.count()) == (403, 0)


def test_posting_without_an_account_joins_nobody(client: Client) -> None:
    _invitation, address = _invited()

    response = client.post(address)

    assert (response.status_code, Enrolment.objects.count()) == (200, 0)


def test_link_addressed_to_somebody_else_refuses_in_words(client: Client) -> None:
    _invitation, address = _invited(email="nia.new@example.org")
    client.force_login(people().carol)

    response = client.post(address)

    assert response.status_code == 410
    assert "This invitation was sent to another address." in response.content.decode()
    assert Enrolment.objects.count() == 0


def test_full_invitation_refuses_in_words(client: Client) -> None:
    cast = people()
    _invitation, address = _invited()
    for who in (cast.amina, cast.lena):
        client.force_login(who)
        response = client.post(address)

    assert response.status_code == 410
    assert "All places of this invitation are taken." in response.content.decode()
    assert [run.learner for run in Enrolment.objects.all()] == [cast.amina]


def _sign_up(client: Client, email: str) -> object:
    return client.post(
        "/account/signup/",
        {"email": email, "name": "Nia New", "agency": "health", "password1": "a long and winding road"},
    )


def test_new_account_through_a_link_sent_to_its_address_needs_no_verification_mail_and_comes_back(
    client: Client,
) -> None:
    _invitation, address = _invited(email="nia.new@example.org")
    client.get(address)

    response = _sign_up(client, "nia.new@example.org")

    assert (response.status_code, response["Location"]) == (302, address)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nia.new@example.org", True)]
    assert (Message.objects.filter(kind__contains="confirm").count(), len(mail.outbox)) == (0, 0)
    assert client.post(address).status_code == 302
    assert Enrolment.objects.get().learner.email == "nia.new@example.org"


def test_new_account_with_another_address_than_the_links_must_verify_it(client: Client) -> None:
    _invitation, address = _invited(email="nia.new@example.org")
    client.get(address)

    _sign_up(client, "somebody.else@example.org")

    assert list(EmailAddress.objects.values_list("email", "verified")) == [("somebody.else@example.org", False)]
    assert list(Message.objects.values_list("address", flat=True)) == ["somebody.else@example.org"]
    assert "_auth_user_id" not in client.session


def test_secret_of_an_addressed_link_goes_to_no_other_address_that_is_typed(client: Client) -> None:
    """It proves the address it was sent to: in a stranger's mailbox it would prove that address to be theirs."""
    invitation, address = _invited(email="nia.new@example.org")
    now = timezone.now()
    _open, token = invite(invitation.cohort, organisation=None, expires_at=now + timedelta(days=7), at=now, max_uses=9)
    client.get(f"/join/{token}/")
    client.get(address)

    _sign_up(client, "mistyped@example.org")

    letter = Message.objects.get()
    assert "/account/confirm-email/" in letter.text
    assert "join" not in letter.text + letter.html


def test_open_link_followed_on_one_device_and_confirmed_on_another_leads_back_to_the_invitation() -> None:
    invitation, address = _invited(max_uses=10)
    phone, desk = Client(), Client()
    phone.get(address)
    _sign_up(phone, "nia.new@example.org")
    link = re.search(r"http://testserver(/account/confirm-email/\S+)", Message.objects.get().text)
    assert link is not None

    hidden = re.search(r'name="next" value="([^"]*)"', desk.get(link[1]).content.decode())
    assert hidden is not None
    shown = desk.post(link[1].partition("?")[0], {"next": hidden[1]}, follow=True)
    desk.post("/account/login/code/", {"email": "nia.new@example.org"})
    code = re.search(r"^[A-Z0-9-]{5,12}$", Message.objects.get(kind="login_code").text, re.MULTILINE)
    assert code is not None
    back = desk.post("/account/login/code/confirm/", {"code": code[0]}, follow=True)
    joined = desk.post(address)

    assert [shown.redirect_chain, back.redirect_chain] == [[(address, 302)], [(address, 302)]]
    assert "I have an account" in shown.content.decode()
    assert "Join the course" in back.content.decode()
    assert (joined.status_code, Enrolment.objects.get().cohort) == (302, invitation.cohort)


def test_letter_about_another_address_leads_to_no_invitation_once_they_have_come_back(client: Client) -> None:
    cast = people()
    cast.amina.set_password("a long and winding road")
    cast.amina.save()
    _invitation, address = _invited(max_uses=10)
    client.get(address)
    client.post("/account/login/", {"login": cast.amina.email, "password": "a long and winding road"})

    client.post("/account/email/", {"action_add": "", "email": "second@example.org"})

    letter = Message.objects.get(address="second@example.org")
    assert "/account/confirm-email/" in letter.text
    assert "join" not in letter.text


def test_letter_to_somebody_booked_since_says_so_and_using_it_frees_the_place_it_keeps(client: Client) -> None:
    amina = people().amina
    invitation, address = _invited(email=amina.email, name="Amina")
    run = enrolment(amina, invitation.cohort, booked_by=invitation.organisation)
    client.force_login(amina)

    seen = client.get(address).content.decode()
    answer = client.post(address, follow=True)

    told = "You are on this course already, in Saltby, spring."
    assert (told in seen, "Open the course" in seen, "Join the course" in seen) == (True, True, False)
    assert (f"{told} Nothing has changed." in answer.content.decode(), answer.redirect_chain) == (
        True, [("/foundation/", 302)],
    )  # fmt: skip
    assert (Enrolment.objects.get(), invitation.uses.get().enrolment) == (run, run)


def test_letter_to_somebody_who_had_left_still_takes_them_in_again(client: Client) -> None:
    amina = people().amina
    invitation, address = _invited(email=amina.email, name="Amina")
    run = enrolment(amina, invitation.cohort, booked_by=invitation.organisation)
    Enrolment.objects.update(booking_ended_on=timezone.localdate() - timedelta(days=1))
    client.force_login(amina)

    seen = client.get(address).content.decode()
    client.post(address)

    run.refresh_from_db()
    assert ("Join the course" in seen, run.booking_ended_on) == (True, None)


def test_link_to_nobody_in_particular_proves_no_address(client: Client) -> None:
    _invitation, address = _invited(max_uses=10)
    client.get(address)

    _sign_up(client, "nia.new@example.org")

    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nia.new@example.org", False)]


def test_person_with_a_run_already_keeps_it_and_takes_no_seat(client: Client) -> None:
    cast = people()
    invitation, address = _invited()
    run = enrolment(cast.amina, invitation.cohort)
    client.force_login(cast.amina)

    seen = client.get(address).content.decode()
    told = client.post(address, follow=True).content.decode()

    assert list(Enrolment.objects.all()) == [run]
    assert (invitation.uses.count(), "Join the course" in seen) == (0, False)
    assert "nobody is told that you opened it" in seen
    assert "You are on this course already, in Saltby, spring. Nothing has changed." in told


def test_somebody_written_to_finds_the_place_on_my_learning_and_takes_it_without_the_link(client: Client) -> None:
    amina = people().amina
    invitation, _link = _invited(email=amina.email.upper())
    client.force_login(amina)

    learning = client.get("/my-learning/").content.decode()
    shown = client.get(f"/invitations/{invitation.uuid}/").content.decode()
    taken = client.post(f"/invitations/{invitation.uuid}/", follow=True)
    after = client.get("/my-learning/").content.decode()

    assert "Larchmere Children&#x27;s Services keeps a place for you until" in learning
    assert f'href="/invitations/{invitation.uuid}/"' in learning
    assert "Larchmere Children&#x27;s Services has booked you a place." in shown
    assert "You are in: Saltby, spring." in taken.content.decode()
    assert "keeps a place for you" not in after
    assert (Enrolment.objects.get().learner, invitation.uses.count()) == (amina, 1)


@pytest.mark.parametrize(
    "why", ["another's", "not proved", "withdrawn", "run out", "answered", "on the course", "signed out"]
)
def test_invitation_that_is_not_theirs_to_answer_is_not_there(client: Client, why: str) -> None:
    cast = people()
    amina = cast.amina
    invitation, _link = _invited(email=cast.beth.email if why == "another's" else amina.email)
    changed = {"withdrawn": {"revoked_at": timezone.now()}, "run out": {"expires_at": timezone.now()}}.get(why, {})
    if changed:
        Invitation.objects.update(**changed)
    if why == "not proved":
        EmailAddress.objects.filter(user=amina).update(verified=False)
    if why == "answered":
        accept_invitation(invitation, amina, at=timezone.now())
    if why == "on the course":
        enrolment(amina, invitation.cohort, booked_by=organisation("Elsewhere"))
    if why != "signed out":
        client.force_login(amina)

    answers = [client.get(f"/invitations/{invitation.uuid}/"), client.post(f"/invitations/{invitation.uuid}/")]

    assert [one.status_code for one in answers] == ([302, 302] if why == "signed out" else [404, 404])
    if why != "signed out":
        assert "keeps a place for you" not in client.get("/my-learning/").content.decode()
