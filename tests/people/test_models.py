"""Accounts: one per address whatever its case, blanked in place and never deleted; organisations and roles in them."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.db import IntegrityError, models, transaction

from people.choices import Agency, Nation, OrganisationPurpose, OrganisationRoleCode
from people.models import (
    Area,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationRole,
    PeopleAreNeverDeleted,
    User,
)
from people.names import display_name
from tests.factories import NOON, organisation, people, person

pytestmark = pytest.mark.django_db
TODAY, DAY = NOON.date(), timedelta(days=1)


def test_account_starts_with_safe_defaults() -> None:
    made = User.objects.create_user("  amina@example.org ", name="Amina Rahman")

    made.refresh_from_db()
    expected = ("amina@example.org", "Amina Rahman", "", "en", "Europe/London", "other", True, False, None, False)
    assert (
        made.email, made.name, made.certificate_name, made.language, made.time_zone, made.agency,
        made.is_active, made.is_superuser, made.blanked_at, made.has_usable_password(),
    ) == expected  # fmt: skip


@pytest.mark.parametrize("again", ["amina@example.org", "AMINA@EXAMPLE.ORG", "Amina@Example.org"])
def test_address_is_one_persons_whatever_its_case(again: str) -> None:
    person("Amina Rahman", "amina@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(again, name="Somebody Else")

    assert User.objects.count() == 1


def test_two_people_may_have_no_address_and_nobody_has_an_empty_one() -> None:
    for name in ("One", "Other"):
        User.objects.create(name=name, email=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(name="Third", email="")

    assert list(User.objects.values_list("name", "email").order_by("pk")) == [("One", None), ("Other", None)]


def test_person_is_found_by_address_in_any_case() -> None:
    amina = User.objects.create_user("Amina@example.org", "a long and winding road", name="Amina")

    assert amina.email == "amina@example.org"
    assert User.objects.get_by_natural_key("aMINA@EXAMPLE.org") == amina
    assert authenticate(None, username="amina@example.ORG", password="a long and winding road") == amina


def test_administrator_is_made_with_everything_a_person_has() -> None:
    ada = User.objects.create_superuser("ada@example.org", "a long and winding road", name="Ada")

    assert (ada.is_superuser, ada.is_active, ada.name) == (True, True, "Ada")


def test_row_refuses_to_be_deleted() -> None:
    amina = person("Amina Rahman")

    with pytest.raises(PeopleAreNeverDeleted, match=r"^Accounts are blanked in place, never deleted\.$"):
        amina.delete()

    assert User.objects.count() == 1


@pytest.mark.parametrize("which", ["all", "filter", "none"])
def test_queryset_refuses_to_delete(which: str) -> None:
    amina = person("Amina Rahman")
    rows = {"all": User.objects.all(), "filter": User.objects.filter(pk=amina.pk), "none": User.objects.none()}[which]

    with pytest.raises(PeopleAreNeverDeleted):
        rows.delete()

    assert User.objects.count() == 1


def test_every_row_of_ours_that_names_a_person_protects_them() -> None:
    ours = ("people", "audit", "post", "assessments", "enrolments", "credentials", "courses", "media", "publishing")
    relations = [
        field.remote_field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.related_model is User and model._meta.app_label in ours
    ]

    # A file an editor uploaded stays when its uploader is forgotten: Wagtail's own rule for its pictures and documents.
    assert {
        f"{relation.field.model.__name__}.{relation.field.name}"
        for relation in relations
        if relation.on_delete is not models.PROTECT
    } <= {"SiteImage.uploaded_by_user", "SiteDocument.uploaded_by_user", "FilmFile.uploaded_by_user"}
    assert len(relations) > 15


@pytest.mark.parametrize(
    "left", [{"email": "amina.rahman@example.org", "is_active": False}, {"email": None, "is_active": True}]
)
def test_blanked_person_has_no_address_and_may_not_sign_in(left: dict[str, object]) -> None:
    amina = person("Amina Rahman")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=amina.pk).update(blanked_at=NOON, **left)
    User.objects.filter(pk=amina.pk).update(blanked_at=NOON, email=None, is_active=False, name="")

    amina.refresh_from_db()
    assert (amina.blanked_at, amina.email, display_name(amina)) == (NOON, None, "former user")


@pytest.mark.parametrize(("certificate_name", "printed"), [("", "Sian Wyn"), ("Siân Ŵyn-Ŷstwyth", "Siân Ŵyn-Ŷstwyth")])
def test_name_on_certificates_is_the_persons_choice(certificate_name: str, printed: str) -> None:
    sian = person("Sian Wyn", certificate_name=certificate_name)

    names = (sian.printed_name, str(sian), sian.get_full_name(), sian.get_short_name(), display_name(sian))

    assert names == (printed, "Sian Wyn", "Sian Wyn", "Sian Wyn", "Sian Wyn")


def test_codes_others_count_by_never_change() -> None:
    assert Agency.values == [
        "health", "police", "social_care", "education", "housing", "probation", "voluntary", "other",
    ]  # fmt: skip
    assert OrganisationPurpose.values == ["training_provider", "employer", "partnership", "funder"]
    assert OrganisationRoleCode.values == ["org_lead", "funder_reader"]
    assert Nation.values == ["england", "wales", "scotland", "northern_ireland"]


def test_organisation_is_several_things_in_several_areas_each_once() -> None:
    larchmere = organisation()
    for kind in ("employer", "partnership"):
        OrganisationKind.objects.create(organisation=larchmere, kind=kind)
    for key in ("larchmere", "saltby"):
        larchmere.areas.add(Area.objects.create(key=key, name=key.title(), nation="england"))

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationKind.objects.create(organisation=larchmere, kind="employer")

    assert sorted(larchmere.kinds.values_list("kind", flat=True)) == ["employer", "partnership"]
    assert [str(area) for area in larchmere.areas.order_by("key")] == ["Larchmere", "Saltby"]
    assert str(larchmere) == "Larchmere Children's Services"


def test_person_belongs_to_many_organisations_and_a_leaver_keeps_an_ended_row() -> None:
    amina, council, trust = person("Amina Rahman"), organisation("Council"), organisation("Trust")
    Membership.objects.create(person=amina, organisation=council, started_on=TODAY - 9 * DAY, ended_on=TODAY)
    Membership.objects.create(person=amina, organisation=trust, started_on=TODAY)
    Membership.objects.create(person=amina, organisation=council, started_on=TODAY + DAY)

    days = {
        number: sorted(Membership.objects.current(TODAY + number * DAY).values_list("organisation__name", flat=True))
        for number in (-10, -9, -1, 0, 1)
    }

    assert days == {-10: [], -9: ["Council"], -1: ["Council"], 0: ["Trust"], 1: ["Council", "Trust"]}
    assert amina.memberships.count() == 3


def test_second_open_membership_and_one_that_ends_before_it_starts_are_refused() -> None:
    amina, council = person("Amina Rahman"), organisation()
    Membership.objects.create(person=amina, organisation=council, started_on=TODAY)

    for wrong in ({"started_on": TODAY + DAY}, {"started_on": TODAY, "ended_on": TODAY - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(person=amina, organisation=council, **wrong)

    assert Membership.objects.count() == 1


def test_role_in_an_organisation_lasts_from_one_day_to_another_and_is_open_once() -> None:
    cast, council = people(), organisation()
    given = {"person": cast.lena, "organisation": council, "role": "org_lead", "given_by": cast.dev}
    OrganisationRole.objects.create(**given, starts_on=TODAY - 5 * DAY, ends_on=TODAY)
    OrganisationRole.objects.create(**given, starts_on=TODAY + DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationRole.objects.create(**given, starts_on=TODAY + 2 * DAY)

    days = {number: OrganisationRole.objects.current(TODAY + number * DAY).count() for number in (-6, -5, -1, 0, 1)}
    assert days == {-6: 0, -5: 1, -1: 1, 0: 0, 1: 1}


def test_organisation_with_people_cannot_be_deleted() -> None:
    council = organisation()
    Membership.objects.create(person=person("Amina Rahman"), organisation=council, started_on=TODAY)

    with pytest.raises(models.ProtectedError):
        council.delete()

    assert Organisation.objects.count() == 1
