"""Paragraphs and items one after the other as blocks of rich text: lists with lists inside them. Pure."""

from publishing.rich import Block, Item, Listing, Paragraph

from .flow import Words

CUT_AT_BYTES = 10_000  # of HTML; one block holds 20 KB at most


def blocks_of(run: list[Words]) -> list[Block]:
    """The blocks; an item deeper than its turn goes one level down only."""
    blocks: list[Block] = []
    open_lists: list[Listing] = []
    for piece in run:
        if not piece.tag:
            open_lists = []
            blocks.append(Paragraph(piece.chars))
            continue
        depth = min(piece.level, len(open_lists))
        open_lists = open_lists[: depth + 1]
        if len(open_lists) > depth and open_lists[depth].tag != piece.tag:
            open_lists = open_lists[:depth]
        if len(open_lists) == depth:
            listing = Listing(piece.tag)
            _under(open_lists, blocks).append(listing)
            open_lists.append(listing)
        open_lists[-1].items.append(Item(piece.chars))
    return blocks


def _under(open_lists: list[Listing], blocks: list[Block]) -> list[Block]:
    """Where a new list goes: into the last item of the list that is open, or among the blocks."""
    return open_lists[-1].items[-1].lists if open_lists else blocks  # type: ignore[return-value]


def halved(block: Block) -> list[Block]:
    """A list as two; a paragraph stays as it is."""
    if isinstance(block, Paragraph) or len(block.items) < 2:
        return [block]
    middle = len(block.items) // 2
    return [Listing(block.tag, block.items[:middle]), Listing(block.tag, block.items[middle:])]
