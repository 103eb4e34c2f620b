"""What a report says of a line. Reports keep codes, so that each reader has them in their own language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.choices import Agency

from ..models import EnrolmentList

FAULTS: dict[str, str | Promise] = {
    "hidden_line": _("This line is hidden in the workbook. Show it or take it out, and send the list again."),
    "no_address": _("There is no e-mail address."),
    "address_without_at": _("“%(text)s” is not an e-mail address: it has no @."),
    "address_with_space": _("“%(text)s” is not an e-mail address: it has a space, a comma or a slash in it."),
    "several_addresses": _("“%(text)s” is more than one address. Give each person one."),
    "bad_address": _("“%(text)s” is not an e-mail address."),
    "long_address": _("The address “%(text)s…” is too long: 254 letters at most."),
    "same_address": _("“%(text)s” is already on line %(line)s. Leave one of the two lines out."),
    "example_line": _("“%(text)s” is the example of the empty list. Take this line out."),
    "no_name": _("There is no name."),
    "bad_name": _("“%(text)s” is not a name: it may be printed on a certificate and needs a letter."),
    "long_name": _("The name “%(text)s” is too long: 150 letters at most."),
    "address_for_name": _("“%(text)s” looks like an address where the name should be."),
    "lost_letters_name": _(
        "“%(text)s” has lost a letter on its way. Write it again, and save the list as XLSX or as “CSV UTF-8”."
    ),
    "control_characters": _("“%(text)s” holds letters that cannot be seen. Write it again by hand."),
    "formula_without_value": _(
        "A cell holds a formula that was never worked out. Copy the list and paste it as “values only”."
    ),
    "spreadsheet_error": _("A cell shows the spreadsheet’s own error, “%(text)s”."),
    "unknown_agency": _("“%(text)s” is not an agency we know."),
    "unknown_area": _("“%(text)s” is not an area of your organisation."),
    "unknown_language": _("“%(text)s” is not a language of this site: English or Welsh."),
}
LOOKS: dict[str, str | Promise] = {
    "other_name": _("This address belongs to %(known)s, one of your people; the line says “%(text)s”."),
    "completed": _(
        "%(known)s completed this course with you on %(day)s. Taking the list in offers it to them once more."
    ),
}
QUESTIONS: dict[str, str | Promise] = {
    "name": _("nearly the same name"),
    "address": _("nearly the same address"),
    "domain": _("the end of the address looks misspelt"),
}
NOTES: dict[str, str | Promise] = {
    "unknown_column": _("Column %(column)s, “%(heading)s”, is not one we know. It was not kept."),
    "assumed_encoding": _(
        "The file does not say how its letters are written; we took it for %(encoding)s. "
        "Look whether names with accents are right."
    ),
    "sheet_used": _("The workbook has several sheets. Only the first visible one, “%(sheet)s”, was read."),
    "hidden_sheet": _("The sheet “%(sheet)s” is hidden in the workbook. It was not read."),
    "hidden_column": _("Column %(column)s, “%(heading)s”, is hidden in the workbook. It was read too."),
    "headings_on": _("The headings are on line %(line)s. What stands above them was left out."),
}
CAME_BACK: dict[str, str | Promise] = {
    "changed": _(
        "Something changed since the list was checked, so nothing was taken in. The report below is the new one."
    ),
    "places": _("There are fewer places left than people on the list, so nothing was taken in."),
    "offer": _("Your organisation cannot book into this cohort any more, so nothing was taken in."),
}
DID_YOU_MEAN = _("Did you mean “%(meant)s”?")
ALLOWED = _("Write one of these, or nothing: %(words)s.")
NO_AREAS = _("It has no areas, so leave this empty.")


def fault(code: str, facts: Mapping[str, Any]) -> str:
    """A fault in words, with what was probably meant."""
    words = str(FAULTS[code]) % {"text": "", "line": "", **facts}
    return _with_guess(words, _shown(code, str(facts.get("meant", ""))))


def note(code: str, facts: Mapping[str, Any]) -> str:
    """Something about the whole file in words."""
    return _with_guess(str(NOTES[code]) % facts, str(facts.get("meant", "")))


def look(code: str, facts: Mapping[str, Any]) -> str:
    """Something to look at that keeps nothing up."""
    values = dict(facts)
    if "day" in values:
        values["day"] = date_format(date.fromisoformat(values["day"]), "j F Y")
    return str(LOOKS[code]) % values


def _with_guess(words: str, meant: str) -> str:
    return f"{words} {str(DID_YOU_MEAN) % {'meant': meant}}" if meant else words


def _shown(code: str, meant: str) -> str:
    return str(Agency(meant).label) if code == "unknown_agency" and meant else meant


def faults_by_line(one: EnrolmentList) -> dict[int, list[str]]:
    """Every fault in words, by line, with what would be right where that is one of a few words."""
    faults = one.report.get("faults", [])
    right = _right_words(one, {code for _line, code, _facts in faults})
    found: dict[int, list[str]] = {}
    for line, code, facts in faults:
        found.setdefault(line, []).append(" ".join(filter(None, (fault(code, facts), right.get(code, "")))))
    return found


def _right_words(one: EnrolmentList, codes: set[str]) -> dict[str, str]:
    """By code of a fault: which words a line may say."""
    right = {"unknown_agency": str(ALLOWED) % {"words": ", ".join(str(label) for label in Agency.labels)}}
    if "unknown_area" in codes:
        areas = list(one.organisation.areas.order_by("name").values_list("name", flat=True))
        right["unknown_area"] = str(ALLOWED) % {"words": ", ".join(areas)} if areas else str(NO_AREAS)
    return right
