"""Roles in an organisation: given once, ended with a day, both in the audit."""

from datetime import timedelta

import pytest

from audit.models import AuditEntry
from people.models import OrganisationRole
from people.roles import give_organisation_role, move_end_of_role
from tests.factories import NOON, organisation, people

pytestmark = pytest.mark.django_db
TODAY, DAY = NOON.date(), timedelta(days=1)


def test_role_is_given_once_from_today_and_noted_once() -> None:
    cast, council = people(), organisation()

    given = [
        give_organisation_role(cast.lena, council, "org_lead", at=NOON + number * DAY, by=cast.dev) for number in (0, 1)
    ]

    assert given[0] == given[1]
    assert list(
        OrganisationRole.objects.values_list("person", "organisation", "role", "starts_on", "ends_on", "given_by")
    ) == [(cast.lena.pk, council.pk, "org_lead", TODAY, None, cast.dev.pk)]
    assert list(AuditEntry.objects.values_list("act", "subject_id", "actor", "person", "facts", "at")) == [
        ("organisation_role_given", str(given[0].pk), cast.dev.pk, cast.lena.pk, {"role": "org_lead"}, NOON)
    ]


def test_ended_role_opens_nothing_from_that_day_on_is_noted_and_may_be_given_again() -> None:
    cast, council = people(), organisation()
    given = give_organisation_role(cast.lena, council, "org_lead", at=NOON)

    move_end_of_role(given, ends_on=TODAY + DAY, at=NOON + DAY, by=cast.dev)
    again = give_organisation_role(cast.lena, council, "org_lead", at=NOON + 2 * DAY)

    days = [OrganisationRole.objects.current(TODAY + number * DAY).count() for number in (0, 1, 2)]
    assert (days, again == given) == ([1, 0, 1], False)
    assert list(AuditEntry.objects.order_by("pk").values_list("act", "actor", "person")) == [
        ("organisation_role_given", None, cast.lena.pk),
        ("organisation_role_ended", cast.dev.pk, cast.lena.pk),
        ("organisation_role_given", None, cast.lena.pk),
    ]
