"""WebM: elements in elements. Source: RFC 8794 (EBML), RFC 9559 (Matroska), WebM container guidelines."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from .base import Measured, NotAFilm, breaks_off

MOST_HEAD_BYTES = 4_000_000  # what is read of the beginning; the pictures follow it
_HEADER, _DOC_TYPE, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x4282, 0x18538067, 0x1F43B675
_INFO, _SCALE, _DURATION = 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _TRACK, _CODEC, _VIDEO, _WIDTH, _HEIGHT = 0x1654AE6B, 0xAE, 0x86, 0xE0, 0xB0, 0xBA
_NAMES = {"V_VP8": "vp8", "V_VP9": "vp9", "V_AV1": "av1"}


def is_webm(head: bytes) -> bool:
    return head.startswith(_HEADER.to_bytes(4, "big"))


def read_webm(file: BinaryIO, size: int) -> Measured:
    """Raises NotAFilm."""
    file.seek(0)
    content = file.read(MOST_HEAD_BYTES)
    try:
        kind, header, after = next(_elements(content, 0))
        doc_type = {key: value for key, value, _end in _elements(header, 0)}.get(_DOC_TYPE, b"")
        if kind != _HEADER or doc_type.rstrip(b"\0") != b"webm":
            raise NotAFilm(
                _("This is a Matroska film (MKV), which browsers do not play. Save it as MP4 (H.264) or WebM.")
            )
        return _measured(content, after, size)
    except (StopIteration, struct.error, IndexError) as error:
        raise breaks_off() from error


def _elements(content: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """(kind, contents, place after it) of each element from `at` on; one that goes on beyond what was read is cut."""
    while at < len(content):
        kind, at = _number(content, at, keep_mark=True)
        length, at = _number(content, at, keep_mark=False)
        end = len(content) if length < 0 else at + length
        yield kind, content[at:end], end
        at = end


def _number(content: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number of variable length and the place after it; -1 for a length that is not known."""
    first = content[at]
    length = 9 - first.bit_length()
    if length > 8 or at + length > len(content):
        raise breaks_off()
    value = int.from_bytes(content[at : at + length], "big")
    if keep_mark:
        return value, at + length
    value -= 1 << (7 * length)
    return (-1 if value == (1 << (7 * length)) - 1 else value), at + length


def _measured(content: bytes, at: int, size: int) -> Measured:
    kind, length_at = _number(content, at, keep_mark=True)
    length, start = _number(content, length_at, keep_mark=False)
    if kind != _SEGMENT or (length >= 0 and start + length > size):
        raise breaks_off()
    parts: dict[int, bytes] = {}
    for part, inside, _end in _elements(content, start):
        if part == _CLUSTER:
            break
        parts.setdefault(part, inside)
    codec, width, height = _picture(parts.get(_TRACKS, b""))
    return Measured("webm", "video/webm", _seconds(parts.get(_INFO, b"")), width, height, codec)


def _seconds(info: bytes) -> float:
    found = {kind: value for kind, value, _end in _elements(info, 0)}
    scale = int.from_bytes(found.get(_SCALE, (1_000_000).to_bytes(3, "big")), "big")
    duration = found.get(_DURATION, b"")
    if len(duration) not in (4, 8):
        return 0.0
    return float(struct.unpack(">f" if len(duration) == 4 else ">d", duration)[0]) * scale / 1_000_000_000


def _picture(tracks: bytes) -> tuple[str, int, int]:
    for kind, track, _end in _elements(tracks, 0):
        parts = {key: value for key, value, _after in _elements(track, 0)} if kind == _TRACK else {}
        codec = parts.get(_CODEC, b"").rstrip(b"\0").decode("ascii", "replace")
        if _VIDEO in parts and codec in _NAMES:
            size = {key: int.from_bytes(value, "big") for key, value, _after in _elements(parts[_VIDEO], 0)}
            return _NAMES[codec], size.get(_WIDTH, 0), size.get(_HEIGHT, 0)
    raise NotAFilm(_("This file has no pictures that browsers show. Save it as MP4 (H.264) or WebM."))
