"""Wagtail's people screens: one name instead of two, and nobody is deleted there."""

import pytest
from django.test import Client

from people.models import User
from tests.factories import people, person

pytestmark = pytest.mark.django_db
REFUSAL = "Accounts are never deleted."


@pytest.fixture
def desk(client: Client) -> Client:
    """Signed in as the platform administrator."""
    client.force_login(person("Ada Administrator", is_superuser=True))
    return client


def test_administrator_makes_a_person_with_one_name(desk: Client) -> None:
    page = desk.get("/admin/users/new/").content.decode()

    response = desk.post(
        "/admin/users/new/",
        {
            "email": "nia.new@example.org", "name": "Nia New", "agency": "housing", "language": "cy",
            "is_active": "on",
        },
    )  # fmt: skip

    assert ('name="name"' in page, "first_name" in page, "last_name" in page) == (True, False, False)
    assert response.status_code == 302
    nia = User.objects.get(email="nia.new@example.org")
    assert (nia.name, nia.agency, nia.language, nia.is_superuser) == ("Nia New", "housing", "cy", False)
    assert (nia.has_usable_password(), "password1" in page) == (False, False)


def test_administrator_edits_a_person_and_takes_away_their_sign_in(desk: Client) -> None:
    amina = people().amina
    address = f"/admin/users/edit/{amina.pk}/"
    page = desk.get(address).content.decode()

    response = desk.post(address, {"email": amina.email, "name": "Amina Farrow", "agency": "health", "language": "en"})

    assert ("Amina Rahman" in page, "first_name" in page) == (True, False)
    assert response.status_code == 302
    amina.refresh_from_db()
    assert (amina.name, amina.agency, amina.is_active) == ("Amina Farrow", "health", False)


def test_list_and_search_of_people_work_by_name_and_address(desk: Client) -> None:
    people()

    everyone = desk.get("/admin/users/").content.decode()
    found = desk.get("/admin/users/results/?q=amina").content.decode()

    assert all(name in everyone for name in ("Amina Rahman", "Beth Okafor", "Ada Administrator"))
    assert ("Amina Rahman" in found, "Beth Okafor" in found) == (True, False)


@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_one_person_is_refused_in_words(desk: Client, method: str) -> None:
    amina = people().amina

    response = getattr(desk, method)(f"/admin/users/delete/{amina.pk}/", follow=True)

    assert REFUSAL in response.content.decode()
    assert response.redirect_chain == [("/admin/users/", 302)]
    assert User.objects.filter(pk=amina.pk).exists()


def test_deleting_several_people_is_refused_in_words(desk: Client) -> None:
    cast = people()
    before = User.objects.count()

    response = desk.post(f"/admin/bulk/people/user/delete/?id={cast.amina.pk}&id={cast.beth.pk}", follow=True)

    assert REFUSAL in response.content.decode()
    assert User.objects.count() == before


def test_editor_may_not_open_the_people_screens(client: Client) -> None:
    cast = people()
    client.force_login(cast.dev)

    answers = [client.get("/admin/users/"), client.get(f"/admin/users/edit/{cast.amina.pk}/")]

    assert all(answer.status_code in (302, 403) for answer in answers)
    assert all(b"Amina" not in answer.content for answer in answers)


def test_wagtails_own_sign_in_form_is_replaced_by_the_one_door(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/pages/")

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/admin/pages/")
