"""Asking for a place: once, by whom the link is for, answered once and by somebody else, told by letter."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from audit.models import AuditEntry
from enrolments.choices import EnrolmentState, RequestState
from enrolments.invitations import AddressRefused, InvitationRefused, accept_invitation, invite
from enrolments.models import CohortOffer, Enrolment, Invitation, PlaceRequest
from enrolments.places import NoPlacesLeft
from enrolments.requests import (
    AlreadyOnCourse,
    RequestRefused,
    approve_request,
    ask_for_place,
    asked_by,
    refuse_request,
    withdraw_request,
)
from enrolments.states import change_state
from people.models import Membership
from post.models import Message
from tests.enrolments.doings import rival_acting_after
from tests.factories import NOON, cohort, enrolment, organisation, people, person, taught_course

pytestmark = pytest.mark.django_db
WEEK, LATER = NOON + timedelta(days=7), NOON + timedelta(hours=1)


def link(**fields: object) -> Invitation:
    """An organisation's link that asks first, for five."""
    given = {
        "organisation": organisation(),
        "expires_at": WEEK,
        "at": NOON,
        "max_uses": 5,
        "asks_first": True,
        **fields,
    }
    return invite(given.pop("cohort", None) or cohort(taught_course().course, "Saltby, spring"), **given)[0]


def acts() -> list[tuple[str, int | None, int | None]]:
    wanted = AuditEntry.objects.filter(act__startswith="place_").order_by("pk")
    return list(wanted.values_list("act", "actor", "person"))


def test_asking_writes_one_request_books_nobody_and_is_noted() -> None:
    invitation, amina = link(), people().amina

    asked = ask_for_place(invitation, amina, at=NOON)

    assert PlaceRequest.objects.values().get() == {
        "id": asked.pk, "uuid": asked.uuid, "person_id": amina.pk, "cohort_id": invitation.cohort_id,
        "organisation_id": invitation.organisation_id, "invitation_id": invitation.pk, "state": "waiting",
        "asked_at": NOON, "decided_at": None, "decided_by_id": None, "note": "", "name": "Amina Rahman",
        "enrolment_id": None,
    }  # fmt: skip
    assert acts() == [("place_asked", amina.pk, amina.pk)]
    assert (Enrolment.objects.count(), Membership.objects.count(), invitation.uses.count()) == (0, 0, 0)


def test_asking_twice_returns_the_same_request_also_by_another_link() -> None:
    invitation, amina = link(), people().amina
    other = link(cohort=invitation.cohort, organisation=None)

    asked = [ask_for_place(one, amina, at=NOON) for one in (invitation, invitation, other)]

    assert (asked[0] == asked[1] == asked[2], PlaceRequest.objects.count(), len(acts())) == (True, 1, 1)


def test_rival_who_asks_between_our_look_and_our_insert_is_met() -> None:
    invitation, amina = link(), people().amina

    def rival() -> None:
        PlaceRequest.objects.create(person=amina, cohort=invitation.cohort, invitation=invitation, asked_at=NOON)

    with rival_acting_after('COUNT(*) AS "__count" FROM "enrolments_invitationuse"', rival) as met:
        asked = ask_for_place(invitation, amina, at=LATER)

    assert (len(met), asked.asked_at, PlaceRequest.objects.count()) == (1, NOON, 1)


def test_somebody_on_the_course_already_is_told_so_and_asks_nothing() -> None:
    invitation, amina = link(), people().amina
    run = enrolment(amina, invitation.cohort)

    with pytest.raises(AlreadyOnCourse) as told:
        ask_for_place(invitation, amina, at=NOON)

    assert (told.value.run, PlaceRequest.objects.count()) == (run, 0)


