"""Taking a list in: who gets a place, an account or an invitation; all or nothing; nobody twice."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from enrolments.booking import book_enrolment
from enrolments.choices import ListState
from enrolments.invitations import accept_invitation, invite, waiting_for
from enrolments.lists.checking import outcome, vocabulary_of
from enrolments.lists.jobs import take_up_left_lists
from enrolments.lists.receiving import choose, give_up, receive_list
from enrolments.lists.refusals import ListRefused
from enrolments.lists.taking_in import begin_taking_in, take_in
from enrolments.models import CohortOffer, Enrolment, EnrolmentList, Invitation
from enrolments.places import places_taken
from enrolments.states import change_state
from people.models import Area, Membership, User
from post.models import Message
from post.outbox import send_due
from privacy.retention import apply_retention
from tests.enrolments.lists.sending import Booker, booker, csv_of, member, sent
from tests.factories import NOON, cohort, enrolment, organisation, person
from training.own_people import people_of

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def taken_in(of: Booker, *lines: str, **how: Any) -> EnrolmentList:
    """A small list sent in and taken in."""
    one = sent(of, csv_of(*lines, **how))
    begin_taking_in(one, by=of.lead, at=LATER)
    one.refresh_from_db()
    return one


def test_new_people_get_account_membership_place_and_a_letter_in_their_language() -> None:
    larchmere = booker()

    one = taken_in(
        larchmere,
        "SIAN@larchmere.example,Siân  Jones,Police,Larchmere,Welsh",
        "bob@larchmere.example,Bob Lee,,,",
        headings="E-mail,Name,Agency,Area,Language",
    )

    sian, bob = (User.objects.get(email=f"{name}@larchmere.example") for name in ("sian", "bob"))
    assert (sian.name, sian.agency, sian.language, sian.has_usable_password()) == ("Siân Jones", "police", "cy", False)
    assert (bob.name, bob.agency, bob.language) == ("Bob Lee", "other", "en")
    runs = Enrolment.objects.order_by("pk")
    assert [(run.learner, run.cohort, run.booked_by, run.agency, run.area.key) for run in runs] == [
        (sian, larchmere.cohort, larchmere.organisation, "police", "larchmere"),
        (bob, larchmere.cohort, larchmere.organisation, "other", "larchmere"),
    ]
    assert set(Membership.objects.values_list("person", "organisation")) == {
        (sian.pk, larchmere.organisation.pk), (bob.pk, larchmere.organisation.pk),
    }  # fmt: skip
    letters = Message.objects.order_by("pk")
    assert [(letter.person, letter.language, letter.kind) for letter in letters] == [
        (sian, "cy", "booking"), (bob, "en", "booking"),
    ]  # fmt: skip
    assert f"/cy{reverse('account_request_login_code')}" in letters[0].text
    assert "Larchmere Children's Services has booked a place for you in Autumn cohort" in letters[1].text
    assert f" This comes from {larchmere.lead.name} of Larchmere Children's Services.\n\n" in letters[1].text
    assert re.findall(r'href="([^"]*)"', letters[1].html) == [
        f"http://testserver{reverse('account_request_login_code')}"
    ]
    assert (one.state, one.booked_count, one.invited_count, one.taken_in_at) == ("taken_in", 2, 0, LATER)


def test_rows_and_report_are_emptied_once_taken_in_and_counts_stay() -> None:
    one = taken_in(booker(), "ada@larchmere.example,Ada Lee")

    assert (one.rows, one.report, one.row_count, one.booked_count) == ([], {}, 1, 1)


def test_whoever_takes_it_in_stands_in_the_audit_beside_every_booking() -> None:
    larchmere = booker()
    colleague = person("Lou Frost")
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee"))

    begin_taking_in(one, by=colleague, at=LATER)

    acts = AuditEntry.objects.filter(at__gte=NOON).exclude(act="organisation_role_given").order_by("pk")
    assert list(acts.values_list("act", "actor")) == [
        ("enrolment_list_sent_in", larchmere.lead.pk),
        ("enrolment_list_to_be_taken_in", colleague.pk),
        ("organisation_joined", colleague.pk),
        ("enrolment_booked", colleague.pk),
        ("enrolment_list_taken_in", colleague.pk),
    ]


def test_somebody_new_signs_in_with_a_code_and_nothing_else(client: Client) -> None:
    taken_in(booker(), "ada@larchmere.example,Ada Lee")
    ada = User.objects.get(email="ada@larchmere.example")

    client.post(reverse("account_request_login_code"), {"email": "ada@larchmere.example"})
    send_due(timezone.now() + timedelta(minutes=1))
    text = Message.objects.filter(kind="login_code").get().text
    code = text.split("once:\n\n")[1].split()[0]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.session.get("_auth_user_id") == str(ada.pk)
    assert EmailAddress.objects.filter(user=ada, verified=True, primary=True).count() == 1
    assert mail.outbox


def test_member_says_yes_themselves_and_keeps_what_their_account_says() -> None:
    larchmere = booker()
    amina = member(larchmere, "Amina Rahman")

    one = taken_in(
        larchmere, "amina.rahman@example.org,A. Rahmann,Police,Welsh", headings="E-mail,Name,Agency,Language"
    )
    invitation = waiting_for(amina, at=LATER).get()
    booked_before = Enrolment.objects.count()
    run = accept_invitation(invitation, amina, at=LATER)

    amina.refresh_from_db()
    assert (booked_before, run.learner, run.agency, amina.name, amina.language) == (
        0, amina, "other", "Amina Rahman", "en",
    )  # fmt: skip
    assert (one.booked_count, one.invited_count, Membership.objects.count()) == (0, 1, 1)


def with_another_address(of: Booker, *, is_booked: bool) -> User:
    """A member, who has proved a second address that the organisation does not know."""
    amina = member(of, "Amina Rahman")
    EmailAddress.objects.create(user=amina, email="amina@home.example", verified=True, primary=False)
    if is_booked:
        enrolment(amina, of.cohort, booked_by=of.organisation)
    return amina


@pytest.mark.parametrize("is_booked", [True, False])
def test_second_address_of_a_member_is_written_to_like_any_other_and_makes_no_second_account(is_booked: bool) -> None:
    larchmere = booker()
    with_another_address(larchmere, is_booked=is_booked)
    people_before, runs_before = User.objects.count(), Enrolment.objects.count()

    one = taken_in(larchmere, "amina@home.example,Nina Raman")

    assert [made.email for made in Invitation.objects.all()] == ["amina@home.example"]
    assert (one.booked_count, one.invited_count) == (0, 1)
    assert (User.objects.count(), Enrolment.objects.count()) == (people_before, runs_before)


def test_member_named_by_both_addresses_is_booked_once_when_they_say_yes_to_both() -> None:
    larchmere = booker()
    amina = with_another_address(larchmere, is_booked=False)
    taken_in(larchmere, "amina@home.example,Nina Raman", "amina.rahman@example.org,Amina Rahman")

    runs = {accept_invitation(one, amina, at=LATER).pk for one in waiting_for(amina, at=LATER)}

    assert (len(runs), Enrolment.objects.get().learner) == (1, amina)


def strangers(of: Booker) -> dict[str, User]:
    """Accounts of every standing towards the organisation."""
    other = organisation("Elsewhere")
    found = {
        "no member": person("Sam Other"),
        "learns": person("Tom Other"),
        "member": member(of, "Rhys Other"),
        "member who learns": member(of, "Una Other"),
        "left": member(of, "Vic Other"),
    }
    for who in ("learns", "member who learns"):
        enrolment(found[who], of.cohort, booked_by=other)
    Membership.objects.filter(person=found["left"]).update(ended_on=NOON.date())
    return found


@pytest.mark.parametrize("who", ["no member", "learns", "member", "member who learns", "left"])
def test_whoever_has_an_account_gets_an_invitation_and_nothing_else_changes(who: str) -> None:
    larchmere = booker()
    account = strangers(larchmere)[who]
    before = (list(Enrolment.objects.values()), list(Membership.objects.values()), User.objects.count())

    one = taken_in(larchmere, f"{account.email},Typed Name")

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.cohort, invitation.organisation, invitation.max_uses) == (
        account.email, "Typed Name", larchmere.cohort, larchmere.organisation, 1,
    )  # fmt: skip
    assert (list(Enrolment.objects.values()), list(Membership.objects.values()), User.objects.count()) == before
    letter = Message.objects.get(kind="invitation")
    assert (letter.address, letter.person) == (account.email, None)
    assert "Hello Typed Name" in letter.text
    assert f"This comes from {larchmere.lead.name} of Larchmere Children's Services." in letter.text
    assert "/join/" in letter.text
    assert [one.partition("/join/")[0] for one in re.findall(r'href="([^"]*)"', letter.html)] == ["http://testserver"]
    assert (one.booked_count, one.invited_count) == (0, 1)


def test_invited_person_takes_the_place_by_the_letters_link() -> None:
    larchmere = booker()
    account = person("Sam Other")
    taken_in(larchmere, f"{account.email},Sam Other")

    run = accept_invitation(Invitation.objects.get(), account, at=LATER)

    assert (run.booked_by, run.cohort) == (larchmere.organisation, larchmere.cohort)


def test_area_that_was_typed_counts_for_whoever_is_invited_as_for_whoever_is_booked() -> None:
    larchmere = booker()
    larchmere.organisation.areas.add(area := Area.objects.create(key="saltby", name="Saltby", nation="wales"))
    account = person("Sam Other")
    headings = "E-mail,Name,Area"
    taken_in(larchmere, f"{account.email},Sam Other,Saltby", "new@larchmere.example,Nia New,Saltby", headings=headings)

    accept_invitation(Invitation.objects.get(), account, at=LATER)

    assert [run.area for run in Enrolment.objects.all()] == [area, area]


def test_list_taken_in_twice_books_nobody_twice() -> None:
    larchmere = booker()
    lines = ("ada@larchmere.example,Ada Lee", "bob@larchmere.example,Bob Ray")
    first, second = sent(larchmere, csv_of(*lines)), sent(larchmere, csv_of(*lines))
    begin_taking_in(first, by=larchmere.lead, at=LATER)

    begin_taking_in(second, by=larchmere.lead, at=LATER)

    second.refresh_from_db()
    assert (second.state, second.booked_count, second.invited_count) == ("taken_in", 0, 0)
    assert (Enrolment.objects.count(), Message.objects.count(), User.objects.count()) == (2, 2, 3)


def test_the_same_list_cannot_be_begun_twice() -> None:
    larchmere = booker()
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee"))
    begin_taking_in(one, by=larchmere.lead, at=LATER)

    with pytest.raises(ListRefused, match="already"):
        begin_taking_in(one, by=larchmere.lead, at=LATER)

    take_in(one.pk, at=LATER)
    assert Enrolment.objects.count() == 1


def test_open_invitation_counts_as_booked_and_brings_no_second_letter() -> None:
    larchmere = booker()
    invite(larchmere.cohort, organisation=larchmere.organisation, email="Ada@larchmere.example",
           expires_at=timezone.now() + timedelta(days=9), at=NOON)  # fmt: skip

    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee", "bob@larchmere.example,Bob Ray"))
    begin_taking_in(one, by=larchmere.lead, at=LATER)

    one.refresh_from_db()
    assert (one.booked_count, one.invited_count, Invitation.objects.count(), Message.objects.count()) == (1, 0, 1, 1)


def test_second_list_tells_nothing_of_who_had_an_account_whatever_it_asks() -> None:
    """Somebody new is booked at once, somebody known elsewhere is written to: nothing may tell them apart."""
    larchmere = booker()
    known = person("Sam Other", "sam@elsewhere.example")
    taken_in(larchmere, "new@elsewhere.example,Nia Newby", f"{known.email},Sam Other")
    other = cohort(larchmere.taught.course, "Winter")
    CohortOffer.objects.create(organisation=larchmere.organisation, cohort=other)
    lines = {
        "again": ("new@elsewhere.example,Nia Newby", f"{known.email},Sam Other"),
        "other names": ("new@elsewhere.example,Tom Rees", f"{known.email},Tom Rees"),
        "near names": ("nia2@elsewhere.example,Nia Newbyy", "sam2@elsewhere.example,Sam Otherr"),
    }

    for group in (larchmere.cohort, other):
        for at in (NOON, NOON + timedelta(days=61)):
            for asked in lines.values():
                found = [_told(replace(larchmere, cohort=group), line, at) for line in asked]
                assert found[0] == found[1]


def _told(of: Booker, line: str, at: Any) -> tuple[Any, ...]:
    """What the report on a list of one line says, without the line's own words."""
    one = receive_list(csv_of(line), "list.csv", organisation=of.organisation, cohort=of.cohort, by=of.lead, at=at)
    report = one.report
    looks = [(number, code) for number, code, _facts in report["looks"]]
    asked = [(one["line"], [option["why"] for option in one["options"]]) for one in report["questions"]]
    fates = outcome(one.rows, report, vocabulary_of(of.organisation)).fates
    return len(report["faults"]), looks, asked, len(report["here"]), fates


