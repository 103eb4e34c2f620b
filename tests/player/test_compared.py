"""An open response without a rubric: its writer compares it with a model answer, and it is worth nothing."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from assessments.assessment_rules import AssessmentRules
from assessments.choices import AttemptState, Moment, Reveal
from assessments.models import Attempt
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from people.models import User
from tests.assessments.examples import compared_item
from tests.factories import TaughtCourse, cohort, enrolment, people, taught_course, trainer

pytestmark = pytest.mark.django_db
MODEL, CHECK = "zqbecausem a text.", "zqbecausek it is open"


@pytest.fixture
def taught() -> TaughtCourse:
    """A quiz of one such question and one choice."""
    made = taught_course()
    compared_item(made.bank, made.outcomes[0])
    made.assessment.blueprint.all().delete()
    for outcome, kind in zip(made.outcomes, ("open_response", "single_choice"), strict=False):
        made.assessment.blueprint.create(learning_outcome=outcome, item_kind=kind, count=1)
    return made


@pytest.fixture
def run(taught: TaughtCourse, client: Client) -> Enrolment:
    cast, group = people(), cohort(taught.course)
    trainer(cast.beth, group)
    client.force_login(cast.amina)
    return enrolment(cast.amina, group)


def written(client: Client, run: Enrolment, taught: TaughtCourse) -> tuple[Attempt, str]:
    """Her attempt, handed in with this question answered alone; and the page on which she answered."""
    attempt = begin_attempt(run, taught.assessment, language="en", at=timezone.now())
    place = attempt.places.get(item_version__kind="open_response")
    url = f"/attempt/{attempt.uuid}/{place.position}/"
    posted = {f"q{place.position}-text": "They could not know.", "sequence": "1", "go": "next"}
    client.post(url, posted)
    page = client.get(url).content.decode()
    client.post(f"/attempt/{attempt.uuid}/hand-in/")
    attempt.refresh_from_db()
    return attempt, page


def result_of(client: Client, attempt: Attempt) -> str:
    return str(client.get(f"/attempt/{attempt.uuid}/result/").content.decode())


def test_own_text_is_compared_after_the_hand_in_waits_for_nobody_and_earns_nothing(
    client: Client, taught: TaughtCourse, run: Enrolment
) -> None:
    attempt, asked = written(client, run, taught)
    page = result_of(client, attempt)
    client.force_login(User.objects.get(name__startswith="Beth"))
    queue = client.get(f"/cohort/{run.cohort.uuid}/marking/").content.decode()

    assert "This is for yourself: once you have handed in, you compare it with another text." in asked
    assert "zqbecause" not in asked
    result = attempt.result
    assert result is not None
    assert (attempt.state, result.max_score) == (AttemptState.SCORED, 1)
    assert [words in page for words in ("They could not know.", "One way to put it", MODEL, CHECK)] == [True] * 4
    assert "Nothing waits to be marked" in queue


def test_what_is_ticked_beside_the_model_answer_is_sent_nowhere(
    client: Client, taught: TaughtCourse, run: Enrolment
) -> None:
    page = result_of(client, written(client, run, taught)[0])

    boxes = re.findall(r'<input type="checkbox"[^>]*>', page)

    assert boxes == ['<input type="checkbox">']


@pytest.mark.parametrize("withheld", [Reveal.RIGHT_ANSWER, Reveal.EXPLANATION])
def test_model_answer_comes_with_what_fits_and_its_checks_with_explanations(
    client: Client, taught: TaughtCourse, run: Enrolment, withheld: Reveal
) -> None:
    shown = {Moment.JUST_AFTER: frozenset(Reveal) - {withheld}}
    taught.assessment.rules = AssessmentRules(review=shown).to_json()
    taught.assessment.save()

    page = result_of(client, written(client, run, taught)[0])

    is_model = withheld != Reveal.RIGHT_ANSWER
    assert (MODEL in page, CHECK in page) == (is_model, False)
