"""Rich text in its one canonical form, in which a file and the site are compared (decision 43). Pure.

What no reader can see is evened out: `<strong>` for `<b>`, a bold space at the end of bold words, empty paragraphs, how
marks lie inside each other. Everything else is kept.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

PageAddress = Callable[[str], str | None]
_BREAK, _SPACES = "\n", " \t\r\f\n"
_MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i"}


class OddMarkup(ValueError):
    """Raised for markup that no editor here makes: blocks inside marks, a link inside a link."""


@dataclass(frozen=True)
class Char:
    """One character and how it is set; `_BREAK` is a line break. `link` numbers the links of a text from 1."""

    text: str
    bold: bool = False
    italic: bool = False
    link: int = 0
    href: str = ""

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


@dataclass
class Item:
    """An item of a list, and the lists inside it."""

    words: list[Char] = field(default_factory=list)
    lists: list["Listing"] = field(default_factory=list)


@dataclass
class Listing:
    """A list: `ul` or `ol`."""

    tag: str
    items: list[Item] = field(default_factory=list)


@dataclass
class Paragraph:
    """A paragraph."""

    words: list[Char] = field(default_factory=list)


Block = Paragraph | Listing


def canonical(source: str, page_address: PageAddress = lambda _number: None) -> str:
    """The same text in its one form; odd markup comes back as it was. Links to pages by number become addresses."""
    try:
        return as_html(read_rich(source, page_address))
    except OddMarkup:
        return source


def read_rich(source: str, page_address: PageAddress = lambda _number: None) -> list[Block]:
    """The blocks of a rich text, evened out. Raises OddMarkup."""
    reader = _Reader(page_address)
    reader.feed(source)
    reader.close()
    return [block for block in map(_evened, reader.blocks) if block]


def as_html(blocks: list[Block]) -> str:
    """HTML as the one seam writes it."""
    return "".join(_block_html(block) for block in blocks)


class _Reader(HTMLParser):
    """Builds blocks; `_place` is the words being written to."""

    def __init__(self, page_address: PageAddress) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._page_address = page_address
        self._lists: list[Listing] = []
        self._marks: list[str] = []
        self._place: list[Char] | None = None
        self._link, self._links, self._href = 0, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag == "a":
            self._open_link({name: value or "" for name, value in attrs})
        elif tag == "br":
            self._write(_BREAK)
        else:
            self._open_block(tag)

    def _open_link(self, attributes: dict[str, str]) -> None:
        if self._link:
            raise OddMarkup("a link inside a link")
        self._links += 1
        self._link, self._href = self._links, attributes.get("href", "")
        if attributes.get("linktype") == "page":
            address = self._page_address(attributes.get("id", ""))
            if address is None:
                raise OddMarkup("a link to a page that is not there")
            self._href = address
        elif not self._href:
            raise OddMarkup("a link to a document, or to nothing")

    def _open_block(self, tag: str) -> None:
        if self._marks or self._link or tag not in ("p", "ul", "ol", "li"):
            raise OddMarkup(f"<{tag}> where it does not belong")
        if tag == "p":
            self._paragraph()
        elif tag == "li":
            if not self._lists:
                raise OddMarkup("an item outside a list")
            self._lists[-1].items.append(Item())
            self._place = self._lists[-1].items[-1].words
        else:
            self._open_list(Listing(tag))

    def _paragraph(self) -> None:
        if not self._lists:
            made = Paragraph()
            self.blocks.append(made)
            self._place = made.words
        elif self._place:
            self._write(_BREAK)

    def _open_list(self, listing: Listing) -> None:
        if not self._lists:
            self.blocks.append(listing)
        else:
            outer = self._lists[-1]
            if not outer.items:
                outer.items.append(Item())
            outer.items[-1].lists.append(listing)
        self._lists.append(listing)
        self._place = None

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            if _MARKS[tag] in self._marks:
                self._marks.reverse()
                self._marks.remove(_MARKS[tag])
                self._marks.reverse()
        elif tag == "a":
            self._link, self._href = 0, ""
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._place = None
        elif tag == "p" and not self._lists:
            self._place = None

    def handle_data(self, data: str) -> None:
        self._write(" ".join(_split(data)))

    def _write(self, text: str) -> None:
        if self._place is None:
            if not text.strip(_SPACES):
                return
            if self._lists:
                raise OddMarkup("words in a list and after what stands inside an item")
            self._paragraph()
        place = self._place if self._place is not None else []
        bold, italic = "b" in self._marks, "i" in self._marks
        place.extend(Char(one, bold, italic, self._link, self._href) for one in text)


def _split(data: str) -> list[str]:
    """The text cut at runs of blanks, ends included; other kinds of space (such as one that holds) are letters."""
    parts, word, blank = [], "", False
    for one in data:
        if one in _SPACES:
            blank = True
            continue
        if blank:
            parts.append(word)
            word, blank = "", False
        word += one
    return [*parts, word, ""] if blank else [*parts, word]


def _evened(block: Block) -> Block | None:
    if isinstance(block, Paragraph):
        words = _even(block.words)
        return Paragraph(words) if words else None
    items = [Item(_even(one.words), _evened_lists(one.lists)) for one in block.items]
    kept = [one for one in items if one.words or one.lists]
    return Listing(block.tag, kept) if kept else None


def _evened_lists(lists: list[Listing]) -> list[Listing]:
    return [block for block in map(_evened, lists) if isinstance(block, Listing)]


def _even(words: list[Char]) -> list[Char]:
    """One blank between words, none at the ends or beside a break, and spaces set as the letters on both sides are."""
    kept: list[Char] = []
    for one in words:
        if one.text == " " and (not kept or kept[-1].text in (" ", _BREAK)):
            continue
        if one.text == _BREAK:
            while kept and kept[-1].text == " ":
                kept.pop()
            if not kept:
                continue
        kept.append(one)
    while kept and kept[-1].text in (" ", _BREAK):
        kept.pop()
    return _set_spaces(kept)


def _set_spaces(words: list[Char]) -> list[Char]:
    letters = [None if one.is_space else one for one in words]
    before, last = [], None
    for one in letters:
        last = one or last
        before.append(last)
    after, following = [], None
    for one in reversed(letters):
        following = one or following
        after.append(following)
    after.reverse()
    return [
        _between(one.text, left, right) if one.is_space else one
        for one, left, right in zip(words, before, after, strict=True)
    ]


def _between(text: str, left: Char | None, right: Char | None) -> Char:
    if left is None or right is None or left.link != right.link:
        return Char(text)
    italic = left.italic and right.italic and left.bold == right.bold
    return Char(text, left.bold and right.bold, italic, left.link, left.href)


def _block_html(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{words_html(block.words)}</p>"
    items = "".join(f"<li>{words_html(one.words)}{''.join(map(_block_html, one.lists))}</li>" for one in block.items)
    return f"<{block.tag}>{items}</{block.tag}>"


def words_html(words: list[Char]) -> str:
    """Links outermost, then bold, then italic."""
    written = ""
    for _number, linked in groupby(words, lambda one: one.link):
        run = list(linked)
        inner = "".join(_bold_html(list(bold)) for _is, bold in groupby(run, lambda one: one.bold))
        written += f'<a href="{_attribute(run[0].href)}">{inner}</a>' if run[0].link else inner
    return written


def _bold_html(words: list[Char]) -> str:
    inner = ""
    for italic, run in groupby(words, lambda one: one.italic):
        text = "".join("<br>" if one.text == _BREAK else _escaped(one.text) for one in run)
        inner += f"<i>{text}</i>" if italic else text
    return f"<b>{inner}</b>" if words[0].bold else inner


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")


def _attribute(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
