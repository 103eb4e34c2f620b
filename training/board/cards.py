"""What My learning says to a trainer: for each cohort who needs them and why, what waits, and the way in."""

from dataclasses import dataclass
from datetime import date, datetime

from enrolments.choices import CohortRoleCode
from enrolments.live_sessions import waiting_registers
from enrolments.models import Cohort, Enrolment
from enrolments.roles import cohorts_where
from people.models import User
from player.live import Meeting

from ..givers import Giver
from ..marking.reading import responses_waiting
from ..marking.remit import Remit
from .learners import supervised_by
from .looking import SORTS
from .reading import Board, Row, board_of
from .words import heading, why

SHOWN = 5


@dataclass(frozen=True)
class Card:
    """A cohort the person trains: the board's heading, the first who need them, how many more, and what waits."""

    cohort: Cohort
    heading: str
    needs: list[tuple[Row, str]]
    more: int
    waiting: int
    registers: list[Meeting]  # sessions that took place and whose register somebody is missing from
    to_mark: int

    @property
    def all_waiting(self) -> tuple[int, int]:
        """How many people need the trainer, and how much else waits."""
        return len(self.needs) + self.more, self.waiting + len(self.registers) + self.to_mark


def trained_by(person: User, *, on: date, at: datetime) -> list[Card]:
    """A card for each cohort the person trains that day; first those where most wait for them, then by name."""
    cards = [_card(person, cohort, at) for cohort in cohorts_where(person, CohortRoleCode.TRAINER, on=on)]
    return sorted(cards, key=lambda card: card.all_waiting, reverse=True)


def _card(person: User, cohort: Cohort, at: datetime) -> Card:
    board: Board = board_of(cohort, at=at)
    rows = sorted(board.in_need, key=SORTS["need"])
    needs = [(row, why(row.need, board.today)) for row in rows[:SHOWN] if row.need]
    waiting, to_mark = Giver(cohort=cohort).waiting_count(), responses_waiting(Remit(person, cohort)).count()
    registers = [Meeting(one) for one in waiting_registers(cohort, at=at)]
    return Card(cohort, heading(board), needs, len(rows) - len(needs), waiting, registers, to_mark)


def to_supervise(person: User, *, on: date) -> int | None:
    """How many of those somebody supervises are on their course; None for whoever supervises nobody."""
    if not Enrolment.objects.supervised_by(person, on=on).exists():
        return None
    return supervised_by(person).count()


def to_assess(person: User) -> int | None:
    """How many responses wait for somebody by appointment; None for whoever is appointed to assess nobody."""
    remit = Remit(person)
    return responses_waiting(remit).count() if remit.enrolments().exists() else None
