"""Areas, organisations and roles at the desk: administrators alone, people by their address, refusals in words."""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from audit.models import AuditEntry
from people.by_address import person_with_address
from people.models import Area, Organisation, OrganisationKind, OrganisationRole, User
from tests.factories import organisation, people, person

pytestmark = pytest.mark.django_db
SCREENS = ("area", "organisation", "organisationrole", "cohort", "cohortoffer", "cohortrole", "appointment")
TYPED = ("organisationrole", "cohortrole", "appointment", "users")


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person("Ada", is_superuser=True))
    return client


def _role(**fields: object) -> dict[str, object]:
    return {"role": "org_lead", "starts_on": "2026-11-02", "ends_on": "", **fields}


@pytest.mark.parametrize("screen", SCREENS)
def test_editors_and_moderators_see_none_of_the_screens_and_find_none_in_the_menu(screen: str, client: Client) -> None:
    cast = people()
    client.force_login(cast.dev)

    answers = [client.get(f"/admin/{screen}/{rest}") for rest in ("", "new/")]

    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, "/admin/")] * 2
    assert f"/admin/{screen}/" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("screen", SCREENS)
def test_an_administrator_opens_each_screen_and_its_form(screen: str, desk: Client) -> None:
    answers = [desk.get(f"/admin/{screen}/{rest}") for rest in ("", "new/")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert f"/admin/{screen}/" in desk.get("/admin/").content.decode()


def test_an_organisation_is_made_with_what_it_is_and_where_and_changed(desk: Client) -> None:
    area = Area.objects.create(key="larchmere", name="Larchmere", nation="england")
    form = {"name": "Larchmere Council", "kinds": ["employer", "funder"], "areas": [area.pk]}

    made = desk.post("/admin/organisation/new/", form)
    council = Organisation.objects.get()
    desk.post(f"/admin/organisation/edit/{council.pk}/", {**form, "kinds": ["employer", "partnership"]})

    assert made.status_code == 302
    assert (council.name, list(council.areas.all())) == ("Larchmere Council", [area])
    assert sorted(council.kinds.values_list("kind", flat=True)) == ["employer", "partnership"]


def test_an_organisation_that_is_nothing_is_refused_in_words(desk: Client) -> None:
    page = desk.post("/admin/organisation/new/", {"name": "Larchmere Council"}).content.decode()

    assert "Tick at least one." in page
    assert not Organisation.objects.exists()


def test_a_funder_with_a_reader_stays_a_funder_until_the_role_has_ended(desk: Client) -> None:
    fund, reader = organisation("A fund"), people().lena
    OrganisationKind.objects.create(organisation=fund, kind="funder")
    role = OrganisationRole.objects.create(
        person=reader, organisation=fund, role="funder_reader", starts_on=date(2026, 9, 1)
    )
    form = {"name": "A fund", "kinds": ["employer"]}

    refused = desk.post(f"/admin/organisation/edit/{fund.pk}/", form).content.decode()
    kept = list(fund.kinds.values_list("kind", flat=True))
    role.ends_on = timezone.localdate()
    role.save()
    desk.post(f"/admin/organisation/edit/{fund.pk}/", form)

    assert "Somebody reads its counts as a funder. End that role first." in refused
    assert (kept, list(fund.kinds.values_list("kind", flat=True))) == (["funder"], ["employer"])


def test_a_role_is_given_by_address_from_a_day_to_a_day_and_noted(desk: Client) -> None:
    council, cast = organisation(), people()

    form = _role(address="Lena.Frost@Example.org", organisation=council.pk, ends_on="2027-03-01")
    answer = desk.post("/admin/organisationrole/new/", form)

    given = OrganisationRole.objects.get()
    assert answer.status_code == 302
    assert (given.person, given.organisation, given.role, given.starts_on, given.ends_on) == (
        cast.lena, council, "org_lead", date(2026, 11, 2), date(2027, 3, 1),
    )  # fmt: skip
    assert given.given_by is not None
    assert given.given_by.name == "Ada"
    assert list(AuditEntry.objects.values_list("act", "actor", "person")) == [
        ("organisation_role_given", given.given_by.pk, cast.lena.pk)
    ]


@pytest.mark.parametrize("typed", ["31/12/2026", "31 December 2026", "2026-12-31"])
def test_a_day_is_typed_as_people_write_it_and_shown_so(typed: str, desk: Client) -> None:
    council = organisation()
    people()

    form = _role(address="lena.frost@example.org", organisation=council.pk, starts_on="02/11/2026", ends_on=typed)
    desk.post("/admin/organisationrole/new/", form)
    shown = desk.get("/admin/organisationrole/").content.decode()
    edited = desk.get(f"/admin/organisationrole/edit/{OrganisationRole.objects.get().pk}/").content.decode()

    assert OrganisationRole.objects.get().starts_on == date(2026, 11, 2)
    assert [day for day in ("2 November 2026", "31 December 2026") if day not in shown] == []
    assert 'value="31/12/2026"' in edited
    assert "The last day is the day before this one" in edited


@pytest.mark.parametrize("language", ["cy", "de"])
def test_a_day_that_a_form_shows_can_be_saved_again_in_whatever_language_the_desk_is(
    language: str, desk: Client
) -> None:
    people()
    ada = User.objects.get(name="Ada")
    UserProfile.objects.create(user=ada, preferred_language=language)
    role = OrganisationRole.objects.create(
        person=ada,
        organisation=organisation(),
        role="org_lead",
        starts_on=date(2026, 11, 2),
        ends_on=date(2026, 12, 31),
    )
    address = f"/admin/organisationrole/edit/{role.pk}/"

    shown = re.search(
        r'name="ends_on"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="ends_on"', desk.get(address).content.decode()
    )
    assert shown is not None
    answer = desk.post(address, _role(ends_on=shown[1] or shown[2]))

    role.refresh_from_db()
    assert (shown[1] or shown[2], answer.status_code, role.ends_on) == ("31/12/2026", 302, date(2026, 12, 31))


def test_lists_and_forms_name_a_role_in_words_and_the_desks_log_keeps_no_name_of_its_person(desk: Client) -> None:
    council = organisation("Larchmere Council")
    people()
    form = _role(address="lena.frost@example.org", organisation=council.pk)

    desk.post("/admin/organisationrole/new/", form)
    pages = [
        desk.get(f"/admin/organisationrole/{rest}").content.decode()
        for rest in ("", f"edit/{OrganisationRole.objects.get().pk}/")
    ]

    assert [word for word in ("object (", "get_role_display") for page in pages if word in page] == []
    assert re.search(r"<th[^>]*>(?:\s|<[^>]*>)*Role\b", pages[0])
    assert "Organisation lead, Larchmere Council" in pages[1]
    assert list(ModelLogEntry.objects.values_list("label", flat=True)) == ["Organisation lead, Larchmere Council"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"address": "nobody@example.org"}, "Nobody has an account under this address."),
        ({"ends_on": "2026-11-02"}, "The end has to be a later day than the start."),
        ({"role": "funder_reader"}, "is not a funder. Say so on its own page first."),
        ({"starts_on": "2026-12-24"}, "They hold this role on some of these days already."),
        ({"starts_on": "2026-09-01"}, "They hold this role on some of these days already."),
        ({"starts_on": "2026-09-01", "ends_on": "2026-11-11"}, "They hold this role on some of these days already."),
    ],
)
def test_a_role_that_cannot_be_is_refused_in_words(given: dict[str, str], words: str, desk: Client) -> None:
    council, cast = organisation(), people()
    OrganisationRole.objects.create(
        person=cast.lena, organisation=council, role="org_lead", starts_on=date(2026, 11, 10), ends_on=date(2027, 1, 1)
    )

    form = _role(**{"address": "lena.frost@example.org", "organisation": council.pk, **given})
    answer = desk.post("/admin/organisationrole/new/", form)

    assert words in answer.content.decode()
    assert (OrganisationRole.objects.count(), AuditEntry.objects.count()) == (1, 0)


