"""What pages ask of an attempt. Nothing here gives away a key before the attempt is finished."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reference.models import Source

from .choices import AttemptState
from .items import item_type
from .models import Attempt, Place, Score


@dataclass(frozen=True)
class ChoiceShown:
    """One option as a learner sees it; after hand-in also what it rests on. `number` is its place as shown."""

    number: int
    text: str
    is_chosen: bool
    is_answer: bool | None = None
    explanation: str = ""


@dataclass(frozen=True)
class Question:
    """One item of an attempt as a learner sees it."""

    position: int
    prompt: str
    control: str
    choices: list[ChoiceShown]
    sequence: int
    is_flagged: bool
    learning_outcome: str
    points: Fraction | None = None
    max_score: Fraction | None = None
    sources: tuple[Source, ...] = ()  # what the item rests on; after hand-in only

    @property
    def is_answered(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)

    @property
    def field(self) -> str:
        """Name of the form field; says nothing of the item."""
        return f"q{self.position}"


def questions_of(attempt: Attempt) -> list[Question]:
    """All items of an attempt in order, as they stand in the drafts. No key, no explanation."""
    places = attempt.places.select_related("item_version__learning_outcome", "draft")
    return [_asked(place, attempt.language) for place in places]


def question_at(attempt: Attempt, position: int) -> tuple[Place, Question]:
    """One item of an attempt. Raises Place.DoesNotExist."""
    place = attempt.places.select_related("item_version__learning_outcome", "draft").get(position=position)
    return place, _asked(place, attempt.language)


def reviewed(attempt: Attempt) -> list[Question]:
    """All items with what was handed in, the answers and every explanation. Raises ValueError before hand-in."""
    if attempt.state != AttemptState.SCORED:
        raise ValueError("answers are shown only once the attempt is scored")
    result = attempt.result
    scores = {score.response.place_id: score for score in result.scores.select_related("response")} if result else {}
    places = attempt.places.select_related("item_version__learning_outcome").prefetch_related("item_version__sources")
    return [_explained(place, attempt.language, scores[place.pk]) for place in places]


def _texts(place: Place, language: str) -> dict[str, Any]:
    texts = place.item_version.texts
    return texts.get(language) or texts["en"]


def _asked(place: Place, language: str) -> Question:
    texts = _texts(place, language)
    draft = getattr(place, "draft", None)
    chosen = draft.value["chosen"] if draft else []
    return Question(
        position=place.position,
        prompt=texts["prompt"],
        control=item_type(place.item_version.kind).control,
        choices=[
            ChoiceShown(number=number, text=texts["choices"][choice]["text"], is_chosen=choice in chosen)
            for number, choice in enumerate(place.choice_order, start=1)
        ],
        sequence=draft.client_sequence if draft else 0,
        is_flagged=bool(draft and draft.flagged),
        learning_outcome=place.item_version.learning_outcome.statement,
    )


def _explained(place: Place, language: str, score: Score) -> Question:
    texts = _texts(place, language)
    version = place.item_version
    chosen = (score.response.value or {}).get("chosen", [])
    return Question(
        position=place.position,
        prompt=texts["prompt"],
        control=item_type(version.kind).control,
        choices=[
            ChoiceShown(
                number=number,
                text=texts["choices"][choice]["text"],
                is_chosen=choice in chosen,
                is_answer=choice in version.key["correct"],
                explanation=texts["choices"][choice]["explanation"],
            )
            for number, choice in enumerate(place.choice_order, start=1)
        ],
        sequence=0,
        is_flagged=False,
        learning_outcome=version.learning_outcome.statement,
        points=score.points,
        max_score=score.max_score,
        sources=tuple(version.sources.all()),
    )
