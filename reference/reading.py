"""How much there is to read. Pure."""

import re
from collections.abc import Iterator
from typing import Any

_TAG = re.compile(r"<[^>]+>")
_NOT_READ = ("key", "belongs", "icon", "type")  # an identifier, and choices by their names


def words_of(raw_stream: list[dict[str, Any]]) -> int:
    """Words in a stream's stored value: headings, text, key points, quotations and what practice asks and answers."""
    return sum(len(text.split()) for block in raw_stream for text in _texts(bare(block["value"])))


def bare(value: Any) -> Any:
    """A stored value without the identifiers Wagtail gives to the items of a list: what somebody wrote, and no more."""
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items()}
    if isinstance(value, list):
        return [bare(one["value"] if isinstance(one, dict) and set(one) >= {"type", "value"} else one) for one in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield _TAG.sub(" ", value)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in _NOT_READ:
                yield from _texts(one)
