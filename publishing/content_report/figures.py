"""Words, minutes, banks and coverage of a package of content. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from publishing.checks.reading_age import reading_age
from publishing.kinds import Parsed
from reference.pages import WORDS_PER_MINUTE
from reference.reading import words_of

from .banks import Bank, banks_of
from .said import items_of, pages_of, words_said


@dataclass(frozen=True)
class PageFigures:
    """One page: words as they are read, minutes at the site's own rate, the reading age in years (None: too short)."""

    path: str
    kind: str
    title: str
    words: int
    minutes: int
    reading_age: int | None
    words_a_sentence: float


@dataclass(frozen=True)
class OutcomeFigures:
    """A learning outcome: the lessons that teach it, by path, and its questions that earn points, by kind."""

    code: str
    words: str
    lessons: list[str]
    items: dict[str, int]


@dataclass(frozen=True)
class Figures:
    """All of it."""

    pages: list[PageFigures]
    banks: list[Bank]
    outcomes: list[OutcomeFigures]
    terms: int
    laws: list[Parsed]
    unchecked: dict[str, int]  # by "page", "question" and "legal statement": what nobody has checked yet

    @property
    def words(self) -> int:
        return sum(page.words for page in self.pages)

    @property
    def minutes(self) -> int:
        """Of the lessons alone."""
        return sum(page.minutes for page in self.pages if page.kind == "lesson")


def figures_of(things: Sequence[Parsed]) -> Figures:
    """What a package comes to."""
    pages, items, banks = pages_of(things), items_of(things), banks_of(things)
    laws = [thing for thing in things if thing.kind == "legal_statement"]
    return Figures(
        pages=[_page(thing) for thing in pages],
        banks=banks,
        outcomes=_outcomes(things, banks),
        terms=sum(thing.kind == "term" for thing in things),
        laws=laws,
        unchecked={
            name: sum(not thing.state.get("checked_by") for thing in these)
            for name, these in (("page", pages), ("question", items), ("legal statement", laws))
        },
    )


def _page(thing: Parsed) -> PageFigures:
    words, said = words_of(thing.state["body"]), words_said(thing)
    sentences = max(1, sum(said.count(mark) for mark in ".!?"))
    return PageFigures(
        path=thing.path,
        kind=thing.kind,
        title=thing.state.get("title", ""),
        words=words,
        minutes=max(1, round(words / WORDS_PER_MINUTE)),
        reading_age=reading_age(said),
        words_a_sentence=round(len(said.split()) / sentences, 1),
    )


def _outcomes(things: Sequence[Parsed], banks: Sequence[Bank]) -> list[OutcomeFigures]:
    held: Counter[tuple[str, str, str]] = Counter()
    for bank in banks:
        held.update({(bank.quiz.state["course"], *pair): count for pair, count in bank.held.items()})
    found = []
    for module in (thing for thing in things if thing.kind == "module" and not thing.key.endswith(":cy")):
        course, folder = module.state["course"], module.path.rpartition("/")[0]
        lessons = [one for one in pages_of(things) if one.kind == "lesson" and one.path.startswith(f"{folder}/")]
        for one in module.state["outcomes"]:
            items = {kind: count for (of, code, kind), count in held.items() if (of, code) == (course, one["code"])}
            paths = _teaching(lessons, _named_by(banks, course, one["code"]))
            found.append(OutcomeFigures(one["code"], one["en"], paths, items))
    return found


def _named_by(banks: Sequence[Bank], course: str, code: str) -> set[str]:
    """The lessons ("m1/two-accounts") whose sections the questions of a learning outcome name."""
    states = [item.state for bank in banks for item in bank.items]
    named = [one.get("section", "") for one in states if (one["course"], one["outcome"]) == (course, code)]
    return {section.partition("#")[0] for section in named if section}


def _teaching(lessons: Sequence[Parsed], named: set[str]) -> list[str]:
    """Those that the questions name; where none is named, all of the module."""
    taught = [one.path for one in lessons if f"{one.state['folder']}/{one.state['slug']}" in named]
    return taught or [one.path for one in lessons]
