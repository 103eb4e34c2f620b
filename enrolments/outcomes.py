"""How an enrolment stands on each learning outcome, and the floor that its requirement sets put under them."""

from collections.abc import Mapping
from dataclasses import dataclass

from .floors import Floor, OutcomeStanding, read_floor, standings
from .models import Enrolment
from .progress import scored_in


@dataclass(frozen=True)
class Outcomes:
    """By learning outcome, what it came to over all attempts; `floor` is the highest that is asked, if one is."""

    floor: Floor | None
    by_outcome: Mapping[int, OutcomeStanding]

    def is_below(self, learning_outcome: int) -> bool:
        """Whether this learning outcome holds an achievement up."""
        known = self.by_outcome.get(learning_outcome)
        return bool(self.floor and known and known.is_below(self.floor))


def floor_of(enrolment: Enrolment) -> Floor | None:
    """The highest floor that a pinned set asks for."""
    asked = enrolment.pinned_sets.select_related("requirement_set")
    floors = [floor for one in asked if (floor := read_floor(one.requirement_set.thresholds))]
    return max(floors, key=lambda floor: (floor.share, -floor.items), default=None)


def outcomes_of(enrolment: Enrolment) -> Outcomes:
    """Where the enrolment stands."""
    return Outcomes(floor_of(enrolment), standings(scored_in(enrolment.pk)))
