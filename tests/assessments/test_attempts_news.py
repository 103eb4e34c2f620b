"""What is told after a hand-in, and what stays as it was."""

import pytest
from django.db import transaction

from assessments.attempts import finish_attempt
from assessments.models import Attempt, Draft, ItemVersion, Place, Response, Result, Score
from assessments.signals import attempt_scored
from tests.assessments.sitting import answer, begin, counts
from tests.factories import NOON, people, taught_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    """What a listener hears: the attempt, and how many results others can read at that moment."""
    heard = []

    def listen(sender, attempt, **kwargs):
        heard.append((sender, attempt.pk, Result.objects.filter(attempt=attempt).count()))

    attempt_scored.connect(listen)
    yield heard
    attempt_scored.disconnect(listen)


@pytest.mark.django_db(transaction=True)
def test_the_news_goes_out_only_after_the_hand_in_has_committed(news):
    attempt = begin(taught_course(), people().amina)

    with transaction.atomic():
        finish_attempt(attempt, at=NOON)
        heard_before_commit = list(news)

    assert heard_before_commit == []
    assert news == [(Attempt, attempt.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_hand_in_rolled_back_tells_nobody(news):
    attempt = begin(taught_course(), people().amina)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 // (finish_attempt(attempt, at=NOON).number - 1)

    attempt.refresh_from_db()
    assert (news, attempt.state, counts()) == ([], "in_progress", (0, 0, 0))


@pytest.mark.django_db(transaction=True)
def test_handing_in_twice_is_told_once(news):
    attempt = begin(taught_course(), people().amina)

    for _ in range(3):
        finish_attempt(attempt, at=NOON)

    assert news == [(Attempt, attempt.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_undoes_nothing_and_others_still_hear(news):
    attempt = begin(taught_course(), people().amina)

    def fail(sender, attempt, **kwargs):
        raise RuntimeError("a listener broke")

    attempt_scored.connect(fail)
    try:
        finished = finish_attempt(attempt, at=NOON)
    finally:
        attempt_scored.disconnect(fail)

    attempt.refresh_from_db()
    assert (finished.state, attempt.state, counts()) == ("scored", "scored", (8, 8, 1))
    assert news == [(Attempt, attempt.pk, 1)]


# -- What stays ------------------------------------------------------------------------------------------------


def test_a_new_version_of_an_item_changes_no_attempt_stored():
    taught = taught_course()
    attempt = begin(taught, people().amina)
    answer(attempt, right=8)
    finish_attempt(attempt, at=NOON)
    before = [list(model.objects.order_by("pk").values()) for model in (Place, Response, Score, Result, Draft)]

    for one in taught.items:
        old = one.current
        one.current = ItemVersion.objects.create(
            item=one,
            number=2,
            kind=old.kind,
            learning_outcome=old.learning_outcome,
            structure=old.structure,
            key={"correct": ["d"]},
            scoring_rule=old.scoring_rule,
            scoring_rule_version=old.scoring_rule_version,
            max_score=old.max_score,
            texts=old.texts,
            digest="1" * 64,
            created_at=NOON,
        )
        one.save()

    after = [list(model.objects.order_by("pk").values()) for model in (Place, Response, Score, Result, Draft)]
    assert after == before
    attempt.refresh_from_db()
    assert {place.item_version.number for place in attempt.places.all()} == {1}
    assert (attempt.result.points, attempt.result.passed) == (8, True)


def test_an_open_attempt_is_scored_by_the_version_it_showed():
    taught = taught_course()
    attempt = begin(taught, people().amina)
    answer(attempt, right=8)
    for one in taught.items:
        fields = {
            field.name: getattr(one.current, field.name)
            for field in ItemVersion._meta.concrete_fields
            if field.name not in ("id", "number", "key")
        }
        one.current = ItemVersion.objects.create(**fields, number=2, key={"correct": ["d"]})
        one.save()

    finished = finish_attempt(attempt, at=NOON)

    assert finished.result.points == 8


def test_a_draft_is_kept_after_hand_in():
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=8)

    finish_attempt(attempt, at=NOON)

    assert Draft.objects.filter(place__attempt=attempt).count() == 8
