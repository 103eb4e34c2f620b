"""Two ratings of one decision, before and after its ending was told, and what lies between them. Pure."""

from dataclasses import dataclass

LOWEST, HIGHEST = 0, 10
SCALE = range(LOWEST, HIGHEST + 1)


class NotARating(ValueError):
    """Raised for anything but a whole number on the scale."""


def rating_of(typed: str) -> int:
    """The rating somebody chose, LOWEST to HIGHEST. Raises NotARating."""
    if not typed.isascii() or not typed.isdecimal() or len(typed) > 2 or int(typed) not in SCALE:
        raise NotARating(typed)
    return int(typed)


@dataclass(frozen=True)
class Shift:
    """How reasonable a decision seemed before (`first`) and after (`again`) its ending was known."""

    first: int
    again: int

    @property
    def moved(self) -> int:
        """Steps moved, negative for a harder judgement."""
        return self.again - self.first

    @property
    def places(self) -> tuple[float, float]:
        """Where both ratings stand on a line 100 long."""
        return tuple(100 * (one - LOWEST) / (HIGHEST - LOWEST) for one in (self.first, self.again))  # type: ignore[return-value]
