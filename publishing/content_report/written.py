"""What a package comes to as one Markdown page: the report that a person reads, and docs/content.md. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from assessments.filling import TIMES
from publishing.kinds import Parsed

from .banks import Bank
from .figures import Figures, PageFigures, figures_of
from .general_knowledge import own_words, unopened_works, without_works

_SHELVES = {
    "lesson": "Lessons",
    "module": "Openers of modules",
    "briefing": "Briefings",
    "story": "Stories of good practice",
    "film": "Films",
    "report": "Reports",
}
_NEVER = "nobody yet"


@dataclass(frozen=True)
class _Table:
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]

    def lines(self) -> Iterator[str]:
        yield f"| {' | '.join(self.columns)} |"
        yield f"|{'---|' * len(self.columns)}"
        for row in self.rows:
            yield f"| {' | '.join(str(one) for one in row)} |"


def written(things: Sequence[Parsed]) -> str:
    """The page, ending in a new line."""
    figures = figures_of(things)
    parts = (_summary(figures), _pages(figures), _banks(figures), _coverage(figures), _law(figures), _checks(figures))
    return "\n".join([*(line for part in parts for line in part), *_general_knowledge(things)]) + "\n"


def _summary(figures: Figures) -> Iterator[str]:
    yield "# What the content comes to\n"
    yield "Written by `manage.py content_report --write docs/content.md`, and not by hand. Words are counted as they"
    yield "are read; minutes are made from them at the site’s own rate; a reading age is in years.\n"
    shelves = {kind: [page for page in figures.pages if page.kind == kind] for kind in _SHELVES}
    told = [(_SHELVES[kind], len(pages), sum(page.words for page in pages)) for kind, pages in shelves.items()]
    others = [page for page in figures.pages if page.kind not in _SHELVES]
    items = sum(sum(bank.held.values()) for bank in figures.banks)
    rows = [*told, ("Other pages", len(others), sum(page.words for page in others))]
    yield from _Table(("what", "how many", "words"), [*rows, ("All pages", len(figures.pages), figures.words)]).lines()
    yield (
        f"\nThe lessons take {figures.minutes} minutes to read. {items} questions explain "
        f"{sum(bank.options for bank in figures.banks)} options. The glossary has {figures.terms} terms.\n"
    )


def _pages(figures: Figures) -> Iterator[str]:
    yield "## Pages\n"
    for kind, name in [*_SHELVES.items(), ("", "Other pages")]:
        pages = [one for one in figures.pages if one.kind == kind or (not kind and one.kind not in _SHELVES)]
        if pages:
            yield f"### {name}\n"
            yield from _Table(
                ("page", "words", "minutes", "reading age", "words a sentence"), list(_rows(pages))
            ).lines()
            yield ""


def _rows(pages: Iterable[PageFigures]) -> Iterator[tuple[object, ...]]:
    for one in pages:
        age = one.reading_age if one.reading_age is not None else "too short"
        yield f"`{one.path}`: {one.title}", one.words, one.minutes, age, one.words_a_sentence


def _banks(figures: Figures) -> Iterator[str]:
    yield "## Banks\n"
    yield f"A quiz draws its questions by learning outcome. The bank holds {TIMES} draws of each, and of each kind that"
    yield "the quiz may ask.\n"
    for bank in figures.banks:
        yield f"### {_named(bank)}\n"
        yield from _Table(("learning outcome", "kind", "held", "wanted"), list(_held(bank))).lines()
        yield ""


def _named(bank: Bank) -> str:
    total, draw = sum(bank.held.values()), sum(line.count for line in bank.lines)
    return f"{bank.quiz.state['course']}, module {bank.quiz.state['module']}: {total} questions, {draw} drawn"


def _held(bank: Bank) -> Iterator[tuple[object, ...]]:
    for outcome in sorted({line.outcome for line in bank.lines}):
        kinds = {kind: count for (code, kind), count in bank.held.items() if code == outcome}
        yield outcome, "all", sum(kinds.values()), TIMES * bank.draw_of(outcome)
        for kind, count in kinds.items():
            yield outcome, f"`{kind}`", count, TIMES * bank.at_once(outcome, kind)


def _coverage(figures: Figures) -> Iterator[str]:
    yield "## Coverage\n"
    yield "Each learning outcome, the lessons whose sections its questions name (where they name none, all of its"
    yield "module), and how many questions test it.\n"
    rows = [
        (
            f"{one.code}: {one.words}",
            ", ".join(f"`{PurePosixPath(path).stem}`" for path in one.lessons),
            sum(one.items.values()),
        )
        for one in figures.outcomes
    ]
    yield from _Table(("learning outcome", "lessons", "questions"), rows).lines()
    yield ""


def _law(figures: Figures) -> Iterator[str]:
    yield "## What the law says\n"
    rows = [
        (
            f"`{one.key}`",
            one.state["nation"].replace("_", " ").title(),
            one.state["valid_from"] or "not confirmed",
            one.state["checked_on"] or _NEVER,
        )
        for one in figures.laws
    ]
    yield from _Table(("statement", "nation", "valid from", "checked on"), rows).lines()
    yield ""


def _checks(figures: Figures) -> Iterator[str]:
    yield "## To be checked by people before a release\n"
    for name, count in figures.unchecked.items():
        who = "lawyer" if name == "legal statement" else "practitioner"
        yield f"- By a {who}: {count} {name}{'' if count == 1 else 's'} that nobody has checked yet."
    yield "- By an editor, **real persons and cases**: every story in a lesson, briefing, film, report or question is"
    yield "  invented. Before a release the editor holds them against the national repository of published case reviews"
    yield "  and the news, and changes what is like a real person, place or case. No check by a machine stands in for"
    yield "  this one.\n"


def _general_knowledge(things: Sequence[Parsed]) -> Iterator[str]:
    yield "## What rests on general knowledge\n"
    yield "### Works that are named and were not opened\n"
    yield "Hold what each page and question says against the work itself.\n"
    for work in unopened_works(things):
        yield f"- **{work.source.state['title']}** (`{work.source.key}`). {work.source.state['note']}"
        yield from _listed("Pages", work.pages)
        yield from _listed("Questions", work.items)
    yield "\n### What pages say of themselves\n"
    yield "What a module’s opener says holds for the module’s lessons and questions. A practitioner who knows the work"
    yield "checks what the sentence names.\n"
    yield from (f"- `{one.path}`: “{one.sentence}”" for one in own_words(things))
    yield "\n### Pages and questions that name no work\n"
    yield "They are the project’s own, practice as we think it may go. A practitioner checks whether it could.\n"
    yield from (f"- `{path}`" for path in without_works(things))


def _listed(name: str, paths: Sequence[str]) -> Iterator[str]:
    if paths:
        yield f"  - {name}: {', '.join(f'`{path}`' for path in paths)}"
