"""A text cut into words and marks, each with what it stands in: a link, emphasis, the start of a sentence."""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

BREAKS = ("p", "li", "ul", "ol", "br", "h2", "h3", "h4", "blockquote")
SAME = {"strong": "b", "em": "i"}
APOSTROPHES = "'’‘ʼ`´"
HYPHENS = "-‐‑"
STOPS = ".!?…"
QUOTES = '“”"«»()[]'
# Over a text's shape: d digit, w other letters and marks inside words, j joins words, n joins digits.
_WORD = re.compile(r"[wd](?:[wd]|j(?=[wd])|(?<=d)n(?=d))*|\S")


@dataclass(frozen=True)
class Token:
    """A word, a mark, or the start of a paragraph (`<p>`). Two are the same when all but `starts` and `touches` is."""

    raw: str
    link: str = ""
    emphasis: str = ""
    starts: bool = False  # it begins a sentence
    touches: bool = False  # a mark right beside a digit

    @property
    def key(self) -> tuple[str, str, str]:
        """What is compared: typographic apostrophes and hyphens are the plain ones."""
        plain = "".join("'" if one in APOSTROPHES else "-" if one in HYPHENS else one for one in self.raw)
        return plain, self.link, self.emphasis

    @property
    def is_break(self) -> bool:
        return self.raw.startswith("<") and len(self.raw) > 1


def tokens_of(text: str) -> list[Token]:
    """The tokens of a rich or plain text, in order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.tokens


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[Token] = []
        self._link, self._emphasis, self._fresh, self._is_open = "", "", True, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.tokens.append(Token(f"<{tag}>"))
            self._fresh, self._is_open = True, False
        elif tag == "a":
            self._link = " ".join(sorted(f"{name}={value}" for name, value in attrs))
        else:
            self._emphasis += f"<{SAME.get(tag, tag)}>"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = ""
        elif tag not in BREAKS:
            self._emphasis = self._emphasis.replace(f"<{SAME.get(tag, tag)}>", "")

    def handle_data(self, data: str) -> None:
        shape = "".join(map(_shape, data))
        self._is_open = self._is_open and not shape.startswith(" ")
        for found in _WORD.finditer(shape):
            raw = data[found.start() : found.end()]
            touches = "d" in shape[max(0, found.start() - 1) : found.end() + 1]
            self._add(
                Token(raw, self._link, self._emphasis, self._fresh, touches), is_word=shape[found.start()] in "wd"
            )
        self._is_open = shape[-1:] in ("w", "d")

    def _add(self, token: Token, *, is_word: bool) -> None:
        """A word whose letters are partly in bold is one word to its reader."""
        if is_word and self._is_open:
            start = self.tokens.pop()
            link, emphasis = start.link or token.link, f"{start.emphasis}|{token.emphasis}"
            token = Token(start.raw + token.raw, link, emphasis, start.starts, start.touches or token.touches)
        self.tokens.append(token)
        self._is_open = False
        if token.raw in STOPS:
            self._fresh = True
        elif token.raw not in QUOTES:
            self._fresh = False


def _shape(one: str) -> str:
    if one.isspace():
        return " "
    category = unicodedata.category(one)
    if category[0] == "N":
        return "d"
    if one in APOSTROPHES or one in HYPHENS:
        return "j"
    if category[0] in "LM" or category in ("Cf", "Cc", "Co", "Cn", "Cs"):
        return "w"
    return "n" if one in ".,/:–" else "x"
