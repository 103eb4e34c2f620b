"""Which day it is for the site, whatever its reader chose."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone
from toolkit.days import site_day

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_day_is_the_sites_in_every_time_zone(zone: str) -> None:
    with time_machine.travel(NOON, tick=False), timezone.override(zone):
        assert (site_day(), site_day(NOON)) == (date(2026, 11, 22), date(2026, 11, 22))


def test_midnight_is_the_sites_own_in_summer_too() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in London

    assert site_day(late) == date(2026, 7, 2)
