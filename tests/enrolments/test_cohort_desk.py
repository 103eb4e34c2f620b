"""Cohorts, offers and roles in cohorts at the desk: what is made, and refusals in words."""

import re
from datetime import date

import pytest
from django.test import Client

from enrolments.models import Cohort, CohortOffer, CohortProvider, CohortRole
from people.models import Organisation, OrganisationKind
from tests.factories import cohort, enrolment, organisation, people, person, taught_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person("Ada", is_superuser=True))
    return client


def _provider(name: str = "A college") -> Organisation:
    made = organisation(name)
    OrganisationKind.objects.create(organisation=made, kind="training_provider")
    return made


def _cohort_form(**fields: object) -> dict[str, object]:
    return {
        "name": "Spring", "starts_on": "2027-02-01", "ends_on": "2027-06-30", "time_zone": "Europe/London",
        "gap_seconds": "0", **fields,
        "return_days": "10",
    }  # fmt: skip


def test_a_cohort_is_made_with_its_providers_and_changed(desk: Client) -> None:
    course, first, second = taught_course().course, _provider(), _provider("Another college")

    made = desk.post("/admin/cohort/new/", _cohort_form(course=course.pk, providers=[first.pk]))
    group = Cohort.objects.get()
    desk.post(f"/admin/cohort/edit/{group.pk}/", _cohort_form(course="", providers=[second.pk], name="Late spring"))

    group.refresh_from_db()
    assert made.status_code == 302
    assert (group.course, group.name, group.starts_on, group.ends_on) == (
        course, "Late spring", date(2027, 2, 1), date(2027, 6, 30),
    )  # fmt: skip
    assert list(group.providers.all()) == [second]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_on": "2027-01-31"}, "The last day cannot be before the first."),
        ({"time_zone": "Europe/Larchmere"}, "Europe/Larchmere is not a time zone."),
    ],
)
def test_a_cohort_that_cannot_be_is_refused_in_words(fields: dict[str, str], words: str, desk: Client) -> None:
    course = taught_course().course

    page = desk.post("/admin/cohort/new/", _cohort_form(course=course.pk, **fields)).content.decode()

    assert words in page
    assert "cohort_ends_after_start" not in page
    assert not Cohort.objects.exists()


def test_an_organisation_that_is_no_training_provider_delivers_no_cohort(desk: Client) -> None:
    course, council = taught_course().course, organisation()

    page = desk.post("/admin/cohort/new/", _cohort_form(course=course.pk, providers=[council.pk])).content.decode()

    assert "Whoever delivers a cohort has to be a training provider." in page
    assert not Cohort.objects.exists()


def test_whoever_delivers_a_cohort_stays_a_training_provider(desk: Client) -> None:
    college, group = _provider(), cohort(taught_course().course)
    CohortProvider.objects.create(cohort=group, organisation=college)

    page = desk.post(f"/admin/organisation/edit/{college.pk}/", {"name": "A college", "kinds": ["employer"]})

    assert "It delivers a cohort as a training provider. Take it off that cohort first." in page.content.decode()
    assert list(college.kinds.values_list("kind", flat=True)) == ["training_provider"]


def test_a_cohort_is_offered_once_and_keeps_as_many_places_as_are_taken(desk: Client) -> None:
    council, group, cast = organisation(), cohort(taught_course().course), people()
    form = {"cohort": group.pk, "organisation": council.pk, "places": "3"}

    made = desk.post("/admin/cohortoffer/new/", form)
    offer = CohortOffer.objects.get()
    twice = desk.post("/admin/cohortoffer/new/", form).content.decode()
    for who in (cast.amina, cast.carol):
        enrolment(who, group, booked_by=council)
    fewer = desk.post(f"/admin/cohortoffer/edit/{offer.pk}/", {"places": "1"}).content.decode()
    desk.post(f"/admin/cohortoffer/edit/{offer.pk}/", {"places": "2"})
    desk.post(f"/admin/cohortoffer/delete/{offer.pk}/")

    offer.refresh_from_db()
    assert made.status_code == 302
    assert "This cohort is offered to this organisation already." in twice
    assert "2 places are taken already. Give that number or a higher one." in fewer
    assert (offer.cohort, offer.organisation, offer.places) == (group, council, 2)


