"""Which column of a file is which, under the headings people write in English and Welsh. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from .refusals import ListRefused

EMAIL, NAME, FIRST, LAST = "email", "name", "first", "last"
FIELDS = ("email", "name", "agency", "area", "language")  # what is kept of a line
MISSPELT_BY = 2  # slips

# The first of each language is the one we show.
HEADINGS = {
    EMAIL: (
        *("E-mail", "e-mail address", "mail", "mail address", "work e-mail", "work e-mail address"),
        *("contact e-mail", "e-mail work", "learner e-mail"),
        *("e-bost", "cyfeiriad e-bost", "e-bost gwaith", "cyfeiriad e-bost gwaith"),
    ),
    NAME: (
        *("Name", "full name", "learner", "learner name", "trainee", "trainee name", "participant"),
        *("participant name", "delegate", "delegate name", "staff name", "employee name", "enw", "enw llawn"),
    ),
    FIRST: ("First name", "forename", "given name", "first", "enw cyntaf", "enw bedydd"),
    LAST: ("Last name", "surname", "family name", "last", "cyfenw", "enw olaf", "enw teuluol"),
    "agency": ("Agency", "sector", "asiantaeth"),
    "area": ("Area", "local authority", "local area", "ardal", "awdurdod lleol"),
    "language": ("Language", "preferred language", "iaith", "dewis iaith"),
    "reason": ("What is wrong", "beth sydd o'i le"),  # our own column of faults, in a file that comes back mended
}


def folded(text: str) -> str:
    """Small letters and digits only, without accents, spaces and what stands in brackets."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[(\[].*?[)\]]", "", text) or text)
    return "".join(letter for letter in plain.casefold() if letter.isalnum())


_KNOWN = {folded(heading): name for name, headings in HEADINGS.items() for heading in headings}


def letters_of(index: int) -> str:
    """What a spreadsheet calls the column with this index from nought: A, B, …, Z, AA."""
    letters = ""
    while index >= 0:
        letters, index = chr(65 + index % 26) + letters, index // 26 - 1
    return letters


def known_column(heading: str) -> str:
    """Which column a heading names; empty if none."""
    return _KNOWN.get(folded(heading), "")


def meant_by(heading: str) -> str:
    """The heading that was nearly written, as we write it; empty if none was."""
    word = folded(heading)
    if len(word) < 4:
        return ""
    near = process.extractOne(word, list(_KNOWN), scorer=DamerauLevenshtein.distance, score_cutoff=MISSPELT_BY)
    return HEADINGS[_KNOWN[near[0]]][0] if near and near[1] <= (1 if len(word) < 6 else MISSPELT_BY) else ""


@dataclass(frozen=True)
class Columns:
    """Where each known column stands, from nought, and what was found besides: codes and values for words.py."""

    places: dict[str, int]
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headings: tuple[str, ...] = ()


def names_an_address(headings: Sequence[str]) -> bool:
    """Whether these cells look like headings: one of them is that of the address."""
    return any(known_column(heading) == EMAIL for heading in headings)


def columns_of(headings: Sequence[str]) -> Columns:
    """The columns of a line of headings. Raises ListRefused if a needed one is missing or stands there twice."""
    places: dict[str, int] = {}
    notes: list[tuple[str, dict[str, str]]] = []
    for index, heading in enumerate(headings):
        name = known_column(heading)
        if name in places:
            raise ListRefused(_twice(headings, places[name], index))
        if name:
            places[name] = index
        elif heading:
            facts = {"column": letters_of(index), "heading": heading[:80], "meant": meant_by(heading)}
            notes.append(("unknown_column", facts))
    if LAST in places and NAME in places and FIRST not in places:
        places[FIRST] = places.pop(NAME)  # “Name” beside “Surname” is the first name
    _require(places, headings)
    return Columns(places, notes, tuple(headings))


def _twice(headings: Sequence[str], first: int, second: int) -> str:
    return _(
        "Columns %(first)s (“%(one)s”) and %(second)s (“%(other)s”) say the same thing. "
        "Keep the one that is meant, and send the file again."
    ) % {
        "first": letters_of(first),
        "one": headings[first][:80],
        "second": letters_of(second),
        "other": headings[second][:80],
    }


def _require(places: dict[str, int], headings: Sequence[str]) -> None:
    missing = []
    if EMAIL not in places:
        missing.append(HEADINGS[EMAIL][0])
    if NAME not in places and not {FIRST, LAST} <= set(places):
        missing.append(HEADINGS[LAST][0] if FIRST in places else HEADINGS[FIRST][0] if LAST in places else "Name")
    if missing:
        raise ListRefused(_missing(missing, headings))


def _missing(missing: Sequence[str], headings: Sequence[str]) -> str:
    words = _("There is no column headed “%(missing)s”. A list needs the columns E-mail and Name.")
    refusal = words % {"missing": "” / “".join(missing)}
    for index, heading in enumerate(headings):
        if heading and not known_column(heading) and (meant := meant_by(heading)):
            question = _("Column %(column)s is headed “%(heading)s”: did you mean “%(meant)s”?")
            facts = {"column": letters_of(index), "heading": heading[:80], "meant": meant}
            return f"{refusal} {question % facts}"
    read = ", ".join(f"“{heading[:40]}”" for heading in headings if heading)
    return f"{refusal} {_('The first line reads: %(line)s.') % {'line': read[:300]}}"
