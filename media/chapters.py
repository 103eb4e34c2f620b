"""The chapters of a film. Pure. Editors write a line for each: `1:00 A health visitor's afternoon`."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from .moments import clock, read_moment
from .remarks import BadText, Remark

LONGEST_TITLE = 120
MOST_CHAPTERS = 60

_WRITTEN = re.compile(r"(?P<at>\d[\d:.]*)\s+(?P<title>\S.*)")


@dataclass(frozen=True)
class Chapter:
    """One chapter. `at` is where it begins, in seconds."""

    at: float
    title: str


def read_chapters(value: Any) -> list[Chapter]:
    """Chapters from their kept form. Raises BadText."""
    if not isinstance(value, list) or not all(_is_kept(one) for one in value):
        raise BadText([Remark(0, _("Chapters are a list, each with “at” in seconds and a title."))])
    return _in_order([(number, Chapter(one["at"], one["title"])) for number, one in enumerate(value, start=1)])


def _is_kept(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and set(one) == {"at", "title"}
        and type(one["at"]) in (int, float)
        and 0 <= one["at"] < 100_000
        and isinstance(one["title"], str)
        and 0 < len(one["title"].strip()) <= LONGEST_TITLE
    )


def kept(chapters: Sequence[Chapter]) -> list[dict[str, Any]]:
    """The form that is stored."""
    return [asdict(chapter) for chapter in chapters]


def written(chapters: Sequence[Chapter]) -> str:
    """The form editors write."""
    return "\n".join(f"{clock(chapter.at)} {chapter.title}" for chapter in chapters)


def read_written(text: str) -> list[Chapter]:
    """Chapters from the form editors write; empty lines are passed over. Raises BadText, by line."""
    faults: list[Remark] = []
    found: list[tuple[int, Chapter]] = []
    for number, words in enumerate(text.splitlines(), start=1):
        if not words.strip():
            continue
        parts = _WRITTEN.fullmatch(words.strip())
        at = read_moment(parts["at"]) if parts else None
        if parts is None or at is None or len(parts["title"]) > LONGEST_TITLE:
            faults.append(Remark(number, _("write the moment and a short title: 1:00 Two headlines.")))
        else:
            found.append((number, Chapter(at, parts["title"])))
    if faults:
        raise BadText(faults)
    return _in_order(found)


def _in_order(found: list[tuple[int, Chapter]]) -> list[Chapter]:
    faults = []
    for (_before, earlier), (number, later) in pairwise(found):
        if later.at <= earlier.at:
            faults.append(Remark(number, _("this chapter does not begin after the one above.")))
    if len(found) > MOST_CHAPTERS:
        faults.append(Remark(0, _("A film has at most %(count)s chapters.") % {"count": MOST_CHAPTERS}))
    if faults:
        raise BadText(faults)
    return [chapter for _number, chapter in found]


def chapter_at(chapters: Sequence[Chapter], moment: float) -> int | None:
    """The place, from 0, of the chapter that runs at this moment; None before the first one."""
    begun = [place for place, chapter in enumerate(chapters) if chapter.at <= moment]
    return begun[-1] if begun else None
