"""Reads what an MP4 file says of itself, without any program."""

import struct
from collections.abc import Iterator


def boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The boxes of an MP4 file, or of a box that holds boxes: their names and contents (ISO/IEC 14496-12)."""
    place = 0
    while place + 8 <= len(data):
        size, name = struct.unpack(">I4s", data[place : place + 8])
        start = 8
        if size == 1:
            size, start = struct.unpack(">Q", data[place + 8 : place + 16])[0], 16
        size = size or len(data) - place
        yield name.decode("latin-1"), data[place + start : place + size]
        place += size


def inside(data: bytes, *names: str) -> list[bytes]:
    """The contents of every box at this path."""
    found = [data]
    for name in names:
        found = [content for outer in found for inner, content in boxes(outer) if inner == name]
    return found


def tracks(film: bytes) -> dict[str, bytes]:
    """What each track says of its samples, by its kind: avc1, mp4a."""
    described = inside(film, "moov", "trak", "mdia", "minf", "stbl", "stsd")
    return {name: content for table in described for name, content in boxes(table[8:])}


def size_of(picture_track: bytes) -> tuple[int, int]:
    """Width and height in pixels, from what `tracks` says of avc1."""
    return struct.unpack(">HH", picture_track[24:28])


def channels_of(sound_track: bytes) -> int:
    """How many channels the AAC decoder is told of (ISO/IEC 14496-3, 1.6.2.1); the entry's own field says 2 always."""
    config = sound_track.index(b"\x05\x80\x80\x80") + 5
    return sound_track[config + 1] >> 3 & 0b1111
