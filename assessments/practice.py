"""Practice: items asked again beside any attempt. It counts for nothing, and nothing of it is kept.

So that no attempt to come is spoiled, practice asks only what cannot be new in one: items whose answers the learner has
been told in this run, and items that no quiz draws for them any more. Never one that lies in an attempt which is not
scored yet, or whose answers are withheld. Source: docs/decisions/0069-practice.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from random import Random
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from courses.models import LearningOutcome
from people.models import User

from .assessment_rules import AssessmentRules
from .choices import AttemptState
from .drawing import mixed
from .items import TYPES, Posted, item_type
from .models import Assessment, Attempt, Item, ItemVersion, Place
from .previews import as_asked, as_marked
from .queries import Question
from .review import TOLD, fits_in_words, shown_of
from .tries import is_given

_MARKED = [one.kind for one in TYPES.values() if one.is_marked]


@dataclass(frozen=True)
class Candidate:
    """An item that may be practised. `last_met` orders by when; 0 means never."""

    item: int
    kind: str
    last_met: int


@dataclass(frozen=True)
class Wish:
    """What practice is wanted after an attempt: how many items, of which kind rather, and which rather not."""

    count: int
    kind: str = ""
    missed: Collection[int] = ()  # of the attempt's items those that did not wholly fit: rather than its others
    met: Collection[int] = ()  # the attempt's items: only after all others
    last: Collection[int] = ()  # just seen: only where nothing else is left


def practisable(
    learner: User, run_id: UUID, outcome: LearningOutcome, *, settled: Collection[int], at: datetime
) -> QuerySet[Item]:
    """The items of a learning outcome that a learner may practise in a run, from open banks alone.

    `settled` are the assessments that this run has behind it: whatever they alone draw is free. An item that a person
    marks, or that earns nothing, is not practised: nobody could say at once whether an answer fits.
    """
    told, hidden = _attempts(learner, run_id, at)
    live = Item.objects.filter(
        bank__is_open=True, retired_at=None, current__isnull=False, current__learning_outcome=outcome
    )
    drawing = Assessment.objects.exclude(pk__in=settled)
    return (
        live.filter(Q(pk__in=_met_in(told)) | ~Q(bank__in=drawing.values("bank")))
        .exclude(pk__in=_met_in(hidden))
        .exclude(Q(current__max_score=Fraction(0)) | Q(current__kind__in=_MARKED))
    )


def candidates_of(items: QuerySet[Item], run_id: UUID) -> list[Candidate]:
    """These items with when the run met them last."""
    met = Place.objects.filter(attempt__run_id=run_id, item__in=items).order_by()
    last_met = dict(met.values_list("item").annotate(last=Max("attempt")))
    return [Candidate(item, kind, last_met.get(item, 0)) for item, kind in items.values_list("pk", "current__kind")]


def choose(pool: Sequence[Candidate], wish: Wish, chance: Random) -> list[int]:
    """The items to practise, at most so many as are wished. Pure.

    First what the attempt did not draw, of the same kind if one is wished, and what was met longest ago; then what the
    attempt drew, what was missed in it first.
    """

    def rank(one: Candidate) -> tuple[bool, bool, bool, bool, int]:
        was_right = one.item in wish.met and one.item not in wish.missed
        another_kind = bool(wish.kind) and one.kind != wish.kind
        return one.item in wish.last, one.item in wish.met, another_kind, was_right, one.last_met

    ranked = sorted(chance.sample(pool, len(pool)), key=rank)
    return [one.item for one in ranked[: wish.count]]


@dataclass(frozen=True)
class Exercise:
    """One item as it is practised: its version of today, in a language, in an order that its address fixes."""

    version: ItemVersion
    language: str
    order: Sequence[str]
    number: int

    def asked(self) -> Question:
        """Without key and explanation."""
        return as_asked(self.version, self.language, position=self.number, order=self.order)

    def judged(self, posted: Posted) -> tuple[Question, str] | None:
        """The question with its answer explained, and whether it fits in words; None where nothing was answered.

        Raises NotAnswerable.
        """
        kind = item_type(self.version.kind)
        value = kind.read(posted, self.version.structure, self.order)
        if not is_given(value):
            return None
        told = as_marked(self.version, self.language, value, position=self.number, order=self.order)
        return told, fits_in_words(kind.share(value, self.version.key, self.version.structure))


def exercise_of(version: ItemVersion, language: str, rules: AssessmentRules, *, seed: str, number: int) -> Exercise:
    """The same seed gives the same order; what a quiz does not mix is not mixed here."""
    choices: list[str] = version.structure["choices"]
    is_mixed = item_type(version.kind).mixes and rules.is_shuffled
    order = mixed(choices, Random(f"{seed}.{version.item_id}")) if is_mixed else choices  # noqa: S311  no secret
    return Exercise(version, language, order, number)


def _attempts(learner: User, run_id: UUID, at: datetime) -> tuple[list[int], list[int]]:
    """The attempts of a run whose answers were told, and all of the learner's whose answers were not."""
    told, hidden = [], []
    for attempt in Attempt.objects.belonging_to(learner).exclude(state=AttemptState.VOID):
        if attempt.state != AttemptState.SCORED or not shown_of(attempt, at) >= TOLD:
            hidden.append(attempt.pk)
        elif attempt.run_id == run_id:
            told.append(attempt.pk)
    return told, hidden


def _met_in(attempts: Collection[int]) -> QuerySet[Place, int]:
    return Place.objects.filter(attempt__in=attempts).values_list("item", flat=True)
