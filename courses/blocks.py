"""The first migrations know the block by this address; it stands in the reference room, for every written page."""

from reference.blocks import CleanRichTextBlock

__all__ = ["CleanRichTextBlock"]
