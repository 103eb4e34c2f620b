"""Loading a package: parse and check everything first, then write in one transaction, never over an editor's work."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from toolkit.digests import digest_of

from .attachments import Attachment
from .faults import BadContent, Fault
from .kinds import Kind, KindOfManyFiles, Package, Parsed, kind_of
from .models import LoadedFile

UNKNOWN = ""  # a site digest a migration emptied: what is compared has changed since, and no editor could edit it


class Verdict(StrEnum):
    """What is to be done with one thing of a package."""

    CREATE = "created"
    UPDATE = "updated"
    UNCHANGED = "unchanged"
    LEAVE = "left alone, because it was edited on the site"
    CONFLICT = "in conflict: changed in the file and on the site since the last load"


class Side(StrEnum):
    """Whose words win a conflict."""

    FILE = "file"
    SITE = "site"


@dataclass
class Report:
    """What a load did, thing by thing."""

    lines: list[tuple[Verdict, Parsed]] = field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        return sum(1 for one, _thing in self.lines if one == verdict)

    def of(self, verdict: Verdict) -> list[Parsed]:
        return [thing for one, thing in self.lines if one == verdict]


@dataclass(frozen=True)
class Planned:
    """What a load would do with one thing, and the fields in which file and site differ."""

    verdict: Verdict
    thing: Parsed
    fields: list[str]


def load(texts: dict[str, str], *, files: Mapping[str, Attachment] | None = None, side: Side | None = None) -> Report:
    """Load a package's texts, and the films and pictures they name.

    `side` says whose words win where both changed; without it they are left and reported.

    What the package lacks is left alone. Raises BadContent, and then nothing of the package is written.
    """
    things = parse_package(texts, files or {})
    report = Report()
    with transaction.atomic():
        for kind, thing in things:
            try:
                report.lines.append((_load_one(kind, thing, side), thing))
            except (ValidationError, IntegrityError, ObjectDoesNotExist, UnicodeEncodeError) as error:
                raise BadContent([Fault(thing.path, 0, f"cannot be written to the site: {error}")]) from error
    return report


def preview(
    texts: dict[str, str], *, files: Mapping[str, Attachment] | None = None, side: Side | None = None
) -> list[Planned]:
    """What `load` would do with the same, thing by thing; nothing is written. Raises BadContent."""
    return [_plan(kind, thing, side) for kind, thing in parse_package(texts, files or {})]


def _plan(kind: Kind, thing: Parsed, side: Side | None) -> Planned:
    site = kind.site_state(thing)
    memory = LoadedFile.objects.filter(kind=thing.kind, key=thing.key).first()
    verdict = _verdict(thing, site, memory)
    if verdict == Verdict.CONFLICT and side:
        verdict = Verdict.UPDATE if side == Side.FILE else Verdict.LEAVE
    return Planned(verdict, thing, differing(site, thing.state) if site else [])


def differing(one: dict[str, object], other: dict[str, object]) -> list[str]:
    """Which fields of two states are not the same."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def parse_package(texts: dict[str, str], files: Mapping[str, Attachment]) -> list[tuple[Kind, Parsed]]:
    """Everything a package says, in the order it is written. Raises BadContent with every fault found."""
    faults: list[Fault] = []
    found: list[tuple[Kind, Parsed]] = []
    for path, text in texts.items():
        kind = kind_of(path)
        if kind is None:
            faults.append(
                Fault(path, 0, "is not a file this loader knows; see content/README.md for where things lie.")
            )
            continue
        try:
            found += [(kind, _whole(kind, thing, texts, files)) for thing in kind.parse(path, text)]
        except BadContent as bad:
            faults += bad.faults
    faults += _repeated(thing for _kind, thing in found)
    if not faults:
        package = Package([thing for _kind, thing in found])
        faults = [fault for kind, thing in found for fault in kind.check(thing, package)]
    if faults:
        raise BadContent(sorted(faults, key=lambda fault: (fault.path, fault.line)))
    return sorted(found, key=lambda pair: (pair[0].order, _counted(pair[1].path)))


def _counted(path: str) -> str:
    """A path that sorts by its numbers: m2 before m10."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), path)


def _whole(kind: Kind, thing: Parsed, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> Parsed:
    return kind.gather(thing, texts, files) if isinstance(kind, KindOfManyFiles) else thing


def _repeated(things: Iterable[Parsed]) -> list[Fault]:
    seen: dict[tuple[str, str], str] = {}
    faults = []
    for thing in things:
        first = seen.setdefault((thing.kind, thing.key), thing.path)
        if first != thing.path:
            faults.append(Fault(thing.path, 0, f"has the same identifier as {first}."))
    return faults


def _load_one(kind: Kind, thing: Parsed, side: Side | None) -> Verdict:
    memory = LoadedFile.objects.filter(kind=thing.kind, key=thing.key).first()
    site = kind.site_state(thing)
    verdict = _verdict(thing, site, memory)
    if verdict in (Verdict.CREATE, Verdict.UPDATE) or (verdict == Verdict.CONFLICT and side == Side.FILE):
        kind.write(thing)
        _remember(thing, kind.site_state(thing))
        return verdict if verdict != Verdict.CONFLICT else Verdict.UPDATE
    if verdict == Verdict.UNCHANGED and memory is None:
        _remember(thing, site)
    if verdict == Verdict.CONFLICT and side == Side.SITE:
        _remember(thing, site)
        return Verdict.LEAVE
    return verdict


def _verdict(thing: Parsed, site: dict[str, object] | None, memory: LoadedFile | None) -> Verdict:
    if site == thing.state:
        return Verdict.UNCHANGED
    if memory is None:
        return Verdict.CREATE if site is None else Verdict.CONFLICT
    file_changed = digest_of(thing.state) != memory.file_digest
    site_changed = memory.site_digest not in (digest_of(site), UNKNOWN)
    if site_changed:
        return Verdict.CONFLICT if file_changed else Verdict.LEAVE
    return Verdict.UPDATE if file_changed else Verdict.UNCHANGED


def _remember(thing: Parsed, site: dict[str, object] | None) -> None:
    LoadedFile.objects.update_or_create(
        kind=thing.kind,
        key=thing.key,
        defaults={
            "path": thing.path,
            "file_digest": digest_of(thing.state),
            "site_digest": digest_of(site),
            "loaded_at": timezone.now(),
        },
    )


def summary(report: Report) -> str:
    """One line: how many of each."""
    return in_numbers(verdict for verdict, _thing in report.lines)


def in_numbers(verdicts: Iterable[Verdict]) -> str:
    """How many of each there are, in one line."""
    counts = Counter(verdicts)
    return ", ".join(
        f"{counts[verdict]} {verdict.split(':')[0].split(',')[0]}" for verdict in Verdict if counts[verdict]
    )
