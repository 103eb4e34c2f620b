"""Blocks of plain fields, such as practice, in a content file: YAML between “:::” lines (decision 45).

The form follows the block, so a new kind has one as soon as it has a block.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlockValidationError

from courses.blocks import LessonBody
from courses.table_block import GridBlock
from reference.blocks import KeyBlock, PlainBlock
from reference.reading import bare

from .faults import BadContent, Fault
from .fields import Fields, finishing, read_fields
from .markdown_writing import CannotSay
from .yaml_writing import write_fields

PLAIN: dict[str, PlainBlock] = {
    name: block for name, block in LessonBody().child_blocks.items() if isinstance(block, PlainBlock)
}
FILE_NAMES = {name.replace("_", "-"): name for name in PLAIN}
_END = ":::"
_FIXED = (
    "belongs",
    "is_marked",
    "first",
    "second",
    "icon",
    "key",
    "columns",
)  # what decides which answer fits, and what is drawn


def read_plain(kind: str, lines: list[str], path: str, first_line: int, faults: list[Fault]) -> dict[str, Any] | None:
    """The value of a block. Faults are added to the list given; None where there are any."""
    block, found = PLAIN[kind], len(faults)
    try:
        with finishing(read_fields("\n".join(lines), path, offset=first_line - 1)) as fields:
            value = _struct(block, fields)
    except BadContent as bad:
        faults += bad.faults
        return None
    try:
        block.clean(block.to_python(stored_plain(kind, value)))
    except ValidationError as refused:
        faults += [Fault(path, first_line, sentence) for sentence in _sentences(refused)]
    return value if len(faults) == found else None


def write_plain(kind: str, value: dict[str, Any]) -> str:
    """The lines between. Raises CannotSay."""
    written = write_fields(canonical_plain(kind, value)).rstrip("\n")
    if any(line.strip() == _END for line in written.split("\n")):
        raise CannotSay(f"a line of it is “{_END}”, which ends a block")
    return written


def canonical_plain(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """What the file and the site are compared by: every field of the block in its order, texts without outer blanks."""
    plain: dict[str, Any] = _even(PLAIN[kind], bare(value))
    return plain


def stored_plain(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """What the file has, as Wagtail stores it: the way back of `canonical_plain`."""
    return {
        name: _stored_grid(value[name]) if isinstance(block, GridBlock) else value[name]
        for name, block in PLAIN[kind].child_blocks.items()
    }


def _stored_grid(grid: dict[str, Any]) -> dict[str, Any]:
    return {
        "caption": grid["caption"],
        "columns": [{"type": "words", "heading": heading} for heading in grid["columns"]],
        "rows": [{"values": row} for row in grid["rows"]],
    }


def texts_of(value: Any, name: str = "") -> Iterator[str]:
    """Everything of a canonical value that readers read and that may be reworded."""
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from texts_of(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one, name)
    elif isinstance(value, str) and name not in _FIXED:
        yield value


def fixed_of(value: Any) -> Any:
    """The rest of a canonical value: what fits, and how many entries there are."""
    if isinstance(value, dict):
        return {name: one if name in _FIXED else fixed_of(one) for name, one in value.items()}
    if isinstance(value, list):
        return [fixed_of(one) for one in value]
    return None if isinstance(value, str) else value


def _even(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, blocks.StructBlock):
        return {name: _even(one, (value or {}).get(name)) for name, one in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [_even(block.child_block, one) for one in value or []]
    if isinstance(block, GridBlock):
        return _even_grid(value or {})
    if isinstance(block, blocks.BooleanBlock):
        return bool(value)
    return _words(value)


def _even_grid(grid: dict[str, Any]) -> dict[str, Any]:
    """A table as a file has it, from a file or as Wagtail stores it."""
    columns, rows = grid.get("columns") or [], grid.get("rows") or []
    headings = [one["heading"] if isinstance(one, dict) else one for one in columns]
    cells = [row["values"] if isinstance(row, dict) else row for row in rows]
    return {
        "caption": _words(grid.get("caption")),
        "columns": [_words(one) for one in headings],
        "rows": [[_words(one) for one in row] for row in cells],
    }


def _words(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _struct(block: blocks.StructBlock, fields: Fields) -> dict[str, Any]:
    return {name: _field(one, name, fields) for name, one in block.child_blocks.items()}


def _field(block: blocks.Block, name: str, fields: Fields) -> Any:
    if isinstance(block, blocks.ListBlock):
        inner = block.child_block
        if isinstance(inner, blocks.StructBlock):
            return [_whole(inner, one) for one in fields.mappings(name, required=True)]
        return [one.strip() for one in fields.words(name)]
    if isinstance(block, GridBlock):
        return _grid(name, fields)
    if isinstance(block, blocks.BooleanBlock):
        value = fields.get(name)
        if not isinstance(value, bool):
            fields.fault(name, f"“{name}” must be yes or no: true or false.")
        return bool(value)
    if isinstance(block, blocks.ChoiceBlock):
        return _choice(block, name, fields)
    if isinstance(block, KeyBlock):
        return fields.slug(name)
    longest = block.field.max_length or 10_000
    return fields.text(name, longest=longest) if block.required else fields.maybe(name, longest=longest)


def _grid(name: str, fields: Fields) -> dict[str, Any]:
    """A table: its caption, the headings of its columns and its rows of words."""
    inner = fields.mapping(name)
    if inner is None:
        return _even_grid({})
    caption, headings, rows = inner.text("caption"), inner.words("columns"), inner.get("rows")
    inner.refuse_unknown()
    if not (isinstance(rows, list) and all(_is_row(row, len(headings)) for row in rows)):
        inner.fault("rows", "“rows” must be a list of rows, each a list with a text for every column.")
        rows = []
    return _even_grid({"caption": caption, "columns": headings, "rows": rows})


def _is_row(row: Any, columns: int) -> bool:
    return isinstance(row, list) and len(row) == columns and all(isinstance(one, str) for one in row)


def _whole(block: blocks.StructBlock, fields: Fields) -> dict[str, Any]:
    value = _struct(block, fields)
    fields.refuse_unknown()
    return value


def _choice(block: blocks.ChoiceBlock, name: str, fields: Fields) -> str:
    value, known = fields.text(name, required=block.required), [key for key, _label in block.field.choices if key]
    if value and value not in known:
        fields.fault(name, f"“{name}” must be one of: {', '.join(known)}.")
    return value


def _sentences(refused: Any) -> Iterator[str]:
    """What a block says against its value, wherever inside it."""
    if isinstance(refused, StructBlockValidationError | ListBlockValidationError):
        for one in (*refused.block_errors.values(), *refused.non_block_errors):
            yield from _sentences(one)
    elif isinstance(refused, TypedTableBlockValidationError):
        cells = (one for row in (refused.cell_errors or {}).values() for one in row.values())
        for one in (*cells, *refused.non_block_errors):
            yield from _sentences(one)
    elif isinstance(refused, ValidationError):
        yield from refused.messages
    else:
        yield str(refused)
