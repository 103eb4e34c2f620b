"""SubRip (SRT): numbered captions, times with commas, a little HTML. It has no standard; this is what editors write."""

import re

from django.utils.translation import gettext as _

from .cues import Cue
from .lines import ARROW, Reading, read_timing

_NUMBER = re.compile(r"\s*\d+\s*")
_PLACING = re.compile(r"\{\\[^}]*\}")  # {\an8} and the like
_TAG = re.compile(r"</?([A-Za-z]+)[^<>]*>")
_KEPT_TAGS = {"b", "i", "u"}


def looks_like_srt(lines: list[str]) -> bool:
    """Whether the first line with words is a time, or a number with a time under it."""
    written = [line for line in lines[:20] if line.strip()][:2]
    if not written:
        return False
    return ARROW in written[0] or (len(written) == 2 and bool(_NUMBER.fullmatch(written[0])) and ARROW in written[1])


def read_srt(reading: Reading) -> list[Cue]:
    """The cues; faults and what was mended are left in the reading."""
    reading.lines = [line.strip() for line in reading.lines]
    reading.mend(0, _("The captions were converted from SRT."))
    cues: list[Cue] = []
    reading.skip_blank()
    while not reading.is_done:
        if cue := _read_block(reading):
            cues.append(cue)
        reading.skip_blank()
    return cues


def _read_block(reading: Reading) -> Cue | None:
    number = reading.number
    if ARROW not in reading.line and _NUMBER.fullmatch(reading.line):
        reading.at += 1
    if reading.is_done or ARROW not in reading.line:
        reading.fault(number, _("a time such as 00:00:01,000 --> 00:00:04,000 is expected here."))
        reading.rest_of_block()
        return None
    timing_line, timing = reading.number, read_timing(reading.line)
    reading.at += 1
    words = reading.rest_of_block()
    return reading.cue(timing_line, timing, [_mended(line, timing_line, reading) for line in words])


def _mended(line: str, number: int, reading: Reading) -> str:
    """One line of words as WebVTT has it: only its own tags, and its two special signs written out."""
    plain = _PLACING.sub("", line)
    kept = _TAG.sub(lambda tag: tag[0].lower() if tag[1].lower() in _KEPT_TAGS else "", plain)
    if len(_TAG.findall(kept)) != len(_TAG.findall(line)) or plain != line:
        reading.mend(number, _("colours, fonts and places were left out."))
    parts = re.split(r"(</?[biu]>)", kept)
    return "".join(
        part if place % 2 else part.replace("&", "&amp;").replace("<", "&lt;") for place, part in enumerate(parts)
    )
