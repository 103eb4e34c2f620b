"""A person's own page: where they carry on, what they earned, and whoever they look after, in few queries."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.attempts import finish_attempt, save_draft
from assessments.marking import return_for_revision
from credentials.awards import award_credential
from enrolments.models import Enrolment
from enrolments.progress import keep_place, note_seen
from enrolments.states import change_state
from people.models import OrganisationKind, OrganisationRole, User
from tests.assessments.writing import hand_in_words, response_of
from tests.enrolments.doings import complete, read, sit
from tests.factories import (
    NOON,
    achievement,
    cohort,
    enrolment,
    organisation,
    people,
    person,
    taught_course,
    trainer,
    written_quiz,
)

pytestmark = pytest.mark.django_db
HOME = "/my-learning/"


def _page(client: Client, who: User) -> str:
    client.force_login(who)
    response = client.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


def _lead(who: User, where: Any) -> None:
    OrganisationRole.objects.create(person=who, organisation=where, role="org_lead", starts_on=timezone.localdate())


def test_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(HOME)["Location"] == f"/account/login/?next={HOME}"


def test_only_looking_is_possible(client: Client) -> None:
    client.force_login(people().amina)

    assert client.post(HOME).status_code == 405


def test_person_on_no_course_is_told_what_opens_one(client: Client) -> None:
    taught_course()

    assert "You are not on a course yet." in _page(client, people().amina)


def test_trainer_whose_cohort_is_empty_is_told_so_and_not_to_find_an_invitation(client: Client) -> None:
    cast = people()
    trainer(cast.carol, cohort(taught_course().course))

    page = _page(client, cast.carol)

    assert ("Nobody is in this cohort yet" in page, "You are not on a course yet." in page) == (True, False)


def test_learner_carries_on_where_they_left(client: Client) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    read(run, taught.lessons[0])
    note_seen(run, taught.lessons[1].activity, digest="", at=NOON)
    keep_place(run, taught.lessons[1].activity, section="start", at=NOON)

    page = _page(client, cast.amina)

    assert 'href="/foundation/m1/lesson-2/#start"' in page
    assert ("Carry on: Lesson 2" in page, "Where it starts" in page, "1 of 3 done" in page) == (True, True, True)


def test_learner_with_lessons_read_is_led_to_the_quiz_and_then_nowhere(client: Client) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    read(run, *taught.lessons)
    before = _page(client, cast.amina)

    sit(run, taught, right=8)

    after = _page(client, cast.amina)
    assert "Carry on: Module 1 quiz" in before
    assert ("Carry on:" in after, "3 of 3 done" in after) == (False, True)


def test_what_was_earned_is_listed_to_its_holder_alone(client: Client) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    complete(run, taught)
    credential = award_credential(run, achievement(taught.course), at=NOON)
    address = f"/certificate/{credential.uuid}/"

    assert [address in _page(client, who) for who in (cast.amina, cast.carol, cast.dev)] == [True, False, False]


def test_withdrawn_run_is_listed_to_nobody(client: Client) -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    trainer(cast.beth, group)
    run = enrolment(cast.amina, group)
    Enrolment.objects.filter(pk=run.pk).update(state="withdrawn")

    assert "Autumn cohort" not in _page(client, cast.amina)
    assert "Amina Rahman" not in _page(client, cast.beth)


@pytest.mark.parametrize("has_begun", [True, False])
def test_whoever_left_a_course_they_began_finds_what_they_did_there(client: Client, has_begun: bool) -> None:
    taught, amina = taught_course(), people().amina
    run = enrolment(amina, cohort(taught.course))
    if has_begun:
        read(run, taught.lessons[0])
    change_state(run, "withdrawn", at=NOON)

    page = _page(client, amina)

    assert ('href="/my-learning/record/"' in page, "You are not on a course yet." in page) == (has_begun, not has_begun)


def test_trainer_is_told_who_needs_them_and_another_trainer_is_not(client: Client) -> None:
    taught, cast = taught_course(), people()
    hers, theirs = cohort(taught.course, "Hers"), cohort(taught.course, "Theirs")
    trainer(cast.beth, hers)
    trainer(cast.carol, theirs)
    enrolment(cast.amina, hers)
    User.objects.filter(pk=cast.amina.pk).update(last_login=NOON)

    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        beth, carol = _page(client, cast.beth), _page(client, cast.carol)

    assert ("Amina Rahman" in beth, "Not begun after 3 days" in beth, "1 person needs you today" in beth) == (True,) * 3
    assert ("Amina" in carol, "needs you today" in carol, "Hers" in carol) == (False, False, False)


def test_lead_sees_the_counts_of_whom_they_booked_with_links_and_no_name(client: Client) -> None:
    taught, cast, council = taught_course(), people(), organisation("Council")
    _lead(cast.lena, council)
    group = cohort(taught.course)
    run = enrolment(cast.amina, group, booked_by=council)
    enrolment(cast.beth, group, booked_by=council)
    enrolment(cast.carol, group, booked_by=organisation("Police"))
    sit(run, taught, right=5)

    page = _page(client, cast.lena)

    address = f"/organisation/{council.uuid}/"
    for key, count in (("booked", 1), ("doing", 1), ("done", 0), ("expiring", 0)):
        assert f'<a href="{address}?show={key}"><strong>{count}</strong>' in page
    assert [name for name in ("Amina", "Beth", "Carol", "Police") if name in page] == []


def test_person_who_left_the_organisation_is_in_no_leads_count(client: Client) -> None:
    taught, cast, council = taught_course(), people(), organisation("Council")
    _lead(cast.lena, council)
    run = enrolment(cast.amina, cohort(taught.course), booked_by=council)
    Enrolment.objects.filter(pk=run.pk).update(booking_ended_on=timezone.localdate())

    assert '?show=booked"><strong>0</strong>' in _page(client, cast.lena)


def test_funders_reader_is_shown_the_way_to_their_counts(client: Client) -> None:
    taught_course()
    cast, fund, employer = people(), organisation("Fund"), organisation("Employer")
    OrganisationKind.objects.create(organisation=fund, kind="funder")
    for where in (fund, employer):
        OrganisationRole.objects.create(
            person=cast.carol, organisation=where, role="funder_reader", starts_on=timezone.localdate()
        )

    page = _page(client, cast.carol)

    assert [f"/funder/{where.uuid}/" in page for where in (fund, employer)] == [True, False]
    assert "You are not on a course yet." not in page


def test_editor_is_shown_the_way_to_the_desk_and_others_are_not(client: Client) -> None:
    cast = people()

    assert ["/admin/" in _page(client, who) for who in (cast.dev, cast.amina)] == [True, False]


def _queries(client: Client, who: User) -> int:
    client.force_login(who)
    client.get(HOME)
    with CaptureQueriesContext(connection) as queries:
        client.get(HOME)
    return len(queries)


@pytest.mark.parametrize("who", ["beth", "lena"])
def test_list_of_one_person_and_of_three_takes_the_same_queries(client: Client, who: str) -> None:
    taught, cast, council = taught_course(), people(), organisation("Council")
    group = cohort(taught.course)
    trainer(cast.beth, group)
    _lead(cast.lena, council)
    enrolment(cast.amina, group, booked_by=council)
    one = _queries(client, getattr(cast, who))
    for name in ("Nia New", "Oli Own"):
        enrolment(person(name, last_login=NOON), group, booked_by=council)

    three = _queries(client, getattr(cast, who))

    assert (three, who == "lena" or "Nia New" in _page(client, getattr(cast, who))) == (one, True)


def test_list_of_one_certificate_and_of_three_takes_the_same_queries(client: Client) -> None:
    taught, cast = taught_course(), people()
    group, earned = cohort(taught.course), achievement(taught.course)

    def earn() -> None:
        run = enrolment(cast.amina, group)
        complete(run, taught)
        award_credential(run, earned, at=NOON)
        # One run on the page, however many were made.
        Enrolment.objects.filter(pk=run.pk).update(state="withdrawn")

    earn()
    one = _queries(client, cast.amina)
    earn()
    earn()

    assert _queries(client, cast.amina) == one


def test_what_came_back_stands_first_with_its_day_until_it_is_handed_in_again(client: Client) -> None:
    taught, cast = taught_course(), people()
    written_quiz(taught)
    group = cohort(taught.course)
    trainer(cast.beth, group)
    run, other = enrolment(cast.amina, group), enrolment(person("Zoe"), group)
    attempt, others = (hand_in_words(one, taught, "She failed.", "It was late.") for one in (run, other))
    waiting = _page(client, cast.amina)
    due_on = timezone.localdate() + timedelta(days=14)
    for one in (attempt, others):
        return_for_revision(response_of(one), comment="Why?", due_on=due_on, by=cast.beth, at=NOON)

    returned = _page(client, cast.amina)
    save_draft(response_of(attempt).place, posted=["1"], words="She rang twice.", sequence=9, at=NOON)
    finish_attempt(attempt, at=NOON)
    again = _page(client, cast.amina)

    assert ["Came back to you" in page for page in (waiting, returned, again)] == [False, True, False]
    assert f"To be handed in again by {due_on:%-d %B %Y}" in returned
    assert returned.count("See what your marker says") == 1
    assert f'href="/attempt/{attempt.uuid}/result/"' in returned
