"""Leaving an organisation: from a day, changed while it is ahead, taken back, and coming back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from assessments.rules import AttemptRefused
from audit.models import AuditEntry
from enrolments.attempts import begin_attempt
from enrolments.booking import book_enrolment
from enrolments.choices import EnrolmentState
from enrolments.invitations import InvitationRefused, accept_invitation, invite, waiting_for
from enrolments.leaving import LeavingRefused, leave_organisation, stay_in_organisation
from enrolments.models import CohortOffer, Enrolment
from enrolments.places import NoPlacesLeft, places_taken, require_places
from enrolments.requests import RequestRefused, approve_request, ask_for_place
from enrolments.states import change_state
from enrolments.taking_back import BegunAlready, take_booking_back, take_invitation_back
from people.models import Membership, Organisation, OrganisationRole, User
from post.models import Message
from tests.enrolments.doings import complete, percent_of, read, rival_acting_after
from tests.factories import NOON, cohort, enrolment, organisation, people, taught_course, trainer

pytestmark = pytest.mark.django_db
TODAY, DAY = NOON.date(), timedelta(days=1)


def _ends(person: User, council: Organisation) -> tuple[list[Any], ...]:
    """Days on which memberships, bookings and roles of the person there end."""
    there = {"person": person, "organisation": council}
    return (
        list(Membership.objects.filter(**there).order_by("pk").values_list("ended_on", flat=True)),
        list(person.enrolments.filter(booked_by=council).order_by("pk").values_list("booking_ended_on", flat=True)),
        list(OrganisationRole.objects.filter(**there).order_by("pk").values_list("ends_on", flat=True)),
    )


def _lead(who: User, council: Organisation, **fields: Any) -> OrganisationRole:
    return OrganisationRole.objects.create(
        **{"person": who, "organisation": council, "role": "org_lead", "starts_on": TODAY - 90 * DAY, **fields}
    )


def _later(days: int) -> datetime:
    return NOON + days * DAY


def test_leaver_keeps_their_learning_and_certificate_and_leaves_the_leads_list_but_not_their_trainers() -> None:
    taught, cast, council = taught_course(), people(), organisation()
    group = cohort(taught.course)
    trainer(cast.beth, group)
    _lead(cast.lena, council)
    run = enrolment(cast.amina, group, booked_by=council)
    complete(run, taught)

    leave_organisation(cast.amina, council, on=TODAY, at=NOON, by=cast.lena)

    run.refresh_from_db()
    assert (run.state, percent_of(run)) == ("completed", {"module-1": 100})
    assert list(Enrolment.objects.reported_by(council, on=TODAY)) == []
    assert list(Enrolment.objects.trained_by(cast.beth, on=TODAY)) == [run]
    assert list(Enrolment.objects.belonging_to(cast.amina)) == [run]


def test_membership_bookings_and_roles_end_with_the_same_day_and_it_is_noted_once() -> None:
    cast, council, police = people(), organisation(), organisation("Police")
    group, other = cohort(taught_course().course), cohort(taught_course("refresher").course)
    run = enrolment(cast.amina, group, booked_by=council)
    enrolment(cast.amina, other, booked_by=police)
    role = _lead(cast.amina, council)
    AuditEntry.objects.all().delete()

    for _time in range(2):
        leave_organisation(cast.amina, council, on=TODAY + 9 * DAY, at=NOON, by=cast.lena)

    assert _ends(cast.amina, council) == ([TODAY + 9 * DAY], [TODAY + 9 * DAY], [TODAY + 9 * DAY])
    assert _ends(cast.amina, police) == ([None], [None], [])
    membership = Membership.objects.get(person=cast.amina, organisation=council)
    assert list(AuditEntry.objects.order_by("pk").values_list("act", "subject_id", "actor", "person")) == [
        ("organisation_left", str(membership.pk), cast.lena.pk, cast.amina.pk),
        ("organisation_role_ended", str(role.pk), cast.lena.pk, cast.amina.pk),
    ]
    assert run.booked_by == council


@pytest.mark.parametrize("other", [3, 20, 0, -2])
def test_day_ahead_may_be_changed_to_an_earlier_or_a_later_one(other: int) -> None:
    cast, council = people(), organisation()
    book_enrolment(cast.amina, cohort(taught_course().course), booked_by=council, at=_later(-30))
    _lead(cast.amina, council)
    leave_organisation(cast.amina, council, on=TODAY + 9 * DAY, at=NOON)

    leave_organisation(cast.amina, council, on=TODAY + other * DAY, at=_later(0))

    assert _ends(cast.amina, council) == ([TODAY + other * DAY], [TODAY + other * DAY], [TODAY + other * DAY])


def test_day_ahead_may_be_taken_back_and_one_that_came_may_not() -> None:
    cast, council = people(), organisation()
    enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    _lead(cast.amina, council)
    leave_organisation(cast.amina, council, on=TODAY + 9 * DAY, at=NOON)

    stay_in_organisation(cast.amina, council, at=_later(8))
    stayed = _ends(cast.amina, council)
    leave_organisation(cast.amina, council, on=TODAY + 9 * DAY, at=_later(8))
    stay_in_organisation(cast.amina, council, at=_later(9))

    assert stayed == ([None], [None], [None])
    assert _ends(cast.amina, council) == ([TODAY + 9 * DAY], [TODAY + 9 * DAY], [TODAY + 9 * DAY])


def test_role_that_was_to_end_earlier_keeps_its_day_through_leaving_and_staying() -> None:
    cast, council = people(), organisation()
    enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    _lead(cast.amina, council, ends_on=TODAY + 3 * DAY)

    leave_organisation(cast.amina, council, on=TODAY + 9 * DAY, at=NOON)
    leaving = _ends(cast.amina, council)[2]
    stay_in_organisation(cast.amina, council, at=NOON)

    assert (leaving, _ends(cast.amina, council)[2]) == ([TODAY + 3 * DAY], [TODAY + 3 * DAY])


def test_role_not_begun_yet_never_begins() -> None:
    cast, council = people(), organisation()
    enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    role = _lead(cast.amina, council, starts_on=TODAY + 30 * DAY)

    leave_organisation(cast.amina, council, on=TODAY, at=NOON)

    held = [OrganisationRole.objects.current(TODAY + days * DAY).filter(pk=role.pk).exists() for days in (0, 30, 90)]
    assert held == [False, False, False]


@pytest.mark.parametrize(("days", "words"), [(-31, "since 23 October 2026"), (367, "more than a year ahead")])
def test_day_before_they_came_or_more_than_a_year_ahead_is_refused_in_words(days: int, words: str) -> None:
    cast, council = people(), organisation()
    book_enrolment(cast.amina, cohort(taught_course().course), booked_by=council, at=_later(-30))

    with pytest.raises(LeavingRefused, match=words):
        leave_organisation(cast.amina, council, on=TODAY + days * DAY, at=NOON)

    assert _ends(cast.amina, council) == ([None], [None], [])


def test_leaver_who_comes_back_and_is_booked_again_has_a_new_membership_and_the_run_they_are_still_on() -> None:
    taught, cast, council = taught_course(), people(), organisation()
    group = cohort(taught.course)
    run = enrolment(cast.amina, group, booked_by=council)
    read(run, taught.lessons[0])
    leave_organisation(cast.amina, council, on=TODAY, at=NOON)

    again = book_enrolment(cast.amina, group, booked_by=council, at=_later(60), by=cast.lena)

    assert again == run
    assert _ends(cast.amina, council) == ([TODAY, None], [None], [])
    assert AuditEntry.objects.filter(act="booking_taken_up_again", actor=cast.lena).count() == 1
    assert percent_of(run) == {"module-1": 33}


def test_leaver_who_finished_and_comes_back_is_booked_on_a_new_run() -> None:
    taught, cast, council = taught_course(), people(), organisation()
    run = enrolment(cast.amina, cohort(taught.course), booked_by=council)
    complete(run, taught)
    leave_organisation(cast.amina, council, on=TODAY, at=NOON)

    again = book_enrolment(cast.amina, run.cohort, booked_by=council, at=_later(60))

    assert (again != run, _ends(cast.amina, council)) == (True, ([TODAY, None], [TODAY, None], []))


def test_run_booked_by_the_old_employer_is_not_taken_over_by_the_next() -> None:
    cast, council, police = people(), organisation(), organisation("Police")
    run = enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    leave_organisation(cast.amina, council, on=TODAY, at=NOON)

    again = book_enrolment(cast.amina, run.cohort, booked_by=police, at=_later(1))

    assert (again, again.booked_by, again.booking_ended_on) == (run, council, TODAY)


def test_somebody_booked_once_more_before_they_leave_leaves_that_booking_too() -> None:
    cast, council = people(), organisation()
    enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    leave_organisation(cast.amina, council, on=TODAY + 9 * DAY, at=NOON)

    enrolment(cast.amina, cohort(taught_course("refresher").course), booked_by=council)

    assert _ends(cast.amina, council) == ([TODAY + 9 * DAY], [TODAY + 9 * DAY] * 2, [])


def test_somebody_who_left_long_ago_is_not_moved_when_they_leave_again() -> None:
    cast, council = people(), organisation()
    first = enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    leave_organisation(cast.amina, council, on=TODAY, at=NOON)
    enrolment(cast.amina, cohort(taught_course("refresher").course), booked_by=council, at=_later(60))

    leave_organisation(cast.amina, council, on=TODAY + 90 * DAY, at=_later(70))

    first.refresh_from_db()
    assert _ends(cast.amina, council) == ([TODAY, TODAY + 90 * DAY], [TODAY, TODAY + 90 * DAY], [])
    assert first.booking_ended_on == TODAY


def _taken(group: Any, council: Organisation, days: int) -> int:
    return places_taken(group, council, at=_later(days))


def test_place_of_a_leaver_is_free_from_that_day_if_they_never_began_and_stays_used_if_they_did() -> None:
    taught, cast, council = taught_course(), people(), organisation()
    group = cohort(taught.course)
    CohortOffer.objects.create(cohort=group, organisation=council, places=2)
    read(enrolment(cast.amina, group, booked_by=council), taught.lessons[0])
    enrolment(cast.carol, group, booked_by=council)
    for who in (cast.amina, cast.carol):
        leave_organisation(who, council, on=TODAY + 9 * DAY, at=NOON)

    taken = [_taken(group, council, days) for days in (0, 8, 9, 90)]

    assert taken == [2, 2, 1, 1]
    require_places(group, council, count=1, at=_later(9))
    with pytest.raises(NoPlacesLeft):
        require_places(group, council, count=1, at=_later(8))


def test_booking_nobody_began_is_taken_back_once_and_its_place_is_free() -> None:
    cast, council = people(), organisation()
    cast.amina.last_login = NOON
    cast.amina.save()
    group = cohort(taught_course().course)
    run = enrolment(cast.amina, group, booked_by=council)

    for _time in range(2):
        take_booking_back(run, at=NOON, by=cast.lena)

    run.refresh_from_db()
    assert (run.state, _taken(group, council, 0), _ends(cast.amina, council)[0]) == ("withdrawn", 0, [None])
    assert AuditEntry.objects.filter(act="enrolment_changed").count() == 1
    letter = Message.objects.get(kind="place_taken_back")
    assert (letter.person, letter.subject) == (cast.amina, f"Your place was taken back: {group.name}")
    assert f"{council.name} kept a place for you in {group.name} and has taken it back." in letter.text


@pytest.mark.parametrize("state", [EnrolmentState.ACTIVE, EnrolmentState.ON_LEAVE])
def test_booking_that_was_begun_is_not_taken_back(state: str) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course), booked_by=organisation())
    read(run, taught.lessons[0])
    change_state(run, state, at=NOON)

    with pytest.raises(BegunAlready, match="Amina Rahman has begun in the meantime"):
        take_booking_back(run, at=NOON)

    run.refresh_from_db()
    assert run.state == state


def test_learner_who_begins_while_the_lead_takes_back_keeps_the_course() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course), booked_by=organisation())
    seen_unbegun = Enrolment.objects.get(pk=run.pk)
    read(run, taught.lessons[0])

    with pytest.raises(BegunAlready):
        take_booking_back(seen_unbegun, at=NOON)

    assert percent_of(run) == {"module-1": 33}


@pytest.mark.parametrize(("joined", "left"), [(0, True), (-30, False)])
def test_somebody_who_never_signed_in_leaves_with_the_booking_that_brought_them(joined: int, left: bool) -> None:
    cast, council = people(), organisation()
    if joined:
        Membership.objects.create(person=cast.amina, organisation=council, started_on=TODAY + joined * DAY)
    run = enrolment(cast.amina, cohort(taught_course().course), booked_by=council)

    take_booking_back(run, at=NOON)

    assert _ends(cast.amina, council)[0] == ([TODAY] if left else [None])


def test_letter_is_taken_back_once_and_not_when_it_was_answered() -> None:
    cast, council = people(), organisation()
    group = cohort(taught_course().course)
    letters = [
        invite(group, organisation=council, email=who.email, expires_at=_later(9), at=NOON)[0]
        for who in (cast.amina, cast.carol)
    ]
    accept_invitation(letters[1], cast.carol, at=NOON)

    for _time in range(2):
        take_invitation_back(letters[0], at=NOON, by=cast.lena)
    with pytest.raises(BegunAlready, match="answered in the meantime"):
        take_invitation_back(letters[1], at=NOON)

    for one in letters:
        one.refresh_from_db()
    assert [one.revoked_at for one in letters] == [NOON, None]
    assert AuditEntry.objects.filter(act="invitation_withdrawn").count() == 1
    letter = Message.objects.get(kind="place_taken_back")
    assert (letter.address, letter.person, "Its link opens nothing any more." in letter.text) == (
        cast.amina.email, None, True,
    )  # fmt: skip


def test_two_tabs_that_name_different_days_leave_one_of_them_everywhere() -> None:
    cast, council = people(), organisation()
    enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    _lead(cast.amina, council)

    with rival_acting_after(
        'FROM "people_user"', lambda: leave_organisation(cast.amina, council, on=TODAY + 3 * DAY, at=NOON)
    ) as found:
        leave_organisation(cast.amina, council, on=TODAY + 9 * DAY, at=NOON)

    assert found != []
    assert _ends(cast.amina, council) == ([TODAY + 9 * DAY], [TODAY + 9 * DAY], [TODAY + 9 * DAY])


def test_leaver_asks_their_old_organisation_for_nothing_any_more_and_others_still() -> None:
    cast, group = people(), cohort(taught_course().course)
    council, police = organisation("Council"), organisation("Police")
    links = [
        invite(where, organisation=one, expires_at=_later(9), at=NOON, asks_first=True)[0]
        for where, one in ((group, council), (cohort(group.course, "Winter"), police))
    ]
    Membership.objects.create(person=cast.amina, organisation=council, started_on=TODAY)
    asked = [ask_for_place(link, cast.amina, at=NOON) for link in links]

    leave_organisation(cast.amina, council, on=TODAY, at=NOON, by=cast.lena)

    for one in asked:
        one.refresh_from_db()
    assert [one.state for one in asked] == ["withdrawn", "waiting"]
    with pytest.raises(RequestRefused, match="does not ask for a place any more"):
        approve_request(asked[0], by=cast.lena, at=NOON)


def test_days_are_counted_from_the_first_on_which_they_are_gone() -> None:
    cast, council = people(), organisation()
    _lead(cast.lena, council)
    run = enrolment(cast.amina, cohort(taught_course().course), booked_by=council)
    leave_organisation(cast.amina, council, on=date(2026, 12, 1), at=NOON)

    listed = [list(Enrolment.objects.reported_by(council, on=date(2026, month, 30))) for month in (11, 12)]

    assert listed == [[run], []]


def test_somebody_who_began_with_the_quiz_has_begun() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course), booked_by=organisation())
    begin_attempt(run, taught.assessment, language="en", at=NOON)

    with pytest.raises(BegunAlready):
        take_booking_back(run, at=NOON)

    run.refresh_from_db()
    assert (run.state, run.started_at) == ("active", NOON)


def test_quiz_begun_on_a_page_from_before_the_place_was_taken_back_is_refused_in_words() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course), booked_by=organisation())
    seen_booked = Enrolment.objects.get(pk=run.pk)
    take_booking_back(run, at=NOON)

    with pytest.raises(AttemptRefused, match="Your enrolment has ended"):
        begin_attempt(seen_booked, taught.assessment, language="en", at=NOON)


def test_place_of_a_leaver_who_had_not_begun_stays_free_when_they_begin_later() -> None:
    taught, cast, council = taught_course(), people(), organisation()
    group = cohort(taught.course)
    run = enrolment(cast.amina, group, booked_by=council)
    leave_organisation(cast.amina, council, on=TODAY, at=NOON)
    free = places_taken(group, council, at=_later(2))

    Enrolment.objects.filter(pk=run.pk).update(started_at=_later(1), state="active")

    assert (free, places_taken(group, council, at=_later(2))) == (0, 0)


def test_invitation_from_before_opens_nothing_and_keeps_no_place_from_the_day_somebody_leaves() -> None:
    group, cast, here = cohort(taught_course().course), people(), organisation()
    Membership.objects.create(person=cast.amina, organisation=here, started_on=TODAY)
    kept, _link = invite(group, organisation=here, email=cast.amina.email.upper(), expires_at=_later(30), at=NOON)

    leave_organisation(cast.amina, here, on=TODAY + 9 * DAY, at=NOON)

    assert [_taken(group, here, days) for days in (0, 8, 9)] == [1, 1, 0]
    assert [waiting_for(cast.amina, at=_later(days)).count() for days in (8, 9)] == [1, 0]
    with pytest.raises(InvitationRefused):
        accept_invitation(kept, cast.amina, at=_later(9))
    again, _link = invite(group, organisation=here, email=cast.amina.email, expires_at=_later(30), at=_later(12))
    assert accept_invitation(again, cast.amina, at=_later(13)).booked_by == here
