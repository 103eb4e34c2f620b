"""The second step: forced for whoever sees other people, offered to everybody, and its secrets sealed."""

import json
import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch
from django.utils import timezone

from enrolments.choices import AppointmentRole, CohortRoleCode
from enrolments.models import Appointment, CohortRole
from people.choices import OrganisationRoleCode
from people.middleware import _is_open_without
from people.models import Organisation, OrganisationRole, User
from people.second_step import note_development_sign_in, sealed, unsealed
from people.staff import holds_staff_role
from post.models import Message
from tests.access.addresses import Known, known_addresses
from tests.factories import cohort, enrolment, people, person, taught_course

pytestmark = pytest.mark.django_db
PASSWORD = "a long and winding road"
YESTERDAY, TOMORROW = (timezone.localdate() + timedelta(days=number) for number in (-1, 1))


def _give(role: str, person: User, *, starts_on: date = YESTERDAY, ends_on: date | None = None) -> None:
    """The role to the person, in a cohort, of one learner, in an organisation or at the desk."""
    term = {"starts_on": starts_on, "ends_on": ends_on}
    if role in OrganisationRoleCode.values:
        organisation = Organisation.objects.create(name="Larchmere Council")
        OrganisationRole.objects.create(person=person, organisation=organisation, role=role, **term)
    elif role == "editor":
        person.groups.add(Group.objects.get(name="Editors"))
    elif role == "administrator":
        User.objects.filter(pk=person.pk).update(is_superuser=True)
    elif role == AppointmentRole.ASSESSOR:
        run = enrolment(people().amina, cohort(taught_course().course))
        Appointment.objects.create(enrolment=run, person=person, role=role, **term)
    else:
        CohortRole.objects.create(cohort=cohort(taught_course().course), person=person, role=role, **term)


STAFF = [*OrganisationRoleCode.values, *CohortRoleCode.values, AppointmentRole.ASSESSOR, "editor", "administrator"]


def someone(**fields: object) -> User:
    return User.objects.create_user("sam@example.org", PASSWORD, name="Sam Staff", **fields)


@pytest.fixture
def sam() -> User:
    person = someone()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person