@pytest.mark.parametrize("fault", ["withdrawn", "run out", "used up", "answered with no"])
def test_link_that_gives_no_more_places_is_refused_in_words(fault: str) -> None:
    invitation, cast = link(max_uses=1), people()
    if fault == "withdrawn":
        Invitation.objects.update(revoked_at=NOON)
    if fault == "used up":
        approve_request(ask_for_place(invitation, cast.carol, at=NOON), by=cast.lena, at=NOON)
    if fault == "answered with no":
        refuse_request(ask_for_place(invitation, cast.amina, at=NOON), by=cast.lena, at=NOON)

    with pytest.raises(InvitationRefused) as refused:
        ask_for_place(invitation, cast.amina, at=WEEK if fault == "run out" else LATER)

    words = {"used up": "All places of this invitation are taken.", "answered with no": "the answer was no."}
    assert words.get(fault, "does not work any more") in str(refused.value)
    assert not PlaceRequest.objects.filter(person=cast.amina, state="waiting").exists()


@pytest.mark.parametrize(
    ("address", "verified", "words"),
    [
        ("amina@larchmere.example", True, None),
        ("Amina@LARCHMERE.example", True, None),
        ("amina@larchmere.example", False, "You have not shown yet that amina@larchmere.example is your address"),
        ("amina@evil-larchmere.example", True, "for addresses that end in @larchmere.example, @saltby.example."),
        ("amina@larchmere.example.org", True, "for addresses that end in @larchmere.example, @saltby.example."),
        ("larchmere.example@elsewhere.org", True, "for addresses that end in @larchmere.example, @saltby.example."),
    ],
)
@pytest.mark.parametrize("asks_first", [True, False])
def test_link_for_some_addresses_takes_those_alone_and_only_when_proved(
    asks_first: bool, address: str, verified: bool, words: str | None
) -> None:
    invitation = link(domains="larchmere.example\nsaltby.example", asks_first=asks_first)
    amina = person("Amina", email=address)
    EmailAddress.objects.update(verified=verified)
    act = ask_for_place if asks_first else accept_invitation

    refusal = None
    try:
        act(invitation, amina, at=NOON)
    except AddressRefused as refused:
        refusal = refused

    assert (refusal is None) == (words is None)
    assert (words or "") in str(refusal)
    assert getattr(refusal, "is_unproved", False) == (not verified)
    assert PlaceRequest.objects.count() + Enrolment.objects.count() == (0 if words else 1)


def test_yes_books_takes_a_seat_joins_writes_a_letter_and_is_noted() -> None:
    invitation, cast = link(), people()
    cast.amina.language = "cy"
    cast.amina.save()
    asked = ask_for_place(invitation, cast.amina, at=NOON)

    approve_request(asked, by=cast.lena, at=LATER, note="Welcome.")

    asked.refresh_from_db()
    run, use, letter = Enrolment.objects.get(), invitation.uses.get(), Message.objects.get()
    assert (asked.state, asked.decided_at, asked.decided_by, asked.note, asked.enrolment) == (
        RequestState.APPROVED, LATER, cast.lena, "Welcome.", run,
    )  # fmt: skip
    assert (run.learner, run.cohort, run.booked_by) == (cast.amina, invitation.cohort, invitation.organisation)
    assert (use.person, use.enrolment, use.seat) == (cast.amina, run, 1)
    assert Membership.objects.get().person == cast.amina
    assert (letter.person, letter.kind, letter.language) == (cast.amina, "place_approved", "cy")
    assert all(words in letter.text for words in ("Saltby, spring", "Welcome.", "http://testserver/cy/my-learning/"))
    assert acts()[1:] == [("place_request_approved", cast.lena.pk, cast.amina.pk)]


def test_no_books_nobody_takes_no_seat_and_is_told() -> None:
    invitation, cast = link(), people()
    asked = ask_for_place(invitation, cast.amina, at=NOON)

    refuse_request(asked, by=cast.lena, at=LATER, note="Full until spring.")

    letter = Message.objects.get()
    assert (Enrolment.objects.count(), invitation.uses.count(), Membership.objects.count()) == (0, 0, 0)
    assert (letter.person, letter.kind) == (cast.amina, "place_refused")
    assert "The answer is no." in letter.text
    assert "They write: “Full until spring.”" in letter.text
    assert acts()[1:] == [("place_request_refused", cast.lena.pk, cast.amina.pk)]


