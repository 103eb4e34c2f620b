"""What both readers share: the text in lines, a cursor, and what was found wrong or mended."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from media.remarks import Remark

from .cues import Cue

_NEWLINE = re.compile(r"\r\n|\r|\n")
_MOMENT = r"(?:(\d{1,6}):)?([0-5]\d):([0-5]\d)([.,])(\d{3})"
_BLANK = r"[ \t\f]"
_TIMING = re.compile(
    rf"{_BLANK}*{_MOMENT}{_BLANK}*-->{_BLANK}*{_MOMENT}(?:{_BLANK}+(?P<settings>.*?))?{_BLANK}*", re.ASCII
)
ARROW = "-->"


@dataclass(frozen=True)
class Timing:
    """The line of a caption that says when. Times in thousandths of a second."""

    start: int
    end: int
    settings: str
    has_comma: bool


def read_timing(line: str) -> Timing | None:
    """A timing, or None where the line cannot be read as one."""
    found = _TIMING.fullmatch(line)
    if found is None:
        return None
    parts = found.groups()
    settings = (found["settings"] or "").strip()
    return Timing(_thousandths(parts[:5]), _thousandths(parts[5:10]), settings, "," in (parts[3], parts[8]))


def _thousandths(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, _mark, rest = parts
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + int(rest or 0)


@dataclass
class Reading:
    """A text being read, line by line. `at` is the place of the next line, from 0."""

    lines: list[str]
    at: int = 0
    faults: list[Remark] = field(default_factory=list)
    mended: list[Remark] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Reading":
        reading = cls(_NEWLINE.split(text))
        for number, line in enumerate(reading.lines, start=1):
            if "\0" in line:
                reading.lines[number - 1] = line.replace("\0", "\ufffd")
                reading.mend(number, _("a sign without meaning was replaced."))
        return reading

    def fault(self, line: int, sentence: str) -> None:
        self.faults.append(Remark(line, sentence))

    def mend(self, line: int, sentence: str) -> None:
        self.mended.append(Remark(line, sentence))

    @property
    def is_done(self) -> bool:
        return self.at >= len(self.lines)

    @property
    def line(self) -> str:
        return self.lines[self.at]

    @property
    def number(self) -> int:
        """The number of the next line, from 1."""
        return self.at + 1

    def skip_blank(self) -> None:
        while not self.is_done and not self.line:
            self.at += 1

    def rest_of_block(self) -> list[str]:
        """The lines up to the next empty one, or up to a line with an arrow, which begins another caption."""
        begun = self.at
        while not self.is_done and self.line and ARROW not in self.line:
            self.at += 1
        if not self.is_done and ARROW in self.line:
            self.mend(self.number, _("an empty line was put in front of this time."))
        return self.lines[begun : self.at]

    def cue(self, timing_line: int, timing: Timing | None, words: list[str], settings: str = "") -> Cue | None:
        """A cue from its parts, or None with a fault or a remark that says why not."""
        if timing is None:
            self.fault(timing_line, _("this time cannot be read. Write 00:01.000 --> 00:04.000."))
        elif timing.end <= timing.start:
            self.fault(timing_line, _("this caption ends before it has begun."))
        elif not "".join(words).strip():
            self.mend(timing_line, _("a caption without words was left out."))
        else:
            return Cue(timing.start, timing.end, "\n".join(words), settings)
        return None
