"""Legal statements: what a page says of one on a day, who may change it, and what is asked of editors."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from briefings.paper.facts import facts_of
from courses.models import LessonPage
from publishing.checks import Weight, findings_in
from publishing.drafts import draft_of
from reference.law import read_so_until, statement_shown
from reference.models import LegalStatement
from reference.protection import reason_to_keep
from tests.factories import briefing_page, legal_statement, lesson_page, person, source, taught_course
from tests.publishing.lessons import publisher, signed_in
from tests.publishing.test_reports import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def block(key: str) -> dict[str, Any]:
    return {"type": "legal_statement", "value": {"key": key}, "id": "00000000-0000-4000-8000-0000000000ab"}


def lesson(key: str = "susr") -> LessonPage:
    page = lesson_page(taught_course().module_page, "Law", "law", body=[block(key)])
    page.save_revision().publish()
    return LessonPage.objects.defer("body").get(pk=page.pk)


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ("", "In force since 1 October 2024.", "Not yet checked by a lawyer.", "")),
        ({"valid_from": None}, ("", "Nobody has confirmed yet from which day on.", "Not yet checked by a lawyer.", "")),
        (
            {"valid_from": date(2026, 11, 28)},
            ("This is not the law yet. It will be from 28 November 2026.", "", "Not yet checked by a lawyer.", ""),
        ),
        (
            {"valid_to": date(2026, 11, 27)},
            ("", "In force from 1 October 2024 to 27 November 2026.", "Not yet checked by a lawyer.", ""),
        ),
        (
            {"valid_to": date(2026, 11, 26), "checked_on": date(2025, 1, 1), "checked_by": "Nia Law"},
            (
                "This is no longer the law. It was until 26 November 2026.",
                "In force from 1 October 2024 to 26 November 2026.",
                "Checked by Nia Law on 1 January 2025.",
                "",
            ),
        ),
        (
            {"checked_on": date(2026, 5, 31), "checked_by": "Nia Law"},
            ("", "In force since 1 October 2024.", "Checked by Nia Law on 31 May 2026.", ""),
        ),
        (
            {"checked_on": date(2026, 5, 30), "checked_by": "Nia Law"},
            (
                "",
                "In force since 1 October 2024.",
                "Checked by Nia Law on 30 May 2026.",
                "The next check was due by 26 November 2026: look at the law itself before you rely on this.",
            ),
        ),
    ],
)
def test_statement_says_how_it_stands_on_a_day(fields: dict[str, Any], said: tuple[str, ...]) -> None:
    legal_statement("susr", **fields)

    law = statement_shown("susr", "en", TODAY)

    assert law is not None
    assert (law.warning, law.days, law.check, law.overdue) == said
    assert law.nation == "Wales"


def test_statement_reads_in_welsh_where_it_is_written_in_welsh_else_in_english() -> None:
    legal_statement("susr", texts={"en": "The law.", "cy": "Y gyfraith."})
    legal_statement("lcspr", nation="england")

    both = [statement_shown(key, "cy", TODAY) for key in ("susr", "lcspr")]

    assert [(one.language, one.text) for one in both if one] == [("cy", "Y gyfraith."), ("en", "The law of lcspr.")]
    assert statement_shown("nowhere", "en", TODAY) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_to": date(2024, 9, 30)},
        {"checked_on": date(2026, 1, 1)},
        {"checked_by": "Nia Law"},
    ],
)
def test_statement_that_is_not_whole_is_refused(fields: dict[str, Any]) -> None:
    made = legal_statement("susr")
    for name, value in fields.items():
        setattr(made, name, value)

    with pytest.raises(ValidationError):
        made.full_clean()


def test_lesson_shows_the_statement_with_its_source_and_follows_it_when_it_changes() -> None:
    made = legal_statement("susr", source("act", title="An Act"))
    page = lesson()
    assert "The law of susr." in str(page.text)
    assert "An Act" in str(page.text)

    made.texts = {"en": "Now it says this."}
    made.save()
    made.source.title = "Another Act"
    made.source.save()

    page = LessonPage.objects.defer("body").get(pk=page.pk)
    assert ("Now it says this." in page.kept_html, "Another Act" in page.kept_html) == (True, True)


def test_kept_lesson_is_made_anew_once_the_check_is_late(settings: Any) -> None:
    legal_statement("susr", checked_on=days_ago(3), checked_by="Nia Law")
    settings.LEGAL_CHECK_DAYS = 2
    legal_statement("lcspr", checked_on=days_ago(1), checked_by="Nia Law")
    late, fresh = statement_shown("susr", "en", days_ago(0)), read_so_until(["susr", "lcspr"], days_ago(0))
    assert late is not None
    assert (bool(late.overdue), fresh) == (True, (days_ago(0) + timedelta(days=1)).isoformat())

    page = lesson()
    LessonPage.objects.filter(pk=page.pk).update(
        kept_html="kept", kept_facts={**page.kept_facts, "until": days_ago(1).isoformat()}
    )

    assert "The next check was due by" in str(LessonPage.objects.defer("body").get(pk=page.pk).text)


def test_kept_lesson_is_served_as_kept_while_its_days_last() -> None:
    legal_statement("susr")
    page = lesson()
    LessonPage.objects.filter(pk=page.pk).update(kept_html="kept")

    assert str(LessonPage.objects.defer("body").get(pk=page.pk).text) == "kept"


def test_briefing_shows_it_on_the_page_and_on_paper(client: Client) -> None:
    legal_statement("susr", valid_to=date(2025, 1, 1))
    page = briefing_page(1, body=[block("susr")])

    said = html.unescape(client.get(page.url).content.decode())
    paper = [run["text"] for one in facts_of(page)["body"] for inner in one["blocks"] for run in inner["runs"]]

    assert "This is no longer the law. It was until 1 January 2025." in said
    assert paper[:3] == [
        "The law: Wales",
        "This is no longer the law. It was until 1 January 2025.",
        "The law of susr.",
    ]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"valid_to": date(2025, 1, 1)}, [("law_ended", Weight.GATE)]),
        ({}, [("law_due", Weight.ADVICE)]),
        ({"checked_on": days_ago(1), "checked_by": "Nia Law"}, []),
        ({"checked_on": days_ago(1), "checked_by": "Nia Law", "valid_from": None}, [("law_due", Weight.ADVICE)]),
    ],
)
def test_checks_before_publishing_say_what_is_wrong_with_it(fields: dict[str, Any], found: list[Any]) -> None:
    legal_statement("susr", **fields)

    said = findings_in(draft_of(lesson()))

    assert [(one.code, one.weight) for one in said if one.code.startswith(("law", "link"))] == found


def test_statement_that_is_nowhere_is_in_the_way_of_publishing() -> None:
    said = findings_in(draft_of(lesson("gone")))

    assert [(one.code, one.detail) for one in said if one.code.startswith(("law", "link"))] == [("link_gone", "gone")]


def test_editor_writes_one_at_the_desk_and_its_key_stays() -> None:
    act, desk = source("act"), signed_in(publisher(person("dev")))
    address = LegalStatement.snippet_viewset.get_url_name  # type: ignore[attr-defined]
    form = {"key": "susr", "nation": "wales", "text_en": "One  review.", "text_cy": "", "valid_from": "2024-10-01",
            "valid_to": "", "source": act.pk, "checked_by": "", "checked_on": ""}  # fmt: skip

    desk.post(reverse(address("add")), form)
    made = LegalStatement.objects.get()
    refused = desk.post(reverse(address("edit"), args=[made.pk]), {**form, "checked_by": "Nia Law"})
    early = desk.post(
        reverse(address("edit"), args=[made.pk]),
        {**form, "checked_by": "Nia Law", "checked_on": str(days_ago(-1))},
    )
    desk.post(
        reverse(address("edit"), args=[made.pk]),
        {**form, "key": "other", "text_cy": "Un adolygiad.", "checked_by": "Nia Law", "checked_on": str(days_ago(0))},
    )

    assert "Say both who checked it and on which day, or neither." in html.unescape(refused.content.decode())
    assert "Choose today or a day that has passed." in html.unescape(early.content.decode())
    made.refresh_from_db()
    assert (made.key, made.texts, made.checked_by, made.checked_on, made.source) == (
        "susr", {"en": "One review.", "cy": "Un adolygiad."}, "Nia Law", days_ago(0), act,
    )  # fmt: skip


def test_statement_a_page_or_a_draft_places_is_kept_with_a_reason_and_so_is_its_source() -> None:
    live, draft, free = legal_statement("live"), legal_statement("draft"), legal_statement("free")
    page = briefing_page(1, body=[block("live")])
    page.body = page.body.stream_block.to_python([block("draft")])
    page.save_revision()
    desk = signed_in(publisher(person("dev")))

    for one in (live, free):
        desk.post(reverse(LegalStatement.snippet_viewset.get_url_name("delete"), args=[one.pk]))  # type: ignore[attr-defined]

    assert set(LegalStatement.objects.values_list("key", flat=True)) == {"live", "draft"}
    assert reason_to_keep(draft) == "“draft” stands on a page and cannot be deleted. Take it off first."
    assert "is cited and cannot be deleted" in reason_to_keep(live.source)


def test_report_names_what_is_due_and_why_and_the_first_screen_counts_it() -> None:
    legal_statement("never")
    legal_statement("late", checked_on=days_ago(181), checked_by="Nia Law")
    legal_statement("fresh", checked_on=days_ago(180), checked_by="Nia Law")
    legal_statement("day", valid_from=None, checked_on=days_ago(1), checked_by="Nia Law")
    legal_statement("ended", valid_to=days_ago(1))
    legal_statement("ended-and-shown", valid_to=days_ago(1))
    briefing_page(1, body=[block("ended-and-shown")])
    desk = signed_in(publisher(person("dev")))

    found = [(row[1], row[2], row[4]) for row in rows(desk, "report_law")[1:]]
    first = html.unescape(desk.get(reverse("wagtailadmin_home")).content.decode())
    screen = html.unescape(desk.get(reverse("report_law")).content.decode())

    whys = {words: (why.partition(" on ")[0], placed) for words, why, placed in found}
    assert {words: (why.partition(" since ")[0], placed) for words, (why, placed) in whys.items()} == {
        "The law of never.": ("Not yet checked by a lawyer", "0"),
        "The law of late.": ("Checked by Nia Law", "0"),
        "The law of day.": ("It does not say from which day", "0"),
        "The law of ended-and-shown.": ("No longer the law", "1"),
    }
    assert [words for words, _why, _placed in found][-1] == "The law of day."
    assert "4 legal checks are due" in first
    assert "Not yet checked by a lawyer" in screen


def test_first_screen_says_nothing_of_law_where_nothing_is_due() -> None:
    legal_statement("fresh", checked_on=days_ago(0), checked_by="Nia Law")

    first = html.unescape(signed_in(publisher(person("dev"))).get(reverse("wagtailadmin_home")).content.decode())

    assert "legal check" not in first
