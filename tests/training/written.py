"""A table as the bytes of a file that a spreadsheet writes, as the site itself writes them."""

from collections.abc import Sequence

from training.spreadsheets import Cell, table_file


def written(kind: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The first row is the headings; kind is csv or xlsx."""
    headings, *rest = rows
    return table_file(kind, [str(one) for one in headings], rest, name="list", title="List").getvalue()
