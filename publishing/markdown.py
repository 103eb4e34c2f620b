"""From the small Markdown of content files to rich text in its canonical form, with every fault named by its line."""

import html
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from toolkit.sanitise import SCHEMES, TooMuchMarkup, sanitise

from .faults import Fault
from .rich import canonical

DEEPEST_LIST = 5  # as deep as the editor makes them
_WITHIN = re.compile(r"/(?:[a-z0-9-]+/)*(?:\?[a-z0-9=&-]+)?(?:#[a-z0-9-]+)?|#[a-z0-9-]+")  # an address on this site
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "autolink", "backticks", "html_inline"])
_markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # ours refuses by name and line, below
_markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]  # an address is kept as it is written
_RICH = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>", "link_close": "</a>"}
_PLAIN = {
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_open": "<ol>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
}
_REFUSED = {
    "heading_open": "a heading inside the text: sections start with “## Heading {#key}”, and there are no others",
    "fence": "a code block",
    "code_block": "a code block (a line indented by four spaces)",
    "html_block": "HTML",
    "blockquote_open": "a block quotation: use “::: quotation {#key} Who said it”",
    "hr": "a rule",
}
_TARGET = re.compile(r"\]\(<(?:\\.|[^>\\])*>\)")  # an address in angle brackets is no HTML
_HTML = re.compile(r"(?<!\\)</?[a-zA-Z][^>]*>")
_IMAGE = re.compile(r"(?<!\\)!\[")
_HTML_FOUND = "holds HTML; write **strong**, *emphasis* and [links](https://…)."
_IMAGE_FOUND = "holds an image; content/README.md says where a picture may stand, and how."
_MARK_FOUND = "holds a forced line break or another mark that cannot be kept."


def read_markdown(text: str, path: str, first_line: int, faults: list[Fault]) -> str:
    """Rich text as the site stores it. Faults are added to the list given."""
    reader = _Reader(path, first_line, faults)
    for token in _markdown.parse(text):
        reader.take(token)
    try:
        return canonical(sanitise("".join(reader.written)))
    except TooMuchMarkup as refusal:
        faults.append(Fault(path, first_line, str(refusal)))
        return "-"


def read_line(text: str, path: str, first_line: int, faults: list[Fault]) -> str:
    """One paragraph of words as rich text without its tag: no list, no heading, whatever it begins with."""
    reader = _Reader(path, first_line, faults)
    for token in _markdown.parseInline(text):
        reader.take(token)
    try:
        return canonical(sanitise(f"<p>{''.join(reader.written)}</p>")).removeprefix("<p>").removesuffix("</p>")
    except TooMuchMarkup as refusal:
        faults.append(Fault(path, first_line, str(refusal)))
        return "-"


def literal_of(text: str) -> str:
    """What a text says letter by letter, where it is paragraphs without a mark; empty where it is more than that."""
    return _literal(_markdown.parse(text), "\n\n")


def literal_line_of(text: str) -> str:
    """The same of one paragraph of words."""
    return _literal(_markdown.parseInline(text), "\n")


def _literal(tokens: list[Token], between: str) -> str:
    said = []
    for token in tokens:
        if token.type == "inline" and all(one.type in ("text", "softbreak") for one in token.children or []):
            said.append("".join("\n" if one.type == "softbreak" else one.content for one in token.children or []))
        elif token.type not in ("paragraph_open", "paragraph_close"):
            return ""
    return between.join(said)


class _Reader:
    """Writes HTML token by token, and knows the line it is on."""

    def __init__(self, path: str, first_line: int, faults: list[Fault]) -> None:
        self.written: list[str] = []
        self._path, self._first, self._line, self._faults = path, first_line, first_line, faults
        self._depth = 0
        self._paragraphs: list[int] = []  # of each item that is open

    def _fault(self, sentence: str) -> None:
        self._faults.append(Fault(self._path, self._line, sentence))

    def take(self, token: Token) -> None:
        self._line = self._first + token.map[0] if token.map else self._line
        if token.type in _REFUSED:
            self._fault(f"holds {_REFUSED[token.type]}.")
        elif token.type in _PLAIN:
            self._take_list(token.type)
        elif token.type == "inline":
            self._take_words(token)
        elif token.type == "paragraph_open" and self._paragraphs:
            self._paragraphs[-1] += 1
            if self._paragraphs[-1] > 1:
                self._fault("holds two paragraphs in one item of a list.")
        elif token.type in ("paragraph_open", "paragraph_close") and not self._paragraphs:
            self.written.append("<p>" if token.type == "paragraph_open" else "</p>")

    def _take_list(self, kind: str) -> None:
        if kind.endswith("list_open"):
            self._depth += 1
            if self._depth > DEEPEST_LIST:
                self._fault("holds lists inside lists too deep; lists have five levels at most.")
        elif kind.endswith("list_close"):
            self._depth -= 1
        elif kind == "list_item_open":
            self._paragraphs.append(0)
        else:
            self._paragraphs.pop()
        self.written.append(_PLAIN[kind])

    def _take_words(self, token: Token) -> None:
        source = _TARGET.sub("]()", token.content)
        for pattern, sentence in ((_HTML, _HTML_FOUND), (_IMAGE, _IMAGE_FOUND)):
            if found := pattern.search(source):
                line = self._line + source.count("\n", 0, found.start())
                self._faults.append(Fault(self._path, line, sentence))
        lines = token.content.split("\n")
        for inner in token.children or []:
            self._take_inner(inner, lines)

    def _take_inner(self, token: Token, lines: list[str]) -> None:
        if token.type == "text":
            self.written.append(html.escape(token.content, quote=False))
        elif token.type == "softbreak":
            self._line += 1
            self.written.append(" ")
        elif token.type in _RICH:
            self.written.append(_RICH[token.type])
        elif token.type == "link_open":
            self.written.append(self._link(str(token.attrs.get("href", ""))))
        elif token.type == "hardbreak" and not any(one.endswith("  ") for one in lines):
            self._line += 1
            self.written.append("<br>")  # written as a backslash; two blanks at the end of a line are seen by nobody
        else:
            self._fault(_MARK_FOUND)

    def _link(self, href: str) -> str:
        scheme = href.split(":", 1)[0].lower() if ":" in href else ""
        if scheme not in SCHEMES and not _WITHIN.fullmatch(href):
            self._fault(
                f"links to “{href}”; a link starts with https://, http:// or mailto:, or is an address on this site "
                "such as /glossary/finding/."
            )
        return f'<a href="{html.escape(href)}">'