def test_whoever_signed_up_between_check_and_taking_in_is_invited() -> None:
    larchmere = booker()
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee", "bob@larchmere.example,Bob Ray"))
    ada = person("Ada Lee", "ada@larchmere.example")

    begin_taking_in(one, by=larchmere.lead, at=LATER)

    one.refresh_from_db()
    assert (one.booked_count, one.invited_count) == (1, 1)
    assert not Enrolment.objects.filter(learner=ada).exists()


@pytest.mark.parametrize(("places", "state"), [(2, "taken_in"), (1, "checked"), (0, "checked")])
def test_list_is_taken_in_whole_or_not_at_all_by_the_places_left(places: int, state: str) -> None:
    larchmere = booker(places=places)
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee", "bob@larchmere.example,Bob Ray"))

    begin_taking_in(one, by=larchmere.lead, at=LATER)

    one.refresh_from_db()
    assert (one.state, Enrolment.objects.count()) == (state, 2 if state == "taken_in" else 0)
    assert (Message.objects.count(), User.objects.count()) == ((2, 3) if state == "taken_in" else (0, 1))
    assert one.report.get("came_back", "") == ("" if state == "taken_in" else "places")


def test_offer_taken_back_since_the_check_stops_everything() -> None:
    larchmere = booker()
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee"))
    CohortOffer.objects.all().delete()

    begin_taking_in(one, by=larchmere.lead, at=LATER)

    one.refresh_from_db()
    assert (one.state, one.report["came_back"], Enrolment.objects.count()) == ("checked", "offer", 0)


