"""What each kind of thing says of itself to the index. A higher room registers its own (`home` does).

A describer takes a page or row as it is stored and returns a draft for each language it can be found in: none if
nobody may find it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from wagtail.models import Page

from reference.pages import WrittenPage

from .choices import Kind
from .passages import Passage, passages_of
from .ranking import HEADING, LEAD, TEXT, TITLE, Field


@dataclass(frozen=True)
class Draft:
    """An entry to be. `course_id` is the course whose readers alone may open it; None where anybody may."""

    kind: Kind
    key: str
    language: str
    title: str
    lead: str = ""
    passages: list[Passage] = field(default_factory=list)
    course_id: int | None = None
    page_id: int | None = None

    @property
    def parts(self) -> list[tuple[Field, str]]:
        """What words are counted in, and how much each part counts."""
        return [
            (TITLE, self.title),
            (LEAD, self.lead),
            *((HEADING, one.heading) for one in self.passages),
            *((TEXT, one.text) for one in self.passages),
        ]


Describer = Callable[[Any], Iterable[Draft]]
_describers: dict[type[models.Model], Describer] = {}


def register(model: type[models.Model], describer: Describer) -> None:
    """Let things of this model be found."""
    _describers[model] = describer


def models_found() -> list[type[models.Model]]:
    """Every model whose things can be found, in the order they were registered."""
    return list(_describers)


def is_found(model: type[models.Model]) -> bool:
    return model in _describers


def name_of(model: type[models.Model], pk: Any) -> str:
    """What an entry calls the page or row it was made from."""
    return f"{model._meta.label_lower}:{pk}"


def drafts_of(thing: models.Model) -> list[Draft]:
    """What a page or row says of itself now; nothing for a page that is not live."""
    if isinstance(thing, Page) and not thing.live:
        return []
    return list(_describers[type(thing)](thing))


def written(
    page: WrittenPage,
    kind: Kind,
    *,
    course_id: int | None = None,
    before: Iterable[Passage] = (),
    after: Iterable[Passage] = (),
    only: Iterable[str] | None = None,
) -> Draft:
    """The draft of a written page: its sections, what stands before and after them; `only` leaves sections out."""
    return Draft(
        kind=kind,
        key=str(page.translation_key),
        language=page.language,
        title=page.title,
        lead=page.lead,
        passages=[*before, *passages_of(page.body.raw_data, only=only), *after],
        course_id=course_id,
        page_id=page.pk,
    )
