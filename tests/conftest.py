"""What every test may use: which database this is, and the site as a running process."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.utils import translation
from toolkit.frozen import remove_triggers

from tests.tools.running_site import RunningSite


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A request to a Welsh page leaves its thread in Welsh; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def thaw_before_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with real transactions ends in a flush, which deletes rows in any order: what refuses that is lifted.

    The flush itself makes the triggers again (post_migrate).
    """
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    for app in apps.get_app_configs():
        remove_triggers(app, using="default")


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
