"""A session plan as steps with times. Pure.

A paragraph is a step: its first line is the name, with the minutes in brackets at its end if they are known; what
follows is what to do. An empty line begins the next step.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

_MINUTES = re.compile(r"\s*\((\d{1,3})(?:\s*[^\W\d]+\.?)?\)\s*$")


@dataclass(frozen=True)
class Step:
    """One step; `begins_at` is known as long as every step before it says how long it takes."""

    number: int
    name: str
    words: list[str]
    minutes: int | None
    begins_at: datetime | None

    @property
    def ends_at(self) -> datetime | None:
        return self.begins_at + timedelta(minutes=self.minutes) if self.begins_at and self.minutes else None


def steps_of(plan: str, *, starts_at: datetime) -> list[Step]:
    """The steps of a plan, with the clock of the session running along."""
    clock: datetime | None = starts_at
    steps = []
    for number, (name, minutes, words) in enumerate(_paragraphs(plan), start=1):
        step = Step(number, name, words, minutes, clock)
        steps.append(step)
        clock = step.ends_at
    return steps


def _paragraphs(plan: str) -> Iterator[tuple[str, int | None, list[str]]]:
    for paragraph in re.split(r"\n\s*\n", plan.replace("\r\n", "\n").strip()):
        first, *words = [line.strip() for line in paragraph.strip().splitlines()] or [""]
        if not first:
            continue
        found = _MINUTES.search(first)
        name = first[: found.start()] if found else first
        yield name or first, int(found[1]) if found else None, words


def minutes_of(steps: list[Step]) -> int:
    """How long the steps take that say so."""
    return sum(step.minutes or 0 for step in steps)
