"""What does not come over from a Word file, or comes otherwise: where, how often, which words. Pure."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MOST_WORDS_QUOTED = 300
NEVER_QUOTED = frozenset({"deleted", "hidden", "comment"})  # what its writer took back is not repeated


class Code(StrEnum):
    """Kinds of loss; `report.py` has the sentence of each."""

    PICTURE = "picture"
    PICTURE_WITHOUT_WORDS = "picture_without_words"
    DRAWING = "drawing"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    INSERTED = "inserted"
    DELETED = "deleted"
    HIDDEN = "hidden"
    EQUATION = "equation"
    TABLE = "table"
    TABLE_WITHOUT_HEADINGS = "table_without_headings"
    TABLE_CAPTION = "table_caption"
    BOX = "box"
    CONTENTS = "contents"
    HEADERS = "headers"
    DEEPER_HEADING = "deeper_heading"
    LONG_HEADING = "long_heading"
    BOLD_HEADING = "bold_heading"
    QUOTATION = "quotation"
    LINK = "link"
    INNER_LINK = "inner_link"
    STRUCK = "struck"
    RAISED = "raised"
    DEEP_LIST = "deep_list"
    NUMBERS_AGAIN = "numbers_again"
    LONG_MESSAGE = "long_message"
    FEW_MESSAGES = "few_messages"
    TITLE_OF_FILE = "title_of_file"
    WORDS = "words"


@dataclass(frozen=True)
class Loss:
    """One kind of loss under one heading; `where` is empty before the first."""

    code: str
    where: str = ""
    count: int = 1
    quotes: tuple[str, ...] = ()


class Losses:
    """Gathers them; the same under the same heading becomes one."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[str]] = {}

    def note(self, code: Code, where: str = "", quote: str = "") -> None:
        shown = "" if code in NEVER_QUOTED else _shortened(quote)
        self._found.setdefault((code, where), []).append(shown)

    def add(self, other: "Losses") -> None:
        for key, quotes in other._found.items():
            self._found.setdefault(key, []).extend(quotes)

    def told(self, headings: list[str]) -> list[Loss]:
        """In the order of the document, by its headings."""
        order = {heading: number for number, heading in reversed(list(enumerate(headings, start=1)))}
        losses = [
            Loss(str(code), where, len(quotes), tuple(dict.fromkeys(one for one in quotes if one)))
            for (code, where), quotes in self._found.items()
        ]
        return sorted(losses, key=lambda one: order.get(one.where, 0))


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= MOST_WORDS_QUOTED else f"{words[:MOST_WORDS_QUOTED]}…"


def as_facts(losses: list[Loss]) -> list[dict[str, Any]]:
    """For a row that keeps them."""
    return [asdict(one) for one in losses]


def from_facts(facts: list[dict[str, Any]]) -> list[Loss]:
    return [Loss(**{**one, "quotes": tuple(one.get("quotes", ()))}) for one in facts]
