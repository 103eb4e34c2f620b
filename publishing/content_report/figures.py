"""Words, minutes, banks and coverage of a package of content. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from publishing.checks.reading_age import reading_age
from publishing.kinds import Parsed
from publishing.kinds.quiz_parts import lines_of
from reference.pages import WORDS_PER_MINUTE
from reference.reading import words_of

from .said import items_of, options_of, pages_of, words_said


@dataclass(frozen=True)
class PageFigures:
    """One page: words as they are read, minutes at the site's own rate, the reading age in years (None: too short)."""

    path: str
    kind: str
    words: int
    minutes: int
    reading_age: int | None
    words_a_sentence: float


@dataclass(frozen=True)
class BankFigures:
    """The bank of a module's quiz: questions by learning outcome and by kind, and how many options they explain."""

    module: str
    draw: int
    by_outcome: dict[str, int]
    by_kind: dict[str, int]
    options: int


@dataclass(frozen=True)
class Figures:
    """All of it."""

    pages: list[PageFigures]
    banks: list[BankFigures]
    unchecked: int  # pages and questions that no practitioner has checked
    terms: int

    @property
    def words(self) -> int:
        return sum(page.words for page in self.pages)

    @property
    def minutes(self) -> int:
        """Of the lessons alone."""
        return sum(page.minutes for page in self.pages if page.kind == "lesson")


def figures_of(things: Sequence[Parsed]) -> Figures:
    """What a package comes to."""
    pages, items = pages_of(things), items_of(things)
    quizzes = [thing for thing in things if thing.kind == "assessment" and not thing.state.get("beside")]
    return Figures(
        pages=[_page(thing) for thing in pages],
        banks=[_bank(quiz, items) for quiz in quizzes],
        unchecked=sum(not thing.state.get("checked_by") for thing in [*pages, *items]),
        terms=sum(thing.kind == "term" for thing in things),
    )


def _page(thing: Parsed) -> PageFigures:
    words, said = words_of(thing.state["body"]), words_said(thing)
    sentences = max(1, sum(said.count(mark) for mark in ".!?"))
    return PageFigures(
        path=thing.path,
        kind=thing.kind,
        words=words,
        minutes=max(1, round(words / WORDS_PER_MINUTE)),
        reading_age=reading_age(said),
        words_a_sentence=round(len(said.split()) / sentences, 1),
    )


def _bank(quiz: Parsed, items: Sequence[Parsed]) -> BankFigures:
    place = (quiz.state["course"], quiz.state["module"])
    bank = [item for item in items if (item.state["course"], item.state["module"]) == place]
    return BankFigures(
        module=f"{place[0]} {place[1]}",
        draw=sum(count for _part, _code, _kind, count in lines_of(quiz.state)),
        by_outcome=dict(sorted(Counter(item.state["outcome"] for item in bank).items())),
        by_kind=dict(sorted(Counter(item.state["kind"] for item in bank).items())),
        options=sum(len(options_of(item)) for item in bank),
    )
