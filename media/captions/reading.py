"""From a file or a text to captions, whichever of the two forms it is in."""

import codecs

from django.utils.translation import gettext as _

from media.remarks import BadText, Remark

from .cues import Captions, Cue
from .lines import Reading
from .srt import looks_like_srt, read_srt
from .webvtt import looks_like_webvtt, read_webvtt

MOST_BYTES = 1_000_000
MOST_CUES = 5_000

_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(content: bytes) -> tuple[str, list[Remark]]:
    """The text of a file, with a remark where it had to be converted. Raises BadText."""
    if len(content) > MOST_BYTES:
        raise BadText([Remark(0, _("This file is larger than 1 MB; captions are text."))])
    for mark, encoding in _WIDE.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding), [Remark(0, _("The text was converted from UTF-16."))]
            except UnicodeDecodeError as error:
                raise BadText([Remark(0, _("This is not text."))]) from error
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadText([Remark(line, _("this is not UTF-8 text. Save the file again as UTF-8."))]) from error


def read_captions(source: bytes | str) -> Captions:
    """Captions from WebVTT or SRT. Raises BadText with every fault by its line, and then nothing is kept."""
    text, mended = decode(source) if isinstance(source, bytes) else (source, [])
    reading = Reading.of(text.removeprefix("\ufeff"))
    reading.mended += mended
    if looks_like_webvtt(reading.lines):
        cues = read_webvtt(reading)
    elif looks_like_srt(reading.lines):
        cues = read_srt(reading)
    else:
        raise BadText([Remark(1, _("captions begin with the word WEBVTT, or are an SRT file with numbered times."))])
    if not cues and not reading.faults:
        reading.fault(0, _("There are no captions in this text."))
    if len(cues) > MOST_CUES:
        reading.fault(0, _("There are more than %(count)s captions in this text.") % {"count": MOST_CUES})
    if reading.faults:
        raise BadText(reading.faults)
    return Captions(_in_order(cues, reading), tuple(sorted(reading.mended, key=lambda remark: remark.line)))


def _in_order(cues: list[Cue], reading: Reading) -> tuple[Cue, ...]:
    ordered = sorted(cues, key=lambda cue: cue.start)
    if ordered != cues:
        reading.mend(0, _("Captions that stood out of order were put in order of time."))
    return tuple(ordered)
