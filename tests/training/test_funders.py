"""A funder's page: who may read it, whom it counts, and that it names nobody."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Course
from enrolments.booking import book_enrolment
from enrolments.models import Cohort, Enrolment
from people.models import Area, Organisation, OrganisationKind, OrganisationRole, User
from tests.factories import cohort, organisation, people, person, taught_course

pytestmark = pytest.mark.django_db
ALL = "All that can be shown"
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def late_in_november() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def _area(key: str) -> Area:
    return Area.objects.get_or_create(key=key, defaults={"name": key.title(), "nation": "england"})[0]


def _funder(reader: User, *areas: str, kind: str = "funder", **role: Any) -> Organisation:
    made = organisation("Saltby and Larchmere Fund")
    OrganisationKind.objects.create(organisation=made, kind=kind)
    made.areas.set([_area(key) for key in areas])
    given = {"role": "funder_reader", "starts_on": date(2026, 1, 1), **role}
    OrganisationRole.objects.create(person=reader, organisation=made, **given)
    return made


def _trained(count: int, group: Cohort, area: str, on: date, agency: str = "health") -> list[Enrolment]:
    """So many people who completed the course that day."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    made = []
    for _number in range(count):
        who = person("Zqcanary Somebody", f"zqcanary{User.objects.count()}@example.org", agency=agency)
        run = book_enrolment(who, group, booked_by=None, area=_area(area), at=at)
        Enrolment.objects.filter(pk=run.pk).update(state="completed", completed_at=at, started_at=at)
        made.append(run)
    return made


def _lines(client: Client, funder: Organisation, asked: str = "") -> dict[tuple[str, str], str]:
    """Of the one course: the number for each area and agency, as the file says it."""
    return {(row["Area"], row["Agency"]): row["People counted"] for row in _rows(client, funder, asked)}


def _rows(client: Client, funder: Organisation, asked: str = "") -> list[dict[str, str]]:
    response = client.get(f"/funder/{funder.uuid}/trained.csv{asked}")
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def _shown(client: Client, funder: Organisation, asked: str = "") -> dict[tuple[str, str], str]:
    return {key: said for key, said in _lines(client, funder, asked).items() if said != "fewer than five"}


def test_people_are_counted_by_area_and_agency_once_there_are_five(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    funder = _funder(cast.carol, "larchmere", "saltby")
    _trained(6, group, "larchmere", date(2026, 5, 3))
    _trained(5, group, "larchmere", date(2026, 6, 3), "police")
    _trained(4, group, "saltby", date(2026, 6, 3), "police")
    _trained(9, group, "elsewhere", date(2026, 6, 3), "police")
    client.force_login(cast.carol)

    assert _shown(client, funder) == {
        ("Larchmere", "Health"): "6",
        ("Larchmere", "Police"): "5",
        ("Larchmere", ALL): "11",
        (ALL, "Health"): "6",
        (ALL, "Police"): "5",
        (ALL, ALL): "11",
    }
    assert len(_lines(client, funder)) == 27


def test_page_csv_and_xlsx_say_the_same(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    funder = _funder(cast.carol, "larchmere")
    _trained(7, group, "larchmere", date(2026, 5, 3))
    client.force_login(cast.carol)

    page = client.get(f"/funder/{funder.uuid}/").content.decode()
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(f"/funder/{funder.uuid}/trained.xlsx").streaming_content))
    )

    rows = list(book.active.iter_rows(values_only=True))[1:]
    assert {row[1:3]: str(row[3]) for row in rows} == _lines(client, funder)
    cells = re.findall(r'<td role="cell" class="tight" data-label="[^"]+">(?:<abbr[^>]*>)?(\d+|&lt;5)', page)
    said = ["&lt;5" if text == "fewer than five" else text for text in _lines(client, funder).values()]
    assert cells == said
    assert (rows[0][4], rows[0][5].date()) == ("All time", date(2026, 10, 31))


