"""Small films for tests: MP4 and WebM files built part by part, and a real one made longer."""

import os
import struct
from pathlib import Path

import pytest

from tests.tools.running_site import ROOT

CORPORA = Path(os.environ.get("LT_CORPORA", ROOT / ".." / "shared" / "corpora"))


def is_at_hand() -> bool:
    """Whether the shared material is on this machine."""
    return CORPORA.is_dir()


def corpora(*parts: str) -> Path:
    """A file or folder of the shared material; the test is skipped where it is not on this machine."""
    if (found := CORPORA.joinpath(*parts)).exists():
        return found
    return pytest.skip(f"the shared material ({'/'.join(parts)}) is not on this machine")


def box(kind: bytes, *contents: bytes) -> bytes:
    """One box of an MP4."""
    content = b"".join(contents)
    return struct.pack(">I4s", len(content) + 8, kind) + content


def mp4(
    seconds: float = 60,
    *,
    codec: bytes = b"avc1",
    brand: bytes = b"isom",
    handler: bytes = b"vide",
    tail: bytes = b"\0" * 2000,
    long_header: bool = False,
) -> bytes:
    """An MP4 that says how long it is and how its pictures are packed; there are none in it."""
    if long_header:
        header = b"\1\0\0\0" + struct.pack(">QQIQ", 0, 0, 1000, round(seconds * 1000)) + b"\0" * 80
    else:
        header = b"\0" * 4 + struct.pack(">IIII", 0, 0, 1000, round(seconds * 1000)) + b"\0" * 80
    entry = struct.pack(">I4s", 86, codec) + b"\0" * 24 + struct.pack(">HH", 640, 360) + b"\0" * 50
    description = box(b"stsd", struct.pack(">II", 0, 1), entry)
    media = box(b"mdia", box(b"hdlr", b"\0" * 8, handler, b"\0" * 12), box(b"minf", box(b"stbl", description)))
    return (
        box(b"ftyp", brand, b"\0\0\0\0") + box(b"moov", box(b"mvhd", header), box(b"trak", media)) + box(b"mdat", tail)
    )


def element(kind: int, *contents: bytes) -> bytes:
    """One element of a WebM."""
    content = b"".join(contents)
    name = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    return name + (len(content) | 1 << 56).to_bytes(8, "big") + content


def webm(seconds: float | None = 60, *, codec: bytes = b"V_VP9", doc_type: bytes = b"webm") -> bytes:
    """A WebM with its head and an empty cluster; without `seconds` it does not say how long it is."""
    length = element(0x4489, struct.pack(">d", seconds * 1000)) if seconds is not None else b""
    video = element(0xE0, element(0xB0, b"\x02\x80"), element(0xBA, b"\x01\x68"))
    tracks = element(0x1654AE6B, element(0xAE, element(0x86, codec), video))
    info = element(0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(3, "big")), length)
    return element(0x1A45DFA3, element(0x4282, doc_type)) + element(
        0x18538067, info, tracks, element(0x1F43B675, b"\0" * 900)
    )


def real_film(times: int = 40) -> bytes:
    """A film browsers play: the one-second sample with its clock slowed, so that it lasts so many seconds."""
    film = bytearray(corpora("media-samples", "low_res_sample.mp4").read_bytes())
    for kind in (b"mvhd", b"mdhd"):
        at = -1
        while (at := film.find(kind, at + 1)) >= 0:
            scale = at + 16  # after version, flags and two dates
            old = struct.unpack_from(">I", film, scale)[0]
            assert old % times == 0, f"the clock of {kind!r} ({old}) cannot be slowed {times} times"
            struct.pack_into(">I", film, scale, old // times)
    return bytes(film)
