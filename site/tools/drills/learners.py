"""Learners who save answers without rest, remember what was acknowledged, and send again what was not answered."""

import random
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import NamedTuple

from tools.drills.clients import NO_ANSWER, Client

BETWEEN_SAVES = (1.0, 3.0)  # seconds; a learner who thinks takes ten times as long
HAND_IN_SECONDS = 30.0


class Saved(NamedTuple):
    """One save of one place: its number and the identifiers of what was chosen."""

    sequence: int
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """An attempt as its page knows it: (row, choices in the order shown) and where to save, by position."""

    places: Mapping[int, tuple[int, tuple[str, ...]]]
    paths: Mapping[int, str]
    hand_in: str


def faults(
    paper: Paper,
    acknowledged: Mapping[int, Saved],
    on_its_way: tuple[int, Saved] | None,
    stored: Mapping[int, list[Saved]],
) -> set[tuple[int, int, int]]:
    """(row of the place, sequence, how many rows) of each acknowledged save that is not stored exactly once.

    A save on its way may be stored or not: nobody was told.
    """
    wrong = set()
    for position, saved in acknowledged.items():
        row = paper.places[position][0]
        found = stored.get(row, [])
        allowed = [saved] + ([on_its_way[1]] if on_its_way and on_its_way[0] == position else [])
        if len(found) != 1 or found[0] not in allowed:
            wrong.add((row, saved.sequence, len(found)))
    return wrong


class Learner(threading.Thread):
    """One browser tab. `hold` and `go_on` let the drill look while nothing new is begun."""

    def __init__(self, port: int, session_key: str, paper: Paper) -> None:
        super().__init__(daemon=True)
        self.paper = paper
        self.saves, self.unanswered = 0, 0
        self.refused: Counter[int] = Counter()
        self._port, self._key = port, session_key
        self._chance = random.Random(session_key)  # noqa: S311  a choice, not a secret
        self._acknowledged: dict[int, Saved] = {}
        self._on_its_way: tuple[int, Saved] | None = None
        self._may_begin, self._over = threading.Event(), threading.Event()
        self._may_begin.set()
        self._memory = threading.Lock()

    def run(self) -> None:
        """Save, rest a little, save again."""
        sleep(self._chance.uniform(0, BETWEEN_SAVES[1]))
        while not self._over.is_set():
            self._may_begin.wait()
            self.save_once()
            self._over.wait(self._chance.uniform(*BETWEEN_SAVES))

    def hold(self) -> None:
        self._may_begin.clear()

    def go_on(self) -> None:
        self._may_begin.set()

    def finish(self) -> None:
        """Save no more; returns when the save on its way was answered or failed."""
        self._over.set()
        self.go_on()
        self.join()

    def known(self) -> tuple[dict[int, Saved], tuple[int, Saved] | None]:
        """What was acknowledged by position, and the save of which nothing is known yet."""
        with self._memory:
            return dict(self._acknowledged), self._on_its_way

    def save_once(self, *, wait_seconds: float = 10.0) -> bool:
        """Save the next answer, or again the one that had no answer; whether it was acknowledged."""
        with self._memory:
            position, saved = self._on_its_way = self._on_its_way or self._next_save()
        shown = self.paper.places[position][1]
        posted = {"sequence": str(saved.sequence), f"q{position}": [str(shown.index(one) + 1) for one in saved.chosen]}
        try:
            status = Client(self._port, self._key, wait_seconds=wait_seconds).post(self.paper.paths[position], posted)[
                0
            ]
        except NO_ANSWER:
            status = 0
        return self._note(status, position, saved)

    def sees_home_page(self) -> bool:
        """Whether `/` answers 200."""
        try:
            return Client(self._port, self._key, wait_seconds=10.0).get("/").status == 200
        except NO_ANSWER:
            return False

    def _note(self, status: int, position: int, saved: Saved) -> bool:
        with self._memory:
            if status == 200:
                self._acknowledged[position], self._on_its_way = saved, None
                self.saves += 1
            elif 300 <= status < 500:
                self.refused[status] += 1
                self._on_its_way = None
            else:
                self.unanswered += 1
        return status == 200

    def _next_save(self) -> tuple[int, Saved]:
        """Another choice at some position than the one chosen there before."""
        position = self._chance.choice(list(self.paper.places))
        before = self._acknowledged.get(position, Saved(0, ()))
        others = [one for one in self.paper.places[position][1] if (one,) != before.chosen]
        return position, Saved(before.sequence + 1, (self._chance.choice(others),))

    def hand_in(self) -> None:
        """Hand in, asking again until it is answered."""
        until = monotonic() + HAND_IN_SECONDS
        while monotonic() < until:
            try:
                if Client(self._port, self._key).post(self.paper.hand_in, {}).status == 302:
                    return
            except NO_ANSWER:
                pass
            sleep(0.2)

    def expected_responses(self) -> list[tuple[int, tuple[str, ...]]]:
        """(row of the place, what was chosen) as last acknowledged; nothing chosen where nothing was saved."""
        acknowledged, _on_its_way = self.known()
        nothing = Saved(0, ())
        return [(row, acknowledged.get(at, nothing).chosen) for at, (row, _choices) in self.paper.places.items()]
