"""Reports in the order of any column: pure, and the same on the page and in what is downloaded from it."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client, TestCase

from enrolments.models import Cohort
from tests.factories import people, trainer
from tests.training.reports.making import uneven
from training.models import ReportFile
from training.reports import jobs, offered
from training.reports.sorting import Order, in_order, order_asked, understood
from training.reports.table import Heading, Report

REPORT = Report(
    "Completion",
    "About it.",
    [Heading("Name"), Heading("M1: Lesson", is_detail=True), Heading("Module"), Heading("Per cent"), Heading("On")],
    [
        ["Siân", "Done", "M10", 40, date(2026, 10, 2)],
        ["ada", "Open", "M2", None, None],
        ["Zoe", "Done", "M1", 100, date(2026, 9, 30)],
        ["Ben", "Done", "", 40, date(2026, 10, 1)],
    ],
    links=["/s/", "/a/", "/z/", "/b/"],
)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Siân", "ada", "Zoe", "Ben"]),
        ("c1", ["ada", "Ben", "Siân", "Zoe"]),
        ("-c1", ["Zoe", "Siân", "Ben", "ada"]),
        ("c3", ["Zoe", "ada", "Siân", "Ben"]),  # what is empty stands last, whichever way
        ("-c3", ["Siân", "ada", "Zoe", "Ben"]),
        ("c4", ["Siân", "Ben", "Zoe", "ada"]),  # who says the same stays in the report's own order
        ("-c4", ["Zoe", "Siân", "Ben", "ada"]),
        ("c5", ["Zoe", "Ben", "Siân", "ada"]),
        *((nonsense, ["Siân", "ada", "Zoe", "Ben"]) for nonsense in ("c0", "c6", "c1 ", "--c1", "name", "c１", "\0")),
    ],
)
def test_rows_stand_in_the_order_asked_for_and_keep_their_links(asked: str, names: list[str]) -> None:
    found = in_order(REPORT, order_asked(asked, REPORT))

    assert [row[0] for row in found.rows] == names
    assert [link[1] for link in found.links] == [name[0].lower() for name in names]


def test_heading_asks_for_the_other_way_round_once_its_order_is_in_force() -> None:
    asked = [Order(3).heading(3), Order(3, backwards=True).heading(3), Order().heading(3), Order(2).heading(3)]

    assert asked == [("-c4", "ascending"), ("c4", "descending"), ("c4", ""), ("c4", "")]


@pytest.mark.parametrize("asked", ["c1", "-c999"])
def test_only_what_could_be_an_order_is_written_down(asked: str) -> None:
    assert [understood(one) for one in (asked, f"{asked}\0", f"{asked}0000", "name")] == [asked, "", "", ""]


@pytest.fixture
def group(client: Client, db: Any) -> Cohort:
    _taught, made, _runs = uneven()
    beth = people().beth
    trainer(beth, made)
    client.force_login(beth)
    return made


@pytest.mark.parametrize("key", [one.key for one in offered.OFFERED])
def test_every_heading_sorts_the_page_and_the_files_it_leads_to(client: Client, group: Cohort, key: str) -> None:
    address = f"/cohort/{group.uuid}/reports/{key}/"
    plain = client.get(address)
    assert plain.status_code == 200
    for number, (sort, direction) in enumerate(plain.context["sorts"]):
        shown = client.get(f"{address}?sort={sort}")

        page = shown.content.decode()
        files = dict(shown.context["files"])
        rows = list(csv.reader(io.StringIO(b"".join(client.get(files["csv"])).decode("utf-8-sig"))))
        assert direction == ""
        assert re.findall(r'aria-sort="(\w+)"', page) == ["ascending"]
        assert f'href="{address}?sort=-{sort}"' in page
        assert [row[0] for row in rows[1:]] == [str(cells[0]) for _link, cells in shown.context["rows"]], number
        assert all(url.endswith(f"?sort={sort}") for url in files.values())


def test_a_long_file_is_made_in_the_order_it_was_asked_for(
    client: Client, group: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offered, "LONG_PEOPLE", 1)
    address = f"/cohort/{group.uuid}/reports/completion.csv"
    with TestCase.captureOnCommitCallbacks():
        for asked in ("?sort=-c1", "?sort=-c1", "?sort=c1", ""):
            client.get(address + asked)

    for one in ReportFile.objects.all():
        jobs.make_file(one.pk)

    made = {one.sort: bytes(one.content or b"").decode("utf-8-sig") for one in ReportFile.objects.all()}
    names = {sort: [row[0] for row in csv.reader(io.StringIO(text))][1:] for sort, text in made.items()}
    assert set(names) == {"-c1", "c1", ""}
    assert len(names[""]) > 1
    assert names["c1"] == names[""] == list(reversed(names["-c1"]))