def test_member_who_joined_since_the_check_and_is_nearly_the_same_brings_the_list_back() -> None:
    larchmere = booker()
    one = sent(larchmere, csv_of("sian.jones@larchmere.example,Sian Jones"))
    member(larchmere, "Siân Jones", "sj@elsewhere.example")

    begin_taking_in(one, by=larchmere.lead, at=LATER)

    one.refresh_from_db()
    assert (one.state, one.report["came_back"], Enrolment.objects.count()) == ("checked", "changed", 0)
    assert [question["line"] for question in one.report["questions"]] == [2]


def test_open_question_stops_taking_in_until_it_is_answered() -> None:
    larchmere = booker()
    sian = member(larchmere, "Siân Jones", "sian.jones@larchmere.example")
    one = sent(larchmere, csv_of("sian.jones@larchmere.exmaple,Sian Jones"))

    with pytest.raises(ListRefused, match="still to be mended or answered"):
        begin_taking_in(one, by=larchmere.lead, at=LATER)
    left = choose(one, {2: "sian.jones@larchmere.example"})
    begin_taking_in(one, by=larchmere.lead, at=LATER)

    assert left == 0
    assert list(Invitation.objects.values_list("email", flat=True)) == [sian.email]


def test_faulty_line_stops_all_of_the_list() -> None:
    larchmere = booker()
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee", "no address,Bob Ray"))

    with pytest.raises(ListRefused, match="mended"):
        begin_taking_in(one, by=larchmere.lead, at=LATER)

    assert not Enrolment.objects.exists()


