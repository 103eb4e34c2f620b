"""Supervisors and assessors at the desk: named by address, ended with a day, refused in words."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from toolkit.days import site_day

from audit.models import AuditEntry
from enrolments.models import Appointment, Cohort, Enrolment
from enrolments.roles import appoint, give_cohort_role
from enrolments.states import change_state
from people.models import User
from tests.factories import NOON, cohort, enrolment, people, person, taught_course, trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person("Ada", is_superuser=True))
    return client


@pytest.fixture
def run() -> Enrolment:
    cast = people()
    group = cohort(taught_course().course, "Autumn")
    trainer(cast.beth, group)
    return enrolment(cast.amina, group)


def _carol() -> User:
    return User.objects.get(name="Carol Hughes")


def _form(group: Cohort, **fields: object) -> dict[str, object]:
    return {
        "address": "Carol.Hughes@example.org", "role": "supervisor", "learner_address": "amina.rahman@example.org",
        "cohort": group.pk, "starts_on": "2026-11-02", "ends_on": "", **fields,
    }  # fmt: skip


def test_a_supervisor_is_appointed_by_address_from_a_day_to_a_day_and_noted(desk: Client, run: Enrolment) -> None:
    answer = desk.post("/admin/appointment/new/", _form(run.cohort, ends_on="31/12/2026"))

    made = Appointment.objects.get()
    assert answer.status_code == 302
    assert (made.person.name, made.enrolment, made.role, made.starts_on, made.ends_on) == (
        "Carol Hughes", run, "supervisor", date(2026, 11, 2), date(2026, 12, 31),
    )  # fmt: skip
    assert list(AuditEntry.objects.filter(act="appointed").values_list("actor__name", "person")) == [
        ("Ada", made.person_id)
    ]


def test_an_appointment_is_ended_changes_nothing_else_and_is_never_deleted(desk: Client, run: Enrolment) -> None:
    desk.post("/admin/appointment/new/", _form(run.cohort))
    made = Appointment.objects.get()
    form = desk.get(f"/admin/appointment/edit/{made.pk}/").content.decode()

    sent = _form(run.cohort, ends_on="2026-12-01", role="assessor", learner_address="", starts_on="2026-01-01")
    desk.post(f"/admin/appointment/edit/{made.pk}/", sent)
    desk.post(f"/admin/appointment/delete/{made.pk}/")

    made.refresh_from_db()
    assert [
        words for words in ("carol.hughes@", "amina.rahman@", "Supervisor of one learner, Autumn") if words not in form
    ] == []
    assert (made.enrolment, made.role, made.starts_on, made.ends_on) == (
        run, "supervisor", date(2026, 11, 2), date(2026, 12, 1),
    )  # fmt: skip
    assert AuditEntry.objects.filter(act="role_ended", person=made.person).count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"address": "nobody@example.org"}, "Nobody has an account under this address."),
        ({"learner_address": "nobody@example.org"}, "Nobody in this cohort has this address."),
        ({"learner_address": "lena.frost@example.org"}, "Nobody in this cohort has this address."),
        ({"address": "amina.rahman@example.org"}, "Nobody supervises or assesses their own enrolment."),
        ({"address": "beth.okafor@example.org", "role": "assessor"}, "Nobody assesses somebody they teach, taught or"),
        ({"ends_on": "2026-11-02"}, "The end has to be a later day than the start."),
        ({"cohort": ""}, "This field is required."),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_in_words_and_loses_nothing_typed(
    fields: dict[str, str], words: str, desk: Client, run: Enrolment
) -> None:
    page = desk.post("/admin/appointment/new/", _form(run.cohort, **fields)).content.decode()

    typed = {"address": "Carol.Hughes@example.org", "learner_address": "amina.rahman@example.org", **fields}
    assert words in page
    assert [name for name in ("address", "learner_address") if f'value="{typed[name]}"' not in page] == []
    assert not Appointment.objects.exists()


def test_whoever_withdrew_is_not_there_to_be_supervised(desk: Client, run: Enrolment) -> None:
    change_state(run, "withdrawn", at=NOON)

    page = desk.post("/admin/appointment/new/", _form(run.cohort)).content.decode()

    assert ("Nobody in this cohort has this address." in page, Appointment.objects.count()) == (True, 0)


def test_one_who_is_appointed_already_is_not_appointed_to_the_other_as_well(desk: Client, run: Enrolment) -> None:
    desk.post("/admin/appointment/new/", _form(run.cohort, role="assessor"))

    answers = [
        desk.post("/admin/appointment/new/", _form(run.cohort, role=role)) for role in ("supervisor", "assessor")
    ]

    pages = [answer.content.decode() for answer in answers]
    assert "Nobody is supervisor and assessor of one learner at a time." in pages[0]
    assert "They hold this role on some of these days already." in pages[1]
    assert list(Appointment.objects.values_list("role", flat=True)) == ["assessor"]


def test_an_assessor_who_has_become_their_trainer_is_kept_no_longer(desk: Client, run: Enrolment) -> None:
    carol, today, day = _carol(), site_day(), timedelta(days=1)
    ends_on = today + 5 * day
    held = appoint(carol, run, "assessor", at=NOON, starts_on=today, ends_on=ends_on)
    give_cohort_role(carol, run.cohort, "trainer", at=NOON, starts_on=today)
    address = f"/admin/appointment/edit/{held.pk}/"

    pages = [
        desk.post(address, _form(run.cohort, ends_on=typed)).content.decode()
        for typed in ("", str(today + 6 * day), "31/12/2099")
    ]
    held.refresh_from_db()
    kept = held.ends_on
    shorter = desk.post(address, _form(run.cohort, ends_on=str(today + 2 * day)))

    held.refresh_from_db()
    assert ["Nobody assesses somebody they teach, taught or work with." in page for page in pages] == [True] * 3
    assert 'value="31/12/2099"' in pages[2]
    assert (kept, shorter.status_code, held.ends_on) == (ends_on, 302, today + 2 * day)


@pytest.mark.parametrize("typed", ["", "2026-12-01"])
def test_an_ended_appointment_is_not_opened_again_beside_the_other_role(
    typed: str, desk: Client, run: Enrolment
) -> None:
    carol, ends_on = _carol(), date(2026, 11, 5)
    first = appoint(carol, run, "supervisor", at=NOON, starts_on=date(2026, 11, 2), ends_on=ends_on)
    Appointment.objects.create(person=carol, enrolment=run, role="assessor", starts_on=ends_on)

    page = desk.post(f"/admin/appointment/edit/{first.pk}/", _form(run.cohort, ends_on=typed)).content.decode()

    first.refresh_from_db()
    assert ("Nobody is supervisor and assessor of one learner at a time." in page, first.ends_on) == (True, ends_on)
    assert not AuditEntry.objects.filter(act__in=("role_ended", "role_kept"), person=carol).exists()


def test_the_list_says_who_looks_after_whom_since_when_in_as_many_statements_for_three(desk: Client) -> None:
    group, carol = cohort(taught_course().course, "Autumn"), people().carol

    def asked() -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as statements:
            page = desk.get("/admin/appointment/").content.decode()
        rows = [re.sub(r"<[^>]*>", " ", row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
        return len(statements), [" ".join(row.split()) for row in rows]

    counts = []
    for names in (["Amy"], ["Bea", "Cal"]):
        for name in names:
            appointed = enrolment(person(name), group)
            Appointment.objects.create(
                person=carol, enrolment=appointed, role="supervisor", starts_on=date(2026, 10, 29)
            )
        asked()
        count, rows = asked()
        counts.append(count)

    found = desk.get("/admin/appointment/", {"q": "Bea"}).content.decode()
    assert counts[0] == counts[1]
    assert any("Carol Hughes" in row and "Supervisor Cal Autumn 29 October 2026" in row for row in rows)
    assert ("Bea" in found, ">Amy<" in found) == (True, False)
