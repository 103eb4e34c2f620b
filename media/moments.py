"""A moment of a film: how it is written and read. Pure."""

import re
from math import isfinite

_CLOCK = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d(?:\.\d{1,3})?)", re.ASCII)
_UNITS = re.compile(r"(?:(?P<hours>\d{1,2})h)?(?:(?P<minutes>\d{1,3})m)?(?:(?P<seconds>\d{1,4})s)?", re.ASCII)
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?", re.ASCII)


def clock(seconds: float) -> str:
    """'0:07', '3:12' or '1:02:03'; parts of a second are left off."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def exact_clock(seconds: float) -> str:
    """As `clock`, with tenths where there are any: '0:12.4'."""
    tenths = round(seconds * 10) % 10
    return f"{clock(round(seconds, 1))}.{tenths}" if tenths else clock(round(seconds, 1))


def read_moment(words: str) -> float | None:
    """Seconds from '192', '192.5', '3:12', '1:02:03' or '3m12s'; None for anything else."""
    words = words.strip()
    if _SECONDS.fullmatch(words):
        return float(words)
    found = _CLOCK.fullmatch(words) or (_UNITS.fullmatch(words) if words else None)
    if found is None:
        return None
    hours, minutes, seconds = (float(found[part] or 0) for part in ("hours", "minutes", "seconds"))
    moment = hours * 3600 + minutes * 60 + seconds
    return moment if isfinite(moment) else None