@pytest.mark.parametrize("first", ["yes", "no", "withdrawn"])
@pytest.mark.parametrize("second", ["yes", "no"])
def test_whoever_is_second_is_told_and_changes_nothing(first: str, second: str) -> None:
    invitation, cast = link(), people()
    asked = ask_for_place(invitation, cast.amina, at=NOON)
    stale = PlaceRequest.objects.get()
    verbs = {"yes": approve_request, "no": refuse_request}
    if first == "withdrawn":
        withdraw_request(asked, at=NOON)
    else:
        verbs[first](asked, by=cast.lena, at=NOON)
    before = (PlaceRequest.objects.values().get(), Message.objects.count(), Enrolment.objects.count(), acts())

    with pytest.raises(RequestRefused) as told:
        verbs[second](stale, by=cast.beth, at=LATER)

    after = (PlaceRequest.objects.values().get(), Message.objects.count(), Enrolment.objects.count(), acts())
    assert after == before
    assert (
        str(told.value)
        == {
            "yes": "Lena Frost has said yes to Amina Rahman already (22 November 2026, 12:00). That stands.",
            "no": "Lena Frost has said no to Amina Rahman already (22 November 2026, 12:00). That stands.",
            "withdrawn": "Amina Rahman does not ask for a place any more.",
        }[first]
    )


@pytest.mark.parametrize("verb", [approve_request, refuse_request])
def test_nobody_answers_their_own_request(verb: object) -> None:
    cast = people()
    asked = ask_for_place(link(), cast.lena, at=NOON)

    with pytest.raises(RequestRefused, match="Nobody answers their own request"):
        verb(asked, by=cast.lena, at=LATER)  # type: ignore[operator]

    asked.refresh_from_db()
    assert (asked.state, Enrolment.objects.count()) == ("waiting", 0)


def test_yes_without_a_place_or_a_seat_left_changes_nothing() -> None:
    invitation, cast = link(max_uses=1), people()
    offer = CohortOffer.objects.create(cohort=invitation.cohort, organisation=invitation.organisation, places=0)
    asked = [ask_for_place(invitation, who, at=NOON) for who in (cast.amina, cast.carol)]

    with pytest.raises(NoPlacesLeft, match="has 0 places left in Saltby, spring"):
        approve_request(asked[0], by=cast.lena, at=LATER)
    nothing = (Enrolment.objects.count(), Message.objects.count(), PlaceRequest.objects.filter(state="waiting").count())
    offer.places = 9
    offer.save()
    approve_request(asked[0], by=cast.lena, at=LATER)
    with pytest.raises(RequestRefused, match="All 1 places of the link they came by are taken"):
        approve_request(asked[1], by=cast.lena, at=LATER)

    assert nothing == (0, 0, 2)
    assert list(Enrolment.objects.values_list("learner", flat=True)) == [cast.amina.pk]


def test_yes_to_somebody_booked_elsewhere_meanwhile_stands_keeps_a_place_and_tells_them_alone() -> None:
    invitation, cast = link(), people()
    asked = ask_for_place(invitation, cast.amina, at=NOON)
    elsewhere = enrolment(cast.amina, cohort(invitation.cohort.course, "Autumn"), booked_by=organisation("Another"))

    approve_request(asked, by=cast.lena, at=LATER, note="Welcome.")

    asked.refresh_from_db()
    kept, letter = Invitation.objects.exclude(pk=invitation.pk).get(), Message.objects.get()
    assert (asked.state, asked.decided_by, asked.enrolment) == ("approved", cast.lena, None)
    assert list(Enrolment.objects.all()) == [elsewhere]
    assert (kept.email, kept.name, kept.organisation, kept.by_list) == (
        cast.amina.email, "Amina Rahman", invitation.organisation, True,
    )  # fmt: skip
    assert (letter.person, letter.kind, "Welcome." in letter.text) == (cast.amina, "place_approved", True)
    assert "You are on this course already, in Autumn. That stays as it is" in letter.text
    assert acts()[1:] == [("place_request_approved", cast.lena.pk, cast.amina.pk)]


