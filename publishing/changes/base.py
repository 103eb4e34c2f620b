"""What the classifier is given and what it finds. Pure: everything it needs to know stands in two `Version`s."""

from dataclasses import dataclass
from enum import StrEnum


class Class(StrEnum):
    """What a change of live course content is."""

    NONE = "none"
    WORDING = "wording"
    SUBSTANCE = "substance"


@dataclass(frozen=True)
class Passage:
    """A block of a version: its words may change as wording; anything of `fixed` is substance when it changes.

    `texts` are rich text (HTML) or plain; `fixed` are (what it is, value), `what it is` a code of sentences.py.
    """

    identifier: str
    kind: str
    texts: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Version:
    """A page's content in one language, in the order it is read."""

    language: str
    passages: tuple[Passage, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why a change is substance: a code of sentences.py, and the words before and after where there are any."""

    code: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Found:
    """What a change comes to: its class, why, and how many words it changes."""

    kind: Class
    reasons: tuple[Reason, ...] = ()
    words: int = 0

    @property
    def is_substance(self) -> bool:
        return self.kind is Class.SUBSTANCE
