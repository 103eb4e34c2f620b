"""Words of an item that have a form: emphasis, links, lists, a quotation, a picture. Pure.

The texts of an item hold plain words, for its type, its lists and its exports, and under "rich" the form of those that
have one, by their path: {"prompt": [blocks], "choices/a/explanation": HTML}. Texts without any have no "rich". All HTML
here came through the one seam (toolkit/sanitise.py) when it was written. Source: docs/decisions/0072.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Json = dict[str, Any]
Rich = str | list[Json]  # HTML of one line of words; or blocks


class Form(StrEnum):
    """What a text may hold."""

    WHOLE = "whole"  # paragraphs, lists, quotations, pictures
    LINKED = "linked"  # one paragraph with emphasis and links
    INLINE = "inline"  # emphasis alone, because it is itself something to choose


class Words(str):
    """Plain words to whatever counts, compares or exports them; printed in a page, one line of words keeps its form."""

    rich: Rich

    def __new__(cls, words: str, rich: Rich = "") -> "Words":
        made = super().__new__(cls, words)
        made.rich = rich
        return made

    def __html__(self) -> str:
        return mark_safe(self.rich) if isinstance(self.rich, str) else conditional_escape(str(self))  # noqa: S308


@dataclass(frozen=True)
class PictureShown:
    """A picture among the words; `alt` is empty where it is decoration. Its image is looked up when it is shown."""

    number: int
    alt: str
    caption: str
    look_up: Callable[[int], Any]

    @property
    def image(self) -> Any:
        return self.look_up(self.number)


def undressed(texts: Mapping[str, Any]) -> Json:
    """Texts as they are kept: plain words, and their form beside them."""
    rich: dict[str, Rich] = {}

    def take(path: str, words: str) -> str:
        if isinstance(words, Words):
            rich[path] = words.rich
        return str(words)

    plain: Json = _over(texts, take)
    return {**plain, "rich": rich} if rich else plain


def dressed(texts: Mapping[str, Any], look_up: Callable[[int], Any] | None = None) -> Json:
    """The way back; with `look_up`, which finds images by their number, also fit to be shown."""
    rich = texts.get("rich", {})
    plain = {name: inner for name, inner in texts.items() if name != "rich"}
    if not rich:
        return plain

    def put(path: str, words: str) -> str:
        if path not in rich:
            return words
        return Words(words, rich[path] if look_up is None else _shown(rich[path], look_up))

    found: Json = _over(plain, put)
    return found


def _shown(rich: Rich, look_up: Callable[[int], Any]) -> Rich:
    return rich if isinstance(rich, str) else [_block_shown(one, look_up) for one in rich]


def _block_shown(block: Json, look_up: Callable[[int], Any]) -> Json:
    value = block["value"]
    if block["type"] != "picture":
        return {"type": block["type"], "value": mark_safe(value)}  # noqa: S308
    return {"type": "picture", "value": PictureShown(value["image"], value["alt"], value["caption"], look_up)}


def _over(value: Any, change: Callable[[str, str], str], path: tuple[str, ...] = ()) -> Any:
    if isinstance(value, str):
        return change("/".join(path), value)
    if isinstance(value, Mapping):
        return {name: _over(inner, change, (*path, str(name))) for name, inner in value.items()}
    if isinstance(value, list):
        return [_over(inner, change, (*path, str(place))) for place, inner in enumerate(value)]
    return value


def picture_values(texts: Mapping[str, Any]) -> Iterator[Json]:
    """Every picture of an item, in all its languages, as it is kept."""
    for one in texts.values():
        for rich in one.get("rich", {}).values():
            yield from (block["value"] for block in rich if not isinstance(rich, str) and block["type"] == "picture")


def blocks_of(words: str) -> list[Json]:
    """The words as blocks to be printed one after the other."""
    if isinstance(words, Words) and isinstance(words.rich, list):
        return words.rich
    return [{"type": "paragraph", "value": _lines(one)} for one in re.split(r"\n{2,}", words) if one]


def asking(prompt: str) -> tuple[list[Json], SafeString, list[Json]]:
    """What is read before the question, the paragraph that asks, and what follows it: the last paragraph asks."""
    if not (isinstance(prompt, Words) and isinstance(prompt.rich, list)):
        return [], _lines(prompt), []
    place = max(at for at, one in enumerate(prompt.rich) if one["type"] == "paragraph")
    return prompt.rich[:place], mark_safe(prompt.rich[place]["value"]), prompt.rich[place + 1 :]  # noqa: S308


def _lines(words: str) -> SafeString:
    return linebreaksbr(words, autoescape=True)
