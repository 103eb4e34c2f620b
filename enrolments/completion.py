"""When is an activity completed, a requirement met, a set met? Pure functions over facts.

Source: docs/data.md, 'Who is learning what'. Completed and passed are different facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from assessments.choices import Counts
from assessments.counting import Came, passed_since, reached_since

from .choices import ProgressState
from .floors import Floor, Scored, held_at


@dataclass(frozen=True)
class ResultFact:
    """A standing result of an attempt that was not set aside."""

    points: Fraction
    max_score: Fraction
    passed: bool
    at: datetime
    pass_share: Fraction | None = None  # its attempt's own
    counts: str = Counts.BEST  # which of several counts, as its attempt froze it

    @property
    def came(self) -> Came:
        share = self.points / self.max_score if self.max_score > 0 else Fraction(0)
        return Came(share, self.passed, self.pass_share, self.at, self.counts)


@dataclass(frozen=True)
class ActivityFacts:
    """Everything that happened between one enrolment and one activity."""

    marked_read_at: datetime | None = None
    watched_at: datetime | None = None
    attended_at: datetime | None = None
    completion_kept_at: datetime | None = None
    pass_kept_at: datetime | None = None
    results: tuple[ResultFact, ...] = ()


@dataclass(frozen=True)
class Derived:
    """What follows for one activity."""

    state: str
    completed_at: datetime | None
    passed_at: datetime | None


@dataclass(frozen=True)
class Asked:
    """One requirement: an activity and, for an assessment, the share of points to reach."""

    activity: int
    pass_share: Fraction | None


@dataclass(frozen=True)
class Kept:
    """What a set had come to when the evidence was lawfully removed: since when by activity, and as a whole."""

    requirements: Mapping[int, datetime]
    met_at: datetime | None


@dataclass(frozen=True)
class SetStanding:
    """How far a requirement set is met; `met_at` is when the last requirement was."""

    required_count: int
    done_count: int
    met_at: datetime | None

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down, so that 100 means all."""
        return 100 * self.done_count // self.required_count if self.required_count else 0


def derive(facts: ActivityFacts) -> Derived:
    """State and moments of one activity. Facts kept when evidence was lawfully removed count like the evidence."""
    completed_at = _earliest(
        facts.marked_read_at,
        facts.watched_at,
        facts.attended_at,
        facts.completion_kept_at,
        facts.pass_kept_at,
        *(result.at for result in facts.results),
    )
    passed_at = _earliest(facts.pass_kept_at, passed_since([result.came for result in facts.results]))
    state = ProgressState.COMPLETED if completed_at else ProgressState.SEEN
    return Derived(state, completed_at, passed_at)


def met_at(asked: Asked, facts: ActivityFacts) -> datetime | None:
    """When a requirement was met; an assessment by reaching this set's own share, whatever the attempt's was."""
    if asked.pass_share is None:
        return derive(facts).completed_at
    return _earliest(facts.pass_kept_at, reached_since([result.came for result in facts.results], asked.pass_share))


def standing(
    asked: Sequence[Asked],
    facts: Mapping[int, ActivityFacts],
    *,
    floor: Floor | None = None,
    scored: Sequence[Scored] = (),
    kept: Kept | None = None,
) -> SetStanding:
    """How far a set is met, from the facts by activity. A set that asks nothing is never met.

    A floor on learning outcomes is one more thing to meet, and the last: it is looked at once all else is. Whether it
    held is not asked anew once the answers it was told from may have gone.
    """
    done = list(reached(asked, facts, kept).values())
    all_met_at = max(done) if done and len(done) == len(asked) else None
    if floor is None:
        return SetStanding(len(asked), len(done), all_met_at)
    held_now = held_at(floor, scored, since=all_met_at) if all_met_at else None
    held = kept.met_at if kept else held_now
    return SetStanding(len(asked) + 1, len(done) + (held is not None), held)


def reached(
    asked: Sequence[Asked], facts: Mapping[int, ActivityFacts], kept: Kept | None = None
) -> dict[int, datetime]:
    """Since when each activity is met, of those that are."""
    known = kept.requirements if kept else {}
    moments = {
        one.activity: _earliest(known.get(one.activity), met_at(one, facts.get(one.activity, ActivityFacts())))
        for one in asked
    }
    return {activity: moment for activity, moment in moments.items() if moment}


def _earliest(*moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment]
    return min(known) if known else None
