"""`make check`: lint, types and the quick tests that need no browser, on SQLite.

What to run before every commit.
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from time import monotonic

from tools.migrated import VARIABLE, migrating_sqlite
from tools.steps import end_on_signals, minutes, passes, python

QUICK = "not browser and not thorough and not lengthy"


def main() -> None:
    """Run every step, even after one failed, and exit 1 if any did."""
    end_on_signals()
    started_at = monotonic()
    with tempfile.TemporaryDirectory(prefix="lt-check-") as scratch:
        environment = sqlite_environment(scratch)
        with migrating_sqlite(scratch, environment) as migrating:
            good = examine(environment)
            good = migrating.ended_well() and good
        environment[VARIABLE] = migrating.url
        command = python("-m", "pytest", "-n", "2", "--maxschedchunk", "1", "-m", QUICK)
        good = passes("tests", command, environment=environment) and good
    print(f"check: {'good' if good else 'something failed, see above'}; {minutes(monotonic() - started_at)}")
    sys.exit(0 if good else 1)


def sqlite_environment(scratch: str) -> dict[str, str]:
    """The environment without any database named, and with everything temporary in one folder."""
    kept = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "VAR_DIR", "PORT", VARIABLE}
    }
    return kept | {"TMPDIR": scratch, "VAR_DIR": scratch}


def examine(environment: Mapping[str, str]) -> bool:
    """What can be said without running the tests: lint, layout, types, settings, migrations, safe versions."""
    settings = dict(environment) | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    steps = {
        "lint": python("-m", "ruff", "check", "--quiet"),
        "layout": python("-m", "ruff", "format", "--check", "--quiet"),
        "styles": python("-m", "tools.assets", "--check"),
        "types": python("-m", "mypy", "."),
        "settings": python("manage.py", "check"),
        "migrations": python("manage.py", "makemigrations", "--check", "--dry-run"),
        "safe versions": python("-m", "tools.safe_versions"),
    }
    results = [passes(name, command, environment=settings) for name, command in steps.items()]
    return all(results)


if __name__ == "__main__":
    main()
