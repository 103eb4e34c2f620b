"""The parts of an attempt, as it froze them: their words, and which questions stand in each. Pure, but for `…_in`.

An attempt at an assessment without parts is one part that has no words; so is one whose questions all stand in one
part, because it began while its quiz was being divided. What the review matrix withholds of a question
is missing from its part as well, because a part is made from the questions it is given.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from .assessment_rules import AssessmentRules
from .models import Attempt
from .queries import Question
from .scoring import total


@dataclass(frozen=True)
class Part:
    """One part of an attempt: `number` of `count` from 1, and the positions that stand in it, in order."""

    number: int
    count: int
    title: str
    introduction: str
    positions: tuple[int, ...]

    @property
    def is_named(self) -> bool:
        return bool(self.title)

    @property
    def heading(self) -> str:
        """'Part 1 of 2: The ideas'; nothing where the assessment is one whole."""
        if not self.title:
            return ""
        values = {"number": self.number, "count": self.count, "title": self.title}
        return _("Part %(number)s of %(count)s: %(title)s") % values

    @property
    def first(self) -> int:
        return self.positions[0]


def parts_of(rules: AssessmentRules, language: str, stood: Iterable[tuple[int, int]]) -> list[Part]:
    """The parts of an attempt under these rules that hold a question, from (position, part) of its places."""
    places = list(stood)
    positions: dict[int, list[int]] = defaultdict(list)
    for position, part in places:
        positions[part].append(position)
    filled = [(one, tuple(positions[place])) for place, one in enumerate(rules.parts) if place in positions]
    if len(filled) < 2:
        return [Part(1, 1, "", "", tuple(position for position, _part in places))]
    return [
        Part(number, len(filled), one.title(language), one.introduction(language), held)
        for number, (one, held) in enumerate(filled, start=1)
    ]


def parts_in(attempt: Attempt) -> list[Part]:
    """The parts of an attempt; asks where its items stand, and nothing else."""
    stood = attempt.places.order_by("position").values_list("position", "part")
    return parts_of(attempt.own_rules, attempt.language, stood)


def counts_in(attempt: Attempt) -> list[int]:
    """How many questions of an attempt stand in each part of its rules, also in one that holds none; or in all."""
    stood = Counter(attempt.places.values_list("part", flat=True))
    return [stood[part] for part in range(max(1, len(attempt.own_rules.parts)))]


def by_part(attempt: Attempt, questions: Sequence[Question]) -> list[tuple[Part, list[Question]]]:
    """All questions of an attempt, part by part."""
    stood = [(one.position, one.in_part) for one in questions]
    parts = parts_of(attempt.own_rules, attempt.language, stood)
    return [(part, [one for one in questions if one.position in part.positions]) for part in parts]


def points_of_part(questions: Sequence[Question]) -> tuple[Fraction, Fraction] | None:
    """Points and points possible of a part; None where those of any question are not there to be seen."""
    pairs = [(one.points, one.max_score) for one in questions]
    known = [(points, most) for points, most in pairs if points is not None and most is not None]
    if len(known) < len(pairs):
        return None
    return total(points for points, _most in known), total(most for _points, most in known)
