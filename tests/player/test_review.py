"""The result page under a review matrix: no byte of what is withheld, in any answer a learner gets."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assessments.assessment_rules import AssessmentRules
from assessments.models import Attempt
from people.models import User
from tests.enrolments.doings import sit
from tests.factories import NOON, cohort, enrolment, people, taught_course
from tests.factories import item as new_item
from tests.factories import trainer as give_trainer

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=2)
# How each cell of the matrix can be told on a page: words that stand nowhere else.
SIGNS = {
    "response": re.compile(r"You chose this|opt was"),
    "correctness": re.compile(r"This fits\.|This does not fit\."),
    "score": re.compile(r"\b185\b(?!-)|\b37 of 37|0 of 37"),  # an identifier may hold 185 too
    "explanation": re.compile(r"zqbecause"),
    "right_answer": re.compile(r"This one fits|and it fits|opt good"),
    "overall": re.compile(r"zqoverall"),
}
EVERY = (*SIGNS, "comment")


def sat(client: Client, shown: list[str]) -> tuple[Attempt, str]:
    """Amina's attempt, five of eight items of 37 points right; from an hour on only these are shown."""
    taught, cast = taught_course(item_counts=(0, 0, 0)), people()
    for outcome, count in zip(taught.outcomes, (3, 2, 3), strict=True):
        for _ in range(count):
            new_item(taught.bank, outcome, max_score=37, explanation="zqbecause of {choice}.")
    rules = AssessmentRules(review={"while_open": frozenset(shown)}).to_json()
    taught.assessment.rules = {**rules, "overall": [{"from": "0", "texts": {"en": "zqoverall"}}]}
    taught.assessment.save()
    group = cohort(taught.course)
    run = enrolment(cast.amina, group)
    give_trainer(cast.beth, group)
    attempt = sit(run, taught, right=5)
    client.force_login(cast.amina)
    return attempt, f"/quiz/{taught.assessment.uuid}/"


def found_in(text: str) -> set[str]:
    return {name for name, sign in SIGNS.items() if sign.search(text)}


@pytest.mark.parametrize("withheld", EVERY)
def test_what_the_matrix_withholds_is_in_no_byte_a_learner_is_sent(
    client: Client, withheld: str, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt, start = sat(client, [name for name in EVERY if name != withheld])
    base = f"/attempt/{attempt.uuid}/"

    with time_machine.travel(LATER, tick=False):
        result = client.get(f"{base}result/")
        others = [client.get(url, follow=True) for url in (start, "/my-learning/", "/my-learning/record/", "/")]
        others += [client.get(url, follow=True) for url in (f"{base}1/", f"{base}check/", reverse("your_data"))]
        others += [client.post(f"{base}1/save/", {"q1": "1", "sequence": "9"})]
        others += [client.get(reverse("your_data_download", args=[form])) for form in ("json", "html")]
        call_command("export_learner", attempt.learner.email)
    sent = [b"".join(one).decode() + str(one.headers) for one in (result, *others)]
    data = capsys.readouterr().out

    assert found_in(sent[0]) == set(SIGNS) - {withheld}
    assert {one.status_code for one in others} == {200, 410}
    assert [withheld in found_in(text) for text in sent] == [False] * len(sent)
    if withheld == "score":
        assert (bool(SIGNS["score"].search(data)), "not shown yet" in data) == (False, True)


def test_result_is_whole_at_first_and_says_later_what_is_not_shown(client: Client) -> None:
    attempt, _start = sat(client, [])
    url = f"/attempt/{attempt.uuid}/result/"

    with time_machine.travel(NOON + timedelta(minutes=59), tick=False):
        early = client.get(url).content.decode()
    with time_machine.travel(LATER, tick=False):
        late = client.get(url).content.decode()

    assert (found_in(early), found_in(late)) == (set(SIGNS), set())
    assert "Not shown now:" not in early
    words = (
        "Not shown now: What was answered; Whether it fits; Points; Explanations; What fits; "
        "What the quiz says to the result; A marker’s comment."
    )
    assert words in late
    assert "Not passed yet" in late


def test_trainer_sees_all_of_it_whatever_the_matrix_says(client: Client) -> None:
    attempt, _start = sat(client, [])
    client.force_login(User.objects.get(name__startswith="Beth"))
    run = attempt.link.enrolment

    with time_machine.travel(LATER, tick=False):
        page = client.get(reverse("cohort_attempt", args=[run.cohort.uuid, run.uuid, attempt.uuid]))

    assert page.status_code == 200
    assert found_in(page.content.decode()) >= {"response", "explanation", "right_answer", "score"}
