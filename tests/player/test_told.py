"""Answers checked one by one in a browser without scripts: what the page says, and that it stays so."""

from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.assessment_rules import AssessmentRules
from assessments.models import Attempt, Draft, Response
from enrolments.attempts import begin_attempt
from tests.assessments.examples import example_item
from tests.enrolments.doings import number_of
from tests.factories import cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db

IMMEDIATE = AssessmentRules(feedback="immediate")
TRIES = AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3))
SURE = AssessmentRules(certainty="asked")


class Checking:
    """Amina in a browser, in front of a quiz with rules of its own."""

    def __init__(self, client: Client, rules: AssessmentRules, kind: str = "") -> None:
        self.client, self.taught = client, taught_course()
        if kind:
            example_item(self.taught.bank, self.taught.outcomes[0], kind)
            self.taught.assessment.blueprint.all().delete()
            self.taught.assessment.blueprint.create(learning_outcome=self.taught.outcomes[0], item_kind=kind, count=1)
        self.taught.assessment.rules = rules.to_json()
        self.taught.assessment.save()
        run = enrolment(people().amina, cohort(self.taught.course))
        client.force_login(run.learner)
        self.attempt: Attempt = begin_attempt(run, self.taught.assessment, language="en", at=timezone.now())
        self.base = f"/attempt/{self.attempt.uuid}/"

    def post(self, choice: str, *, go: str = "tell", position: int = 1, sequence: int = 1, **fields: str) -> Any:
        place = self.attempt.places.get(position=position)
        answer = {f"q{position}": number_of(place, choice)} if choice else {}
        return self.client.post(f"{self.base}{position}/", {**answer, "sequence": sequence, "go": go, **fields})

    def page(self, end: str = "1/") -> str:
        return str(self.client.get(self.base + end).content.decode())


def test_checked_answer_is_told_on_its_page_and_cannot_be_changed(client: Client) -> None:
    sitting = Checking(client, IMMEDIATE)
    before = sitting.page()

    sent = sitting.post("b")
    page = sitting.page()

    assert (sent.status_code, sent["Location"]) == (302, f"{sitting.base}1/")
    assert ("Check my answer" in before, "Because of" in before) == (True, False)
    said = ["This does not fit.", "Your answer is checked and stays as it is.", "Because of a.", "This one fits."]
    assert [words for words in said if words not in page] == []
    assert 'name="q1"' not in page
    assert f'href="{sitting.base}2/"' in page


def test_change_of_a_checked_answer_is_refused_in_words_by_page_and_script(client: Client) -> None:
    sitting = Checking(client, IMMEDIATE)
    sitting.post("b")

    page = sitting.client.post(f"{sitting.base}1/", {"q1": "1", "sequence": 2, "go": "next"}, follow=True)
    script = sitting.client.post(f"{sitting.base}1/save/", {"q1": "1", "sequence": 2})

    words = "This answer was checked, and stays as it is."
    assert words in page.content.decode()
    assert (script.status_code, script.json()) == (410, {"problem": words})
    assert Response.objects.get().value["chosen"] == ["b"]


def test_checking_without_an_answer_says_what_to_do(client: Client) -> None:
    sitting = Checking(client, TRIES)

    page = sitting.post("")

    assert (page.status_code, Response.objects.count()) == (409, 0)
    assert "Answer the question first; then check it." in page.content.decode()


def test_wrong_try_says_so_keeps_the_form_and_gives_nothing_else_away(client: Client) -> None:
    sitting = Checking(client, TRIES)

    sitting.post("b")
    page = sitting.page()

    assert [
        words for words in ("This does not fit.", "You have 2 tries left.", "Check it again") if words not in page
    ] == []
    assert [words for words in ("Because of", "This one fits", "correct") if words in page] == []
    assert 'name="q1"' in page


def test_second_try_that_fits_is_told_and_earns_less(client: Client) -> None:
    sitting = Checking(client, TRIES)
    sitting.post("b")
    sitting.post("a", sequence=2)

    checked = sitting.page()
    sitting.client.post(f"{sitting.base}hand-in/")
    result = sitting.page("result/")

    assert ("This fits." in checked, "2/3" in result) == (True, True)
    assert Response.objects.filter(place__position=1).count() == 2
    assert "This fits. 2/3 of 1 point." in result


