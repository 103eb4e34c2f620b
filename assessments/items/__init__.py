"""The item types. A new one is a module here and a line in `_ALL`; nothing else changes."""

from .asking import ChoiceShown, Given, PartShown, Posted, Shown
from .base import ItemFault, ItemType, NotAnswerable, TooLong
from .code_extract import CodeExtract
from .gaps import Gaps
from .highlight import Highlight
from .information import Information
from .matching import Matching
from .multiple_response import MultipleResponse
from .number import Number
from .open_response import LONGEST, OpenResponse, rubric_share
from .ordering import Ordering
from .short_text import ShortText
from .single_choice import SingleChoice
from .situational_judgement import SituationalJudgement
from .true_false import TrueFalse
from .words import Form, Words, dressed, picture_values, undressed

_ALL: tuple[ItemType, ...] = (
    SingleChoice(),
    MultipleResponse(),
    TrueFalse(),
    Ordering(),
    Matching(),
    ShortText(),
    Number(),
    Gaps(),
    SituationalJudgement(),
    CodeExtract(),
    Highlight(),
    OpenResponse(),
    Information(),
)
TYPES: dict[str, ItemType] = {one.kind: one for one in _ALL}


def item_type(kind: str) -> ItemType:
    """The type of a kind. Raises KeyError for one nobody registered."""
    return TYPES[kind]


__all__ = [
    "LONGEST",
    "TYPES",
    "ChoiceShown",
    "Form",
    "Given",
    "ItemFault",
    "ItemType",
    "NotAnswerable",
    "PartShown",
    "Posted",
    "Shown",
    "TooLong",
    "Words",
    "dressed",
    "item_type",
    "picture_values",
    "rubric_share",
    "undressed",
]
