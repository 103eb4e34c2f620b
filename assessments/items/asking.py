"""What goes to and fro between an item type and a page: what a form held, what is shown, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .words import asking, blocks_of


@dataclass(frozen=True)
class Posted:
    """The form fields of one item: those with its own name, and each other by what its name ends in.

    Of item 3: `chosen` is what `q3` held, and `parts["1"]` what `q3-1` held. All numbers are those shown; no page
    carries an identifier.
    """

    chosen: Sequence[str] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """An item as it stands in an attempt: its texts in one language, its structure, the order shown, and a value."""

    texts: Mapping[str, Any]
    structure: Mapping[str, Any]
    order: Sequence[str]
    value: Mapping[str, Any] | None = None

    @property
    def kept(self) -> Mapping[str, Any]:
        """The value; empty where nothing was given, or it was removed."""
        return self.value or {}


@dataclass(frozen=True)
class ChoiceShown:
    """One option as a learner sees it; after hand-in also what it rests on. `number` is its place as shown."""

    number: int
    text: str
    is_chosen: bool
    is_answer: bool | None = None
    explanation: str = ""
    note: str = ""  # after hand-in: such as how many experts chose it

    @property
    def words(self) -> str:
        """The text without its form, for where a page can have none, such as a list to pick from."""
        return str(self.text)


@dataclass(frozen=True)
class PartShown:
    """One line of an item that has several to answer: a field of its own, picked from options or typed.

    After hand-in also whether it fits (None: not scored), what would, and why.
    """

    number: int
    text: str
    options: Sequence[ChoiceShown] = ()
    typed: str = ""
    after: str = ""  # words that follow the field
    is_right: bool | None = None
    answer: str = ""
    explanation: str = ""
    note: str = ""

    @property
    def given(self) -> str:
        """What was answered here, in words."""
        return self.typed or next((one.text for one in self.options if one.is_chosen), "")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a learner is shown of an item; its template prints it. The last few only after hand-in."""

    prompt: str
    choices: Sequence[ChoiceShown] = ()
    parts: Sequence[PartShown] = ()
    text: str = ""
    answer: Sequence[str] = ()  # what was answered, in words, a line each
    hint: str = ""
    unread: str = ""  # what was typed and cannot be read as an answer, and why, in words
    passage: str = ""
    explanation: str = ""
    model: str = ""
    checks: Sequence[str] = ()

    @property
    def heading(self) -> str:
        """The words that ask, as a page prints them."""
        return asking(self.prompt)[1]

    @property
    def before(self) -> list[dict[str, Any]]:
        """What of the prompt is read before the words that ask, as blocks."""
        return asking(self.prompt)[0]

    @property
    def after(self) -> list[dict[str, Any]]:
        """What of the prompt follows them."""
        return asking(self.prompt)[2]

    @property
    def told(self) -> list[dict[str, Any]]:
        """The passage as blocks."""
        return blocks_of(self.passage)
