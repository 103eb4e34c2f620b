"""A browser, visitors in it, and the site's commands, for stories that walk through the running site."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.briefings.samples import standing_pages, standing_shelf
from tests.journeys.films import load_films, take_out_again
from tests.journeys.yet_closed import make_yet_closed
from tests.publishing.parcel import write_folder
from tests.tools.running_site import ROOT, RunningSite, clean_environment

QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
PATIENCE_MS = 30_000  # two busy processors are slow; what must be quick says so itself

expect.set_options(timeout=PATIENCE_MS)

Visitor = Callable[..., Page]
Manage = Callable[..., str]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, once for a module: it must be gone before other tests use the database."""
    program = os.environ.get("CHROMIUM") or which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, running_site: RunningSite) -> Iterator[Visitor]:
    """Call it for an empty page in a browser that was never here before; Playwright's context options may be given."""
    contexts = []

    def arrive(**options: Any) -> Page:
        context = chromium.new_context(**{"base_url": running_site.address, "locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shelves(manage: Manage, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Briefings in every state, a story and a report on the running site; standing pages if it has none of its own."""
    standing = {path: text for path, text in standing_pages().items() if not (ROOT / "content" / path).exists()}
    folder = write_folder(tmp_path_factory.mktemp("shelves"), {**standing_shelf(), **standing})
    manage("load_content", str(folder))
    take_back = "from briefings.models import BriefingPage; BriefingPage.objects.get(briefing__number=93).unpublish()"
    manage("shell", "-v0", "-c", take_back)


@pytest.fixture(scope="session")
def manage(running_site: RunningSite, site_database_url: str) -> Manage:
    """Call it with the words of a management command; it runs beside the site and returns what it printed."""

    def run(*words: str) -> str:
        environment = clean_environment(
            VAR_DIR=str(running_site.var), DATABASE_URL=site_database_url, SITE_URL=running_site.address
        )
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


@pytest.fixture(scope="session")
def yet_closed(manage: Manage) -> list[str]:
    """Of who handed in with their cohort the result, and of who waits for a module a lesson of it: their addresses."""
    return manage("shell", "-v0", "-c", make_yet_closed()).split()


@pytest.fixture(scope="module")
def course_film(manage: Manage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two films in the channel, one of them part of module 1 while a module's tests run; its address there."""
    yield load_films(manage, tmp_path_factory.mktemp("films"))
    take_out_again(manage)