def test_a_role_is_ended_by_its_end_and_nothing_else_of_it_changes(desk: Client) -> None:
    council, other, cast = organisation(), organisation("Saltby"), people()
    role = OrganisationRole.objects.create(
        person=cast.lena, organisation=council, role="org_lead", starts_on=date(2026, 11, 2)
    )
    address, form = f"/admin/organisationrole/edit/{role.pk}/", _role(address="dev.patel@example.org")

    early = desk.post(address, {**form, "organisation": other.pk, "ends_on": "2026-11-01"}).content.decode()
    desk.post(address, {**form, "organisation": other.pk, "ends_on": "2026-11-20", "starts_on": "2020-01-01"})

    role.refresh_from_db()
    assert "The end cannot be an earlier day than the start." in early
    assert (role.person, role.organisation, role.starts_on, role.ends_on) == (
        cast.lena, council, date(2026, 11, 2), date(2026, 11, 20),
    )  # fmt: skip
    assert list(AuditEntry.objects.values_list("act", "person")) == [("organisation_role_ended", cast.lena.pk)]


def test_an_end_that_would_run_into_a_later_term_is_refused(desk: Client) -> None:
    council, cast = organisation(), people()
    terms = [(date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 6, 1), None)]
    first, _second = (
        OrganisationRole.objects.create(
            person=cast.lena, organisation=council, role="org_lead", starts_on=starts_on, ends_on=ends_on
        )
        for starts_on, ends_on in terms
    )

    page = desk.post(f"/admin/organisationrole/edit/{first.pk}/", _role(ends_on="")).content.decode()

    first.refresh_from_db()
    assert "They hold this role on some of these days already." in page
    assert first.ends_on == date(2026, 2, 1)


