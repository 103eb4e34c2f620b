"""How many commits a second a database takes from so many writers at once, and how long one of them waits.

`python site/tools/bootstrap.py --dev writers` measures SQLite as production sets it up and a throw-away PostgreSQL with
fsync on, in one temporary folder each, and prints a line for each number of writers. SECONDS=5 for each.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from time import monotonic

from tools.postgres import postgres
from tools.steps import ROOT, end_on_signals

SECONDS = float(os.environ.get("SECONDS") or 5)
WRITERS = (1, 5, 20)


def main() -> None:
    """Measure both, or write as one of the writers if told so."""
    if len(sys.argv) > 1 and sys.argv[1] == "one":
        write()
        return
    end_on_signals()
    print(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; one row, one commit, one at a time for each writer"
    )
    with tempfile.TemporaryDirectory(prefix="lt-writers-") as folder:
        measure("SQLite", f"sqlite:///{folder}/site.sqlite3", folder)
        with postgres(durable=True) as url:
            measure("PostgreSQL", url, folder)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def measure(name: str, url: str, folder: str) -> None:
    """A line for each number of writers."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "DATABASE_URL": url,
        "VAR_DIR": folder,
        "SECRET_KEY": "measuring-only-" + "x" * 50,
        "ALLOWED_HOSTS": "measuring.invalid",
        "SITE_URL": "https://measuring.invalid",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }
    # One table is enough to write to: the one that holds the shared cache.
    subprocess.run([sys.executable, "manage.py", "createcachetable"], cwd=ROOT, env=environment, check=True)
    for count in WRITERS:
        waits, failed = together(count, environment)
        worst, cut = max(waits), statistics.quantiles(waits, n=100)
        print(
            f"{name:<12}{count:>3} writers {len(waits) / SECONDS:>7.0f} commits/s   median {cut[49]:>7.1f} ms   "
            f"p95 {cut[94]:>7.1f} ms   worst {worst:>8.1f} ms   {failed} failed",
            flush=True,
        )


def together(count: int, environment: dict[str, str]) -> tuple[list[float], int]:
    """Milliseconds of each commit of all writers, and how many writes failed. They begin when all are ready."""
    command = [sys.executable, "-m", "tools.writers", "one"]
    writers = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate()[0].split() for writer in writers]
    return [float(one) for words in said for one in words if one != "failed"], sum(w.count("failed") for w in said)


def write() -> None:
    """Say that the connection is open, wait for the word, then commit one row after the other."""
    import django

    django.setup()
    from django.db import Error, connection, transaction
    from django.utils import timezone

    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    took, until, row = [], monotonic() + SECONDS, 0
    while monotonic() < until:
        started_at, row = monotonic(), row + 1
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                values = (f"{os.getpid()}-{monotonic()}-{row}", "x" * 500, str(timezone.now()))
                cursor.execute("INSERT INTO shared_cache (cache_key, value, expires) VALUES (%s, %s, %s)", values)
            took.append(f"{(monotonic() - started_at) * 1000:.2f}")
        except Error:
            took.append("failed")
    print(" ".join(took))


if __name__ == "__main__":
    main()
