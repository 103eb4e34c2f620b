"""What an address answers to whom: the few rules there are, each a question about a role and whose thing it is.

`of` is the person or the side that the thing behind an address belongs to; empty where it belongs to nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.access import table
from tests.access.table import DESK, STRANGER, may_read, part_of

REACHED = "reached"  # the view has answered: a page, a file, a form with its errors, a way on
SIGN_IN = "sign in"  # led to the sign-in page
NONE = "not found"  # 404
REFUSED = "refused"  # 403, in words
BACK = "sent back"  # to the front of the desk, with a sentence
EITHER = "reached or sent back"  # at the desk: what an editor may do there is Wagtail's to say


@dataclass(frozen=True)
class Rule:
    """A rule, in words for the table of docs/access.md and as a question."""

    words: str
    answer: Callable[[str, str], str]  # role, of
    things: tuple[str, str] = ("", "")  # examples of what it is asked of: on side a, on side b


BOOKED = table.ON_COURSE
PERSONS, SIDES = ("learner_a", "learner_b"), ("a", "b")


def _signed_in(role: str, of: str) -> str:
    return SIGN_IN if role == STRANGER else REACHED


def _holder(role: str, of: str) -> str:
    return SIGN_IN if role == STRANGER else REACHED if role == of else NONE


def _writer(role: str, of: str) -> str:
    return NONE if part_of(role) == "withdrawn" else _holder(role, of)


def _on_course(role: str, of: str) -> str:
    """A run of one's own in the course; looking after others in it is not enough."""
    if role == STRANGER:
        return SIGN_IN
    learns = part_of(role) in ("learner", "doing", "left") if of == "a" else role == "learner_b"
    return REACHED if learns else NONE


def _reads(role: str, of: str) -> str:
    if role == STRANGER:
        return SIGN_IN
    return REACHED if may_read(role, of) else REFUSED


def _sees(role: str, of: str) -> str:
    return REACHED if may_read(role, of) else NONE


def _reports(role: str, of: str) -> str:
    return SIGN_IN if role == STRANGER else _sees(role, of)


def _for_part(part: str) -> Callable[[str, str], str]:
    """For whoever is that on the side it is asked of."""
    return lambda role, of: SIGN_IN if role == STRANGER else REACHED if role == f"{part}_{of}" else NONE


def _kept_back(role: str, of: str) -> str:
    if role == STRANGER:
        return SIGN_IN
    return REACHED if role == "administrator" else NONE


def _kept_file(role: str, of: str) -> str:
    return REACHED if role == "administrator" else NONE


def _desk(role: str, of: str) -> str:
    if role == STRANGER:
        return SIGN_IN
    return EITHER if role in DESK else REFUSED


def _administration(role: str, of: str) -> str:
    if role == STRANGER:
        return SIGN_IN
    if role in DESK:
        return EITHER if role == "administrator" else BACK
    return REFUSED


def _keeps_banks(role: str, of: str) -> str:
    """The keys of every bank: an editor, and nobody who merely comes to the desk."""
    return _desk(role, of) if role != "guest" else BACK


def _scores_anew(role: str, of: str) -> str:
    """What changes people's results: whoever may publish."""
    return _desk(role, of) if role not in ("guest", "editor") else BACK


def _open(role: str, of: str) -> str:
    return REACHED if role == STRANGER else EITHER if role in DESK else REFUSED


def _no_such_screen(role: str, of: str) -> str:
    """Wagtail adds a slash to any address of the desk before it asks who comes."""
    return REACHED if role == STRANGER else _desk(role, of)


def _api(role: str, of: str) -> str:
    return REFUSED


def _desk_door(role: str, of: str) -> str:
    return SIGN_IN if role == STRANGER or role in DESK else REFUSED


def _closed(role: str, of: str) -> str:
    return NONE if role == STRANGER or role in DESK else REFUSED


def _meets(role: str, of: str) -> str:
    """Booked into the side's cohort and not withdrawn, or its trainer."""
    if role == STRANGER:
        return SIGN_IN
    return REACHED if role in {f"{part}_{of}" for part in (*BOOKED, "trainer")} else NONE


def _supervises(role: str, of: str) -> str:
    return SIGN_IN if role == STRANGER else REACHED if part_of(role) == "supervisor" else NONE


def _assesses(role: str, of: str) -> str:
    return SIGN_IN if role == STRANGER else REACHED if part_of(role) == "assessor" else NONE


ANYBODY = Rule("anybody", lambda role, of: REACHED)
SIGNED_IN = Rule("whoever is signed in; they see their own", _signed_in)
HOLDER = Rule("the person it belongs to", _holder, PERSONS)
WRITER = Rule("the person it belongs to, while they are on the course", _writer, PERSONS)
ON_COURSE = Rule("learners of the course", _on_course, SIDES)
READS = Rule("people on the course and those who look after them; others are told what opens it", _reads, SIDES)
SEES = Rule("people on the course and those who look after them", _sees, SIDES)
REPORTS = Rule("the same, signed in", _reports, SIDES)
LEADS = Rule("the lead of the organisation, today", _for_part("lead"), SIDES)
TRAINS = Rule("the trainer of the cohort, today", _for_part("trainer"), SIDES)
MEETS = Rule("whoever is booked into the cohort, and its trainer, today", _meets, SIDES)
SUPERVISES = Rule("supervisors of somebody, today; they see those they are appointed to", _supervises)
SUPERVISES_THEM = Rule("the learner's supervisor, today", _for_part("supervisor"), SIDES)
ASSESSES = Rule("assessors of somebody, today; they see those they are appointed to", _assesses)
ASSESSES_THEM = Rule("the learner's assessor, today", _for_part("assessor"), SIDES)
COUNTS = Rule("the reader of the funder's counts, today", _for_part("reader"), SIDES)
KEPT_BACK = Rule("the groups it was kept back for at the desk", _kept_back)
DOOR = Rule("leads everybody to the one sign-in page", lambda role, of: SIGN_IN)
KEPT_FILE = Rule("the groups it was kept back for at the desk", _kept_file)
OPEN_PARTS = Rule("anybody: words and signs of the desk, nothing of anybody", _open)
NO_SCREEN = Rule("there is no such screen; the desk's own 404", _no_such_screen)
REFUSED_TO_ALL = Rule("nobody, in words", _api)
DESK_DOOR = Rule("leads to the one sign-in page", _desk_door)
SHUT = Rule("nobody: switched off", _closed)
NOBODY = Rule("nobody", lambda role, of: NONE)
AT_DESK = Rule("the desk, as far as Wagtail lets an editor", _desk)
KEEPS_BANKS = Rule("editors", _keeps_banks)
SCORES_ANEW = Rule("editors who may publish", _scores_anew)
ADMINISTRATION = Rule("platform administrators", _administration)
