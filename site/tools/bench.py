"""`make bench`: what each kind of page costs, on SQLite and on PostgreSQL; a table, and var/bench/bench.json.

Cost is CPU time of the server's process, beside a bare signed-in Django view on the same server in the same run. From
the environment: ROUNDS (7), REQUESTS a round (20), VAR_DIR (var/), TEST_DATABASE_URL. Words after the command choose
the databases: `python site/tools/bootstrap.py --dev bench sqlite`. How to read it: docs/benchmarks.md.
"""

import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from tools.bench_measure import Ask, Client, Meter, Page, measure, pages, requests_of
from tools.bootstrap import RefusalError
from tools.drills.databases import Site
from tools.drills.programs import started
from tools.postgres import postgres
from tools.steps import ROOT, end_on_signals, minutes, python, step

DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tools.bench_settings"}
FIRST_ANSWER_SECONDS = 60.0


def main() -> None:
    """Measure on the chosen databases, print the tables and write the JSON; a refusal is one sentence."""
    end_on_signals()
    started_at = monotonic()
    words = sys.argv[1:]
    rounds, requests = int(os.environ.get("ROUNDS") or 7), int(os.environ.get("REQUESTS") or 20)
    report = {**about(), "rounds": rounds, "load_before": load(), "databases": {}}
    try:
        for database in [name for name in DATABASES if name in words] or list(DATABASES):
            with prepared(database) as site:
                report["databases"][database] = found = measured(site, rounds=rounds, requests=requests)
                print(table(found), flush=True)
                found["search"] = searched(site)
                found["lists"] = listed(site)
                found["reports"] = reported(site)
                found["boards"] = boards(site)
    except RefusalError as refusal:
        sys.exit(str(refusal))
    report["load_after"] = load()
    file = write(report)
    print(f"bench: {minutes(monotonic() - started_at)}, in full in {file}")
    print(f"load average {report['load_before'][0]} before and {report['load_after'][0]} after, {os.cpu_count()} cores")


def about() -> dict[str, Any]:
    """What the figures belong to."""
    import django
    import wagtail

    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "processor": processor(), "cores": os.cpu_count()},
        "versions": {
            "python": platform.python_version(),
            "django": django.get_version(),
            "wagtail": wagtail.__version__,
        },
    }


def processor() -> str:
    """The processor's name as Linux gives it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def load() -> list[float]:
    """Programs wanting to run, over the last 1, 5 and 15 minutes."""
    return [round(number, 1) for number in os.getloadavg()]


@contextmanager
def prepared(database: str) -> Iterator[Site]:
    """A filled site on this kind of database, removed with everything at the end. PostgreSQL keeps fsync on."""
    with tempfile.TemporaryDirectory(prefix="lt-bench-") as scratch:
        folder = Path(scratch) / "site"
        if database == "sqlite":
            yield filled(Site(folder), database)
            return
        with postgres(durable=True) as server:
            site = Site(folder, server, f"bench_{uuid4().hex[:8]}")
            try:
                yield filled(site, database)
            finally:
                site.remove()


def filled(site: Site, database: str) -> Site:
    """The site, with its content and sample people."""
    with step(f"{DATABASES[database]} prepared"):
        site.prepare()
    return site


def measured(site: Site, *, rounds: int, requests: int) -> dict[str, Any]:
    """Start the server on the site and measure every page."""
    environment = {**site.environment, **SETTINGS}
    hand_ins, awards = max(1, requests // 5), max(1, requests // 10)
    with step("people ready"):
        made = people(environment, requests_of(hand_ins, rounds), requests_of(awards, rounds))
    log = site.folder / "server.log"
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        started(gunicorn(listener), log, environment, pass_fds=[listener.fileno()]) as server,
    ):
        client = Client(listener.getsockname()[1])
        meter = Meter(worker(server, client, log), lambda: backends(site))
        bare = Page("bare", "bare signed-in view", repeat(Ask(made["amina"], "/bare/")), requests)
        rows_measured = pages(made, requests=requests, hand_ins=hand_ins, awards=awards)
        with step("measured"):
            rows = measure(client, meter, bare, rows_measured, rounds=rounds)
    return {"server": made["server"], "rows": rows}


def searched(site: Site) -> dict[str, Any]:
    """How long answers take over many documents."""
    return told(site, "search", "{documents} documents, {questions} questions: median {median_ms} ms, p95 {p95_ms} ms")


def listed(site: Site) -> dict[str, Any]:
    """How long a list of people takes from upload to taken in."""
    return told(site, "lists", "{lines} lines from upload to taken in: {whole_s} s, {memory_mb} MB")


def boards(site: Site) -> dict[str, Any]:
    """How long a trainer's board takes, and what it weighs."""
    return told(site, "boards", "")


