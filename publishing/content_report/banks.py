"""What the quiz of each module asks, and what its bank holds of it, by learning outcome and kind. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.filling import TIMES, Wanted, filled
from publishing.kinds import Parsed
from publishing.kinds.quiz_parts import lines_of
from publishing.kinds.quiz_rules import counted, wanted_by

from .said import items_of, options_of


@dataclass(frozen=True)
class Bank:
    """A module's quiz and the questions beside it."""

    quiz: Parsed
    items: Sequence[Parsed]

    @property
    def module(self) -> str:
        return f"m{self.quiz.state['module']}"

    @cached_property
    def lines(self) -> list[Wanted]:
        return wanted_by(lines_of(self.quiz.state))

    @cached_property
    def held(self) -> dict[tuple[str, str], int]:
        """How many live questions that earn points there are, by (learning outcome, kind)."""
        worth, _worthless = counted(item.state for item in self.items)
        return dict(sorted(worth.items()))

    @property
    def options(self) -> int:
        return sum(len(options_of(item)) for item in self.items)

    def draw_of(self, outcome: str) -> int:
        return sum(line.count for line in self.lines if line.outcome == outcome)

    def at_once(self, outcome: str, kind: str) -> int:
        """How many of a kind a quiz asks by name; where it may ask any kind, one. None of a kind it never asks."""
        lines = [line for line in self.lines if line.outcome == outcome]
        named = sum(line.count for line in lines if line.kind == kind)
        return named or int(any(not line.kind for line in lines))

    def short_of(self) -> Iterator[str]:
        """What the bank does not hold for three draws without a repetition, by learning outcome and by kind."""
        for one in filled(self.lines, self.held):
            if not one.line.kind and not one.is_enough:
                yield f"{one.there} questions on {one.line.outcome} do not fill {TIMES} draws of {one.line.count}."
        asked = [(line.outcome, line.kind) for line in self.lines if line.kind]
        for outcome, kind in sorted({*self.held, *asked}):
            there, at_once = self.held.get((outcome, kind), 0), self.at_once(outcome, kind)
            if there < TIMES * at_once:
                yield f"{there} questions of {kind} on {outcome} do not fill {TIMES} draws of {at_once}."


def banks_of(things: Sequence[Parsed]) -> list[Bank]:
    """The bank of each module's quiz; exercises beside the course are left out."""
    items = items_of(things)
    quizzes = [thing for thing in things if thing.kind == "assessment" and not thing.state.get("beside")]
    return [Bank(quiz, [one for one in items if _place(one) == _place(quiz)]) for quiz in quizzes]


def _place(thing: Parsed) -> tuple[str, int]:
    return thing.state["course"], thing.state["module"]
