"""An item as a learner would meet it, without an attempt: for its editor, for practice, for the page of components."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .items import Given, item_type
from .models import ItemVersion
from .queries import Question, before_it, criteria_of, texts_shown


def as_asked(
    version: ItemVersion,
    language: str,
    value: Mapping[str, Any] | None = None,
    *,
    position: int = 1,
    order: Sequence[str] | None = None,
) -> Question:
    """While it is answered; its choices in the order of its file, unless another is given."""
    shown = item_type(version.kind).asked(_given(version, language, value, order))
    return _question(version, language, vars(shown), position)


def as_marked(
    version: ItemVersion,
    language: str,
    value: Mapping[str, Any],
    *,
    position: int = 1,
    order: Sequence[str] | None = None,
) -> Question:
    """Once it is scored."""
    kind = item_type(version.kind)
    shown = kind.reviewed(_given(version, language, value, order), version.key)
    points = kind.share(value, version.key, version.structure) * version.max_score
    told = {
        **vars(shown),
        "points": points,
        "max_score": version.max_score,
        "sources": tuple(version.sources.all()) if version.pk else (),
    }
    return _question(version, language, told, position)


def best_of(version: ItemVersion) -> dict[str, Any]:
    """A value that earns most."""
    return item_type(version.kind).best(version.key, version.structure)


def wrong_of(version: ItemVersion) -> dict[str, Any]:
    """A value that earns nothing."""
    return item_type(version.kind).wrong(version.key, version.structure)


@dataclass(frozen=True)
class Preview:
    """An item as a learner meets it, and as it is marked after the best and after another answer."""

    asked: Question
    best: Question
    wrong: Question


def preview_of(version: ItemVersion, *, language: str = "en", position: int = 1) -> Preview:
    """A version, saved or not, for whoever may see its key."""
    return Preview(
        as_asked(version, language, position=position),
        as_marked(version, language, best_of(version), position=position),
        as_marked(version, language, wrong_of(version), position=position),
    )


def _given(
    version: ItemVersion, language: str, value: Mapping[str, Any] | None, order: Sequence[str] | None = None
) -> Given:
    return Given(texts_shown(version, language), version.structure, order or version.structure["choices"], value)


def _question(version: ItemVersion, language: str, shown: Mapping[str, Any], position: int) -> Question:
    return Question(
        **shown,
        **before_it(version, language),
        position=position,
        kind=version.kind,
        sequence=0,
        is_flagged=False,
        learning_outcome=version.learning_outcome.statement,
        criteria=criteria_of(version, language),
    )
