"""The item types. A new one is a module here and a line in `_ALL`; nothing else changes."""

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import ItemFault, ItemType, NotAnswerable, TooLong
from .multiple_response import MultipleResponse
from .open_response import LONGEST, OpenResponse, rubric_share
from .single_choice import SingleChoice

_ALL: tuple[ItemType, ...] = (
    SingleChoice(),
    MultipleResponse(),
    OpenResponse(),
)
TYPES: dict[str, ItemType] = {one.kind: one for one in _ALL}


def item_type(kind: str) -> ItemType:
    """The type of a kind. Raises KeyError for one nobody registered."""
    return TYPES[kind]


__all__ = [
    "LONGEST",
    "TYPES",
    "ChoiceShown",
    "Given",
    "ItemFault",
    "ItemType",
    "NotAnswerable",
    "PartShown",
    "Posted",
    "Shown",
    "TooLong",
    "item_type",
    "rubric_share",
]