def test_second_run_is_offered_to_somebody_who_has_left_their_first() -> None:
    larchmere = booker()
    ada = member(larchmere, "Ada Lee")
    first = book_enrolment(ada, larchmere.cohort, booked_by=larchmere.organisation, at=NOON)
    change_state(first, "withdrawn", at=NOON)

    one = taken_in(larchmere, "ada.lee@example.org,Ada Lee")

    accept_invitation(waiting_for(ada, at=LATER).get(), ada, at=LATER)
    assert (one.invited_count, Enrolment.objects.filter(learner=ada).count()) == (1, 2)


def test_list_given_up_keeps_its_counts_and_no_name() -> None:
    larchmere = booker()
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee"))

    give_up(one, by=larchmere.lead, at=LATER)

    one.refresh_from_db()
    assert (one.state, one.rows, one.report, one.row_count) == ("given_up", [], {}, 1)
    with pytest.raises(ListRefused):
        give_up(one, by=larchmere.lead, at=LATER)


def test_list_whose_worker_died_is_taken_up_by_the_minutely_job_and_a_fresh_one_is_not(
    django_capture_on_commit_callbacks: Any,
) -> None:
    larchmere = booker()
    left, fresh = (sent(larchmere, csv_of(f"{name}@larchmere.example,{name} Lee")) for name in ("ada", "bob"))
    now = timezone.now()
    EnrolmentList.objects.filter(pk=left.pk).update(state=ListState.TAKING_IN, moved_at=now - timedelta(minutes=5))
    EnrolmentList.objects.filter(pk=fresh.pk).update(state=ListState.TAKING_IN, moved_at=now)

    with django_capture_on_commit_callbacks() as queued:
        count = take_up_left_lists()
    again = take_up_left_lists()

    assert (count, again, len(queued)) == (1, 0, 1)
    assert queued[0].args[1] == left.pk  # type: ignore[attr-defined]


