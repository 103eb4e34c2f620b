"""What pages ask of an attempt. Nothing here gives away a key before the attempt is finished."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from reference.models import Source

from .choices import AttemptState
from .items import item_type
from .models import Attempt, ItemVersion, Place, RevisionRequest, Score
from .settling import is_returned, last_responses


@dataclass(frozen=True)
class ChoiceShown:
    """One option as a learner sees it; after hand-in also what it rests on. `number` is its place as shown."""

    number: int
    text: str
    is_chosen: bool
    is_answer: bool | None = None
    explanation: str = ""


@dataclass(frozen=True)
class CriterionShown:
    """One criterion of a rubric. `levels` and `reached` are told only once a person has judged."""

    key: str
    title: str
    levels: tuple[str, ...] = ()
    reached: int | None = None


@dataclass(frozen=True)
class Marked:
    """How a person judged a response: who and when, their comment, and why it was corrected if it was."""

    by: str
    at: datetime
    comment: str
    reason: str


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
    text: str = ""
    criteria: tuple[CriterionShown, ...] = ()
    marked: Marked | None = None
    returned: RevisionRequest | None = None

    @property
    def is_text(self) -> bool:
        return self.control == "text"

    @property
    def cited(self) -> list[ChoiceShown]:
        """What an open response rests on."""
        return [choice for choice in self.choices if choice.is_chosen]

    @property
    def is_answered(self) -> bool:
        return bool(self.text) if self.is_text else any(choice.is_chosen for choice in self.choices)

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
    used = result.scores.select_related("response", "scored_by") if result else []
    scores = {score.response.place_id: score for score in used}
    places = attempt.places.select_related("item_version__learning_outcome").prefetch_related("item_version__sources")
    return [_explained(place, attempt.language, scores[place.pk]) for place in places]


def waiting(attempt: Attempt) -> list[Question]:
    """All items as they were handed in, while a marker looks: no key, no score; with what came back for revision."""
    back = {one.place.position: one.revision_request for one in last_responses(attempt) if is_returned(one)}
    return [replace(one, returned=back.get(one.position)) for one in questions_of(attempt)]


def criteria_of(
    version: ItemVersion, language: str, levels: Mapping[str, int] | None = None
) -> tuple[CriterionShown, ...]:
    """The rubric of an open response with all its levels, in order; empty for other kinds."""
    texts = (version.texts.get(language) or version.texts["en"]).get("criteria", {})
    reached = levels or {}
    return tuple(
        CriterionShown(one["key"], words["title"], tuple(words["levels"]), reached.get(one["key"]))
        for one in version.structure.get("criteria", [])
        for words in [texts[one["key"]]]
    )


def _titles_alone(version: ItemVersion, language: str) -> tuple[CriterionShown, ...]:
    return tuple(replace(one, levels=()) for one in criteria_of(version, language))


def _texts(place: Place, language: str) -> dict[str, Any]:
    texts = place.item_version.texts
    return texts.get(language) or texts["en"]


def explained(place: Place, language: str, score: Score) -> Question:
    """One item with what was handed in and everything that is known of it. For whoever may see it (review.py)."""
    return _explained(place, language, score)


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
        text=draft.value.get("text", "") if draft else "",
        criteria=_titles_alone(place.item_version, language),
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
        text=(score.response.value or {}).get("text", ""),
        criteria=criteria_of(version, language, score.levels),
        marked=_marked(score),
    )


def _marked(score: Score) -> Marked | None:
    if score.scored_by is None:
        return None
    return Marked(str(score.scored_by), score.scored_at, score.comment, score.reason)
