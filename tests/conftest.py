"""What every test may use: which database this is, and the site as a running process."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.utils import translation

from tests.tools.running_site import RunningSite


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A request to a Welsh page leaves its thread in Welsh; the next test begins in English."""
    with translation.override("en"):
        yield


def pytest_report_header(config: pytest.Config) -> str:
    """Name the database in the first lines of a run."""
    from django.db import connection

    settings = connection.settings_dict
    place = f"at {settings['HOST']}:{settings['PORT']}" if settings["HOST"] else "in a temporary file"
    return f"database: {connection.vendor} {place}"


@pytest.fixture(scope="session")
def site_database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database for a running site, of the kind this test run is about; removed afterwards."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'site.sqlite3'}"
        return
    name = f"site_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory, site_database_url: str) -> Iterator[RunningSite]:
    """The site with its content and sample people, started once for all tests that walk through it."""
    var: Path = tmp_path_factory.mktemp("var")
    site = RunningSite(var, site_database_url)
    site.start()
    yield site
    site.stop()
