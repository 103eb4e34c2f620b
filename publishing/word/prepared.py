"""A Word file as mammoth is given it: with the words of what mammoth passes over, and a loss noted for each.

mammoth drops equations, simple fields and drawn text without saying where, shows hidden words, and knows nothing of
headers. So the document is mended first, and what it gets is a zip of our own writing without pictures or notes.
"""

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, tostring

from .hidden import Hidden, hidden_in
from .losses import Code, Losses
from .parts import TYPES, Parts, WordRefused, too_much
from .styles import Styles
from .trees import attribute, local, words_in

_ALTERNATIVES = frozenset({"AlternateContent", "Choice", "Fallback"})
_WITHIN = _ALTERNATIVES | {
    "bdo",
    "dir",
    "fldSimple",
    "oMathPara",
    "ruby",
    "rubyBase",
}  # gone, and what is in them stays
MAX_LETTERS = 120_000  # some 20,000 words; a lesson has 2,000
MAX_PARAGRAPHS = 5_000  # those of cells and empty ones with them
_ADDED = frozenset({"ins", "moveTo"})
_PROPERTIES = frozenset({"rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr"})


@dataclass
class Prepared:
    """What mammoth reads, the level of heading of each style, and what the mending found."""

    file: io.BytesIO
    levels: dict[str, int]
    losses: Losses
    paragraphs: list[str] = field(default_factory=list)  # the words of each that has to come over


def prepare(parts: Parts) -> Prepared:
    """Raises WordRefused."""
    styles = Styles(parts)
    tree = parts.tree(parts.document)
    mending = Mending(styles.levels, _notes(parts, styles), _space_of(tree), hidden_in(tree, styles))
    mending.mend_document(tree)
    for name in (*parts.of("header"), *parts.of("footer")):
        words = words_in(_seen(parts.tree(name), styles))
        if any(one.isalpha() for one in words):
            mending.losses.note(Code.HEADERS, "", words)
    return Prepared(_zipped(parts, tree), styles.levels, mending.losses, _paragraphs(tree))


def _paragraphs(tree: Element) -> list[str]:
    """The words of each that has some. Raises WordRefused, before mammoth has begun."""
    found = [words_in(one) for one in tree.iter() if local(one) == "p"]
    if len(found) > MAX_PARAGRAPHS or sum(map(len, found)) > MAX_LETTERS:
        raise WordRefused(too_much())
    return [words for words in found if words]


def _space_of(tree: Element) -> str:
    return str(tree.tag).rpartition("}")[0].lstrip("{")


def _seen(tree: Element, styles: Styles) -> Element:
    """The part without what nobody sees in it."""
    hidden_in(tree, styles).take_out(tree)
    return tree


def _notes(parts: Parts, styles: Styles) -> dict[tuple[str, str], str]:
    """The words of each footnote and endnote."""
    found = {}
    for kind in ("footnote", "endnote"):
        for name in parts.of(f"{kind}s"):
            for note in _seen(parts.tree(name), styles):
                found[kind, attribute(note, "id")] = words_in(note)
    return found


def _zipped(parts: Parts, tree: Element) -> io.BytesIO:
    folder, _slash, base = parts.document.rpartition("/")
    relations = f"{folder}/_rels/{base}.rels".lstrip("/")
    kept = [TYPES, "_rels/.rels", relations, *parts.of("styles"), *parts.of("numbering")]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(parts.document, tostring(tree))
        for name in dict.fromkeys(kept):
            if name in parts.archive.namelist():
                parts.tree(name)  # within limits, or refused
                archive.writestr(name, parts.archive.read(name))
    written.seek(0)
    return written


