"""What both kinds of file come to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class NotAFilm(ValueError):
    """Raised for a file that cannot be shown as a film, worded for whoever uploaded it."""


@dataclass(frozen=True)
class Measured:
    """A film's file by its content. `codec` is how the pictures are packed, such as avc1 or vp9."""

    suffix: str
    content_type: str
    seconds: float
    width: int
    height: int
    codec: str


def breaks_off() -> NotAFilm:
    return NotAFilm(_("This film breaks off before its end: the file is damaged or was not uploaded whole."))
