"""Connections to PostgreSQL: each thread keeps one (decision 76)."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from tools.postgres import postgres, server_binaries

from tests.config.production import ROOT, ProductionSite, Visitor

WORKERS, THREADS = 2, 4


def test_pool_is_locked_only_where_one_is_set() -> None:
    locked = "psycopg-pool==" in (ROOT / "requirements.txt").read_text()
    is_set = '"pool"' in (ROOT / "site/config/settings/base.py").read_text()

    assert (locked, is_set) == (False, False)


@pytest.mark.thorough
@pytest.mark.skipif(
    server_binaries() is None and not os.environ.get("TEST_DATABASE_URL"), reason="no PostgreSQL to connect to"
)
def test_every_thread_keeps_the_connection_it_opened(tmp_path: Path) -> None:
    with postgres() as url:
        site = ProductionSite(tmp_path / "var", url, WEB_WORKERS=str(WORKERS), WEB_THREADS=str(THREADS))
        with site.running(), psycopg.connect(url, autocommit=True) as watcher:
            statuses = ask_at_once(site)
            first = backends(watcher)
            statuses |= ask_at_once(site)
            second = backends(watcher)

    assert statuses == {503}  # there are no tables, as the database had to say each time
    assert 0 < len(first) <= len(second) <= WORKERS * THREADS
    assert first - second == set()


def ask_at_once(site: ProductionSite) -> set[int]:
    """How forty requests, sixteen at a time, that each ask the database were answered."""
    with ThreadPoolExecutor(16) as pool:
        return set(pool.map(lambda _: Visitor(site).get("/readyz?only=database").status, range(40)))


def backends(watcher: psycopg.Connection) -> set[int]:
    """The server's processes that serve this database, but for the one that is asked."""
    rows = watcher.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    ).fetchall()
    return {row[0] for row in rows}
