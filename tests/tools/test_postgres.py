"""The throw-away PostgreSQL server: it works, two may run at once, and nothing stays behind."""

import subprocess
from pathlib import Path

import psycopg
import pytest
from tools.bootstrap import RefusalError
from tools.postgres import postgres, server_binaries, throwaway_cluster

pytestmark = pytest.mark.thorough

needs_server = pytest.mark.skipif(server_binaries() is None, reason="no PostgreSQL server is installed")


@needs_server
def test_two_clusters_at_once_are_apart_and_leave_nothing_behind() -> None:
    with throwaway_cluster() as one, throwaway_cluster() as other:
        assert one != other
        folders = {data_folder(one), data_folder(other)}
        assert all(folder.exists() for folder in folders)

    assert len(folders) == 2
    assert not any(folder.parent.exists() for folder in folders)
    assert not any(str(folder) in running_programs() for folder in folders)


@needs_server
def test_cluster_is_removed_when_the_work_in_it_fails() -> None:
    with pytest.raises(ZeroDivisionError), throwaway_cluster() as url:
        folder = data_folder(url)
        _ = 1 / 0

    assert not folder.parent.exists()


@needs_server
@pytest.mark.parametrize(("durable", "fsync"), [(False, "off"), (True, "on")])
def test_durable_cluster_waits_for_the_disk(durable: bool, fsync: str) -> None:
    with throwaway_cluster(durable=durable) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == (fsync,)
        assert connection.execute("SELECT upper('ŵŷ')").fetchone() == ("ŴŶ",)


def test_server_named_in_the_environment_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://somebody@db.example/tests")

    with postgres() as url:
        assert url == "postgres://somebody@db.example/tests"


def test_no_server_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.postgres.server_binaries", lambda: None)

    with pytest.raises(RefusalError, match="install the package postgresql, or set TEST_DATABASE_URL"):
        throwaway_cluster().__enter__()


def data_folder(url: str) -> Path:
    """Where the server keeps its data."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return Path(row[0])


def running_programs() -> str:
    """Every command line on this machine."""
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
