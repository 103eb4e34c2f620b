"""The words of a question, from the small Markdown of its file or of a box at the desk, and the way back. Pure.

Words without a mark stay letter by letter as they are written. Others become `Words`: plain, with their form beside
them. What is written is read again before it is given back, so that nothing changes on the way.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assessments.items import Form, Words
from assessments.items.words import Json

from .faults import Fault
from .fields import Fields
from .markdown import literal_line_of, literal_of, read_line, read_markdown
from .markdown_writing import CannotSay, write_markdown
from .rich import Listing, OddMarkup, Paragraph, as_html, read_rich, words_html

LONGEST_ALT = 250
DECORATIVE = "decorative"
_PICTURE = re.compile(r'!\[(?P<alt>(?:\\.|[^\\\]])*)\]\((?P<name>[^()\s"]+)(?:\s+"(?P<caption>(?:\\.|[^\\"])*)")?\)\s*')
_SIGNS = re.compile(r'[\\\]"]')
_NO_ALT = (
    "shows a picture without saying what it shows: write that between the square brackets, or “decorative” where it "
    "shows nothing."
)
Named = Callable[[str], Json | None]  # a picture's name as it is kept; None for one that is not there
NameOf = Callable[[Json], str]
Write = Callable[[str, Form], str]


def by_name(name: str) -> Json | None:
    """In a file a picture is kept by the name of its file, until the package is looked through."""
    return {"picture": name}


def name_in_file(value: Json) -> str:
    return str(value["picture"])


class WordFields:
    """The fields under a language of a question, each text read as its name says it may be."""

    def __init__(self, fields: Fields, forms: Mapping[str, Form], named: Named) -> None:
        self._fields, self._forms, self._named = fields, forms, named

    def text(self, name: str, *, required: bool = True, longest: int = 10_000) -> str:
        source = self._fields.text(name, required=required, longest=longest)
        form = self._forms.get(name)
        if not source or form is None:
            return source
        faults: list[Fault] = []
        words = read_words(source, form, faults, self._named)
        for fault in faults:
            self._fields.fault(name, fault.sentence)
        return words

    def mapping(self, name: str, *, required: bool = True) -> "WordFields | None":
        inner = self._fields.mapping(name, required=required)
        return None if inner is None else WordFields(inner, self._forms, self._named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fields, name)


# -- Reading ----------------------------------------------------------------------------------------------------------


def read_words(source: str, form: Form, faults: list[Fault], named: Named = by_name) -> str:
    """Plain words, or `Words` where the source has marks. Faults are added, their lines counted from 1."""
    lines = [line.strip() if form != Form.WHOLE else line.rstrip() for line in source.strip().split("\n")]
    literal = (literal_of if form == Form.WHOLE else literal_line_of)("\n".join(lines))
    if literal and literal == re.sub(r"\n{2,}", "\n\n", "\n".join(line.strip() for line in lines)):
        return source.strip()
    try:
        return _whole(lines, faults, named) if form == Form.WHOLE else _line("\n".join(lines), form, faults)
    except OddMarkup as odd:  # after a fault that names it, such as a link that leads nowhere
        faults += [] if faults else [Fault("", 1, f"holds {odd}.")]
        return source.strip()


def _line(source: str, form: Form, faults: list[Fault]) -> str:
    rich = read_line(source, "", 1, faults)
    if form == Form.INLINE and "<a " in rich:
        faults.append(Fault("", 1, "holds a link; what is there to be chosen has none."))
    words = _said(rich)
    return words if rich == _plain_line(words) else Words(words, rich)


def _whole(lines: list[str], faults: list[Fault], named: Named) -> str:
    blocks = [block for piece in _pieces(lines) for block in piece.blocks(faults, named)]
    paragraphs = [one for one in blocks if one["type"] == "paragraph"]
    if not paragraphs and not faults:
        faults.append(Fault("", 1, "asks nothing: it needs a paragraph of its own words."))
    words = "\n\n".join(_said(one["value"]) for one in blocks if one["type"] != "picture")
    return words if _is_plain(blocks, words) else Words(words, blocks)


def _is_plain(blocks: list[Json], words: str) -> bool:
    """Whether the blocks are no more than these words, as after signs that only took a meaning away."""
    plain = [{"type": "paragraph", "value": _plain_line(one)} for one in words.split("\n\n")]
    return blocks == plain


@dataclass(frozen=True)
class _Piece:
    """Lines that belong together: words, a quotation, or a picture."""

    kind: str
    first: int
    lines: list[str]

    def blocks(self, faults: list[Fault], named: Named) -> Iterator[Json]:
        if self.kind == "picture":
            yield _picture(self.lines[0], self.first, faults, named)
        elif self.kind == "quotation":
            inner = "\n".join(re.sub(r"^> ?", "", line.lstrip()) for line in self.lines)
            yield {"type": "quotation", "value": read_markdown(inner, "", self.first, faults)}
        else:
            yield from _blocks(read_markdown("\n".join(self.lines), "", self.first, faults))


def _pieces(lines: list[str]) -> Iterator[_Piece]:
    """Cut at empty lines; what is words on both sides of one stays together, because a list may hold it."""
    held: _Piece | None = None
    for kind, first, chunk in _chunks(lines):
        if held and held.kind == kind == "words":
            held = _Piece(kind, held.first, [*held.lines, "", *chunk])
            continue
        if held:
            yield held
        held = _Piece(kind, first, chunk)
    if held:
        yield held


def _chunks(lines: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    numbered = enumerate(lines, start=1)
    for is_empty, run in groupby(numbered, lambda one: not one[1].strip()):
        chunk = list(run)
        if is_empty:
            continue
        first, texts = chunk[0][0], [line for _number, line in chunk]
        if all(line.lstrip().startswith(">") for line in texts):
            yield "quotation", first, texts
        elif len(texts) == 1 and _PICTURE.fullmatch(texts[0].strip()):
            yield "picture", first, [texts[0].strip()]
        else:
            yield "words", first, texts


def _blocks(rich: str) -> Iterator[Json]:
    for one in read_rich(rich):
        if isinstance(one, Paragraph):
            yield {"type": "paragraph", "value": words_html(one.words)}
        else:
            yield {"type": "list", "value": as_html([one])}


def _picture(line: str, number: int, faults: list[Fault], named: Named) -> Json:
    found = _PICTURE.fullmatch(line)
    alt, caption = (" ".join(_unsigned((found and found[part]) or "").split()) for part in ("alt", "caption"))
    name = found["name"] if found else ""
    kept = named(name)
    if kept is None:
        faults.append(Fault("", number, f"shows a picture that is not there: “{name}”."))
    if not alt:
        faults.append(Fault("", number, _NO_ALT))
    if max(len(alt), len(caption)) > LONGEST_ALT:
        faults.append(Fault("", number, f"says more than {LONGEST_ALT} characters of a picture or under it."))
    value = {"alt": "" if alt == DECORATIVE else alt, "caption": caption}
    return {"type": "picture", "value": {**(kept or by_name(name) or {}), **value}}


def _unsigned(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _said(rich: str) -> str:
    """The words of rich text: paragraphs apart, a line for each item of a list."""
    said: list[str] = []
    for block in read_rich(rich):
        if isinstance(block, Paragraph):
            said.append("".join(one.text for one in block.words))
        else:
            said.append("\n".join(_items(block)))
    return "\n\n".join(said)


def _items(listing: Listing) -> Iterator[str]:
    for one in listing.items:
        if one.words:
            yield "".join(letter.text for letter in one.words)
        for inner in one.lists:
            yield from _items(inner)


def _plain_line(words: str) -> str:
    return html.escape(words, quote=False).replace("\xa0", "&nbsp;").replace("\n", "<br>")


# -- Writing ----------------------------------------------------------------------------------------------------------


def source_of(words: str, form: Form, name_of: NameOf = name_in_file, named: Named = by_name) -> str:
    """What reads as these words. Raises CannotSay."""
    for written in _ways(words, form, name_of):
        faults: list[Fault] = []
        if _same(read_words(written, form, faults, named), words) and not faults:
            return written
    raise CannotSay(f"the words “{words[:40]}” cannot be written so that they read the same")


def _ways(words: str, form: Form, name_of: NameOf) -> Iterator[str]:
    """The plainest first."""
    if not isinstance(words, Words):
        yield str(words)
        yield write_markdown("".join(f"<p>{_plain_line(one)}</p>" for one in words.split("\n\n")))
    elif isinstance(words.rich, str):
        yield write_markdown(f"<p>{words.rich}</p>")
    else:
        yield "\n\n".join(_written(words.rich, name_of))


def _same(one: str, other: str) -> bool:
    return one == other and getattr(one, "rich", None) == getattr(other, "rich", None)


def _written(blocks: list[Json], name_of: NameOf) -> Iterator[str]:
    for kind, run in groupby(blocks, lambda one: one["type"] if one["type"] in ("picture", "quotation") else "words"):
        values = list(run)
        if kind == "words":
            tagged = (f"<p>{one['value']}</p>" if one["type"] == "paragraph" else one["value"] for one in values)
            yield write_markdown("".join(tagged))
        for one in values if kind != "words" else []:
            yield _picture_line(one["value"], name_of) if kind == "picture" else _quoted(one["value"])


def _quoted(rich: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in write_markdown(rich).split("\n"))


def _picture_line(value: Json, name_of: NameOf) -> str:
    alt, caption = (_SIGNS.sub(r"\\\g<0>", value[part]) for part in ("alt", "caption"))
    under = f' "{caption}"' if caption else ""
    return f"![{alt or DECORATIVE}]({name_of(value)}{under})"


def written_as_source(value: Any, forms: Mapping[str, Form], write: Write, name: str = "") -> Any:
    """The fields under a language with each text as it is written, by the name of its field."""
    if isinstance(value, str):
        return write(value, forms[name]) if name in forms and value else value
    if isinstance(value, dict):
        return {key: written_as_source(inner, forms, write, key) for key, inner in value.items()}
    return value