def _with_an_app(person: User) -> str:
    """An app set up for the person; its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def _code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def _filled(known: Known) -> str:
    """The address with something of the right kind in each of its places."""
    return known.filled({name: UUID(int=1) if f"<uuid:{name}>" in known.route else 1 for name in known.parameters})


def _is_led_away(client: Client, address: str) -> bool:
    answer = client.get(address)
    return (answer.status_code, answer.headers.get("Location", "")[:21]) == (302, "/account/second-step/")


def _match(name: str) -> ResolverMatch:
    *namespaces, url_name = name.split(":")
    return ResolverMatch(print, (), {}, url_name=url_name, namespaces=namespaces)


@pytest.mark.parametrize("role", STAFF)
def test_whoever_sees_other_people_sees_only_their_account_without_a_second_step(
    role: str, sam: User, client: Client
) -> None:
    _give(role, sam)
    client.force_login(sam, second_step=False)

    answers = {path: client.get(path) for path in ("/my-learning/", "/admin/", "/", "/account/")}

    led = {path: (answer.status_code, answer.headers.get("Location")) for path, answer in answers.items()}
    assert led == {
        "/my-learning/": (302, "/account/second-step/?next=%2Fmy-learning%2F"),
        "/admin/": (302, "/account/second-step/?next=%2Fadmin%2F"),
        "/": (302, "/account/second-step/?next=%2F"),
        "/account/": (200, None),
    }


def test_no_screen_of_the_desk_opens_without_it(sam: User, client: Client) -> None:
    _give("administrator", sam)
    client.force_login(sam, second_step=False)
    desk = [one for one in known_addresses() if one.is_at_desk]
    found = {one.label: _filled(one) for one in desk if "(" not in one.route}  # a few are expressions

    opened = {label for label, address in found.items() if not _is_led_away(client, address)}

    assert opened == set()
    assert (len(found) > 300, "organisation_sign_ins:add" in found) == (True, True)


def test_only_the_account_and_the_trial_sign_ins_open_without_it() -> None:
    names = (one for one in known_addresses() if _is_open_without(_match(one.name)))

    elsewhere = {one.name for one in names if not re.match(r"\^?(account/|account-|try/)", one.route)}

    assert elsewhere == set()


def test_nothing_is_written_without_it_and_the_page_says_so(sam: User, client: Client) -> None:
    _give(CohortRoleCode.TRAINER, sam)
    client.force_login(sam, second_step=False)

    answer = client.post("/admin/pages/2/delete/")

    assert (answer.status_code, "Nothing was saved just now." in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(("starts_on", "ends_on"), [(TOMORROW, None), (YESTERDAY - timedelta(9), YESTERDAY)])
def test_a_role_of_another_time_asks_for_nothing(
    starts_on: date, ends_on: date | None, sam: User, client: Client
) -> None:
    _give(CohortRoleCode.TRAINER, sam, starts_on=starts_on, ends_on=ends_on)
    client.force_login(sam, second_step=False)

    answer = client.get("/my-learning/")

    assert answer.status_code == 200


def test_a_learner_needs_none_and_is_asked_nothing_more_of_the_database(client: Client) -> None:
    amina = people().amina
    client.force_login(amina)
    client.get("/account/preferences/")

    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/account/preferences/")

    assert answer.status_code == 200
    assert sum('"people_user"' in one["sql"] and "enrolments_cohortrole" in one["sql"] for one in captured) == 1
    assert [one["sql"] for one in captured if "mfa_authenticator" in one["sql"]] == []


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_rest_at_once_and_a_letter_tells(sam: User, client: Client) -> None:
    _give(CohortRoleCode.TRAINER, sam)
    client.post("/account/login/", {"login": sam.email, "password": PASSWORD})
    secret = client.get("/account/second-step/totp/activate/").context["form"].secret

    wrong = client.post("/account/second-step/totp/activate/", {"code": "000000"})
    right = client.post("/account/second-step/totp/activate/", {"code": _code(secret)})

    assert "That is not the right code." in wrong.content.decode()
    assert (right.status_code, client.get("/my-learning/").status_code) == (302, 200)
    assert Message.objects.get(kind="totp_activated").address == sam.email


@pytest.mark.django_db(transaction=True)
def test_whoever_was_led_away_finds_the_way_on_under_their_new_recovery_codes(sam: User, client: Client) -> None:
    _give(CohortRoleCode.TRAINER, sam)
    client.post("/account/login/", {"login": sam.email, "password": PASSWORD})
    client.get("/my-learning/?show=all&x=<b>")
    secret = client.get("/account/second-step/totp/activate/").context["form"].secret

    codes = client.post("/account/second-step/totp/activate/", {"code": _code(secret)}, follow=True)
    client.get("/my-learning/?show=all&x=<b>")
    later = client.get("/account/second-step/recovery-codes/").content.decode()

    way_on = '<a class="btn" href="/my-learning/?show=all&amp;x=%3Cb%3E">Go on to the page you wanted</a>'
    assert codes.redirect_chain[-1][0] == "/account/second-step/recovery-codes/"
    assert way_on in codes.content.decode()
    assert '<a class="btn" href="/my-learning/">Go on to My learning</a>' in later
    assert way_on not in later


@pytest.mark.django_db(transaction=True)
def test_app_on_the_same_phone_is_opened_by_a_link_and_the_key_can_be_typed(sam: User, client: Client) -> None:
    client.post("/account/login/", {"login": sam.email, "password": PASSWORD})

    page = client.get("/account/second-step/totp/activate/")

    link = re.search(r'<a href="(otpauth://totp/[^"]+)">Open in your app</a>', page.content.decode())
    key = re.search(r'<code class="long">([A-Z2-7 ]+)</code>', page.content.decode())
    secret = page.context["form"].secret
    assert link
    assert f"?secret={secret}&amp;issuer=" in link[1]
    assert key
    assert key[1].replace(" ", "") == secret
    assert {len(part) for part in key[1].split()[:-1]} == {4}


def test_the_next_sign_in_asks_for_the_code_and_takes_it_once(sam: User, client: Client) -> None:
    _give(CohortRoleCode.TRAINER, sam)
    secret = _with_an_app(sam)

    asked = client.post("/account/login/", {"login": sam.email, "password": PASSWORD})
    before = client.get("/my-learning/").status_code
    wrong = client.post("/account/second-step/authenticate/", {"code": "000000"})
    right = client.post("/account/second-step/authenticate/", {"code": _code(secret)})

    assert (asked.headers["Location"], before) == ("/account/second-step/authenticate/", 302)
    assert "That is not the right code." in wrong.content.decode()
    assert (right.status_code, client.get("/my-learning/").status_code) == (302, 200)


def test_a_recovery_code_signs_in_once(sam: User) -> None:
    _with_an_app(sam)
    desk = Client()
    desk.force_login(sam)
    desk.post("/account/reauthenticate/", {"password": PASSWORD})
    desk.post("/account/second-step/recovery-codes/generate/")
    one = Authenticator.objects.get(user=sam, type="recovery_codes").wrap().get_unused_codes()[0]

    statuses = []
    for _time in range(2):
        visitor = Client()
        visitor.post("/account/login/", {"login": sam.email, "password": PASSWORD})
        visitor.post("/account/second-step/authenticate/", {"code": one})
        statuses.append(visitor.get("/my-learning/").status_code)

    assert statuses == [200, 302]


def test_a_session_older_than_the_step_gives_it_once_more(sam: User, client: Client) -> None:
    _give(CohortRoleCode.TRAINER, sam)
    client.force_login(sam, second_step=False)
    secret = _with_an_app(sam)

    led = client.get("/my-learning/").headers["Location"]
    client.post(led, {"code": _code(secret)})

    assert led == "/account/second-step/reauthenticate/?next=%2Fmy-learning%2F"
    assert client.get("/my-learning/").status_code == 200


def test_the_last_step_of_a_trainer_stays_and_that_of_a_learner_goes(sam: User, client: Client) -> None:
    _with_an_app(sam)
    _give(CohortRoleCode.TRAINER, sam)
    client.post("/account/login/", {"login": sam.email, "password": PASSWORD})
    secret = Authenticator.objects.get(user=sam).wrap()
    client.force_login(sam)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    refused = client.post("/account/second-step/totp/deactivate/")
    kept = Authenticator.objects.filter(user=sam).count()
    CohortRole.objects.all().update(ends_on=YESTERDAY)
    client.post("/account/second-step/totp/deactivate/")

    assert secret is not None
    assert "Set up another one before you remove this." in refused.content.decode()
    assert (kept, Authenticator.objects.filter(user=sam).count()) == (1, 0)


def test_secrets_are_sealed_in_the_database_and_outlive_a_change_of_key(sam: User, settings: LazySettings) -> None:
    secret = _with_an_app(sam)
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    earlier, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 5

    settings.SECRET_KEY_FALLBACKS = [earlier]
    read = Authenticator.objects.get(user=sam).wrap().validate_code(_code(secret))

    assert (secret in stored, read) == (False, True)
    assert unsealed(sealed("words")) == "words"


def test_one_click_counts_as_a_second_step_on_a_trial_site_only(
    sam: User, client: Client, settings: LazySettings
) -> None:
    _give(CohortRoleCode.TRAINER, sam)
    client.force_login(sam, second_step=False)
    request = type("Request", (), {"session": client.session, "user": sam})()
    note_development_sign_in(request, sam)
    request.session.save()

    there = client.get("/my-learning/").status_code
    settings.DEVELOPMENT = False
    in_production = client.get("/my-learning/").status_code

    assert (there, in_production) == (200, 302)
    assert request.session["account_authentication_methods"][0]["method"] == "development_sign_in"


def test_staff_role_is_known_without_the_door_too(sam: User) -> None:
    before = holds_staff_role(User.objects.get(pk=sam.pk))
    _give(OrganisationRoleCode.LEAD, sam)

    after = holds_staff_role(User.objects.get(pk=sam.pk))

    assert (before, after) == (False, True)


@pytest.mark.parametrize("what", ["remove", "edit"])
def test_somebody_elses_passkey_is_not_found(what: str, sam: User, client: Client) -> None:
    theirs = Authenticator.objects.create(user=person("Carol"), type="webauthn", data={"name": "Carols key"})
    client.force_login(sam)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    answer = client.get(f"/account/second-step/webauthn/keys/{theirs.pk}/{what}/")
    client.post(f"/account/second-step/webauthn/keys/{theirs.pk}/{what}/", {"name": "mine"})

    theirs.refresh_from_db()
    assert (answer.status_code, b"Carols key" in answer.content) == (404, False)
    assert theirs.data == {"name": "Carols key"}


def test_a_code_by_mail_is_no_way_past_the_second_step(sam: User, client: Client) -> None:
    _give(CohortRoleCode.TRAINER, sam)
    _with_an_app(sam)
    client.post("/account/login/code/", {"email": sam.email})
    code = re.findall(r"^[A-Z0-9-]{5,12}$", Message.objects.get(kind="login_code").text, re.MULTILINE)[0]

    answer = client.post("/account/login/code/confirm/", {"code": code})

    assert answer.headers["Location"].startswith("/account/second-step/authenticate/")
    assert "_auth_user_id" not in client.session