def test_a_sum_is_called_what_it_is_and_says_with_the_table_and_on_each_line_what_is_left_out(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    funder = _funder(cast.carol, "larchmere")
    for agency, count in (("police", 7), ("social_care", 5), ("health", 3)):
        _trained(count, group, "larchmere", date(2026, 5, 3), agency)
    client.force_login(cast.carol)

    page = client.get(f"/funder/{funder.uuid}/").content.decode()
    rows = _rows(client, funder)

    caption = re.search(r"<table[^>]*>\s*<caption>([^<]*)</caption>", page)
    said = "More people may have been trained: of each group, up to four are in no number yet, nor in any sum."
    assert caption is not None
    assert caption[1].startswith(said)
    assert {row["What is left out"] for row in rows} == {caption[1]}
    assert [row["People counted"] for row in rows if row["Area"] == row["Agency"] == ALL] == ["12"]
    assert not re.search("All (agencies|areas)", page + str(rows))


def test_this_month_is_counted_only_when_it_is_over(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    funder = _funder(cast.carol, "larchmere")
    _trained(4, group, "larchmere", date(2026, 10, 31))
    _trained(8, group, "larchmere", date(2026, 11, 1))
    client.force_login(cast.carol)

    seen = []
    for later in (0, 6, 7):  # a month is over, and two days more for what is noted late
        with time_machine.travel(NOW + timedelta(days=later), tick=False):
            client.force_login(cast.carol)
            seen.append(_shown(client, funder).get(("Larchmere", "Health")))

    assert seen == [None, None, "12"]


def test_month_is_the_sites_whatever_the_readers_own_time_zone(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    User.objects.filter(pk=cast.carol.pk).update(time_zone="Pacific/Auckland")
    funder = _funder(cast.carol, "larchmere")
    runs = _trained(5, group, "larchmere", date(2026, 6, 1))
    Enrolment.objects.filter(pk__in=[run.pk for run in runs]).update(
        completed_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # half past eleven in the evening in London
    )
    client.force_login(User.objects.get(pk=cast.carol.pk))

    assert _shown(client, funder, "?period=quarter-2026-2")[("Larchmere", "Health")] == "5"
    assert _shown(client, funder, "?period=quarter-2026-3") == {}


def test_somebody_who_completed_twice_is_counted_once_where_they_did_first(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    funder = _funder(cast.carol, "larchmere", "saltby")
    first = _trained(5, group, "larchmere", date(2026, 5, 3))
    for run in first:
        again = book_enrolment(run.learner, group, booked_by=None, area=_area("saltby"), at=NOW)
        Enrolment.objects.filter(pk=again.pk).update(state="completed", completed_at=datetime(2026, 9, 3, tzinfo=UTC))
    client.force_login(cast.carol)

    assert _shown(client, funder) == {(area, agency): "5" for area in ("Larchmere", ALL) for agency in ("Health", ALL)}


@pytest.mark.parametrize(
    ("fields", "role", "status"),
    [
        ({}, {}, 200),
        ({"kind": "employer"}, {}, 404),
        ({}, {"role": "org_lead"}, 404),
        ({}, {"ends_on": date(2026, 11, 26)}, 404),
        ({}, {"starts_on": date(2026, 11, 27)}, 404),
    ],
)
def test_only_a_current_reader_of_a_funder_may_look(
    client: Client, fields: dict[str, str], role: dict[str, Any], status: int
) -> None:
    taught_course()
    funder = _funder(people().carol, "larchmere", **fields, **role)
    client.force_login(User.objects.get(name="Carol Hughes"))

    answers = [client.get(f"/funder/{funder.uuid}/{rest}").status_code for rest in ("", "trained.csv", "trained.xlsx")]

    assert answers == [status] * 3


def test_another_funders_reader_the_lead_and_a_stranger_see_nothing(client: Client) -> None:
    taught_course()
    cast = people()
    funder, other = _funder(cast.carol, "larchmere"), _funder(cast.lena, "saltby")
    address = f"/funder/{funder.uuid}/"

    stranger = client.get(address)
    client.force_login(cast.lena)

    assert (stranger.status_code, stranger["Location"]) == (302, f"/account/login/?next={address}")
    assert [client.get(f"/funder/{one.uuid}/").status_code for one in (funder, other)] == [404, 200]
    assert client.post(f"/funder/{other.uuid}/").status_code == 405


@pytest.mark.parametrize("asked", ["?period=day", "?period=quarter-1999-1", "?period=", "?period=all'"])
def test_there_are_no_periods_but_those_offered(client: Client, asked: str) -> None:
    taught_course()
    funder = _funder(people().carol, "larchmere")
    client.force_login(User.objects.get(name="Carol Hughes"))

    answers = [client.get(f"/funder/{funder.uuid}/{rest}{asked}").status_code for rest in ("", "trained.csv")]

    assert answers == [404, 404]


def test_no_name_of_a_person_or_of_another_organisation_is_on_the_page_or_in_a_file(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course, "Zqcanary cohort")
    funder = _funder(cast.carol, "larchmere")
    employer = organisation("Zqcanary employer")
    for run in _trained(7, group, "larchmere", date(2026, 5, 3)):
        employer.memberships.create(person=run.learner, started_on=date(2026, 1, 1))
    client.force_login(cast.carol)

    said = [client.get(f"/funder/{funder.uuid}/").content, str(_lines(client, funder)).encode()]
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(f"/funder/{funder.uuid}/trained.xlsx").streaming_content))
    )
    said.append(str(list(book.active.iter_rows(values_only=True))).encode())

    assert [b"zqcanary" in text.lower() for text in said] == [False] * 3
    assert all(b"7" in text for text in said)


def test_page_with_nothing_to_show_says_so_in_words(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    funder = _funder(cast.carol, "larchmere")
    without = _funder(cast.lena)
    _trained(4, group, "larchmere", date(2026, 5, 3))

    client.force_login(cast.carol)
    page = client.get(f"/funder/{funder.uuid}/").content.decode()
    client.force_login(cast.lena)
    bare = client.get(f"/funder/{without.uuid}/").content.decode()

    assert ("No group has reached five people" in page, "<td" in page) == (True, False)
    assert "Your organisation has no areas yet." in bare


def test_page_takes_the_same_statements_for_one_group_and_for_many(client: Client) -> None:
    cast, group = people(), cohort(taught_course().course)
    funder = _funder(cast.carol, "larchmere", "saltby")
    client.force_login(cast.carol)
    counted = []

    for area, agency in (("larchmere", "health"), ("saltby", "police"), ("saltby", "health")):
        _trained(5, group, area, date(2026, 5, 3), agency)
        client.get(f"/funder/{funder.uuid}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/funder/{funder.uuid}/")
        counted.append(len(queries))

    assert counted[0] == counted[1] == counted[2]
    assert Course.objects.count() == 1
