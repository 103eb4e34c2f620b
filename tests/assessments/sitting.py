"""A sitting that several files of tests share: begin it, answer it."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from assessments.attempts import save_draft, start_attempt
from assessments.models import Item, ItemVersion, Response, Result, Score
from assessments.rules import AttemptRules
from tests.factories import NOON

RUN = UUID(int=7)
RULES = AttemptRules(pass_share=Fraction(7, 10))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def begin(taught, learner, *, rules=RULES, run_id=RUN, at=NOON, seed="seed"):
    """An attempt of this run begun at noon, unless the test says otherwise."""
    return start_attempt(taught.assessment, learner, run_id=run_id, rules=rules, language="en", at=at, seed=seed)


def shown(place, *choices):
    """The numbers a page would post for these choices."""
    return [str(place.choice_order.index(choice) + 1) for choice in choices]


def answer(attempt, *, right, at=NOON):
    """Answer so many items right and the others wrong; every key of the factory's items is "a"."""
    for place in attempt.places.all():
        choice = "a" if place.position <= right else "b"
        save_draft(place, posted=shown(place, choice), sequence=1, at=at)


def counts():
    return Response.objects.count(), Score.objects.count(), Result.objects.count()


def mended(version: ItemVersion, correct: str = "b") -> ItemVersion:
    """A live version with another key, in place of this one; an option that was not there is added."""
    item = Item.objects.get(pk=version.item_id)
    number = item.versions.count() + 1
    fields = {name: getattr(version, name) for name in ("kind", "learning_outcome", "texts", "max_score")}
    fields["structure"] = {"choices": list({**dict.fromkeys(version.structure["choices"]), correct: None})}
    item.current = ItemVersion.objects.create(
        item=item, number=number, key={"correct": [correct]}, scoring_rule="choose_one", scoring_rule_version=1,
        digest=f"{number:064}", created_at=NOON, **fields,
    )  # fmt: skip
    item.save()
    return ItemVersion.objects.get(pk=version.pk)