class Mending:
    """Goes through a document once, in its order, and knows under which heading it is."""

    def __init__(self, levels: dict[str, int], notes: dict[tuple[str, str], str], space: str, hidden: Hidden) -> None:
        self.losses = Losses()
        self._levels, self._notes, self._space, self._hidden = levels, notes, space, hidden
        self._where = ""
        self._drawn: list[Element] = []  # paragraphs of text boxes, to stand after what they hung on

    def mend_document(self, tree: Element) -> None:
        for body in tree:
            if local(body) == "body":
                self._mend_blocks(body)

    def _mend_blocks(self, body: Element) -> None:
        kept: list[Element] = []
        for block in list(body):
            kept += self._mended_block(block)
            while self._drawn:
                drawn, self._drawn = self._drawn, []
                for one in drawn:
                    kept += self._mended_block(one)
        body[:] = kept

    def _mended_block(self, block: Element) -> list[Element]:
        name = local(block)
        if name == "sdt":
            return self._control(block)
        if (code := self._hidden.reason(block)) is not None:
            self._note(code, "")
            return []
        found = self._hidden.take_out(block)
        if name == "p" and self._is_heading(block):
            self._where = words_in(block) or self._where
        for one in found:
            self._note(one, "")
        if name == "altChunk":
            self._note(Code.DRAWING, "")
            return []
        if name in _ALTERNATIVES:
            self._mend_blocks(block)
            return list(block)
        self._mend(block)
        return [block]

    def _control(self, block: Element) -> list[Element]:
        if any(attribute(one, "val") == "Table of Contents" for one in block.iter() if local(one) == "docPartGallery"):
            self._hidden.take_out(block)
            self._note(Code.CONTENTS, "")
            return []
        for one in block:
            if local(one) == "sdtContent":
                self._mend_blocks(one)
        return [block]

    def _is_heading(self, paragraph: Element) -> bool:
        styles = (attribute(one, "val") for one in paragraph.iter() if local(one) == "pStyle")
        return next(styles, "") in self._levels

    def _note(self, code: Code, quote: str) -> None:
        self.losses.note(code, self._where, quote)

    def _mend(self, element: Element) -> None:
        element[:] = [one for child in list(element) for one in self._instead(child)]

    def _instead(self, child: Element) -> list[Element]:
        name = local(child)
        if name in _PROPERTIES:
            return [child]
        if name in _ADDED:
            self._note(Code.INSERTED, words_in(child))
        if name in ("drawing", "pict", "object"):
            self._take_drawing(child)
            return []
        if name == "oMath":
            return self._equation(child)
        if name in ("footnoteReference", "endnoteReference", "commentReference"):
            self._take_reference(child, name)
            return []
        if name == "cr":
            return [Element(f"{{{self._space}}}br")]
        self._mend(child)
        return list(child) if name in _WITHIN else [child]

    def _equation(self, child: Element) -> list[Element]:
        words = words_in(child)
        self._note(Code.EQUATION, words)
        run = Element(f"{{{self._space}}}r")
        SubElement(run, f"{{{self._space}}}t").text = words
        return [run]

    def _take_reference(self, child: Element, name: str) -> None:
        kind = name.removesuffix("Reference")
        if kind == "comment":
            self._note(Code.COMMENT, "")
        else:
            self._note(Code.FOOTNOTE, self._notes.get((kind, attribute(child, "id")), ""))

    def _take_drawing(self, drawing: Element) -> None:
        boxes = [one for one in drawing.iter() if local(one) == "txbxContent"]
        inner = {id(below) for box in boxes for below in box.iter() if below is not box}
        for box in boxes:
            if id(box) not in inner and words_in(box):
                self._note(Code.TEXT_BOX, words_in(box))
                self._drawn += list(box)
        names = {local(one) for one in drawing.iter() if id(one) not in inner}
        if names & {"pic", "blip", "imagedata"} and "OLEObject" not in names:
            words = _alternative_text(drawing)
            self._note(Code.PICTURE if words else Code.PICTURE_WITHOUT_WORDS, words)
        elif not boxes and not any(attribute(one, "hr") == "t" for one in drawing.iter()):
            self._note(Code.DRAWING, _alternative_text(drawing))


def _alternative_text(drawing: Element) -> str:
    described = (attribute(one, "descr") or attribute(one, "alt") for one in drawing.iter())
    return next((words for words in described if words.strip()), "")
