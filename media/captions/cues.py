"""What captions are once they are read: cues in order of time, and their words. Pure."""

import html
import re
from dataclasses import dataclass

from media.remarks import Remark

_TAG = re.compile(r"<[^>]*>?")  # one that is never closed reaches to the end, as browsers read it
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>")


@dataclass(frozen=True)
class Cue:
    """Words shown from one moment to another, both in thousandths of a second; `text` may hold WebVTT's own tags."""

    start: int
    end: int
    text: str
    settings: str = ""

    @property
    def speaker(self) -> str:
        """Who speaks, where the cue says so (`<v Narrator>`)."""
        found = _VOICE.search(self.text)
        return html.unescape(found["name"]).strip() if found else ""


@dataclass(frozen=True)
class Captions:
    """Readable captions, and a sentence for each thing that was mended on the way."""

    cues: tuple[Cue, ...]
    mended: tuple[Remark, ...] = ()

    def as_webvtt(self) -> str:
        """The one form that is kept and served."""
        blocks = [f"{_timing(cue)}\n{cue.text}\n" for cue in self.cues]
        return "\n".join(["WEBVTT\n", *blocks])


def _timing(cue: Cue) -> str:
    times = f"{_stamp(cue.start)} --> {_stamp(cue.end)}"
    return f"{times} {cue.settings}" if cue.settings else times


def _stamp(thousandths: int) -> str:
    seconds, rest = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


def plain_words(text: str) -> str:
    """A cue's words without tags, as a viewer sees them. Source: WebVTT, section 6.4, cue text tokeniser."""
    return html.unescape(_TAG.sub("", text))
