"""The few questions every item type answers. When feedback shows and how many tries there are is not among them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from .asking import ChoiceShown, Given, Posted, Shown
from .words import Form

Json = dict[str, Any]


class ItemFault(ValueError):
    """Raised for an item nobody could answer or score; worded for the editor who wrote it. `field` is of its file."""

    def __init__(self, words: str, *, field: str = "answer") -> None:
        super().__init__(words)
        self.field = field


class NotAnswerable(ValueError):
    """Raised for a posted value this item cannot have, such as a choice it does not offer."""


class TooLong(NotAnswerable):
    """Raised for more words than are taken."""


class FileFields(Protocol):
    """What a type needs of the reader of content files. Faults are collected there, with their lines."""

    def fault(self, name: str, sentence: str) -> None: ...
    def has(self, name: str) -> bool: ...
    def get(self, name: str) -> Any: ...
    def text(self, name: str, *, required: bool = True, longest: int = 10_000) -> str: ...
    def words(self, name: str) -> list[str]: ...
    def names(self) -> list[str]: ...
    def mapping(self, name: str, *, required: bool = True) -> "FileFields | None": ...
    def refuse_unknown(self) -> None: ...


class ItemType(ABC):
    """How one kind of item asks and scores.

    `structure["choices"]` holds the identifiers of what is shown in an order of its own; an attempt keeps the order
    it was shown in. A value is JSON; it names identifiers, never numbers, so that it means the same in every order.
    Texts are those of one language: {"prompt": str, "choices": {identifier: {"text", "explanation"}}}, and more.
    """

    kind: str
    label: Any  # its name, translated
    scoring_rule: str
    scoring_rule_version = 1
    is_marked = False  # whether a person marks it
    asks = True  # a page that only tells asks nothing
    mixes = True  # whether the order of its choices is drawn
    asked_template: str
    reviewed_template: str
    first_field = "1"  # what the name of its first field ends in, for a problem to lead to
    # What the fields of its file with these names may hold, wherever under a language they stand.
    forms: Mapping[str, Form] = {"prompt": Form.WHOLE, "text": Form.INLINE, "explanation": Form.LINKED}
    hint: Any = ""  # one sentence on how it is answered and what a part of an answer is worth

    @property
    def is_judged_at_once(self) -> bool:
        """Whether there is an answer, and its key alone says how far it fits."""
        return self.asks and not self.is_marked

    # -- Whether it can be asked ------------------------------------------------------------------------------

    @abstractmethod
    def check(self, structure: Json, key: Json) -> None:
        """Raises ItemFault if the item could not be asked or scored."""

    def is_worth_something(self, structure: Json, key: Json) -> bool:
        """Whether there are points to earn; if not, its max_score is 0."""
        return True

    def points_possible(self, structure: Json) -> int | None:
        """What max_score must be; None where its author chooses."""
        return None

    # -- Asking and scoring -----------------------------------------------------------------------------------

    @abstractmethod
    def read(self, posted: Posted, structure: Json, order: Sequence[str]) -> Json:
        """The value of a posted form. Raises NotAnswerable. Nothing chosen and nothing written is a value too."""

    @abstractmethod
    def fields(self, given: Given) -> dict[str, list[str]]:
        """The form that says this value, by what each field's name ends in: what `read` reads. "" is the item's own."""

    @abstractmethod
    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        """Points earned as an exact share of max_score, 0 to 1; no answer earns 0. Pure."""

    @abstractmethod
    def best(self, key: Json, structure: Json) -> Json:
        """A value that earns all there is to earn."""

    def wrong(self, key: Json, structure: Json) -> Json:
        """A value that earns nothing; nothing given, unless the type knows a better one."""
        return self.read(Posted(), structure, structure["choices"])

    def is_for_a_marker(self, value: Mapping[str, Any] | None, structure: Json) -> bool:
        """Whether there is something that only a person can judge."""
        return False

    # -- What is shown ----------------------------------------------------------------------------------------

    @abstractmethod
    def asked(self, given: Given) -> Shown:
        """What is shown while it is answered: no key, no explanation, no identifier."""

    @abstractmethod
    def reviewed(self, given: Given, key: Json) -> Shown:
        """What is shown once it is scored."""

    def rows(self, given: Given) -> list[tuple[str, str]]:
        """What a cohort's answers may be counted by: a name that `picked` gives, and its words. Never typed words."""
        return []

    def picked(self, value: Mapping[str, Any]) -> frozenset[str]:
        """Which of those rows this value counts in."""
        return frozenset()

    def typed(self, given: Given, key: Json) -> list[tuple[str, str]]:
        """What was typed, for a trainer: a name that forms of the same share, and its words. Long texts by length."""
        return []

    # -- Its file ---------------------------------------------------------------------------------------------

    @abstractmethod
    def texts_from(self, inner: FileFields) -> Json:
        """The texts under one language."""

    def structure_from(self, fields: FileFields, texts: Json) -> Json:
        """The structure, by the English texts and the fields beside them."""
        return {"choices": list(texts["choices"])}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        """The key, by the fields beside the texts (of every language)."""
        return {"correct": sorted(fields.words("answer"))}

    def check_texts(self, texts: Mapping[str, Json], structure: Json) -> None:
        """Raises ItemFault where a language has not the parts the English texts have."""
        for code, one in texts.items():
            if set(one["choices"]) != set(structure["choices"]):
                raise ItemFault(f"the choices in “{code}” are not those in “en”", field=code)

    def key_to(self, key: Json, structure: Json) -> Json:
        """The way back: the fields beside the texts."""
        return {"answer": key["correct"]}

    @abstractmethod
    def texts_to(self, texts: Json, structure: Json) -> Json:
        """The way back: the fields under one language, in the item's own order."""


