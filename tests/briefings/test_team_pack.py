"""A team pack: one page beside a briefing for a meeting of twenty minutes."""

import html
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from toolkit.qr import qr_code
from wagtail.models import PageViewRestriction

from briefings.forms import AgendaField
from briefings.models import BriefingIndexPage, BriefingPage
from briefings.team_pack import LONGEST, faults_of
from tests.briefings.test_desk import adding, briefing_form, desk
from tests.factories import TEAM_PACK, briefing_page, shelf

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

AGENDA: list[dict[str, Any]] = TEAM_PACK["team_agenda"]
QUESTIONS: list[str] = TEAM_PACK["team_questions"]
TYPED = "5 Read the key messages.\n12 Talk about the questions.\n3 Choose one thing.\n"


def said(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_pack_says_its_agenda_its_questions_and_where_the_briefing_is(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://learn.example.org"
    briefing_page(4, **TEAM_PACK)

    response = client.get("/briefings/4/team/")

    page = said(response)
    assert response.status_code == 200
    assert all(step["what"] in page and f"{step['minutes']} minutes" in page for step in AGENDA)
    assert all(question in page for question in QUESTIONS)
    assert qr_code("https://learn.example.org/briefings/4/") in response.content.decode()
    assert '<span class="address">https://learn.example.org/briefings/4/</span>' in page
    assert "not yet checked by a practitioner" in page
    assert ('href="/briefings/about-4/"' in page, "If a child may be at risk now" in page) == (True, True)


def test_pack_of_a_briefing_past_its_review_says_so(client: Client) -> None:
    briefing_page(4, **TEAM_PACK, published_on=date(2020, 1, 1), review_due_on=date(2021, 1, 1))

    assert "This briefing is due to be looked at again" in said(client.get("/briefings/4/team/"))


def test_briefing_leads_to_its_pack(client: Client) -> None:
    briefing_page(4, **TEAM_PACK)

    page = said(client.get("/briefings/about-4/"))

    assert '<a href="/briefings/4/team/">Team pack: 20 minutes for a meeting</a>' in page


def test_briefing_without_a_pack_has_no_such_page_and_no_link(client: Client) -> None:
    briefing_page(4)

    assert client.get("/briefings/4/team/").status_code == 404
    assert "/team/" not in said(client.get("/briefings/about-4/"))


def test_pack_of_a_withdrawn_or_kept_back_briefing_is_not_found(client: Client) -> None:
    briefing_page(4, **TEAM_PACK).unpublish()
    kept = briefing_page(5, **TEAM_PACK)
    PageViewRestriction.objects.create(page=kept, restriction_type=PageViewRestriction.LOGIN)

    assert [client.get(f"/briefings/{number}/team/").status_code for number in (4, 5, 6)] == [404] * 3


def test_pack_can_only_be_looked_at(client: Client) -> None:
    briefing_page(4, **TEAM_PACK)

    assert client.post("/briefings/4/team/").status_code == 405


@pytest.mark.parametrize(
    ("agenda", "questions", "field", "sentence"),
    [
        (AGENDA[:2], QUESTIONS, "team_agenda", "three to six steps"),
        ([*AGENDA, {"minutes": 1, "what": "More."}], QUESTIONS, "team_agenda", "come to 21"),
        ([*AGENDA, {"minutes": 0, "what": "More."}], QUESTIONS, "team_agenda", "each with its minutes"),
        ([], QUESTIONS, "team_agenda", "three to six steps"),
        (AGENDA, QUESTIONS[:2], "team_questions", "exactly three questions, and this one 2"),
        (AGENDA, [], "team_questions", "exactly three questions, and this one 0"),
        (AGENDA, [*QUESTIONS[:2], "x" * (LONGEST + 1)], "team_questions", "at most 140 characters"),
    ],
)
def test_pack_that_is_not_whole_is_refused(agenda: list, questions: list, field: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        briefing_page(4, team_agenda=agenda, team_questions=questions)

    assert list(refused.value.message_dict) == [field]
    assert sentence in refused.value.message_dict[field][0]


def test_no_pack_at_all_is_no_fault() -> None:
    assert faults_of([], []) == {}


def test_editor_writes_a_pack_a_step_and_a_question_to_a_line(desk: Client) -> None:
    form = briefing_form(see_also="", team_agenda=TYPED, team_questions="\n".join(QUESTIONS))

    desk.post(adding(BriefingPage, shelf(BriefingIndexPage)), form)

    page = BriefingPage.objects.get(slug="handovers")
    assert {"team_agenda": page.team_agenda, "team_questions": page.team_questions} == TEAM_PACK
    assert AgendaField().prepare_value(page.team_agenda) == TYPED.strip()


@pytest.mark.parametrize(
    ("agenda", "sentence"),
    [
        ("Read.\nTalk.\nChoose.", "Begin each line with its minutes, such as “5 Read the key messages”."),
        (TYPED.replace("12", "2"), "The minutes of the agenda come to 10, and the meeting has 20."),
    ],
)
def test_pack_that_is_not_whole_is_refused_at_the_desk(desk: Client, agenda: str, sentence: str) -> None:
    form = briefing_form(team_agenda=agenda, team_questions="\n".join(QUESTIONS))

    response = desk.post(adding(BriefingPage, shelf(BriefingIndexPage)), form)

    assert (sentence in said(response), BriefingPage.objects.exists()) == (True, False)
