"""What nobody sees who opens a Word file: deleted, moved away or set as hidden. Taken out before anything is read.

Words that are only made pale or small are not hidden: Word shows them, and so does the page.
"""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .losses import Code
from .styles import Styles
from .trees import attribute, first, is_on, local, under

LOWEST_ROW = 40  # twentieths of a point; no letter can be read in a row that is kept lower
_GONE = frozenset({"del", "moveFrom"})
_PROPERTIES = frozenset({"rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr"})


@dataclass
class Hidden:
    """Takes it out of one part of a file, piece by piece in its order: a field may go on from one to the next."""

    styles: Styles
    knows_fields: bool  # whether every field ends; otherwise none is believed
    _in_code: list[bool] = field(default_factory=list)  # for each field that is open, whether this is its code

    def take_out(self, element: Element, *, is_hidden: bool = False) -> list[Code]:
        """What was taken out of it, one for each place. `is_hidden`: a style around it says so."""
        is_hidden |= self._is_styled_away(element)
        if local(element) == "AlternateContent":
            element[:] = _newest(element)
        kept, found = [], []
        for child in element:
            code = self.reason(child, is_hidden=is_hidden)
            if code is None:
                kept.append(child)
                found += [] if local(child) in _PROPERTIES else self.take_out(child, is_hidden=is_hidden)
            else:
                found.append(code)
        element[:] = kept
        return found

    def reason(self, child: Element, *, is_hidden: bool = False) -> Code | None:
        """Why it is left out whole, if it is."""
        name, code = local(child), None
        if name in _GONE or (name == "tc" and under(child, "tcPr", "cellDel") is not None):
            code = Code.DELETED
        elif name == "tr":
            code = _row(child)
        elif (name == "r" and self._is_hidden_run(child, is_hidden)) or (name == "t" and any(self._in_code)):
            code = Code.HIDDEN
        if code is not None or name == "fldChar":
            self._follow_fields(child)
        return code

    def _is_styled_away(self, element: Element) -> bool:
        if local(element) == "p":
            return self.styles.hides(_named(element, "pPr", "pStyle"), is_paragraph=True)
        return local(element) == "tbl" and self.styles.hides(_named(element, "tblPr", "tblStyle"))

    def _is_hidden_run(self, run: Element, is_hidden: bool) -> bool:
        mark = under(run, "rPr", "vanish")
        return is_on(mark) if mark is not None else is_hidden or self.styles.hides(_named(run, "rPr", "rStyle"))

    def _follow_fields(self, element: Element) -> None:
        """What Word computes a field from stands between its beginning and its middle, and is not shown."""
        for mark in element.iter() if self.knows_fields else ():
            kind = attribute(mark, "fldCharType") if local(mark) == "fldChar" else ""
            if kind == "begin":
                self._in_code.append(True)
            elif kind and self._in_code:
                self._in_code.pop()
                self._in_code += [False] * (kind == "separate")


def hidden_in(tree: Element, styles: Styles) -> Hidden:
    """For one part of a file."""
    kinds = [attribute(one, "fldCharType") for one in tree.iter() if local(one) == "fldChar"]
    return Hidden(styles, knows_fields=kinds.count("begin") == kinds.count("end"))


def _row(row: Element) -> Code | None:
    if under(row, "trPr", "del") is not None:
        return Code.DELETED
    mark, height = under(row, "trPr", "hidden"), under(row, "trPr", "trHeight")
    is_hidden = (mark is not None and is_on(mark)) or (height is not None and _is_too_low(height))
    return Code.HIDDEN if is_hidden else None


def _is_too_low(height: Element) -> bool:
    twentieths = attribute(height, "val") or "0"
    return attribute(height, "hRule") == "exact" and twentieths.isdecimal() and int(twentieths) < LOWEST_ROW


def _newest(alternatives: Element) -> list[Element]:
    """One of several drawings of the same."""
    chosen = first(alternatives, "Choice")
    return list(alternatives)[:1] if chosen is None else [chosen]


def _named(element: Element, properties: str, name: str) -> str:
    found = under(element, properties, name)
    return "" if found is None else attribute(found, "val")
