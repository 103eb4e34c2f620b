"""The report on a list, line by line: faults, questions, what would happen. Codes, not words: words.py has those."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from people.models import Organisation

from ..models import Cohort
from .knowing import Standing, completed_with, members, standings, written_to
from .lines import Understood, Vocabulary, understand, vocabulary
from .nearness import Acquaintance, Known, domains_of, is_near_name
from .reading import Row

Report = dict[str, Any]
SOMEBODY_ELSE = "else"
STEP = 1_000  # lines between two words about progress


def check(
    rows: list[Row],
    organisation: Organisation,
    cohort: Cohort,
    *,
    at: datetime,
    earlier: Report | None = None,
    done: Callable[[int], None] = lambda count: None,
) -> Report:
    """The report on these rows. `earlier` is one whose choices and notes stay; `done` hears how many lines are through.

    `faults` and `looks` are [line, code, facts]; `questions` have a line, options and the choice made so far;
    `here` are addresses that nothing need be done for.
    """
    understood, faults = _understood(rows, vocabulary_of(organisation))
    sound = [one for one in understood if not one.faults]
    known = standings((one.email for one in sound), organisation, cohort, at=at)
    people = _people(organisation, at=at)
    asked = dict(_near_lines(sound, known, people, done))
    options = {option["address"] for found in asked.values() for option in found}
    known |= standings(options - set(known), organisation, cohort, at=at)
    return {
        "faults": faults,
        "questions": _questions(asked, earlier or {}),
        "looks": _looks(sound, people, completed_with(organisation, cohort, at=at)),
        "here": sorted(address for address, one in known.items() if one.is_here),
        "notes": (earlier or {}).get("notes", []),
        "came_back": "",
    }


@dataclass(frozen=True)
class Person:
    """Somebody the organisation knows by this address: a member, or somebody it wrote to, who has no key here."""

    email: str
    name: str
    pk: int | None = None


def _people(organisation: Organisation, *, at: datetime) -> dict[str, Person]:
    """By address. Whoever was only written to is known by what was typed, as whoever was booked at once is."""
    written = written_to(organisation, at=at).exclude(name="").values_list("email", "name")
    known = {email.lower(): Person(email.lower(), name) for email, name in written}
    for pk, email, name in members(organisation, at=at).values_list("pk", "email", "name"):
        known[email or ""] = Person(email or "", name, pk)
    return known


def vocabulary_of(organisation: Organisation) -> Vocabulary:
    """The words lines of this organisation may use."""
    return vocabulary(organisation.areas.order_by("key").values_list("key", "name"))


def _understood(rows: list[Row], words: Vocabulary) -> tuple[list[Understood], list[Any]]:
    """Every line, and the faults of all; an address that was on an earlier line is a fault that names both."""
    first_line: dict[str, int] = {}
    lines, faults = [], []
    for one in (understand(row, words) for row in rows):
        found = list(one.faults)
        before = first_line.setdefault(one.email, one.line) if one.email else one.line
        if before != one.line:
            found.append(("same_address", {"text": one.email, "line": str(before)}))
        lines.append(one if found == list(one.faults) else Understood(**{**vars(one), "faults": tuple(found)}))
        faults += [[one.line, code, facts] for code, facts in found]
    return lines, faults


def _near_lines(
    sound: Iterable[Understood], known: dict[str, Standing], people: dict[Any, Any], done: Callable[[int], None]
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The lines that may mean a member, or somebody on an earlier line, under another spelling, and whom."""
    sound = list(sound)
    met = Acquaintance(domains_of([*people, *(one.email for one in sound)]))
    for person in people.values():
        met.meet(Known(person.email, person.name))
    for count, one in enumerate(sound, start=1):
        is_member = one.email in people or known.get(one.email, Standing()).is_member
        if not is_member:
            if near := met.near(one.email, one.name):
                yield one.line, [{"why": why.why, **vars(why.known)} for why in near]
            met.meet(Known(one.email, one.name, one.line))
        if count % STEP == 0:
            done(count)


def _questions(asked: dict[int, list[dict[str, Any]]], earlier: Report) -> list[dict[str, Any]]:
    """The questions, with a choice that was made before where it is still one of the options."""
    made = {one["line"]: one["choice"] for one in earlier.get("questions", []) if one["choice"]}
    questions = []
    for line, options in asked.items():
        choice = made.get(line, "")
        if choice not in {SOMEBODY_ELSE, *(option["address"] for option in options)}:
            choice = ""
        questions.append({"line": line, "options": options, "choice": choice})
    return questions


def _looks(sound: list[Understood], people: dict[Any, Any], completed: Mapping[int, date]) -> list[Any]:
    """Lines whose address is a member's who goes by quite another name, or who has completed this course already."""
    found: list[Any] = []
    for one in sound:
        if (member := people.get(one.email)) is None:
            continue
        if not is_near_name(one.name, member.name):
            found.append([one.line, "other_name", {"text": one.name, "known": member.name}])
        if member.pk is not None and member.pk in completed:
            found.append([one.line, "completed", {"known": member.name, "day": completed[member.pk].isoformat()}])
    return found


@dataclass(frozen=True)
class Outcome:
    """The counts of a report, and who gets a place by it."""

    lines: int
    faulty: int
    unanswered: int
    here: int
    merged: int  # lines that say somebody of another line again
    booked: list[Understood] = field(default_factory=list)
    fates: dict[int, str] = field(default_factory=dict)  # by line: place, here, merged, asked
    addresses: dict[int, str] = field(default_factory=dict)  # by line: under which somebody is booked

    @property
    def is_ready(self) -> bool:
        return not self.faulty and not self.unanswered and bool(self.booked)


def outcome(rows: list[Row], report: Report, words: Vocabulary) -> Outcome:
    """What would happen now: each person once, under the address that was chosen for them."""
    faulty = {line for line, _code, _facts in report["faults"]}
    choices = {one["line"]: one for one in report["questions"]}
    here = set(report["here"])
    chosen: dict[int, str] = {}
    booked: dict[str, Understood] = {}
    fates: dict[int, str] = {}
    for one in (understand(row, words) for row in rows):
        if one.line in faulty:
            continue
        question = choices.get(one.line)
        address = chosen[one.line] = _address(one, question, chosen)
        if question and not question["choice"]:
            fates[one.line] = "asked"
            continue
        fates[one.line] = "here" if address in here else "merged" if address in booked else "place"
        if fates[one.line] == "place":
            booked[address] = Understood(**{**vars(one), "email": address})
    unanswered = sum(not one["choice"] for one in choices.values())
    counts = {fate: list(fates.values()).count(fate) for fate in ("here", "merged")}
    return Outcome(
        len(rows), len(faulty), unanswered, **counts, booked=list(booked.values()), fates=fates, addresses=chosen
    )


def _address(one: Understood, question: dict[str, Any] | None, chosen: dict[int, str]) -> str:
    """The address a line goes under; one that says “the same as line 5” goes where line 5 went."""
    choice = question["choice"] if question else ""
    if not question or choice in ("", SOMEBODY_ELSE):
        return one.email
    option = next(option for option in question["options"] if option["address"] == choice)
    return str(chosen.get(option["line"], choice))
