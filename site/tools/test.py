"""`make test`: all of it. Lint, types, the tests on SQLite and on PostgreSQL, and in the browser on both.

From the environment: TEST_DATABASE_URL (a PostgreSQL server to use), CHROMIUM (a browser to use), COVERAGE=1 (which
lines and branches the SQLite tests reach), CI (install what is missing).
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree

from tools.bootstrap import RefusalError, apt_install
from tools.check import examine, sqlite_environment
from tools.migrated import VARIABLE, migrating_postgres, migrating_sqlite
from tools.postgres import postgres, server_binaries
from tools.steps import Passing, end_on_signals, find_program, in_ci, minutes, passes, python

# The same engine without windows: the tests cost a third less in it. Pictures and measurements want the whole browser.
SHELL = "chromium-headless-shell"
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
REDIS = "redis-server"
IN_BROWSER = ["tests/journeys", "tests/hostile", "-m"]  # where those stories are, so that nothing else is read
COVERAGE = ["--cov", "--cov-branch", "--cov-report=term"]


def main() -> None:
    """Run everything, even after something failed, then say how much ran where; exit 1 if anything failed."""
    end_on_signals()
    started_at = monotonic()
    try:
        ensure_programs()
        with ExitStack() as stack:
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="lt-tests-"))
            environment = sqlite_environment(scratch) | {"CHROMIUM": str(browser_for_tests())}
            database_url = stack.enter_context(postgres())
            on_sqlite = stack.enter_context(migrating_sqlite(scratch, environment))
            on_postgres = stack.enter_context(migrating_postgres(database_url, environment))
            good = examine(environment)
            good = all([on_sqlite.ended_well(), on_postgres.ended_well(), good])
            environment |= {VARIABLE: f"{on_sqlite.url} {on_postgres.url}"}
            places = {
                "SQLite": environment,
                "PostgreSQL": environment | {"DATABASE_URL": database_url},
            }
            counts, tests_good = run_suites(places, Path(scratch))
    except RefusalError as refusal:
        sys.exit(str(refusal))
    sys.exit(0 if told(counts, good and tests_good, minutes(monotonic() - started_at)) else 1)


def told(counts: Mapping[str, int], good: bool, took: str) -> bool:
    """Print the last lines and answer whether the whole may count as passed: in CI, no kind of test may be missing."""
    empty = [name for name, count in counts.items() if count == 0]
    if empty and in_ci():
        print(f"No test ran {', nor '.join(empty)}: that is a failure here.")
        good = False
    print("All of it passed." if good else "Something failed, see above.")
    print(f"tests: {', '.join(f'{count} {name}' for name, count in counts.items())}; {took}")
    return good


def browser() -> Path | None:
    """The Chromium on this machine, or the one named in CHROMIUM."""
    return named_browser() or find_program(BROWSERS)


def browser_for_tests() -> Path | None:
    """The same, without windows where there is one like that."""
    return named_browser() or find_program([SHELL, *BROWSERS])


def named_browser() -> Path | None:
    named = os.environ.get("CHROMIUM")
    return Path(named) if named else None


def missing_packages() -> list[str]:
    """Debian's packages for what the tests need and this machine has not."""
    here = {
        "postgresql": os.environ.get("TEST_DATABASE_URL") or server_binaries(),
        "chromium": browser_for_tests(),
        REDIS: not in_ci() or find_program([REDIS]),  # elsewhere its test is left out, and says so
    }
    return [package for package, found in here.items() if not found]


def ensure_programs() -> None:
    """Install the missing programs in CI; elsewhere raise RefusalError with one sentence naming their packages."""
    missing = missing_packages()
    if in_ci():
        better = [] if find_program([SHELL]) else [SHELL]
        # Where it cannot be had, the tests in the browser take longer; the others must not suffer for it.
        if [*missing, *better] and not apt_install(*missing, *better):
            for some in filter(None, (missing, better)):
                apt_install(*some)
        missing = missing_packages()
    if missing:
        packages = " ".join(missing)
        raise RefusalError(f"The tests need what is not here: install {packages} (Debian: apt-get install {packages}).")


def run_suites(places: Mapping[str, Mapping[str, str]], scratch: Path) -> tuple[dict[str, int], bool]:
    """Run the tests four ways; how many ran each way, and whether all passed. `places` are environments by database.

    The tests of these commands bring databases of their own, so they run once; so do those marked `thorough`, and
    those that ask no database.
    Without a browser a run keeps both cores busy; one in a browser keeps one, so two of them run beside each other.
    From invitation to certificate, and no answer lost, is told on both databases; what looks at pages on SQLite, and
    the stories that are the same on every database on PostgreSQL.
    """
    coverage = COVERAGE if os.environ.get("COVERAGE") == "1" else []
    quick = ["-n", "2", "--maxschedchunk", "1", "-m", "not browser"]
    again = ["not browser and not thorough", "--ignore=tests/tools", "--only-with-database"]
    stories = {"SQLite": [*IN_BROWSER, "browser and not once"], "PostgreSQL": [*IN_BROWSER, "browser and not looks"]}
    suites = {
        "on SQLite": (places["SQLite"], [*quick, *coverage]),
        "on PostgreSQL": (places["PostgreSQL"], [*quick[:-1], *again]),
        **{f"in the browser on {name}": (places[name], options) for name, options in stories.items()},
    }
    reports = {name: scratch / f"{name.replace(' ', '-')}.xml" for name in suites}
    passed, beside = {}, {}
    for name, (where, options) in suites.items():
        command = python("-m", "pytest", *options, f"--junitxml={reports[name]}")
        if options in stories.values():
            beside[name] = Passing(f"tests {name}", command, environment=where, said=reports[name].with_suffix(".txt"))
        else:
            passed[name] = passes(f"tests {name}", command, environment=where)
    try:
        passed |= {name: running.passed() for name, running in beside.items()}
    finally:
        for running in beside.values():
            running.end()
    counts = {name: tests_run(report) for name, report in reports.items()}
    fine = [passed[name] or (not counts[name] and not in_ci() and nothing_collected(reports[name])) for name in suites]
    return counts, all(fine)


def tests_run(report: Path) -> int:
    """How many tests a report says were run; skipped ones were not."""
    if not report.exists():
        return 0
    suites = ElementTree.parse(report).iter("testsuite")  # noqa: S314
    return sum(int(suite.get("tests", 0)) - int(suite.get("skipped", 0)) for suite in suites)


def nothing_collected(report: Path) -> bool:
    """Whether pytest ended well but found no test at all, as before the first browser test is written."""
    if not report.exists():
        return False
    suites = list(ElementTree.parse(report).iter("testsuite"))  # noqa: S314
    return all(suite.get(kind, "0") == "0" for suite in suites for kind in ("tests", "errors", "failures"))


if __name__ == "__main__":
    main()