def test_places_of_two_cohorts_are_counted_apart() -> None:
    larchmere = booker(places=1)
    other = cohort(larchmere.taught.course, "Another")
    CohortOffer.objects.create(organisation=larchmere.organisation, cohort=other, places=1)
    enrolment(person("Zoe Ray"), other, booked_by=larchmere.organisation)

    one = taken_in(larchmere, "ada@larchmere.example,Ada Lee")

    assert one.state == "taken_in"


def test_once_an_invitation_is_forgotten_the_booking_of_the_same_list_keeps_no_place_either() -> None:
    larchmere = booker(places=9)
    known = person("Sam Other")
    lines = ("new@elsewhere.example,Nia Newby", f"{known.email},Sam Other")
    taken_in(larchmere, *lines)
    much_later = LATER + timedelta(days=60 + settings.RETENTION_DAYS["invitations"])
    days_before = [much_later - timedelta(days=days) for days in (1, 0)]
    kept = [places_taken(larchmere.cohort, larchmere.organisation, at=day) for day in days_before]

    apply_retention(at=much_later)

    told = [_told(larchmere, line, much_later) for line in lines]
    assert (kept, places_taken(larchmere.cohort, larchmere.organisation, at=much_later), told[0] == told[1]) == (
        [2, 0], 0, True,
    )  # fmt: skip
    assert people_of(larchmere.organisation, on=much_later.date()) == []