def test_place_kept_beside_another_run_is_theirs_once_that_run_is_left(client: Client) -> None:
    invitation, cast = link(), people()
    asked = ask_for_place(invitation, cast.amina, at=NOON)
    elsewhere = enrolment(cast.amina, cohort(invitation.cohort.course, "Autumn"), booked_by=organisation("Another"))
    approve_request(asked, by=cast.lena, at=LATER)
    client.force_login(cast.amina)
    before = "A place is kept for you" in client.get("/my-learning/").content.decode()

    change_state(elsewhere, EnrolmentState.WITHDRAWN, at=LATER)
    after = "A place is kept for you" in client.get("/my-learning/").content.decode()

    assert (before, after) == (False, True)


def test_yes_to_somebody_their_own_organisation_booked_meanwhile_takes_no_second_place() -> None:
    invitation, cast = link(), people()
    CohortOffer.objects.create(cohort=invitation.cohort, organisation=invitation.organisation, places=1)
    asked = ask_for_place(invitation, cast.amina, at=NOON)
    run = enrolment(cast.amina, invitation.cohort, booked_by=invitation.organisation)

    approve_request(asked, by=cast.lena, at=LATER)

    assert (PlaceRequest.objects.get().enrolment, Enrolment.objects.count(), invitation.uses.count()) == (run, 1, 0)


def test_withdrawn_request_may_be_asked_again_and_an_answered_one_stays() -> None:
    invitation, cast = link(), people()
    first = ask_for_place(invitation, cast.amina, at=NOON)
    withdraw_request(first, at=NOON)
    second = ask_for_place(invitation, cast.amina, at=LATER)
    approve_request(second, by=cast.lena, at=LATER)

    withdraw_request(second, at=LATER)

    assert list(PlaceRequest.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "approved"]


def test_person_sees_what_waits_and_what_was_refused_lately() -> None:
    invitation, cast = link(), people()
    refused = refuse_request(ask_for_place(invitation, cast.amina, at=NOON), by=cast.lena, at=NOON)
    waiting = ask_for_place(link(cohort=cohort(invitation.cohort.course, "Autumn")), cast.amina, at=NOON)
    ask_for_place(invitation, cast.carol, at=NOON)

    seen = [list(asked_by(cast.amina, at=NOON + timedelta(days=days))) for days in (1, 91)]

    assert seen[1] == [waiting]
    assert set(seen[0]) == {waiting, refused}


# -- The pages of whoever asks ------------------------------------------------------------------------------------


def shown_link(**fields: object) -> tuple[Invitation, str]:
    now = timezone.now()
    given = {"organisation": organisation(), "expires_at": now + timedelta(days=7), "at": now, "max_uses": 5, **fields}
    invitation, token = invite(cohort(taught_course().course, "Saltby, spring"), **given)
    return invitation, f"/join/{token}/"


def test_page_says_what_is_shown_of_me_before_i_ask_and_asks_once(client: Client) -> None:
    _invitation, address = shown_link(asks_first=True)
    client.force_login(people().amina)

    before = client.get(address).content.decode()
    for _click in range(2):
        after = client.post(address, follow=True)
    again = client.get(address).content.decode()

    assert "the leads of Larchmere Children&#x27;s Services see your name, your address and your agency" in before
    assert after.redirect_chain == [("/my-learning/", 302)]
    assert "Larchmere Children&#x27;s Services has not answered yet" in after.content.decode()
    assert "are waiting for the answer" in again
    assert (PlaceRequest.objects.count(), Enrolment.objects.count()) == (1, 0)


