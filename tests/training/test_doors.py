"""Roles begin and end on the site's day, whatever time zone their holder chose."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from people.models import OrganisationRole
from tests.factories import NOON, cohort, organisation, people, taught_course, trainer

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.mark.parametrize(
    ("zone", "starts", "ends"),
    [
        ("Pacific/Kiritimati", TODAY + timedelta(days=1), None),  # there it is tomorrow already
        ("Etc/GMT+12", date(2026, 1, 1), TODAY),  # there it is still yesterday, just before noon
    ],
)
def test_other_time_zone_opens_no_door_early_and_keeps_none_open(
    client: Client, zone: str, starts: date, ends: date | None
) -> None:
    cast, council, group = people(), organisation(), cohort(taught_course().course)
    OrganisationRole.objects.create(
        person=cast.lena, organisation=council, role="org_lead", starts_on=starts, ends_on=ends
    )
    trainer(cast.lena, group, starts_on=starts, ends_on=ends)
    cast.lena.time_zone = zone
    cast.lena.save()

    with time_machine.travel(NOON - timedelta(minutes=30), tick=False):
        client.force_login(cast.lena, second_step=False)
        answers = [
            client.get(f"/{where}/").status_code for where in (f"organisation/{council.uuid}", f"cohort/{group.uuid}")
        ]

    assert answers == [404, 404]
