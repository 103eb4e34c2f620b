"""Which lines and columns of a sheet nobody sees who looks at it. Pure.

openpyxl does not say it while it reads line by line, so the sheet's XML is asked, by parsing it: writers of workbooks
differ in prefixes and quotation marks. No document type is in it (workbook_parts.py).
"""

from dataclasses import dataclass, field
from xml.parsers import expat

_YES = ("1", "true")
LEAST = {"ht": 1, "width": 0.5}  # points; letters. Nobody sees, or finds, what is smaller


@dataclass
class Hidden:
    """Lines by their number, columns as first and last, both counted from one."""

    lines: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)

    def hides_column(self, index: int) -> bool:
        """Whether nobody sees the column, counted from nought."""
        return any(first <= index + 1 <= last for first, last in self.columns)


class _Sheet:
    """What is told while the XML goes by."""

    def __init__(self) -> None:
        self.hidden = Hidden()
        self._line = 0
        self._are_lines_hidden = False

    def element(self, name: str, said: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._line = int(said.get("r", self._line + 1))
                if self._is_hidden(said):
                    self.hidden.lines.add(self._line)
            case "col" if _is_nothing(said, "width"):
                self.hidden.columns.append((int(said.get("min", 0)), int(said.get("max", 0))))
            case "sheetFormatPr":
                is_low = said.get("customHeight", "") in _YES and float(said.get("defaultRowHeight", 15)) < LEAST["ht"]
                self._are_lines_hidden = is_low or said.get("zeroHeight", "") in _YES

    def _is_hidden(self, said: dict[str, str]) -> bool:
        by_default = self._are_lines_hidden and "ht" not in said and "hidden" not in said
        return by_default or _is_nothing(said, "ht")


def _is_nothing(said: dict[str, str], size: str) -> bool:
    return said.get("hidden", "") in _YES or (size in said and float(said[size]) < LEAST[size])


def hidden_in(xml: bytes) -> Hidden:
    """What the sheet hides: by hand, by a filter, in a closed group, or with hardly any height. Raises ExpatError."""
    sheet, parser = _Sheet(), expat.ParserCreate()
    parser.StartElementHandler = sheet.element
    parser.Parse(xml, True)
    return sheet.hidden
