"""The parts of a written page, as plain text. Pure."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any

# Where one of these ends, the next words are not part of the same one.
_EDGE = re.compile(r"</(?:p|li|ul|ol|h\d)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Passage:
    """A part of an entry. `to` ends the address that leads there; `at` is its second where it is part of a film."""

    text: str
    to: str = ""
    heading: str = ""
    at: float | None = None

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def plain(markup: str) -> str:
    """The words of a piece of rich text, on one line."""
    return " ".join(unescape(_TAG.sub("", _EDGE.sub(" ", markup))).split())


def passages_of(raw_stream: Iterable[dict[str, Any]], *, only: Iterable[str] | None = None) -> list[Passage]:
    """A stored stream cut at its sections. With `only`, no section is told but those with these keys."""
    passages: list[Passage] = []
    key, heading, texts = "", "", []  # type: ignore[var-annotated]
    for block in [*raw_stream, {"type": "section", "value": {"key": "", "heading": ""}}]:
        if block["type"] != "section":
            texts.append(_words(block["value"]))
            continue
        if (texts or heading) and (only is None or key in only):
            passages.append(Passage(" ".join(texts), f"#{key}" if key else "", heading))
        key, heading, texts = block["value"]["key"], block["value"]["heading"], []
    return passages


def _words(value: Any) -> str:
    if isinstance(value, str):
        return plain(value)
    return " ".join(plain(text) for text in (value.get("text", ""), value.get("speaker", "")) if text)