def test_person_withdraws_on_my_learning_and_nobody_else_can(client: Client) -> None:
    invitation, _address = shown_link(asks_first=True)
    cast = people()
    asked = ask_for_place(invitation, cast.amina, at=timezone.now())
    address = f"/place-requests/{asked.uuid}/withdraw/"

    client.force_login(cast.carol)
    others = client.post(address).status_code
    client.force_login(cast.amina)
    button = address in client.get("/my-learning/").content.decode()
    read = client.get(address).status_code
    state_before = PlaceRequest.objects.get().state
    page = client.post(address, follow=True).content.decode()

    assert (others, button, read, state_before) == (404, True, 405, "waiting")
    assert "You do not ask for this place any more." in page
    assert (PlaceRequest.objects.get().state, address in page) == ("withdrawn", False)


def test_refusal_stands_on_my_learning_with_its_note(client: Client) -> None:
    invitation, _address = shown_link(asks_first=True)
    cast = people()
    asked = ask_for_place(invitation, cast.amina, at=timezone.now())
    refuse_request(asked, by=cast.lena, at=timezone.now(), note="Full until spring.")
    client.force_login(cast.amina)

    page = client.get("/my-learning/").content.decode()

    assert "Full until spring." in page
    assert f"/place-requests/{asked.uuid}/withdraw/" not in page


@pytest.mark.parametrize("asks_first", [True, False])
def test_address_that_does_not_fit_is_told_the_ends_that_do_and_gets_no_button(
    client: Client, asks_first: bool
) -> None:
    _invitation, address = shown_link(domains="larchmere.example", asks_first=asks_first)
    stranger = client.get(address).content.decode()
    client.force_login(people().amina)

    seen, sent = client.get(address), client.post(address)

    assert "The link is for addresses that end in @larchmere.example." in stranger
    assert (seen.status_code, sent.status_code) == (200, 409)
    for page in (seen.content.decode(), sent.content.decode()):
        assert "This link is for addresses that end in @larchmere.example." in page
        assert 'href="/account/email/"' in page
        assert ("Join the course" in page, "Ask for a place</button>" in page) == (False, False)
    assert PlaceRequest.objects.count() + Enrolment.objects.count() == 0


def test_address_that_is_not_proved_is_told_what_to_do(client: Client) -> None:
    _invitation, address = shown_link(domains="example.org")
    client.force_login(people().amina)
    EmailAddress.objects.update(verified=False)

    page = client.post(address)

    assert page.status_code == 409
    assert "You have not shown yet that amina.rahman@example.org is your address" in page.content.decode()
    assert "Have an e-mail sent to your address, follow the link in it, and come back here." in page.content.decode()


def test_organisation_without_a_place_left_is_said_and_the_link_stays_good(client: Client) -> None:
    invitation, address = shown_link()
    offer = CohortOffer.objects.create(cohort=invitation.cohort, organisation=invitation.organisation, places=0)
    client.force_login(people().amina)

    full = client.post(address)
    offer.places = 1
    offer.save()
    joined = client.post(address)

    page = full.content.decode()
    assert (full.status_code, joined.status_code, Enrolment.objects.count()) == (409, 302, 1)
    assert "Larchmere Children&#x27;s Services has 0 places left in Saltby, spring." in page
    assert f'href="{address}"' in page


def test_addressed_invitation_keeps_its_place_although_all_are_taken(client: Client) -> None:
    cast = people()
    invitation, address = shown_link(email="amina.rahman@example.org", name="Amina", max_uses=1)
    CohortOffer.objects.create(cohort=invitation.cohort, organisation=invitation.organisation, places=1)
    open_link, _token = invite(
        invitation.cohort, organisation=invitation.organisation, expires_at=invitation.expires_at,
        at=invitation.created_at, max_uses=5,
    )  # fmt: skip

    with pytest.raises(NoPlacesLeft):
        accept_invitation(open_link, cast.carol, at=timezone.now())
    client.force_login(cast.amina)
    client.post(address)

    assert list(Enrolment.objects.values_list("learner", flat=True)) == [cast.amina.pk]
