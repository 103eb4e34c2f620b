"""`make drills`: every drill on SQLite and on PostgreSQL; exit 0 only if each one kept its promise.

SABOTAGE=1 takes away, for each drill, exactly what it tests; each must go red, and the exit status is never 0.
KILLS (20), AWARDS (200) and LEARNERS (50) make the drills longer. Words after the command choose among them:
`python site/tools/bootstrap.py --dev drills awards postgres`.
"""

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from uuid import uuid4

from tools.bootstrap import RefusalError
from tools.drills.databases import Site
from tools.drills.small_disk import may_have_its_own
from tools.drills.verdict import BROKEN, KEPT
from tools.postgres import postgres
from tools.steps import ROOT, end_on_signals, minutes, step

DRILLS = {
    "hand_in": "50 connections hand in the same attempt at once",
    "awards": "8 processes award the same certificates",
    "kills": "kill -9 at random while answers are saved",
    "outages": "the database is held by somebody else, or gone, and comes back",
    "disk": "the disk of the site's folder is full, and has room again",
    "server_disk": "the disk of PostgreSQL itself is full, and has room again",
    "mail": "the mail server is away, then refuses, then takes everything",
}
LONGER = ("KILLS", "AWARDS", "LEARNERS")
MOST_MINUTES = 12
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def main() -> None:
    """Run the chosen drills on the chosen databases, say how many did as they should, and exit accordingly."""
    end_on_signals()
    started_at = monotonic()
    sabotage = os.environ.get("SABOTAGE") == "1"
    os.environ["DRILL_SLOWNESS"] = str(slowness(os.getloadavg()[0], os.cpu_count() or 1))
    words = sys.argv[1:]
    try:
        drills, databases = chosen(words, DRILLS), chosen(words, DATABASES)
        statuses: list[int] = []
        for database in databases:
            with prepared(database) as site:
                mine = [drill for drill in drills if may_be_tried(drill, database)]
                statuses += [run(drill, database, site, sabotage=sabotage) for drill in mine]
    except RefusalError as refusal:
        sys.exit(str(refusal))
    took = monotonic() - started_at
    print(f"drills: {minutes(took)}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    line, status = last_words(statuses, sabotage=sabotage)
    if took > most_seconds(os.environ):
        print(f"That is longer than the {minutes(most_seconds(os.environ))} they may take.")
        status = 1
    print(line, flush=True)
    sys.exit(status)


def most_seconds(environment: Mapping[str, str]) -> float:
    """How long all drills may take, on both databases; without end where somebody made them longer."""
    if any(word in environment for word in LONGER):
        return math.inf
    return MOST_MINUTES * 60 * float(environment.get("DRILL_SLOWNESS") or 1)


def slowness(load: float, cores: int) -> float:
    """How many times longer than on an idle machine things may take, by what others were doing before we began."""
    return max(1.0, load / cores)


def chosen(words: Sequence[str], known: dict[str, str]) -> list[str]:
    """Those named, or all. Raises RefusalError for a word that names nothing."""
    strange = [word for word in words if word not in DRILLS and word not in DATABASES]
    if strange:
        raise RefusalError(f"There is no drill or database {strange[0]}: {', '.join([*DRILLS, *DATABASES])}.")
    return [word for word in known if word in words] or list(known)


def may_be_tried(drill: str, database: str) -> bool:
    """Whether there is such a drill for this kind of database on this machine; says why not where it could matter."""
    if drill != "server_disk":
        return True
    if database == "postgres" and not may_have_its_own():
        print(f"{drill} is left out: only root may have a small disk.", flush=True)
    return database == "postgres" and may_have_its_own()


@contextmanager
def prepared(database: str) -> Iterator[Site]:
    """A filled site on this kind of database, removed with everything at the end.

    PostgreSQL keeps fsync on: what an acknowledged answer survives must not be a setting of the drill.
    """
    with tempfile.TemporaryDirectory(prefix="lt-drills-") as folder:
        if database == "sqlite":
            site = Site(Path(folder) / "site")
            with step(f"{DATABASES[database]} prepared"):
                site.prepare()
            yield site
        else:
            with postgres(durable=True) as server:
                site = Site(Path(folder) / "site", server, f"drill_{uuid4().hex[:8]}")
                if own_cluster():
                    site.recover_quickly()
                with step(f"{DATABASES[database]} prepared"):
                    site.prepare()
                yield site
                site.remove()


def run(drill: str, database: str, site: Site, *, sabotage: bool) -> int:
    """Run one drill on a copy of the site; its exit status."""
    print(f"{drill} on {DATABASES[database]}: {DRILLS[drill]}{', sabotaged' if sabotage else ''}", flush=True)
    started_at = monotonic()
    own = site.copy(drill)
    environment = {
        **own.environment,
        "SABOTAGE": "1" if sabotage else "0",
        "DRILL_OWN_CLUSTER": str(int(own_cluster())),
    }
    try:
        command = [sys.executable, "-m", f"tools.drills.{drill}"]
        status = end_of(subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL))
        if status not in (KEPT, BROKEN):
            tell_logs(own.folder)
    finally:
        own.remove()
    ended = {KEPT: "kept its promise", BROKEN: "red"}.get(status, f"came to no end ({status})")
    print(f"{drill} on {DATABASES[database]}: {ended}; {minutes(monotonic() - started_at)}\n", flush=True)
    return status


def own_cluster() -> str:
    """ "1" where the PostgreSQL server is ours to kill."""
    return "0" if os.environ.get("TEST_DATABASE_URL") else "1"


def end_of(program: "subprocess.Popen[bytes]") -> int:
    """Its exit status; it is told to end when we are."""
    try:
        return program.wait()
    finally:
        if program.poll() is None:
            program.terminate()
            program.wait()


def tell_logs(folder: Path) -> None:
    """The last words of what a drill drove, when it did not come to its end."""
    for log in sorted(folder.glob("*.log")):
        print(f"    {log.name}: {log.read_text(errors='replace')[-2000:]}", flush=True)


def last_words(statuses: Sequence[int], *, sabotage: bool) -> tuple[str, int]:
    """The line everything ends with, and the exit status. A drill that failed to run is neither green nor red."""
    if sabotage:
        red = sum(status == BROKEN for status in statuses)
        return f"{red} of {len(statuses)} sabotaged drills went red", 1
    kept = sum(status == KEPT for status in statuses)
    return f"{kept} of {len(statuses)} drills kept their promise", 0 if kept == len(statuses) else 1


if __name__ == "__main__":
    main()
