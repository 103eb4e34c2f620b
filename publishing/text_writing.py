"""From the blocks of a page to the small Markdown of content files: the way back of `text`. Pure."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from .markdown_writing import CannotSay, write_markdown
from .plain import PLAIN, write_plain
from .text import FILM, PICTURE, identifier_of

_NAMES = {"key_point": "key-point", "quotation": "quotation", "text": "text", "embedded_film": FILM, "picture": PICTURE}


def write_body(body: list[dict[str, Any]], *, page: UUID) -> str:
    """The text under a page file's fields. Raises CannotSay, naming the block by its place."""
    return "\n\n".join(_pieces(body, page)) + "\n" if body else ""


def _pieces(body: list[dict[str, Any]], page: UUID) -> Iterator[str]:
    section, ordinal, last_runs = "", 0, False
    for place, block in enumerate(body, start=1):
        kind, value, identifier = block["type"], block["value"], block["id"]
        if kind == "section":
            section, ordinal = value["key"], 0
            yield _section(value, identifier, page)
        running = kind == "text" and not last_runs
        running = running and identifier == identifier_of(page, f"{section}/{ordinal + 1}")
        ordinal, last_runs = ordinal + running, running
        try:
            if running:
                yield write_markdown(value)
            elif kind != "section":
                yield _fenced(kind, value, identifier)
        except CannotSay as cannot:
            under = f" under “{section}”" if section else ""
            raise CannotSay(f"block {place}{under}: {cannot}") from cannot


def _section(value: dict[str, str], identifier: str, page: UUID) -> str:
    key = value["key"]
    given = "" if identifier == identifier_of(page, key, is_section=True) else f" {identifier}"
    return f"## {value['heading']} {{#{key}{given}}}"


def _fenced(kind: str, value: Any, identifier: str) -> str:
    if kind in PLAIN:
        return f"::: {kind.replace('_', '-')} {{#{identifier}}}\n{write_plain(kind, value)}\n:::"
    if kind not in _NAMES:
        raise CannotSay(f"a block of the kind “{kind}” has no form in a content file")
    extra = {"quotation": "speaker", "embedded_film": "address", "key_point": "icon", "picture": "picture"}.get(
        kind, ""
    )
    rest = f" {value[extra]}" if extra and value.get(extra) else ""
    if kind == "embedded_film":
        words = f"{value['title']}\n\n{value['transcript']}"
    elif kind == "picture":
        words = f"{value['alt']}\n\n{value['caption']}".strip()
    else:
        words = write_markdown(value if kind == "text" else value["text"])
    return f"::: {_NAMES[kind]} {{#{identifier}}}{rest}\n{words}\n:::"
