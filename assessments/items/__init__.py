"""The item types. A new one is a module here and a line in `TYPES`; nothing else changes."""

from .base import ItemFault, ItemType, NotAnswerable
from .multiple_response import MultipleResponse
from .open_response import LONGEST, OpenResponse, TooLong, rubric_share
from .single_choice import SingleChoice

TYPES: dict[str, ItemType] = {
    item_type.kind: item_type for item_type in (SingleChoice(), MultipleResponse(), OpenResponse())
}


def item_type(kind: str) -> ItemType:
    """The type of a kind. Raises KeyError for one nobody registered."""
    return TYPES[kind]


__all__ = ["LONGEST", "TYPES", "ItemFault", "ItemType", "NotAnswerable", "TooLong", "item_type", "rubric_share"]
