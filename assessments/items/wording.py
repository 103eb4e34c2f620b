"""Whether what was typed is a form that is accepted. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.typed import typed_line

from .base import FileFields, ItemFault, TooLong

LONGEST_FORM = 200  # characters
_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "−": "-"})


@dataclass(frozen=True)
class Rules:
    """Whether capitals and accents tell two forms apart. An author says so where they do (ty and tŷ are two words)."""

    case: bool = False
    accents: bool = False

    def folded(self, text: str) -> str:
        """What equal forms share: spaces are single, signs plain, and a full stop at the end is nothing."""
        form = unicodedata.normalize("NFKC", typed_line(text)).translate(_SIGNS)
        form = " ".join(form.split()).removesuffix(".")
        if not self.case:
            form = form.casefold()
        if not self.accents:
            form = "".join(one for one in unicodedata.normalize("NFD", form) if not unicodedata.combining(one))
        return unicodedata.normalize("NFC", form).strip()

    def among(self, text: str, forms: Iterable[str]) -> bool:
        """Whether it is one of these forms. Nothing is none of them."""
        found = self.folded(text)
        return bool(found) and found in {self.folded(one) for one in forms}


def rules_of(key: Mapping[str, Any]) -> Rules:
    """The rules as a key keeps them."""
    return Rules(case=key.get("case", False), accents=key.get("accents", False))


def rules_from(fields: FileFields) -> dict[str, bool]:
    """Those rules that a file turns on, as a key keeps them."""
    found = {}
    for name, kept in (("case_matters", "case"), ("accents_matter", "accents")):
        given = fields.get(name)
        if given not in (None, True, False):
            fields.fault(name, f"“{name}” is true or false.")
        if given is True:
            found[kept] = True
    return found


def rules_to(key: Mapping[str, Any]) -> dict[str, bool]:
    """The way back."""
    names = {"case": "case_matters", "accents": "accents_matter"}
    return {name: True for kept, name in names.items() if key.get(kept)}


def typed_form(text: str) -> str:
    """A line as typed, without hidden letters. Raises TooLong."""
    form = typed_line(text).strip()
    if len(form) > LONGEST_FORM:
        raise TooLong(str(LONGEST_FORM))
    return form


def check_forms(forms: Sequence[str], field: str = "answer") -> None:
    """Raises ItemFault where a form could not be typed."""
    if not forms:
        raise ItemFault("at least one form must be accepted", field=field)
    for form in forms:
        if not Rules().folded(form) or len(form) > LONGEST_FORM:
            raise ItemFault(f"“{form[:40]}” cannot be typed as an answer", field=field)