@pytest.mark.parametrize("screen", ["area", "organisation", "organisationrole"])
def test_nothing_is_deleted_at_the_desk(screen: str, desk: Client) -> None:
    council, cast = organisation(), people()
    area = Area.objects.create(key="larchmere", name="Larchmere", nation="england")
    role = OrganisationRole.objects.create(
        person=cast.lena, organisation=council, role="org_lead", starts_on=date(2026, 11, 2)
    )
    pk = {"area": area, "organisation": council, "organisationrole": role}[screen].pk

    desk.post(f"/admin/{screen}/delete/{pk}/")

    assert [model.objects.count() for model in (Area, Organisation, OrganisationRole)] == [1, 1, 1]


def test_somebody_is_found_by_an_address_they_proved_and_not_by_one_they_only_named() -> None:
    amina = people().amina
    for address, verified in (("amina@work.example", True), ("amina@claimed.example", False)):
        EmailAddress.objects.create(user=amina, email=address, verified=verified)

    found = [person_with_address(f"{name}.example") for name in (" AMINA@work", "amina@claimed", "nobody@work")]

    assert found == [amina, None, None]


def test_days_of_a_role_open_the_organisation_from_the_first_to_before_the_last() -> None:
    council, cast = organisation(), people()
    starts_on, ends_on = date(2026, 11, 2), date(2026, 11, 5)
    OrganisationRole.objects.create(
        person=cast.lena, organisation=council, role="org_lead", starts_on=starts_on, ends_on=ends_on
    )

    open_on = [OrganisationRole.objects.current(starts_on + timedelta(days=n)).exists() for n in range(-1, 4)]

    assert open_on == [False, True, True, True, False]


@pytest.mark.parametrize("typed", ["o'neill", "O’NEILL", "oʼneill", "o`neill", "cat.o", "cat o’"])
def test_lists_of_roles_and_of_people_find_a_name_whatever_the_apostrophe(typed: str, desk: Client) -> None:
    council = organisation()
    for name, address in (("Cat O’Neill", "cat.o@example.org"), ("Xerxes Zed", "zed@example.org")):
        made = person(name, address)
        OrganisationRole.objects.create(person=made, organisation=council, role="org_lead", starts_on=date(2026, 11, 2))

    pages = [desk.get(f"/admin/{screen}/", {"q": typed}).content.decode() for screen in ("organisationrole", "users")]

    assert [("Cat O’Neill" in page, "Xerxes Zed" in page) for page in pages] == [(True, False)] * 2


@pytest.mark.parametrize("typed", ["[", "(", "\\", "*", "?", "%", "é'"])
def test_a_search_for_signs_finds_nobody_and_breaks_nothing(typed: str, desk: Client) -> None:
    people()

    answers = [desk.get(f"/admin/{screen}/", {"q": typed}) for screen in TYPED]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert "Lena" not in answers[3].content.decode()
