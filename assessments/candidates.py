"""Which items the lines of a blueprint may draw. Identifiers alone, because a bank may hold thousands.

What earns nothing, such as a page that only tells, is drawn only by a line that names its kind.

A small bank is listed. Of a large one so many are looked at by chance, each as likely as any other; where that finds
too few that a line may draw and nobody met, it is listed after all. So a draw costs no more from a large bank.
"""

from collections.abc import Container, Sequence
from fractions import Fraction
from random import Random

from django.db.models import QuerySet

from .drawing import Line
from .models import Item

LOOKS = 64  # looked at for each item wanted
LARGE = 8  # times as many as are looked at


def candidates(bank: int, lines: Sequence[Line], *, met: Container[int], chance: Random) -> dict[Line, list[int]]:
    """By line, the items it may draw; of a large bank enough of them, taken by chance."""
    live = Item.objects.filter(bank=bank, retired_at=None, current__isnull=False)
    wanted = sum(line.count for line in lines)
    looked_at = _by_chance(live, LOOKS * wanted, chance)
    rows = live.filter(pk__in=looked_at).order_by("pk") if looked_at else live.none()
    found = _by_line(
        lines, list(rows.values_list("pk", "current__learning_outcome", "current__kind", "current__max_score"))
    )
    return {
        line: fresh if len(fresh) >= wanted else _listed(live, line)
        for line, there in found.items()
        for fresh in [[item for item in there if item not in met]]
    }


def _by_chance(live: QuerySet[Item], count: int, chance: Random) -> list[int]:
    """So many identifiers between the bank's first and last, of items or of nothing; none where it is small."""
    first, last = (live.order_by(order).values_list("pk", flat=True).first() or 0 for order in ("pk", "-pk"))
    if last - first < LARGE * count:
        return []
    return chance.sample(range(first, last + 1), count)


def _by_line(lines: Sequence[Line], rows: Sequence[tuple[int, int, str, Fraction]]) -> dict[Line, list[int]]:
    return {
        line: [
            item
            for item, outcome, kind, worth in rows
            if outcome == line.learning_outcome and (line.kind == kind or (not line.kind and worth > 0))
        ]
        for line in lines
    }


def _listed(live: QuerySet[Item], line: Line) -> list[int]:
    fitting = live.filter(current__learning_outcome=line.learning_outcome)
    fitting = fitting.filter(current__kind=line.kind) if line.kind else fitting.exclude(current__max_score=Fraction(0))
    return list(fitting.order_by("pk").values_list("pk", flat=True))