def chosen_from(posted: Sequence[str], structure: Json, order: Sequence[str]) -> list[str]:
    """The choices with these numbers as shown, each once, in file order. Raises NotAnswerable."""
    shown = numbered(order)
    unknown = set(posted) - set(shown)
    if unknown:
        raise NotAnswerable(f"not a choice of this item: {sorted(unknown)}")
    chosen = {shown[number] for number in posted}
    return [choice for choice in structure["choices"] if choice in chosen]


def numbered(order: Sequence[str]) -> dict[str, str]:
    """Identifiers by their number as shown: "1" is the first."""
    return {str(number): identifier for number, identifier in enumerate(order, start=1)}


def one_of(number: str, order: Sequence[str]) -> str | None:
    """The identifier with this number as shown; None for an empty field. Raises NotAnswerable."""
    if number == "":
        return None
    try:
        return numbered(order)[number]
    except KeyError:
        raise NotAnswerable(f"not a choice of this item: {number!r}") from None


def choices_shown(given: Given, chosen: Sequence[str], answers: Sequence[str] | None = None) -> list[ChoiceShown]:
    """The choices in the order shown; with `answers` also whether each is one, and why."""
    words = given.texts["choices"]
    return [
        ChoiceShown(
            number=number,
            text=words[choice]["text"],
            is_chosen=choice in chosen,
            is_answer=None if answers is None else choice in answers,
            explanation="" if answers is None else words[choice]["explanation"],
        )
        for number, choice in enumerate(given.order, start=1)
    ]


def check_choices(structure: Json, key: Json) -> None:
    """What every choice item must have. Raises ItemFault."""
    choices = structure.get("choices", [])
    if len(choices) < 2:
        raise ItemFault("an item needs at least two choices")
    if len(set(choices)) != len(choices):
        raise ItemFault("two choices share an identifier")
    strangers = set(key.get("correct", [])) - set(choices)
    if strangers:
        raise ItemFault(f"the answer names a choice that is not there: {', '.join(sorted(strangers))}")


def explained_from(fields: FileFields | None) -> Json:
    """Texts by identifier, each with the explanation that every option has."""
    found: Json = {}
    for name in fields.names() if fields else []:
        one = fields.mapping(name) if fields else None
        if one is not None:
            found[name] = {"text": one.text("text"), "explanation": one.text("explanation")}
            one.refuse_unknown()
    return found


def explained_to(texts: Json, order: Sequence[str]) -> Json:
    """The way back, in this order; what the order does not name comes last, so that nothing is lost."""
    names = [*order, *sorted(set(texts) - set(order))]
    return {
        name: {"text": texts[name]["text"], "explanation": texts[name]["explanation"]}
        for name in names
        if name in texts
    }
