"""What a drill says of itself: counts beside what was promised, and an exit status that means exactly one thing."""

import sys
from typing import NoReturn

KEPT, COULD_NOT_RUN, BROKEN = 0, 2, 3  # any other status is a fault of the drill, never a red one


class Verdict:
    """Collects counts as they are made and remembers whether one broke its promise.

    With `only`, that promise alone decides: sabotage must not pass for red because something else was slow.
    """

    def __init__(self, *, only: str = "") -> None:
        self.broken: list[str] = []
        self._only = only

    def note(self, text: str) -> None:
        """Print a line that promises nothing."""
        print(f"    {text}", flush=True)

    def promise(self, what: str, *, found: object, wanted: object) -> None:
        """Print a count; it breaks the promise if it is not what was promised."""
        kept = found == wanted
        if not kept:
            self.broken.append(what)
        print(f"    {what:<58}{found!s:>9}{'' if kept else f'   BROKEN: promised {wanted}'}", flush=True)

    def limit(self, what: str, *, found: float, most: float, unit: str) -> None:
        """Print a measure; it breaks the promise if it is more than was promised."""
        kept = found <= most
        if not kept:
            self.broken.append(what)
        print(
            f"    {what:<58}{found:>7.1f} {unit}{'' if kept else f'   BROKEN: at most {most:.1f} {unit}'}", flush=True
        )

    def end(self) -> NoReturn:
        """Exit as the promises were kept or broken."""
        broken = [what for what in self.broken if what == self._only] if self._only else self.broken
        sys.exit(BROKEN if broken else KEPT)


def could_not_run(why: str) -> NoReturn:
    """Exit because the drill tested nothing: neither kept nor broken."""
    print(f"    This drill tested nothing: {why}.", flush=True)
    sys.exit(COULD_NOT_RUN)
