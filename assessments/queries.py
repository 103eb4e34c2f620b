"""What pages ask of an attempt. Nothing here gives away a key before the attempt is finished."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from reference.models import Source

from .choices import AttemptState, ScoreKind
from .items import ChoiceShown, Given, ItemType, Shown, dressed, item_type
from .models import Attempt, ItemVersion, Place, RevisionRequest, Score
from .pictures import Pictures
from .settling import is_returned, last_responses


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


@dataclass(frozen=True, kw_only=True)
class Question(Shown):
    """One item of an attempt as a learner sees it: what its type shows of it, and how it stands."""

    position: int
    kind: str
    sequence: int
    is_flagged: bool
    learning_outcome: str
    background: str = ""  # rich text to read before answering
    in_part: int = 0  # of the attempt's parts, from 0 (parts.py)
    content_notice: int = 0  # 1 mentions harm, 2 describes harm or distress
    points: Fraction | None = None
    max_score: Fraction | None = None
    sources: tuple[Source, ...] = ()  # what the item rests on; after hand-in only
    criteria: tuple[CriterionShown, ...] = ()
    marked: Marked | None = None
    returned: RevisionRequest | None = None
    scored_anew: str = ""  # why, where the item was faulty

    @property
    def type(self) -> ItemType:
        return item_type(self.kind)

    @property
    def asked_template(self) -> str:
        return self.type.asked_template

    @property
    def reviewed_template(self) -> str:
        return self.type.reviewed_template

    @property
    def first_field(self) -> str:
        return self.type.first_field

    @property
    def is_marked(self) -> bool:
        """Whether a person reads what was written."""
        return self.type.is_marked and bool(self.criteria)

    @property
    def may_be_practised(self) -> bool:
        """Whether another like it can be tried, and told about without a person."""
        return self.type.is_judged_at_once

    @property
    def cited(self) -> list[ChoiceShown]:
        """What an open response rests on."""
        return [choice for choice in self.choices if choice.is_chosen]

    @property
    def is_answered(self) -> bool:
        """Whether something was given; what asks nothing waits for nothing."""
        return bool(self.answer) or not self.type.asks

    @property
    def field(self) -> str:
        """Name of the form field; says nothing of the item."""
        return f"q{self.position}"


def questions_of(attempt: Attempt) -> list[Question]:
    """All items of an attempt in order, as they stand in the drafts. No key, no explanation."""
    places = list(attempt.places.select_related("item_version__learning_outcome", "draft"))
    pictures = Pictures(place.item_version for place in places)
    return [_asked(place, attempt.language, pictures) for place in places]


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
    pictures = Pictures(place.item_version for place in places)
    return [explained(place, attempt.language, scores[place.pk], pictures) for place in places]


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


def given_of(
    place: Place, value: Mapping[str, Any] | None, language: str = "", pictures: Pictures | None = None
) -> Given:
    """A place with a value, as its item type takes it; in the language of its attempt unless another is asked.

    `pictures` are those of all that is shown with it.
    """
    version = place.item_version
    words = texts_shown(version, language or place.attempt.language, pictures)
    return Given(words, version.structure, place.choice_order, value)


def texts_shown(version: ItemVersion, language: str, pictures: Pictures | None = None) -> dict[str, Any]:
    """An item's texts in a language, or in English, as a page can print them."""
    return dressed(version.texts.get(language) or version.texts["en"], pictures or Pictures([version]))


def before_it(version: ItemVersion, language: str) -> dict[str, Any]:
    """What stands before the question of any kind: rich text to read, and a notice of what may distress."""
    texts = version.texts.get(language) or version.texts["en"]
    return {
        "background": texts.get("background", ""),
        "content_notice": version.structure.get("content_notice", 0),
    }


def fields_saved(place: Place) -> dict[str, list[str]]:
    """What the form fields of an item hold where it is shown as saved, by their names."""
    draft = getattr(place, "draft", None)
    found = item_type(place.item_version.kind).fields(given_of(place, draft.value if draft else None))
    return {f"q{place.position}-{name}" if name else f"q{place.position}": values for name, values in found.items()}


def with_typed(question: Question, typed: Mapping[str, str]) -> Question:
    """The question with what was typed into its fields, by what their names end in; what is picked stays as saved."""
    parts = [
        one if one.options else replace(one, typed=typed.get(str(one.number), one.typed)) for one in question.parts
    ]
    return replace(question, text=typed.get("text", question.text).strip(), parts=parts)


def as_posted(place: Place, value: Mapping[str, Any]) -> dict[str, Any]:
    """What `save_draft` is given for this value, as the place's page would send it."""
    fields = item_type(place.item_version.kind).fields(given_of(place, value))
    return {"posted": fields.get("", []), "parts": {name: held[0] for name, held in fields.items() if name and held}}


def _asked(place: Place, language: str, pictures: Pictures | None = None) -> Question:
    draft = getattr(place, "draft", None)
    version = place.item_version
    shown = item_type(version.kind).asked(given_of(place, draft.value if draft else None, language, pictures))
    return Question(
        **vars(shown),
        **before_it(version, language),
        position=place.position,
        in_part=place.part,
        kind=version.kind,
        sequence=draft.client_sequence if draft else 0,
        is_flagged=bool(draft and draft.flagged),
        learning_outcome=version.learning_outcome.statement,
        criteria=_titles_alone(version, language),
    )


def explained(place: Place, language: str, score: Score, pictures: Pictures | None = None) -> Question:
    """One item with what was handed in and everything that is known of it. For whoever may see it (review.py)."""
    version = place.item_version
    given = given_of(place, score.response.value, language, pictures)
    shown = item_type(version.kind).reviewed(given, version.key)
    return Question(
        **vars(shown),
        **before_it(version, language),
        position=place.position,
        in_part=place.part,
        kind=version.kind,
        sequence=0,
        is_flagged=False,
        learning_outcome=version.learning_outcome.statement,
        points=score.points,
        max_score=score.max_score,
        sources=tuple(version.sources.all()),
        criteria=criteria_of(version, language, score.levels),
        marked=_marked(score),
        scored_anew=score.reason if score.kind == ScoreKind.REGRADE else "",
    )


def _marked(score: Score) -> Marked | None:
    if score.scored_by is None:
        return None
    return Marked(str(score.scored_by), score.scored_at, score.comment, score.reason)