@pytest.mark.parametrize("rules", [IMMEDIATE, TRIES, SURE], ids=["immediate", "tries", "sure"])
def test_page_that_asks_nothing_is_not_checked_and_asks_nobody_how_sure_they_are(
    client: Client, rules: AssessmentRules
) -> None:
    sitting = Checking(client, rules, kind="information")

    page, pressed = sitting.page(), sitting.post("")

    assert [words for words in ("Before you begin", "Check my answer", "How sure") if words in page] == [
        "Before you begin"
    ]
    assert (pressed.status_code, pressed["Location"]) == (302, f"{sitting.base}1/")


def test_check_page_offers_no_change_of_what_is_fixed(client: Client) -> None:
    sitting = Checking(client, IMMEDIATE)
    sitting.post("a")

    page = sitting.page("check/")

    assert page.count("Stays as it is") == 1
    assert (f'href="{sitting.base}1/"' in page, f'href="{sitting.base}2/"' in page) == (False, True)


def test_forward_only_opens_one_question_at_a_time_and_never_an_earlier_one(client: Client) -> None:
    sitting = Checking(client, AssessmentRules(is_forward_only=True))

    ahead = sitting.client.get(f"{sitting.base}5/")
    sitting.post("a", go="next")
    back = sitting.client.get(f"{sitting.base}1/")
    page = sitting.page("2/")
    changed = sitting.post("b", go="next", sequence=2)

    assert (ahead["Location"], back["Location"], changed["Location"]) == (
        f"{sitting.base}1/",
        f"{sitting.base}2/",
        f"{sitting.base}2/",
    )
    assert ("Save and go back" in page, "Saved at" in page) == (False, False)
    assert Draft.objects.get(place__position=1).value["chosen"] == ["a"]
    assert 'href="' + sitting.base + '1/"' not in sitting.page("check/")


def test_forward_only_with_feedback_goes_on_from_a_checked_answer(client: Client) -> None:
    sitting = Checking(client, AssessmentRules(feedback="immediate", is_forward_only=True))
    sitting.post("b")

    went = sitting.client.post(f"{sitting.base}1/", {"go": "on"})

    assert went["Location"] == f"{sitting.base}2/"
    assert "Question 2 of 8" in sitting.page("2/")


def test_how_sure_is_asked_kept_and_shown_again(client: Client) -> None:
    sitting = Checking(client, SURE)

    sitting.post("b", go="next", **{"q1-sure": "sure-3"})
    page = sitting.page()

    assert ("How sure are you?" in page, 'value="sure-3" checked' in page) == (True, True)
    assert Draft.objects.get().certainty == 3


def test_script_is_told_the_certainty_that_is_saved_where_another_tab_was_later(client: Client) -> None:
    sitting = Checking(client, SURE)
    sitting.post("b", go="next", **{"q1-sure": "sure-3"})

    reply = sitting.client.post(f"{sitting.base}1/save/", {"q1": "1", "sequence": 1, "q1-sure": "sure-1"})

    number = number_of(sitting.attempt.places.get(position=1), "b")
    assert (reply.status_code, reply.json()["fields"]) == (409, {"q1": [number], "q1-sure": ["sure-3"]})


@pytest.mark.parametrize("posted", ["sure-4", "3", "very"])
def test_certainty_no_page_offers_is_refused_and_nothing_is_kept(client: Client, posted: str) -> None:
    sitting = Checking(client, SURE)

    answer = sitting.post("b", go="next", **{"q1-sure": posted})

    assert (answer.status_code, Draft.objects.count()) == (409, 0)


def test_what_hangs_on_certainty_stands_beside_each_step(client: Client) -> None:
    sitting = Checking(client, AssessmentRules(certainty="marked"))

    page = sitting.page()

    steps = ["1 if it fits, nothing if not", "2 if it fits, minus 2 if not", "3 if it fits, minus 6 if not"]
    assert [words for words in steps if words not in page] == []


def test_start_page_says_the_rules_of_the_open_attempt_not_of_the_next(client: Client) -> None:
    sitting = Checking(client, IMMEDIATE)
    sitting.taught.assessment.rules = {}
    sitting.taught.assessment.save()

    page = client.get(f"/quiz/{sitting.taught.assessment.uuid}/").content.decode()

    assert "You can check each answer before you hand in. Once checked, it stays as it is." in page
