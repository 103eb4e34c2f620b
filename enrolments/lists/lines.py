"""What one line of a list says, and what is wrong with it. Pure, but for the words it is told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from toolkit.addresses import require_plain
from toolkit.typed import without_hidden

from people.choices import Agency
from people.names import IS_ADDRESS, one_line

from .columns import folded
from .reading import Row
from .workbooks import NOT_COMPUTED

EXAMPLE = "amina.rahman@list.example"  # on the empty list that is downloaded; nobody is booked by it
LONGEST_NAME, LONGEST_ADDRESS = 150, 254
Fault = tuple[str, dict[str, str]]  # a code of words.py and what it names
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_NO_NAMES = {"true", "false"}
_SPREADSHEET_ERROR = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|####*)", re.IGNORECASE)
# Besides what each language calls itself and the others.
_LANGUAGE_NAMES = {"english": "en", "saesneg": "en", "eng": "en", "welsh": "cy", "cymraeg": "cy", "cym": "cy"}


@dataclass(frozen=True)
class Vocabulary:
    """The words a line may use, folded, with the codes they stand for."""

    agencies: Mapping[str, str]
    areas: Mapping[str, str]
    languages: Mapping[str, str]
    area_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """A line whose words were understood as far as they could be; with faults it is not taken in."""

    line: int
    email: str
    name: str
    agency: str  # empty: the file does not say
    area: str  # the area's key; empty: the organisation's first
    language: str  # empty: the file does not say
    faults: tuple[Fault, ...] = field(default=())


def vocabulary(areas: Iterable[tuple[str, str]]) -> Vocabulary:
    """The words of both languages, and the areas of one organisation as (key, name)."""
    agencies = {folded(code): code for code in Agency.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            agencies |= {folded(str(label)): code for code, label in Agency.choices}
    named = list(areas)
    languages = {folded(text): code for code, name in settings.LANGUAGES for text in (code, name)}
    return Vocabulary(
        agencies,
        {folded(text): key for key, name in named for text in (key, name)},
        languages | _LANGUAGE_NAMES,
        tuple(name for _key, name in named),
    )


def understand(row: Row, words: Vocabulary) -> Understood:
    """A row in our own codes, with every fault it has."""
    texts = {name: without_hidden(str(value)) for name, value in row.items() if name != "line"}
    faults: list[Fault] = [("hidden_line", {})] if texts.get("hidden") else []
    email, name = texts["email"].lower(), texts["name"]
    faults += _address_faults(texts["email"])
    faults += _name_faults(name)
    agency = _code(texts["agency"], words.agencies, "unknown_agency", faults)
    area = _code(texts["area"], words.areas, "unknown_area", faults)
    language = _code(texts["language"], words.languages, "unknown_language", faults)
    tidy = name if any(code.endswith("name") for code, _facts in faults) else one_line(name)
    return Understood(int(row["line"]), email, tidy, agency, area, language, tuple(faults))


def _code(text: str, known: Mapping[str, str], fault: str, faults: list[Fault]) -> str:
    """The code a word stands for; an unknown one is a fault, with the word that was nearly written."""
    if not text:
        return ""
    if (word := folded(text)) in known:
        return known[word]
    near = process.extractOne(word, list(known), scorer=DamerauLevenshtein.distance, score_cutoff=2) if word else None
    meant = known[near[0]] if near and len(word) > 3 else ""
    faults.append((fault, {"text": text, "meant": meant}))
    return ""


def _address_faults(address: str) -> list[Fault]:
    if not address:
        return [("no_address", {})]
    if odd := _odd(address):
        return [(odd, {"text": address})]
    try:
        validate_email(address)
        require_plain(address)
    except ValidationError:
        return [(_why_no_address(address), {"text": address})]
    if address.lower() == EXAMPLE:
        return [("example_line", {"text": address})]
    return [("long_address", {"text": address[:60]})] if len(address) > LONGEST_ADDRESS else []


def _why_no_address(address: str) -> str:
    """The nearest reason a person can do something about."""
    if "@" not in address:
        return "address_without_at"
    if re.search(r"[,;/]|\s", address):
        return "several_addresses" if address.count("@") > 1 else "address_with_space"
    return "bad_address"


def _name_faults(name: str) -> list[Fault]:
    if not name:
        return [("no_name", {})]
    if odd := _odd(name):
        return [(odd, {"text": name})]
    if "@" in name:
        return [("address_for_name", {"text": name})]
    if len(" ".join(name.split())) > LONGEST_NAME:
        return [("long_name", {"text": f"{name[:60]}…"})]
    try:
        one_line(name if name.casefold() not in _NO_NAMES else "")
    except ValidationError as refused:
        return [("address_for_name" if refused.code == IS_ADDRESS else "bad_name", {"text": name})]
    return [("lost_letters_name", {"text": name})] if _lost_letters(name) else []


def _odd(text: str) -> str:
    """The code of what a cell of text cannot be."""
    if NOT_COMPUTED in text:
        return "formula_without_value"
    if _SPREADSHEET_ERROR.fullmatch(text):
        return "spreadsheet_error"
    return "control_characters" if _CONTROL.search(" ".join(text.split())) else ""


def _lost_letters(name: str) -> bool:
    """“Si?n” and “SiÃ¢n”: a letter that an earlier program could not write, or read in the wrong way."""
    if "\N{REPLACEMENT CHARACTER}" in name or re.search(r"\w\?\w|\?\w", name):
        return True
    try:
        return name.encode("cp1252").decode("utf-8") != name
    except UnicodeError:
        return False
