"""How much there is to read. Pure."""

import re
from typing import Any

_TAG = re.compile(r"<[^>]+>")


def words_of(raw_stream: list[dict[str, Any]]) -> int:
    """Words in a stream's stored value: headings, text, key points and quotations."""
    return sum(len(text.split()) for block in raw_stream for text in _texts(block["value"]))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [_TAG.sub(" ", value)]
    if isinstance(value, dict):
        return [_TAG.sub(" ", text) for name, text in value.items() if name != "key" and isinstance(text, str)]
    return []
