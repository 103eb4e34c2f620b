"""Scoring a faulty item anew: what would change is shown, then added; a pass is never taken away."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt, save_draft, start_attempt
from assessments.bank import BankRefused
from assessments.models import Attempt, ItemVersion, Response, Result, Score
from assessments.regrading import ChangedMeanwhile, Way, plan, regrade, why_not_by_key
from assessments.removal import remove_answers
from assessments.rules import AttemptRules
from assessments.settling import settle
from assessments.signals import attempt_scored
from audit.models import AuditEntry
from people.models import User
from tests.assessments.examples import MENDED, example_item, mended_example
from tests.assessments.sitting import answer, begin, mended, shown
from tests.factories import NOON, TaughtCourse, person, taught_course

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


def sat(taught, learner, *, right: int, share=Fraction(7, 10), run: int = 7) -> Attempt:
    """An attempt handed in with so many of its 8 items right; option "a" is right, "b" is what else was chosen."""
    rules = AttemptRules(share)
    attempt = start_attempt(
        taught.assessment, learner, run_id=UUID(int=run), rules=rules, language="en", at=NOON, seed="seed"
    )
    answer(attempt, right=right)
    return finish_attempt(attempt, at=NOON)


def editor() -> User:
    return User.objects.filter(name="Ed").first() or person("Ed")


def met_at(attempt: Attempt, position: int) -> ItemVersion:
    return attempt.places.get(position=position).item_version


def do(version: ItemVersion, way: Way, reason: str = "The key was wrong.") -> list[Attempt]:
    return regrade(version, way, seen=plan(version, way).fingerprint, reason=reason, by=editor(), at=LATER)


def test_a_fail_becomes_a_pass_by_the_mended_key_and_the_old_rows_stay(taught, django_capture_on_commit_callbacks):
    attempt = sat(taught, person("Amina"), right=5)
    faulty = mended(met_at(attempt, 8))
    old = attempt.result
    before = list(Score.objects.order_by("pk").values()), Result.objects.filter(pk=old.pk).values().get()
    heard: list[Attempt] = []
    attempt_scored.connect(lambda sender, attempt, **kwargs: heard.append(attempt), weak=False, dispatch_uid="heard")

    planned = plan(faulty, Way.BY_KEY)
    with django_capture_on_commit_callbacks(execute=True):
        changed = do(faulty, Way.BY_KEY)
    attempt_scored.disconnect(dispatch_uid="heard")

    (one,) = planned.changes
    assert (one.before, one.after, one.passed_before, one.passes_after, one.stands) == (5, 6, False, True, False)
    result = Attempt.objects.get(pk=attempt.pk).result
    assert (result.points, result.passed, result.kept_points, result.supersedes) == (6, True, None, old)
    assert list(Score.objects.exclude(kind="regrade").order_by("pk").values()) == before[0]
    assert Result.objects.filter(pk=old.pk).values().get() == before[1]
    made = Score.objects.get(kind="regrade")
    assert (made.points, made.reason, made.supersedes.points, made.scored_by) == (1, "The key was wrong.", 0, None)
    assert result.scores.count() == 8
    assert made in result.scores.all()
    assert (heard, changed) == ([attempt], [attempt])
    acts = AuditEntry.objects.filter(act__endswith="regraded").order_by("pk").values_list("act", "person")
    assert list(acts) == [("item_regraded", None), ("result_regraded", attempt.learner_id)]
    assert Attempt.objects.get(pk=attempt.pk).scored_at == NOON


@pytest.mark.parametrize(("way", "points"), [(Way.BY_KEY, 2), (Way.FULL, 3)])
def test_points_that_hang_on_certainty_still_do_when_the_key_is_mended(taught, way: Way, points: int):
    taught.assessment.rules = AssessmentRules(certainty="marked").to_json()
    taught.assessment.save()
    attempt = begin(taught, person("Amina"))
    place = attempt.places.get(position=8)
    save_draft(place, posted=shown(place, "b"), certainty=2, sequence=1, at=NOON)
    finish_attempt(attempt, at=NOON)

    do(mended(place.item_version), way)

    made = Score.objects.get(kind="regrade")
    assert (made.supersedes.points, made.points, made.max_score) == (-2, points, 3)


def test_a_pass_stands_although_the_points_go_down(taught):
    attempt = sat(taught, person("Amina"), right=6)
    faulty = mended(met_at(attempt, 1))

    planned = plan(faulty, Way.BY_KEY)
    do(faulty, Way.BY_KEY)

    assert planned.changes[0].stands
    result = Attempt.objects.get(pk=attempt.pk).result
    assert (result.points, result.passed, result.kept_points, result.points_for_pass) == (5, True, 6, 6)


def test_what_was_kept_stays_kept_when_a_marker_corrects_another_score_later(taught):
    attempt = sat(taught, person("Amina"), right=6)
    do(mended(met_at(attempt, 1)), Way.BY_KEY)
    lowered = attempt.places.get(position=2).responses.get().scores.get()
    Score.objects.create(
        response=lowered.response, kind="marker", points=0, max_score=1, rule="x", rule_version=1,
        scored_by=editor(), scored_at=LATER, supersedes=lowered,
    )  # fmt: skip

    settle(Attempt.objects.get(pk=attempt.pk), at=LATER)

    result = Attempt.objects.get(pk=attempt.pk).result
    assert (result.points, result.kept_points, result.passed) == (4, 5, False)


def test_all_the_points_to_everybody_raises_and_lowers_nobody(taught):
    right, wrong = sat(taught, person("Amina"), right=8), sat(taught, person("Bryn"), right=7, run=8)
    shared = next(place for place in wrong.places.all() if place.position == 8).item_version
    met = right.places.filter(item_version=shared).exists()

    planned = plan(shared, Way.FULL)
    do(shared, Way.FULL)

    assert [one.attempt for one in planned.changes] == [wrong]
    assert planned.same == int(met)
    assert Attempt.objects.get(pk=wrong.pk).result.points == 8
    assert Attempt.objects.get(pk=right.pk).results.count() == 1


def test_done_twice_is_done_once(taught):
    attempt = sat(taught, person("Amina"), right=5)
    faulty = mended(met_at(attempt, 8))
    do(faulty, Way.BY_KEY)

    again = do(faulty, Way.BY_KEY)

    assert (again, Score.objects.filter(kind="regrade").count(), Result.objects.count()) == ([], 1, 2)


def test_what_was_not_shown_is_not_done(taught):
    faulty = mended(met_at(sat(taught, person("Amina"), right=5), 8))
    shown = plan(faulty, Way.FULL).fingerprint

    with pytest.raises(ChangedMeanwhile):
        regrade(faulty, Way.BY_KEY, seen=shown, reason="Wrong.", by=editor(), at=LATER)
    with pytest.raises(BankRefused, match="Say why"):
        regrade(faulty, Way.FULL, seen=shown, reason=" ", by=editor(), at=LATER)

    assert not Score.objects.filter(kind="regrade").exists()


def test_an_answer_that_is_not_kept_any_more_is_not_judged_anew(taught):
    attempt = sat(taught, person("Amina"), right=6)
    faulty = mended(met_at(attempt, 1))
    remove_answers(Response.objects.all(), at=LATER, why="retention")

    planned = plan(faulty, Way.BY_KEY)

    assert (planned.changes, planned.removed) == ([], 1)


@pytest.mark.parametrize("change", ["live", "kind", "option"])
def test_what_cannot_be_judged_by_the_live_key_is_said(taught, change):
    version = met_at(sat(taught, person("Amina"), right=5), 8)
    if change != "live":
        mended(version, correct="z" if change == "option" else "b")
    if change == "kind":
        item = version.item
        fields = {name: getattr(version, name) for name in ("learning_outcome", "structure", "texts", "max_score")}
        item.current = ItemVersion.objects.create(
            item=item, number=3, kind="ordering", key={}, scoring_rule="x", scoring_rule_version=1, digest="2" * 64,
            created_at=LATER, **fields,
        )  # fmt: skip
        item.save()
    sentence = {
        "live": "This version is the live one",
        "kind": "another kind of answer",
        "option": "was not among the options",
    }[change]

    with pytest.raises(BankRefused, match=sentence):
        plan(ItemVersion.objects.get(pk=version.pk), Way.BY_KEY)


@pytest.mark.parametrize("kind", sorted(MENDED))
def test_answers_of_every_kind_that_has_a_key_can_be_judged_by_a_mended_one(taught, kind: str):
    item = example_item(taught.bank, taught.outcomes[0], kind)

    assert why_not_by_key(mended_example(item.current)) == ""


def test_attempts_that_are_not_handed_in_are_counted_and_left_alone(taught):
    rules = AttemptRules(Fraction(7, 10))
    attempt = start_attempt(
        taught.assessment, person("Amina"), run_id=UUID(int=7), rules=rules, language="en", at=NOON, seed="seed"
    )

    planned = plan(met_at(attempt, 1), Way.FULL)

    assert (planned.changes, planned.open) == ([], 1)


@pytest.mark.parametrize("way", Way)
def test_scoring_anew_takes_as_many_statements_for_twenty_attempts_as_for_two(taught, way: Way):
    first = sat(taught, person("Amina"), right=5)
    sat(taught, person("Bryn"), right=5, run=8)
    of_two = statements_of(mended(met_at(first, 8)), way)
    for number in range(18):
        sat(taught, person(f"Learner {number}"), right=5, run=100 + number)

    of_twenty = statements_of(mended(met_at(first, 7)), way)

    assert of_two == of_twenty
    assert Score.objects.filter(kind="regrade").count() == 2 + 20


def statements_of(version: ItemVersion, way: Way) -> tuple[int, int]:
    """How many it takes to plan, and to do what was planned."""
    by = editor()
    with CaptureQueriesContext(connection) as planning:
        seen = plan(version, way).fingerprint
    with CaptureQueriesContext(connection) as doing:
        regrade(version, way, seen=seen, reason="The key was wrong.", by=by, at=LATER)
    return len(planning), len(doing)
