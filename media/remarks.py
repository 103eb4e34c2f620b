"""What is wrong with, or was mended in, a text written line by line: captions, a transcript, a list of chapters."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Remark:
    """One sentence about one line. `line` counts from 1; 0 where the whole text is meant."""

    line: int
    sentence: str

    def __str__(self) -> str:
        if not self.line:
            return self.sentence
        return _("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


class BadText(ValueError):
    """Raised for a text that cannot be taken as it is; carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Remark]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("\n".join(map(str, self.faults)))
