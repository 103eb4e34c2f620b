"""`make lighthouse`: Lighthouse's marks for a phone on home, a lesson, a film and a briefing; the median of five.

Needs node and npm, and a Chromium. Lighthouse itself comes from npm, once, into var/lighthouse. From the environment:
RUNS (5), VAR_DIR (var/), CHROMIUM. A table is printed, and everything written to var/lighthouse/lighthouse.json.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tools.bootstrap import RefusalError
from tools.drills.databases import Site
from tools.drills.programs import started
from tools.steps import ROOT, end_on_signals, find_program, python, step
from tools.test import browser

VERSION = "12.2.3"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
TIMES = {"LCP s": "largest-contentful-paint", "CLS": "cumulative-layout-shift", "TBT ms": "total-blocking-time"}
FIRST_ANSWER_SECONDS = 60.0
TRIES = 3


@dataclass(frozen=True)
class Measured:
    """A page to be marked, and the sample person who looks at it, if it is not public."""

    name: str
    path: str
    who: str = ""


PAGES = [
    Measured("home", "/"),
    Measured("lesson", "/foundation/why-another-way/two-accounts/", "amina"),
    Measured("film", "/films/why-did-it-make-sense/"),
    Measured("briefing", "/briefings/systems-approach/"),
]


def main() -> None:
    """Mark every page; what is missing is said in one sentence with exit status 1."""
    end_on_signals()
    runs = int(os.environ.get("RUNS") or 5)
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "lighthouse"
    try:
        program = installed(folder)
        before = os.getloadavg()[0]
        with running_site() as address:
            rows = {page.name: marks(program, address, page, runs) for page in PAGES}
    except RefusalError as refusal:
        sys.exit(str(refusal))
    load = {"before": round(before, 1), "after": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    report = {"lighthouse": VERSION, "runs": runs, "load": load, "pages": rows}
    (folder / "lighthouse.json").write_text(json.dumps(report, indent=2) + "\n")
    print(table(rows))
    print(f"median of {runs}; load {load['before']} before and {load['after']} after, {load['cores']} cores")


def installed(folder: Path) -> list[str]:
    """The command that starts Lighthouse, fetched from npm if it is not there. Raises RefusalError."""
    node, npm = find_program(["node"]), find_program(["npm"])
    missing = [name for name, found in (("nodejs", node), ("npm", npm), ("chromium", browser())) if not found]
    if missing:
        raise RefusalError(f"Lighthouse needs what is not here: install {' '.join(missing)}.")
    program = folder / "node_modules/lighthouse/cli/index.js"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(npm), "install", "--no-audit", "--no-fund", "--prefix", str(folder), f"lighthouse@{VERSION}"]
        with step("lighthouse"):
            if subprocess.call(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) != 0:
                raise RefusalError("Lighthouse could not be fetched from npm; its words are above.")
    return [str(node), str(program)]


@contextmanager
def running_site() -> Iterator[str]:
    """The site with its sample people, style and script collected, on a free port; its address."""
    with (
        tempfile.TemporaryDirectory(prefix="lt-lighthouse-") as scratch,
        socket.create_server(("127.0.0.1", 0)) as port,
    ):
        site = Site(Path(scratch) / "site")
        with step("site prepared"):
            site.prepare()
        environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "tools.lighthouse_settings"}
        with step("static files"):
            collect = python("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
            subprocess.run(collect, cwd=ROOT, env=environment, check=True, stdin=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port.getsockname()[1]}"
        with started(gunicorn(port), site.folder / "server.log", environment, pass_fds=[port.fileno()]):
            wait_for(address)
            yield address


def gunicorn(port: socket.socket) -> list[str]:
    """The web server of `make run`, without its runner."""
    options = f"--bind fd://{port.fileno()} --workers 2 --threads 4 --worker-class gthread --log-level warning"
    places = ["--pythonpath", str(ROOT / "site"), "--chdir", str(ROOT)]
    return python("-m", "gunicorn", *options.split(), "--no-control-socket", *places, "config.wsgi")


def wait_for(address: str) -> None:
    """Return when the site answers. Raises RefusalError if it does not."""
    until = monotonic() + FIRST_ANSWER_SECONDS
    while monotonic() < until:
        try:
            build_opener().open(address, timeout=5).close()
        except URLError:
            sleep(0.1)
        else:
            return
    raise RefusalError("The site to be marked gave no answer.")


def marks(program: list[str], address: str, page: Measured, runs: int) -> dict[str, float]:
    """The median of every mark, as Lighthouse gives it: categories 0 to 100, LCP in seconds, TBT in milliseconds."""
    with step(page.name):
        found = [patiently(program, address, page) for _run in range(runs)]
    return {name: round(statistics.median(one[name] for one in found), 3) for name in found[0]}


def patiently(program: list[str], address: str, page: Measured) -> dict[str, float]:
    """One look that succeeded: a browser on a busy machine now and then loses its own trace. Raises RefusalError."""
    for _failure in range(TRIES - 1):
        with suppress(RefusalError):
            return once(program, address, page)
    return once(program, address, page)


def once(program: list[str], address: str, page: Measured) -> dict[str, float]:
    """One look. Raises RefusalError if Lighthouse fails or ends on another page."""
    chrome = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    command = [*program, f"{address}{page.path}", "--quiet", chrome, "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    if page.who:
        command.append("--extra-headers=" + json.dumps({"Cookie": cookie(address, page.who)}))
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": str(browser())}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RefusalError(f"Lighthouse failed on {page.path}: {done.stderr[-500:].strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    if not report["finalDisplayedUrl"].endswith(page.path):
        raise RefusalError(f"{page.path} leads to {report['finalDisplayedUrl']}, so it was not marked.")
    scores = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    audits = {name: report["audits"][audit]["numericValue"] for name, audit in TIMES.items()}
    return {**scores, **audits, "LCP s": audits["LCP s"] / 1000}


class _Stay(HTTPRedirectHandler):
    """Keeps the answer that sets the cookie, instead of the page it leads to."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def cookie(address: str, who: str) -> str:
    """The session of a sample person, as a Cookie header."""
    try:
        build_opener(_Stay).open(Request(f"{address}/try/{who}/"))  # noqa: S310
    except HTTPError as redirected:
        cookies = redirected.headers.get_all("Set-Cookie") or []
        return "; ".join(one.partition(";")[0] for one in cookies)
    raise RefusalError(f"/try/{who}/ signed nobody in.")


def table(rows: Mapping[str, Mapping[str, float]]) -> str:
    """The marks as a table of Markdown."""
    names = [*CATEGORIES, *TIMES]
    lines = [f"\n| page | {' | '.join(names)} |", "|:---|" + "---:|" * len(names)]
    lines += [f"| {page} | " + " | ".join(f"{row[name]:g}" for name in names) + " |" for page, row in rows.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
