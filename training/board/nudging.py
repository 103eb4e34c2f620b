"""Whom a trainer may write to, what each gets, and writing it down once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.entries import note_act
from enrolments.models import Cohort, Enrolment
from people.models import User
from post.models import LetterChoice

from ..choices import CellState
from ..models import Nudge
from .daytime import next_daytime
from .nudge_words import fill
from .reading import Board, Row, columns_of
from .sending import KIND, NOT_REMINDED

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Addressee:
    """Somebody of the board; `refusal` says why they cannot be written to, and is empty if they can."""

    row: Row
    run: Enrolment
    values: Mapping[str, str]
    refusal: str

    @property
    def reason(self) -> str:
        return str(self.row.need.reason) if self.row.need else ""

    @property
    def pattern(self) -> str:
        """Which of the texts is theirs: by reason and language."""
        return f"{self.reason or 'other'}-{self.run.learner.language}"


def addressees(
    cohort: Cohort, board: Board, rows: Iterable[Row], *, about: int | None, at: datetime
) -> list[Addressee]:
    """The rows as people to write to, in their order. `about` is an activity; without one, what is due."""
    shown = list(rows)
    runs = (
        Enrolment.objects.filter(cohort=cohort)
        .select_related("learner")
        .in_bulk([row.enrolment for row in shown], field_name="uuid")
    )
    refused = _refusals([run.learner for run in runs.values()], at=at)
    titles: dict[str, dict[int, str]] = {}
    found = []
    for row in shown:
        run = runs[row.enrolment]
        learner = run.learner
        if learner.language not in titles:
            with translation.override(learner.language):
                titles[learner.language] = {column.activity: column.title for column in columns_of(cohort)}
        due = titles[learner.language].get(about or _due(board, row), "")
        values = {"name": learner.name, "due": due, "cohort": cohort.name}
        away = _("Is on leave, so nothing is due.") if run.state in NOT_REMINDED else ""
        found.append(Addressee(row, run, values, away or refused.get(learner.pk, "")))
    return found


def _due(board: Board, row: Row) -> int:
    """What the need names, a quiz or what was planned, or else the first activity they have still to do; 0 if none."""
    if row.need and row.need.title:
        return next((one.activity for one in board.columns if one.title == row.need.title), 0)
    theirs_no_more = (CellState.DONE, CellState.WAITING)
    cells = zip(board.columns, row.cells, strict=True)
    open_ones = (one.activity for one, cell in cells if cell not in theirs_no_more)
    return next(open_ones, 0)


def _refusals(learners: list[User], *, at: datetime) -> dict[int, str]:
    """Why some cannot be written to, in words."""
    said_no = LetterChoice.objects.filter(person__in=learners, kind=KIND, wanted=False)
    unwanted = set(said_no.values_list("person", flat=True))
    recent = Nudge.objects.exclude(state="dropped").filter(enrolment__learner__in=learners, written_at__gt=at - WEEK)
    written: dict[int, int] = {}
    for learner in recent.values_list("enrolment__learner", flat=True):
        written[learner] = written.get(learner, 0) + 1
    return {one.pk: words for one in learners if (words := _refusal(one, unwanted, written))}


def _refusal(learner: User, unwanted: set[int], written: dict[int, int]) -> str:
    if learner.pk in unwanted:
        return _("Does not want reminders.")
    if not learner.email or not learner.is_active:
        return _("Has no address to write to.")
    if written.get(learner.pk, 0) >= settings.NUDGES_A_WEEK:
        limit = settings.NUDGES_A_WEEK
        words = ngettext(
            "Was written to in the last seven days; the limit of all trainers together is %(count)s reminder a week.",
            "Was written to in the last seven days; the limit of all trainers together is %(count)s reminders a week.",
            limit,
        )
        return words % {"count": limit}
    return ""


def text_for(one: Addressee, texts: Mapping[str, str]) -> str:
    """What this person reads, of the trainer's texts by pattern."""
    return fill(texts[one.pattern], one.values)


@transaction.atomic
def write_nudges(chosen: Iterable[Addressee], texts: Mapping[str, str], *, by: User, at: datetime) -> list[Nudge]:
    """Write down what each gets; returns what was new. Sent twice, it is written once.

    Locks the learners first, so that two trainers at once cannot both be within the limit.
    """
    people = sorted(chosen, key=lambda one: one.run.learner_id)
    learners = list(User.objects.select_for_update().filter(pk__in=[one.run.learner_id for one in people]))
    refused = _refusals(learners, at=at)
    here = Enrolment.objects.filter(pk__in=[one.run.pk for one in people]).exclude(state__in=NOT_REMINDED)
    live = set(here.values_list("pk", flat=True))
    allowed = [one for one in people if one.run.learner_id not in refused and one.run.pk in live]
    made = [_write(one, text_for(one, texts), by=by, at=at) for one in allowed]
    return [nudge for nudge in made if nudge]


def _write(one: Addressee, text: str, *, by: User, at: datetime) -> Nudge | None:
    learner = one.run.learner
    fields = {
        "enrolment": one.run,
        "by": by,
        "reason": one.reason,
        "language": learner.language,
        "text": text,
        "written_at": at,
        "due_at": next_daytime(at, learner.time_zone),
    }
    nudge, is_new = Nudge.objects.get_or_create(once_key=_once_key(by, one.run.uuid, text, at), defaults=fields)
    if not is_new:
        return None
    note_act("reminder_written", subject=nudge, at=at, actor=by, person=learner, facts={"reason": one.reason})
    return nudge


def _once_key(by: User, run: UUID, text: str, at: datetime) -> str:
    return sha256(f"{by.pk}:{run}:{at.date()}:{text}".encode()).hexdigest()
