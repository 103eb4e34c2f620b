"""WebVTT. Source: W3C WebVTT, sections 4 (syntax) and 6 (parsing); stricter where a browser would pass over a fault."""

import re

from django.utils.translation import gettext as _

from .cues import Cue
from .lines import ARROW, Reading, read_timing

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
_NOT_CAPTIONS = re.compile(r"(?P<name>STYLE|REGION)[ \t\f]*")
_PER_CENT = r"(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%"
_SETTING = re.compile(
    r"vertical:(?:rl|lr)"
    rf"|line:(?:-?\d{{1,5}}|{_PER_CENT})(?:,(?:start|center|end))?"
    rf"|position:{_PER_CENT}(?:,(?:line-left|center|line-right))?"
    rf"|size:{_PER_CENT}"
    r"|align:(?:start|center|end|left|right)"
)


def looks_like_webvtt(lines: list[str]) -> bool:
    return bool(_SIGNATURE.fullmatch(lines[0]))


def read_webvtt(reading: Reading) -> list[Cue]:
    """The cues; faults and what was mended are left in the reading."""
    reading.at = 1
    if not reading.is_done and reading.line:
        reading.rest_of_block()  # headings under the signature say nothing to a viewer
    cues: list[Cue] = []
    reading.skip_blank()
    while not reading.is_done:
        if cue := _read_block(reading):
            cues.append(cue)
        reading.skip_blank()
    return cues


def _read_block(reading: Reading) -> Cue | None:
    first, number = reading.line, reading.number
    if ARROW in first:
        return _read_cue(reading)
    if first == "NOTE" or first.startswith(("NOTE ", "NOTE\t")):
        reading.rest_of_block()
        return None
    if found := _NOT_CAPTIONS.fullmatch(first):
        reading.rest_of_block()
        sentence = _("the block %(name)s was left out: captions look the same in every film.")
        reading.mend(number, sentence % {"name": found["name"]})
        return None
    reading.at += 1
    if not reading.is_done and ARROW in reading.line:
        return _read_cue(reading)  # the line above was its name
    reading.fault(number, _("this is neither a caption nor a note. A caption begins with 00:01.000 --> 00:04.000."))
    reading.rest_of_block()
    return None


def _read_cue(reading: Reading) -> Cue | None:
    number, timing = reading.number, read_timing(reading.line)
    reading.at += 1
    words = reading.rest_of_block()
    if timing is None:
        return reading.cue(number, None, words)
    if timing.has_comma:
        reading.mend(number, _("a comma in the time was read as a full stop."))
    return reading.cue(number, timing, words, _settings(timing.settings, number, reading))


def _settings(words: str, number: int, reading: Reading) -> str:
    good = []
    for word in words.split():
        if _SETTING.fullmatch(word):
            good.append(word)
        else:
            reading.mend(number, _("the setting “%(word)s” was left out.") % {"word": word[:40]})
    return " ".join(good)
