"""A course as a package that loads into another site, and says again what this one says (decision 43).

Each kind says what readers have of the course and writes its files. What was written is then read as a load would read
it, and compared: whatever would not come back the same is refused by name, so nothing is lost without a word.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from toolkit.one_moment import one_moment

from courses.models import Course
from reference.law import keys_placed

from .attachments import Attachment, read_attachments
from .faults import BadContent
from .kinds import KINDS, Kind, KindNamed, KindOfCourse, Notes, Parsed
from .kinds.glossary import terms_linked
from .loader import differing, parse_package
from .markdown_writing import CannotSay
from .package import read_package
from .packing import put, refuse_place


class CannotExport(ValueError):
    """Raised with every hindrance, a sentence to a line."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__("\n".join(self.sentences))


@dataclass
class Exported:
    """A course's files, and what there is to say of it."""

    things: list[Parsed] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)

    @property
    def files(self) -> list[Attachment]:
        return [one for thing in self.things for one in thing.files.values()]


def export(course: str, target: Path) -> Exported:
    """Write a course's package to a folder, or to a zip if the target is called so. Raises CannotExport, CannotPut."""
    refuse_place(target)
    exported = exported_course(course)
    put(target, exported.texts, exported.files, check=lambda made: _compare(made, exported))
    return exported


@one_moment()
def exported_course(course: str) -> Exported:
    """Everything of a course that readers have, as texts by path. Raises CannotExport."""
    _known(course)
    exported = Exported()
    for kind in KINDS:
        if isinstance(kind, KindOfCourse):
            _add(kind, kind.things_of(course, exported.notes), exported)
    _add_named(exported)
    hindered = exported.notes.hindered + _unmet(exported.things)
    if hindered:
        raise CannotExport(hindered)
    return exported


def _known(course: str) -> None:
    keys = list(Course.objects.order_by("key").values_list("key", flat=True))
    if course not in keys:
        there = f"The courses here are: {', '.join(keys)}." if keys else "This site has no course yet."
        raise CannotExport([f"There is no course “{course}”. {there}"])


def _add(kind: Kind | KindNamed, things: list[Parsed], exported: Exported) -> None:
    """The files of these things, one path at a time."""
    exported.things += things
    for path, group in groupby(sorted(things, key=lambda one: one.path), lambda one: one.path):
        try:
            exported.texts |= kind.unparse(list(group))  # type: ignore[union-attr]
        except CannotSay as cannot:
            exported.notes.hindered.append(f"{path}: {cannot}")


def _add_named(exported: Exported) -> None:
    """The terms that texts and terms link to, the legal statements texts place, and the sources of all of it."""
    kinds = {kind.name: kind for kind in KINDS if isinstance(kind, KindNamed)}
    wanted = {key for thing in exported.things for key in terms_linked(thing.state)}
    terms: dict[str, Parsed] = {}
    asked: set[str] = set()
    while new := wanted - asked:
        asked |= new
        found = kinds["term"].things_named(new)
        terms |= {one.key: one for one in found}
        wanted |= {key for one in found for key in one.state["see"]}
    _add(kinds["term"], [one for _key, one in sorted(terms.items())], exported)
    laws = {key for thing in exported.things for key in keys_placed(thing.state.get("body", []))}
    _add(kinds["legal_statement"], kinds["legal_statement"].things_named(laws), exported)
    sources = {key for thing in exported.things for key in thing.state.get("sources", [])}
    _add(kinds["source"], kinds["source"].things_named(sources), exported)


def _unmet(things: list[Parsed]) -> list[str]:
    """What a load into an empty site would miss."""
    by_kind = {kind: [one for one in things if one.kind == kind] for kind in {one.kind for one in things}}
    if not by_kind.get("course"):
        return ["The course has no page that is published, so there is nothing to export."]
    modules = {(one.state["number"], one.key[-2:]) for one in by_kind.get("module", [])}
    numbers = {number for number, _language in modules}
    activities = {one.key.split(":")[0] for one in by_kind.get("lesson", []) + by_kind.get("assessment", [])}
    activities |= {one.key for one in by_kind.get("live_session", [])}
    activities |= {one.state["activity"]["uuid"] for one in by_kind.get("film", []) if "activity" in one.state}
    return [
        *_without_module(by_kind, modules, numbers),
        *_without_language(by_kind),
        *(
            f"The requirement set “{one.state['key']}” version {one.state['version']} asks for the activity {uuid}, "
            "which is not in the package."
            for one in by_kind.get("requirement_set", [])
            for uuid in [*one.state["lessons"], *(each["uuid"] for each in one.state["assessments"])]
            if uuid not in activities
        ),
    ]


def _without_module(
    by_kind: dict[str, list[Parsed]], modules: set[tuple[int, str]], numbers: set[int]
) -> Iterable[str]:
    for one in by_kind.get("lesson", []):
        number = int(one.state["folder"][1:] or 0)
        if (number, one.key[-2:]) not in modules:
            yield f"{one.path}: its module has no published page in its language."
    for one in by_kind.get("film", []):
        stands = one.state.get("activity", {})
        is_here = stands.get("course") == by_kind["course"][0].state["course"]
        if not is_here or (stands["module"], one.key[-2:]) not in modules:
            yield f"{one.path}: does not stand in a module that is published in its language."
    for one in by_kind.get("assessment", []) + by_kind.get("item", []):
        if one.state["module"] not in numbers:
            yield f"{one.path}: its module is not published."


def _without_language(by_kind: dict[str, list[Parsed]]) -> Iterable[str]:
    languages = {one.key[-2:] for one in by_kind["course"]}
    for one in by_kind.get("module", []):
        if one.key[-2:] not in languages:
            yield f"{one.path}: the course has no published page in its language."


def _compare(made: Path, exported: Exported) -> None:
    """Read what was written as a load would, and find whatever is not as the site has it."""
    try:
        found = parse_package(read_package(made), read_attachments(made))
    except BadContent as bad:
        raise CannotExport(str(fault) for fault in bad.faults) from bad
    read = {(thing.kind, thing.key): thing for _kind, thing in found}
    sentences = [line for thing in exported.things for line in _differs(thing, read.pop((thing.kind, thing.key), None))]
    sentences += [f"{thing.path}: would be loaded, and the site has nothing like it." for thing in read.values()]
    if sentences:
        raise CannotExport(sentences)


def _differs(thing: Parsed, read: Parsed | None) -> Iterable[str]:
    if read is None:
        yield f"{thing.path}: would not be found again."
    elif fields := differing(thing.state, read.state):
        yield f"{thing.path}: cannot say as the site has it: {', '.join(fields)}."
