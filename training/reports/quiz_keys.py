"""What the report of one quiz is called in addresses, by its activity. Pure."""

import re

FAMILY = "answers"
_OF_ONE = re.compile(rf"{FAMILY}-([1-9][0-9]{{0,8}})", re.ASCII)


def key_of(activity: int) -> str:
    """The key of an activity's quiz."""
    return f"{FAMILY}-{activity}"


def activity_of(key: str) -> int | None:
    """The way back; None for any other report."""
    found = _OF_ONE.fullmatch(key)
    return int(found[1]) if found else None
