"""MP4: boxes in boxes. Source: ISO/IEC 14496-12, sections 4.2, 6.2, 8.2 to 8.5; 14496-15 for the names of codecs."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from .base import Measured, NotAFilm, breaks_off

MOST_INDEX_BYTES = 32_000_000  # the box that says what lies where; a film of hours needs a few million
_PLAYED = {"avc1", "avc3", "av01", "vp08", "vp09"}
_WITHIN = {b"trak", b"mdia", b"minf", b"stbl"}


def is_mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def read_mp4(file: BinaryIO, size: int) -> Measured:
    """Raises NotAFilm."""
    file.seek(0)
    if file.read(12)[8:12] == b"qt  ":
        raise NotAFilm(_("This is a QuickTime film (MOV), which some browsers do not play. Save it as MP4 (H.264)."))
    try:
        return _measured(_index(file, size))
    except (struct.error, IndexError) as error:
        raise breaks_off() from error


def _index(file: BinaryIO, size: int) -> bytes:
    """The contents of the box `moov`. The other boxes are stepped over, but must be there to their end."""
    at, found = 0, b""
    while at < size:
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", file.read(8))[0], 16
        elif length == 0:
            length = size - at
        if length < head or at + length > size:
            raise breaks_off()
        if kind == b"moov":
            if length > MOST_INDEX_BYTES:
                raise NotAFilm(_("The index of this film is larger than we read. Save it anew as MP4 (H.264)."))
            found = file.read(length - head)
        at += length
    if not found:
        raise breaks_off()
    return found


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        head = 8
        if length == 1:
            length, head = struct.unpack_from(">Q", content, at + 8)[0], 16
        elif length == 0:
            length = len(content) - at
        if length < head or at + length > len(content):
            raise breaks_off()
        yield kind, content[at + head : at + length]
        at += length


def _measured(index: bytes) -> Measured:
    seconds = 0.0
    picture: tuple[str, int, int] | None = None
    for kind, content in _boxes(index):
        if kind == b"mvhd":
            seconds = _seconds(content)
        elif kind == b"trak":
            picture = picture or _picture(_flat(content))
    if picture is None:
        raise NotAFilm(_("This file has sound and no pictures. A film has both."))
    codec, width, height = picture
    if codec not in _PLAYED:
        sentence = _("This film is packed as %(codec)s, which some browsers do not play. Save it as H.264.")
        raise NotAFilm(sentence % {"codec": codec})
    return Measured("mp4", "video/mp4", seconds, width, height, codec)


def _seconds(header: bytes) -> float:
    """The length from the box `mvhd`, which has two versions."""
    scale, length = struct.unpack_from(">IQ", header, 20) if header[0] == 1 else struct.unpack_from(">II", header, 12)
    return length / scale if scale else 0.0


def _flat(track: bytes) -> dict[bytes, bytes]:
    """The boxes of a track that say what it is, by kind."""
    found: dict[bytes, bytes] = {}
    for kind, content in _boxes(track):
        found |= _flat(content) if kind in _WITHIN else {kind: content}
    return found


def _picture(track: dict[bytes, bytes]) -> tuple[str, int, int] | None:
    """(codec, width, height) of a track with pictures; None for sound and anything else."""
    if track.get(b"hdlr", b"")[8:12] != b"vide" or b"stsd" not in track:
        return None
    codec = track[b"stsd"][12:16].decode("ascii", "replace").strip()
    width, height = struct.unpack_from(">HH", track[b"stsd"], 40)
    return codec, width, height
