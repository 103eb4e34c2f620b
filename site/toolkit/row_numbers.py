"""A row's number as somebody sent it, in a form, a link or a file. Pure."""

import re

_NUMBER = re.compile("[0-9]{1,18}")  # what every database of ours keeps; Python reads no more than 4,300 digits


def row_number(text: str) -> int | None:
    """The number; None for anything else, such as a small raised two, which is a digit and no number."""
    return int(text) if _NUMBER.fullmatch(text) else None