def test_a_trainer_is_named_by_address_ended_and_named_again(desk: Client) -> None:
    group, cast = cohort(taught_course().course), people()
    form = {"address": "beth.okafor@example.org", "cohort": group.pk, "role": "trainer", "starts_on": "2026-11-02"}

    desk.post("/admin/cohortrole/new/", form)
    role = CohortRole.objects.get()
    overlapping = desk.post("/admin/cohortrole/new/", {**form, "starts_on": "2026-12-01"}).content.decode()
    desk.post(f"/admin/cohortrole/edit/{role.pk}/", {"ends_on": "2026-12-01"})
    desk.post("/admin/cohortrole/new/", {**form, "starts_on": "2026-12-01"})

    assert "They hold this role on some of these days already." in overlapping
    assert list(CohortRole.objects.order_by("pk").values_list("person", "role", "starts_on", "ends_on")) == [
        (cast.beth.pk, "trainer", date(2026, 11, 2), date(2026, 12, 1)),
        (cast.beth.pk, "trainer", date(2026, 12, 1), None),
    ]


def test_offers_say_to_whom_which_cohort_how_many_places_and_how_many_are_taken(desk: Client) -> None:
    group, council = cohort(taught_course().course, "Autumn"), organisation("Larchmere Council")
    offer = CohortOffer.objects.create(cohort=group, organisation=council, places=7)
    CohortOffer.objects.create(cohort=group, organisation=organisation("Saltby"), places=None)
    for name in ("Bea", "Cal"):
        enrolment(person(name), group, booked_by=council)

    page = desk.get("/admin/cohortoffer/").content.decode()
    form = desk.get(f"/admin/cohortoffer/edit/{offer.pk}/").content.decode()

    rows = [re.sub(r"<[^>]*>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    told = [" ".join(row) for row in rows]
    assert any("Larchmere Council 7 2" in row and row.startswith("Autumn") for row in told)
    assert any("Saltby No limit 0" in row for row in told)
    assert "Autumn for Larchmere Council" in form
    assert "object (" not in page + form


def test_roles_in_cohorts_are_named_in_words_without_their_person(desk: Client) -> None:
    group = cohort(taught_course().course, "Autumn")
    role = CohortRole.objects.create(
        cohort=group, person=people().carol, role="trainer", starts_on=date(2026, 10, 29), ends_on=date(2026, 12, 31)
    )

    page = desk.get("/admin/cohortrole/").content.decode()

    assert str(role) == "Trainer, Autumn"
    assert [words for words in ("29 October 2026", "31 December 2026", "Carol") if words not in page] == []
    assert "get_role_display" not in page


def test_a_module_of_a_cohort_opens_on_the_day_that_is_given_and_without_one_at_once(desk: Client) -> None:
    taught, college = taught_course(), _provider()
    desk.post("/admin/cohort/new/", _cohort_form(course=taught.course.pk, providers=[college.pk]))
    group, field = Cohort.objects.get(), f"opens_{taught.module.pk}"
    days = []

    for given in ("2027-03-01", "2027-04-01", ""):
        desk.post(f"/admin/cohort/edit/{group.pk}/", _cohort_form(course="", providers=[college.pk], **{field: given}))
        days.append(list(group.openings.values_list("module", "opens_on")))

    shown = desk.get(f"/admin/cohort/edit/{group.pk}/").content.decode()
    assert days == [[(taught.module.pk, date(2027, 3, 1))], [(taught.module.pk, date(2027, 4, 1))], []]
    assert "Module 1 opens on" in shown


def test_quizzes_of_a_module_close_to_a_cohort_at_the_end_of_the_day_that_is_given(desk: Client) -> None:
    taught, college = taught_course(), _provider()
    desk.post("/admin/cohort/new/", _cohort_form(course=taught.course.pk, providers=[college.pk]))
    group, field = Cohort.objects.get(), f"closes_{taught.module.pk}"
    days = []

    for given in ("2027-03-01", "2027-04-01", ""):
        desk.post(f"/admin/cohort/edit/{group.pk}/", _cohort_form(course="", providers=[college.pk], **{field: given}))
        days.append(list(group.closings.values_list("module", "closes_on")))

    shown = desk.get(f"/admin/cohort/edit/{group.pk}/").content.decode()
    assert days == [[(taught.module.pk, date(2027, 3, 1))], [(taught.module.pk, date(2027, 4, 1))], []]
    assert "Quizzes of module 1 close on" in shown
