"""A credential's standing, who follows whom, and what taking one away needs."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction

from credentials.choices import AchievementKind, CredentialState, Standing
from credentials.models import Credential, CredentialChange
from tests.credentials.earning import earned, following
from tests.factories import NOON, achievement, taught_course

pytestmark = pytest.mark.django_db
LAST = date(2027, 2, 28)


@pytest.mark.parametrize(
    ("state", "until", "on", "expected"),
    [
        ("issued", None, date(2099, 1, 1), Standing.VALID),
        ("issued", LAST, date(2027, 2, 27), Standing.VALID),
        ("issued", LAST, LAST, Standing.VALID),
        ("issued", LAST, date(2027, 3, 1), Standing.EXPIRED),
        ("suspended", LAST, date(2027, 1, 1), Standing.SUSPENDED),
        ("suspended", LAST, date(2027, 3, 1), Standing.SUSPENDED),
        ("revoked", None, date(2027, 1, 1), Standing.REVOKED),
        ("revoked", LAST, date(2027, 3, 1), Standing.REVOKED),
        ("replaced", LAST, date(2027, 1, 1), Standing.REPLACED),
        ("replaced", None, date(2027, 3, 1), Standing.REPLACED),
    ],
)
def test_what_a_credential_is_worth_on_a_day(state: str, until: date | None, on: date, expected: Standing) -> None:
    assert Credential(state=state, valid_until_on=until).standing(on) == expected


def test_expired_is_no_state() -> None:
    assert CredentialState.values == ["issued", "suspended", "revoked", "replaced"]
    assert AchievementKind.values == ["module", "foundation", "accreditation"]


@pytest.mark.parametrize("follows_as", ["replacement", "renewal"])
def test_each_credential_is_followed_by_at_most_one(follows_as: str) -> None:
    first = earned().award()
    second = following(first, follows_as=follows_as)

    with pytest.raises(IntegrityError), transaction.atomic():
        following(first, follows_as=follows_as)
    third = following(second, follows_as=follows_as)

    chain = list(Credential.objects.order_by("pk"))
    assert chain == [first, second, third]
    assert [one.replaces for one in chain] == [None, first, second]
    assert [chain[0].successor, chain[1].successor] == [second, third]
    with pytest.raises(ObjectDoesNotExist):
        _ = chain[2].successor


@pytest.mark.parametrize("wrong", ["follows without saying how", "says how and follows none", "renews the future"])
def test_follower_that_makes_no_sense_is_refused(wrong: str) -> None:
    first = earned().award()
    fields = {
        "follows without saying how": {"follows_as": ""},
        "says how and follows none": {"replaces": None},
        "renews the future": {"valid_until_on": date(2020, 1, 1)},
    }[wrong]

    with pytest.raises(IntegrityError), transaction.atomic():
        following(first, **fields)

    assert Credential.objects.count() == 1


def test_what_it_follows_is_frozen() -> None:
    first = earned().award()
    second = following(first)

    for change in ({"replaces": None}, {"follows_as": "renewal"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Credential.objects.filter(pk=second.pk).update(**change)

    second.refresh_from_db()
    assert (second.replaces, second.follows_as) == (first, "replacement")


def test_codes_are_unique() -> None:
    first = earned().award()

    with pytest.raises(IntegrityError), transaction.atomic():
        following(first, code=first.code)

    assert Credential.objects.count() == 1


@pytest.mark.parametrize("second", ["nobody", "the same person"])
def test_revoking_takes_two_people(second: str) -> None:
    one = earned()
    credential = one.award()
    fields = {
        "credential": credential, "from_state": "issued", "to_state": "revoked", "reason": "plagiarism",
        "by": one.cast.beth, "at": NOON,
    }  # fmt: skip
    other = {"nobody": None, "the same person": one.cast.beth}[second]

    with pytest.raises(IntegrityError), transaction.atomic():
        CredentialChange.objects.create(**fields, second_person=other)
    CredentialChange.objects.create(**fields, second_person=one.cast.dev)

    assert list(credential.changes.values_list("to_state", "by", "second_person")) == [
        ("revoked", one.cast.beth.pk, one.cast.dev.pk)
    ]


def test_suspending_takes_one_person_and_is_kept_as_it_was() -> None:
    one = earned()
    change = CredentialChange.objects.create(
        credential=one.award(), from_state="issued", to_state="suspended", reason="query", by=one.cast.beth, at=NOON
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        CredentialChange.objects.filter(pk=change.pk).update(reason="other")

    change.refresh_from_db()
    assert (change.reason, change.second_person) == ("query", None)


def test_what_a_credential_rests_on_cannot_be_deleted() -> None:
    one = earned()
    credential = one.award()

    for relied_on in (credential.achievement, credential.enrolment, credential.requirement_set):
        with pytest.raises(models.ProtectedError):
            relied_on.delete()

    assert Credential.objects.count() == 1


def test_one_achievement_per_course_and_key() -> None:
    course, other = taught_course().course, taught_course("refresher").course
    achievement(course)
    achievement(other)

    with pytest.raises(IntegrityError), transaction.atomic():
        achievement(course)

    assert [str(course.achievements.get()), str(course.achievements.get().issuer)] == [
        "Module 1", "Larchmere Partnership",
    ]  # fmt: skip


def test_reduced_credential_may_be_emptied_and_keeps_its_code() -> None:
    credential = earned().award()

    Credential.objects.filter(pk=credential.pk).update(name="", reduced_at=NOON + timedelta(days=1))

    fresh = Credential.objects.get()
    assert (fresh.name, fresh.code) == ("", credential.code)
