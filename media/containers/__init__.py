"""What a film's file is by its content: MP4 or WebM, how long, how large. Anything else is refused in words.

A file's name is never asked. Only the few parts that say this are read, never the pictures.
"""

from typing import BinaryIO

from django.utils.translation import gettext as _

from .base import Measured, NotAFilm
from .mp4 import is_mp4, read_mp4
from .webm import is_webm, read_webm

LONGEST_SECONDS = 6 * 60 * 60

# What a file that is no film begins with, and what we call it.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"MZ", "EXE"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"fLaC", "FLAC"),
    (b"RIFF", "AVI or WAV"),
    (b"\x00\x00\x01\xba", "MPEG-PS"),
    (b"FLV", "FLV"),
    (b"WEBVTT", "WebVTT"),
)


def measure(file: BinaryIO, size: int) -> Measured:
    """What the film in this file is. Raises NotAFilm with a sentence for its uploader."""
    file.seek(0)
    head = file.read(64)
    if is_mp4(head):
        measured = read_mp4(file, size)
    elif is_webm(head):
        measured = read_webm(file, size)
    else:
        raise NotAFilm(_unlike(head))
    if not 0 < measured.seconds <= LONGEST_SECONDS:
        raise NotAFilm(_("This film does not say how long it is, or is longer than six hours."))
    return measured


def _unlike(head: bytes) -> str:
    if not head:
        return _("This file is empty.")
    for mark, name in _OTHERS:
        if head.startswith(mark):
            return _("This is a file of the kind %(name)s, whatever it is called. A film is MP4 or WebM.") % {
                "name": name
            }
    return _("This is not a film we can show. A film is MP4 (H.264) or WebM.")


__all__ = ["LONGEST_SECONDS", "Measured", "NotAFilm", "measure"]
