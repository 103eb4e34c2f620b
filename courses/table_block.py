"""A table among a lesson's text: its cells are plain words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError

from reference.blocks import PlainBlock
from reference.compared import TextCompared

from .practice_blocks import LONGEST_NAME, LONGEST_SENTENCE

MOST_COLUMNS, MOST_ROWS, LONGEST_CAPTION = 6, 30, 150


class GridCompared(TextCompared):
    """A line for the caption, the headings and each row."""

    def text(self, value: TypedTable | None) -> str:
        if value is None:
            return ""
        rows = [[column["heading"] for column in value.columns], *(row["values"] for row in value.row_data)]
        return "\n".join([value.caption or "", *(" | ".join(str(cell or "") for cell in row) for row in rows)])


class GridBlock(TypedTableBlock):
    """Rows and columns of plain words under headings, with a caption that says what is compared."""

    words = blocks.TextBlock(required=False, max_length=LONGEST_SENTENCE, rows=2, label=gettext_lazy("Words"))

    def get_comparison_class(self) -> type[GridCompared]:
        return GridCompared

    def clean(self, table: TypedTable) -> TypedTable:
        cleaned = super().clean(table)
        if wrong := list(_faults(cleaned)):
            raise TypedTableBlockValidationError(non_block_errors=[ValidationError(sentence) for sentence in wrong])
        return cleaned


def _faults(table: TypedTable) -> list[str]:
    """What is wrong with a table as a whole, a sentence each."""
    headings = [str(column["heading"] or "").strip() for column in table.columns]
    found = []
    if not (table.caption or "").strip():
        found.append(_("Give the table a caption that says what it compares."))
    elif len(table.caption) > LONGEST_CAPTION:
        found.append(_("The caption is longer than %(most)s characters.") % {"most": LONGEST_CAPTION})
    if not 2 <= len(headings) <= MOST_COLUMNS:
        found.append(_("A table has two to %(most)s columns.") % {"most": MOST_COLUMNS})
    if not all(headings) or any(len(heading) > LONGEST_NAME for heading in headings):
        found.append(_("Every column has a heading of at most %(most)s characters.") % {"most": LONGEST_NAME})
    if not 1 <= len(table.row_data) <= MOST_ROWS:
        found.append(_("A table has one to %(most)s rows.") % {"most": MOST_ROWS})
    return found


class TableBlock(PlainBlock):
    """A table that readers, screen readers and paper show alike."""

    table = GridBlock(label=gettext_lazy("Table"))
    has_row_names = blocks.BooleanBlock(required=False, label=gettext_lazy("The first column names each row"))

    class Meta:
        icon = "table"
        label = gettext_lazy("Table")
        description = gettext_lazy("Rows and columns of plain words under headings, for what is compared.")
        template = "courses/blocks/table.html"
        preview_value = {
            "table": {
                "caption": "What each person knew on the Friday",
                "columns": [{"type": "words", "heading": heading} for heading in ("Who", "Knew", "Did not know")],
                "rows": [
                    {"values": ["The health visitor", "The missed weighing", "That the family had moved"]},
                    {"values": ["The housing officer", "The move", "That anybody was looking for them"]},
                ],
            },
            "has_row_names": True,
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "rows": rows_of(value["table"])}


def rows_of(table: TypedTable) -> list[list[tuple[str, str]]]:
    """Each row as (heading of its column, words), so that a narrow window can say both."""
    headings = [column["heading"] for column in table.columns]
    return [list(zip(headings, row["values"], strict=False)) for row in table.row_data]
