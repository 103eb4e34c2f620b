"""The desk's reports: who is in them and why, to read and to take away, for those who may change the pages."""

import csv
import html
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import briefing_page, people
from tests.factories.briefings import section

pytestmark = pytest.mark.django_db
CHECKED = {"checked_by": "Ann Lee", "checked_on": date(2026, 11, 20)}
LATE = {"published_on": date(2022, 1, 1), "review_due_on": date(2024, 1, 1)}
LOST = section("start", "Start", '<p>See <a href="/briefings/gone/">the other one</a>.</p>')
REPORTS = ["report_overdue", "report_not_checked", "report_links", "report_readership"]


@pytest.fixture
def editor(client: Client) -> Client:
    dev = people().dev
    dev.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(dev)
    return client


def said(client: Client, report: str) -> str:
    return html.unescape(client.get(reverse(report)).content.decode())


def rows(client: Client, report: str) -> list[list[str]]:
    response: Any = client.get(reverse(report), {"export": "csv"})
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))


@pytest.mark.parametrize(
    ("report", "fault", "why"),
    [
        ("report_overdue", LATE, "To be reviewed by 1 January 2024"),
        ("report_not_checked", {"checked_by": "", "checked_on": None}, "Nobody is named who checked it"),
        ("report_not_checked", {"checked_digest": "of another text"}, "Changed since Ann Lee checked it"),
        ("report_links", {"body": LOST}, "“the other one” leads to /briefings/gone/, and nothing is there."),
    ],
)
def test_report_names_the_page_and_why_and_no_other(editor: Client, report: str, fault: dict, why: str) -> None:
    briefing_page(4, **{**CHECKED, **fault})
    whole = briefing_page(5, **CHECKED)
    type(whole).objects.filter(pk=whole.pk).update(checked_digest=whole.content_digest)

    screen, sheet = said(editor, report), rows(editor, report)

    assert why in screen
    assert [row[0] for row in sheet if row[0].startswith("Briefing about")] == ["Briefing about 4"]
    assert why in [row[3] for row in sheet]


@pytest.mark.parametrize("report", REPORTS)
def test_report_opens_empty_and_goes_away_for_excel(editor: Client, report: str) -> None:
    response: Any = editor.get(reverse(report), {"export": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[1]] == ["Title", "Type", "Language", "Why", "Path"]
    assert "Reports" in said(editor, report)


@pytest.mark.parametrize("report", REPORTS)
def test_report_tells_nothing_to_somebody_who_may_change_no_page(client: Client, report: str) -> None:
    briefing_page(4, **LATE, body=LOST)
    dev = people().dev
    dev.groups.set(Group.objects.filter(name="Editors in chief"))
    client.force_login(dev)

    response = client.get(reverse(report), follow=True)

    assert "Briefing about 4" not in html.unescape(response.content.decode())


@pytest.mark.parametrize("report", REPORTS)
def test_number_of_queries_does_not_grow_with_the_pages(editor: Client, report: str) -> None:
    counts = []

    for number in range(1, 9):
        briefing_page(number, **LATE, body=LOST)
        if number in (2, 3, 8):
            with CaptureQueriesContext(connection) as asked:
                said(editor, report)
            counts.append(len(asked))

    assert counts[2] <= counts[1]