def reported(site: Site) -> dict[str, Any]:
    """How long a trainer's reports take, on the screen and as files."""
    return told(site, "reports", "")


def told(site: Site, what: str, words: str) -> dict[str, Any]:
    """What tools.bench_<what> measured, told in a line. Raises RuntimeError with its words if it could not."""
    environment = {**site.environment, **SETTINGS}
    with step(what) as note:
        command = python("-m", f"tools.bench_{what}")
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"bench_{what} could not measure: {done.stderr[-2000:]}")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        note.text = words.format(**found) if words else json.dumps(found)
    return found


def people(environment: Mapping[str, str], hand_ins: int, awards: int) -> dict[str, Any]:
    """What tools.bench_people made ready. Raises RuntimeError with its words if it could not."""
    command = python("-m", "tools.bench_people", str(hand_ins), str(awards))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"The benchmark's people could not be made: {done.stderr[-2000:]}")
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


def gunicorn(listener: socket.socket) -> list[str]:
    """The web server of `make run`, with one process of one thread, so that all it does is one number."""
    options = f"--bind fd://{listener.fileno()} --workers 1 --threads 1 --worker-class gthread --keep-alive 75"
    quiet = "--log-level warning --graceful-timeout 2 --no-control-socket"
    places = ["--pythonpath", str(ROOT / "site"), "--chdir", str(ROOT)]
    return python("-m", "gunicorn", *options.split(), *quiet.split(), *places, "tools.bench_wsgi")


def worker(server: "subprocess.Popen[bytes]", client: Client, log: Path) -> int:
    """The number of the process that serves, once it does. Raises RuntimeError with the log's end if it ends."""
    until = monotonic() + FIRST_ANSWER_SECONDS
    while server.poll() is None and monotonic() < until:
        try:
            return int(client.send(Ask("", "/worker/")).body)
        except TimeoutError:
            sleep(0.1)
    raise RuntimeError(f"The server to be measured did not start: {log.read_text(errors='replace')[-2000:]}")


def backends(site: Site) -> list[int]:
    """PostgreSQL's processes that serve the site's database, if they are on this machine; none for SQLite."""
    if not site.server:
        return []
    import psycopg

    with psycopg.connect(site.server) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [site.name]).fetchall()
    return [pid for (pid,) in rows if comm(pid).startswith("postgres")]


def comm(process: int) -> str:
    """The name of a process of this machine, empty if there is none."""
    try:
        return Path(f"/proc/{process}/comm").read_text()
    except OSError:
        return ""


def table(found: Mapping[str, Any]) -> str:
    """The rows of one database as a table of Markdown."""
    heads = ["queries", "bytes", "gzipped", "CPU ms", "× bare", "least", "most", "database ms"]
    lines = [
        f"\n| {found['server']:<28} | " + " | ".join(heads) + " |",
        "|:---|" + "---:|" * len(heads),
        *(f"| {one['name']:<28} | " + " | ".join(cells(one, heads)) + " |" for one in found["rows"]),
    ]
    return "\n".join(lines) + "\n"


def cells(one: Mapping[str, Any], heads: Sequence[str]) -> list[str]:
    """The figures of one row, as wide as their headings."""
    ratio = one["ratio"]
    database = f"{one['database_cpu_ms']['median']:.2f}" if one["database_cpu_ms"]["max"] else "–"
    figures = [f"{one['queries']}", f"{one['bytes']:,}", f"{one['bytes_gzipped']:,}", f"{one['cpu_ms']['median']:.2f}"]
    figures += [f"{ratio['median']:.1f}", f"{ratio['min']:.1f}", f"{ratio['max']:.1f}", database]
    return [figure.rjust(len(head)) for figure, head in zip(figures, heads, strict=True)]


def write(report: Mapping[str, Any]) -> Path:
    """Everything measured, for programs to read."""
    file = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "bench" / "bench.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return file


if __name__ == "__main__":
    main()
