"""How two versions of a block are laid side by side at the desk.

Wagtail compares rich text without its links and with its paragraphs run together, shows choices as they are stored, and
takes every item of a list for a new one where a content file was loaded in between. A change that does not show is one
that nobody reads.
"""

import difflib
import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.compare import (
    BlockComparison,
    StreamBlockComparison,
    StructBlockComparison,
    diff_text,
    get_comparison_class_for_block,
)


class TextCompared(BlockComparison):
    """A value as text, word by word. A subclass says which text."""

    def text(self, value: Any) -> str:
        return "" if value is None else str(value)

    def htmlvalue(self, value: Any) -> SafeString:
        return in_lines(escape(self.text(value)))

    def htmldiff(self) -> SafeString:
        return in_lines(diff_text(self.text(self.val_a), self.text(self.val_b)).to_html())


class ChoiceCompared(TextCompared):
    """What was chosen, in the words it is chosen by."""

    def text(self, value: Any) -> str:
        return str(dict(self.block.field.widget.choices).get(value, value or ""))


class AnswerCompared(TextCompared):
    def text(self, value: Any) -> str:
        return _("Yes") if value else _("No")


class RichTextCompared(TextCompared):
    """Its lines, with a dot before each item of a list and where each link leads."""

    def text(self, value: Any) -> str:
        reader = _Lines()
        reader.feed(str(self.block.render_basic(value)) if value else "")
        reader.close()
        return "\n".join(line for line in "".join(reader.parts).splitlines() if line.strip())

    def htmldiff(self) -> SafeString:
        before, after = (self.text(one).split() for one in (self.val_a, self.val_b))
        if before != after or not self.has_changed():
            return super().htmldiff()
        note = _("The words are the same. What changed is bold, italics, or where a paragraph or a list begins.")
        return format_html('{}<br><span class="addition">{}</span>', super().htmldiff(), note)

    def has_changed(self) -> bool:
        return getattr(self.val_a, "source", "") != getattr(self.val_b, "source", "")


class _Lines(HTMLParser):
    """Reads our own rich text as lines."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._leads_to = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._leads_to = dict(attrs).get("href") or ""
        elif tag in ("li", "br"):
            self.parts.append("• " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.parts.append(f" ({self._leads_to})")
        elif tag in ("p", "li"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


class StructCompared(StructBlockComparison):
    """Each field under its label."""

    def htmlvalue(self, value: Any) -> SafeString:
        return self._fields(
            lambda name, child: compared_by(child)(child, True, True, None, None).htmlvalue(value[name])
        )

    def htmldiff(self) -> SafeString:
        return self._fields(
            lambda name, child: compared_by(child)(child, True, True, self.val_a[name], self.val_b[name]).htmldiff()
        )

    def _fields(self, shown: Callable[[str, blocks.Block], str]) -> SafeString:
        rows = ((child.label, shown(name, child)) for name, child in self.block.child_blocks.items())
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


class ListCompared(StreamBlockComparison):
    """Item by item. Which are the same is told by what they say: their identifiers may be made anew at every load."""

    def htmlvalue(self, value: Any) -> SafeString:
        child = self.block.child_block
        shown = ((compared_by(child)(child, True, True, None, None).htmlvalue(one),) for one in value)
        return format_html_join("", '<div class="comparison__child-object">{}</div>', shown)

    def get_block_comparisons(self) -> list[BlockComparison]:
        before, after = list(self.val_a), list(self.val_b)
        matcher = difflib.SequenceMatcher(None, self._stored(before), self._stored(after), autojunk=False)
        found = []
        for _same, start, stop, begin, end in matcher.get_opcodes():
            length = max(stop - start, end - begin)
            for place in range(length):
                found.append(self._pair(before[start:stop][place : place + 1], after[begin:end][place : place + 1]))
        return found

    def _stored(self, values: list[Any]) -> list[str]:
        child = self.block.child_block
        return [json.dumps(child.get_prep_value(one), sort_keys=True, default=str) for one in values]

    def _pair(self, before: list[Any], after: list[Any]) -> BlockComparison:
        child = self.block.child_block
        made: BlockComparison = compared_by(child)(
            child, bool(before), bool(after), next(iter(before), None), next(iter(after), None)
        )
        return made


class ComparedBlock(blocks.StructBlock):
    """A block of fields that is compared as they are."""

    def get_comparison_class(self) -> type[BlockComparison]:
        return StructCompared


def compared_by(block: blocks.Block) -> type[BlockComparison]:
    """How a block within one of ours is compared."""
    kinds: list[tuple[type[blocks.Block], type[BlockComparison]]] = [
        (blocks.StructBlock, StructCompared),
        (blocks.ListBlock, ListCompared),
        (blocks.ChoiceBlock, ChoiceCompared),
        (blocks.BooleanBlock, AnswerCompared),
    ]
    if hasattr(block, "get_comparison_class"):
        return block.get_comparison_class()  # type: ignore[no-any-return]
    for kind, compared in kinds:
        if isinstance(block, kind):
            return compared
    is_text = isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock)
    return TextCompared if is_text else get_comparison_class_for_block(block)


def in_lines(html: str) -> SafeString:
    """Escaped text with its lines as lines."""
    return mark_safe(html.replace("\n", "<br>"))  # noqa: S308 (escaped by whoever calls it)
