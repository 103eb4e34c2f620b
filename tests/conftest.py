"""What every test may use: which database this is, and the site as a running process."""

import gc
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from hypothesis import settings as drawn
from toolkit.frozen import remove_triggers
from tools import migrated

from tests.tools.running_site import RunningSite

ON_DATABASE = "--only-with-database"  # what asks no database is the same on every one

drawn.register_profile("house", deadline=None)  # how fast a machine is, is no property of the code
drawn.load_profile("house")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A request to a Welsh page leaves its thread in Welsh; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def signed_in_with_a_second_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """`client.force_login` is a whole sign-in, second step included, unless a test says `second_step=False`."""
    really = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None, *, second_step: bool = True) -> None:
        really(self, user, backend)
        if second_step:
            session = self.session
            session.update(
                {
                    "account_authentication_methods": [{"method": "mfa", "type": "totp"}],
                    "account_authentication_methods_user": str(user.pk),
                    "sign_in_listed_at": timezone.now().timestamp(),
                }
            )
            session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a test made pages from is gone after it, without anybody saying that the content changed."""
    caches["memory"].clear()


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
    settings = connection.settings_dict
    place = f"at {settings['HOST']}:{settings['PORT']}" if settings["HOST"] else "in a temporary file"
    return f"database: {connection.vendor} {place}"


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> Iterator[bool]:
    """Begin with a copy of the migrated database where there is one (tools/migrated.py); it is kept till the end."""
    name, server = connection.settings_dict["TEST"]["NAME"], os.environ.get("DATABASE_URL", "")
    url = f"{server.rpartition('/')[0]}/{name}" if server.startswith("postgres") else f"sqlite:///{name}"
    is_copy = migrated.copied(url, server=server)
    yield is_copy or request.config.getvalue("reuse_db")
    if is_copy and connection.vendor == "postgresql":
        migrated.drop(url, server=server)


@pytest.fixture(scope="session")
def site_database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database for a running site, of the kind this test run is about, empty or migrated; removed afterwards."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'site.sqlite3'}"
        migrated.copied(url)
        yield url
        return
    url = f"{server.rpartition('/')[0]}/site_{uuid.uuid4().hex}"
    if not migrated.copied(url, server=server):
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{url.rpartition("/")[2]}"')
    yield url
    migrated.drop(url, server=server)


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory, site_database_url: str) -> Iterator[RunningSite]:
    """The site with its content and sample people, started once for all tests that walk through it."""
    var: Path = tmp_path_factory.mktemp("var")
    site = RunningSite(var, site_database_url)
    site.start()
    yield site
    site.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the access matrix tried (tests/access), added up over all who tried."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    told = [value.split() for one in reports for name, value in one.user_properties if name == "access"]
    if told:
        cells, wrong = (sum(int(row[place]) for row in told) for place in (1, 2))
        terminalreporter.write_line(f"access matrix: {len(told)} people, {cells:,} cells, {wrong} wrong or leaking")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(ON_DATABASE, action="store_true", help="leave out the tests that ask no database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whole programs are tested first: they take longest, and nobody then waits for one of them at the end."""
    if config.getoption(ON_DATABASE):
        pure = [item for item in items if not _asks_the_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if _asks_the_database(item)]
    items.sort(key=lambda item: "tests/tools/" not in item.nodeid)


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    asked = {"db", "transactional_db", "site_database_url", "running_site"} & fixtures
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported to collect the tests stays: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
