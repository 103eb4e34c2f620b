"""`make check` and `make test`, step "safe versions": is anything installed that lies under its lowest safe version?

The ledger beside this file, safe_versions.toml, says for each package which version that is and which advisory says so.
It needs no network, where a scanner without one finds nothing wrong.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import distributions
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LEDGER = Path(__file__).with_suffix(".toml")
ADVISORY = re.compile(r"(CVE|GHSA|PYSEC|DHI)-[\w-]+")


class BadLedger(Exception):
    """The ledger cannot be used; the words say which entry and why."""


@dataclass(frozen=True)
class Safe:
    """The lowest safe version of a package, and who says so; `accepted` is why a lower one may stay for now."""

    package: str
    version: Version
    advisory: str
    address: str
    read_on: date
    accepted: str = ""


def main() -> None:
    """Name every installed package that lies under its lowest safe version; exit 1 if there is one."""
    try:
        ledger = read(LEDGER.read_text(encoding="utf-8"))
    except BadLedger as bad:
        sys.exit(f"{LEDGER.name}: {bad}")
    sys.exit(0 if told(ledger, installed()) else 1)


def told(ledger: Iterable[Safe], present: Mapping[str, Version]) -> bool:
    """Print a sentence for each entry that does not hold, or is excused, and answer whether the whole may pass."""
    good = True
    for one in ledger:
        version = present.get(one.package)
        if version is not None and version < one.version:
            print(said_of(one, version))
            good = good and bool(one.accepted)
        elif one.accepted:
            print(f"{one.package} is safe now: take `accepted` out of {LEDGER.name}.")
            good = False
    return good


def read(text: str) -> list[Safe]:
    """The ledger's entries; BadLedger for one that is not whole or stands there twice."""
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLedger(f"it cannot be read: {error}.") from error
    ledger = [_entry(name, given) for name, given in entries.items()]
    names = [one.package for one in ledger]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadLedger(f"{twice[0]} stands there twice.")
    return ledger


def installed() -> dict[str, Version]:
    """What this Python has installed, by its canonical name: what the site runs on and what it is checked with."""
    return {canonicalize_name(one.name): Version(one.version) for one in distributions()}


def said_of(one: Safe, version: Version) -> str:
    """A sentence for whoever runs the check."""
    source = f"{one.advisory}, {one.address}"
    sentence = f"{one.package} {version} is under {one.version}, the lowest safe version ({source})."
    return f"{sentence} Accepted: {one.accepted}" if one.accepted else sentence


def _entry(name: str, given: object) -> Safe:
    wanted = {"version": str, "advisory": str, "address": str, "read_on": date}
    if not isinstance(given, dict):
        raise BadLedger(f"{name} is not an entry.")
    for key, kind in wanted.items():
        if not isinstance(given.get(key), kind):
            raise BadLedger(f"{name} has no {key}, or not in its form.")
    if strange := sorted(set(given) - set(wanted) - {"accepted"}):
        raise BadLedger(f"{name} has {strange[0]}, which means nothing here.")
    if not ADVISORY.fullmatch(given["advisory"]) or not given["address"].startswith("https://"):
        raise BadLedger(f"{name} names no advisory with its address.")
    try:
        version = Version(given["version"])
    except InvalidVersion as error:
        raise BadLedger(f"{name}: {given['version']} is no version.") from error
    return Safe(**{**given, "package": canonicalize_name(name), "version": version})


if __name__ == "__main__":
    main()
