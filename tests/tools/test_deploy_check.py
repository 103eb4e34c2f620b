"""`make deploy-check` says one line for each thing and ends in failure if one of them is wrong."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.mail_catcher import MailCatcher, catching
from tools.postgres import free_port

from tests.config.production import ROOT, ProductionSite
from tests.config.tls_front import tls_front

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def mail() -> Iterator[MailCatcher]:
    with catching() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mail: MailCatcher) -> ProductionSite:
    folder = tmp_path_factory.mktemp("host") / "var"
    made = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3", EMAIL_URL=f"smtp://127.0.0.1:{mail.port}")
    made.prepare()
    return made


def check(site: ProductionSite, **variables: str) -> tuple[int, dict[str, str], str]:
    """The exit status, what was said of each thing, and everything that was printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.deploy_check"],
        cwd=ROOT,
        env=site.environment | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = {line[:24].strip(): line[24:] for line in done.stdout.splitlines() if line[24:].startswith(("ok", "WRONG"))}
    return done.returncode, said, done.stdout + done.stderr


def test_machine_that_has_everything_is_ready(site: ProductionSite) -> None:
    status, said, words = check(site)

    assert (status, words.splitlines()[-1]) == (0, "Ready."), words
    assert {name: line.split()[0] for name, line in said.items()} == dict.fromkeys(
        [
            "settings", "database", "migrations", "cache", "public files", "private files",
            "private stays private", "static files", "disk", "mail server",
        ],
        "ok",
    )  # fmt: skip
    assert list(site.folder.rglob("*probe*")) == []


@pytest.mark.parametrize(
    ("variables", "name", "words"),
    [
        ({"DJANGO_SETTINGS_MODULE": "config.settings.dev"}, "settings", "These are development settings"),
        ({"SECRET_KEY": "short-canary"}, "settings", "SECRET_KEY must be a random text of 50 characters or more"),
        ({"CONTROLLER": "", "CONTACT_EMAIL": ""}, "settings", "CONTACT_EMAIL and CONTROLLER must name who answers"),
        ({"ALLOWED_HOSTS": "*"}, "settings", "ALLOWED_HOSTS must name the site's hosts"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all"}, "database", "look at DATABASE_URL"),
        ({"DATABASE_URL": "postgres://u:canary@127.0.0.1:1/x"}, "database", "look at DATABASE_URL"),
        ({"REDIS_URL": "redis://:canary@127.0.0.1:1/0"}, "cache", "It cannot be used (ConnectionError)."),
        ({"DISK_FREE_MB": "999999999"}, "disk", "DISK_FREE_MB asks for 999999999"),
        ({"EMAIL_URL": "smtp://u:canary@127.0.0.1:1"}, "mail server", "look at EMAIL_URL"),
        ({"ASK": "1", "SITE_URL": "https://127.0.0.1:1"}, "from outside", "does not answer"),
    ],
)
def test_what_is_wrong_is_named_in_a_sentence_without_a_secret(
    site: ProductionSite, variables: dict[str, str], name: str, words: str
) -> None:
    status, said, everything = check(site, **variables)

    assert status == 1
    assert said[name].startswith("WRONG")
    assert words in said[name]
    assert "canary" not in everything
    assert "Traceback" not in everything


@pytest.mark.parametrize("dropped", ["", "Content-Security-Policy"])
def test_headers_are_looked_for_from_outside_through_a_proxy_that_speaks_tls(
    site: ProductionSite, tmp_path: Path, dropped: str
) -> None:
    port = free_port()
    outside = {"SITE_URL": f"https://localhost:{port}", "ALLOWED_HOSTS": "localhost,learning.example.org"}
    served = ProductionSite(site.folder, site.environment["DATABASE_URL"], **outside)

    with served.running(), tls_front(tmp_path, port, to=served.port, dropping=dropped) as trusted:
        status, said, words = check(
            served, ASK="1", SSL_CERT_FILE=str(trusted), EMAIL_URL=site.environment["EMAIL_URL"]
        )

    if dropped:
        assert (status, said["from outside"]) == (1, f"WRONG   These headers do not arrive: {dropped}.")
    else:
        assert (status, said["from outside"]) == (0, f"ok      https://localhost:{port}"), words


def test_empty_machine_is_told_what_to_run(site: ProductionSite, tmp_path: Path) -> None:
    status, said, _words = check(site, VAR_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")

    assert status == 1
    assert "run manage.py migrate" in said["migrations"]
    assert "run manage.py collectstatic --noinput" in said["static files"]


def test_private_files_that_others_may_read_are_noticed(site: ProductionSite, tmp_path: Path) -> None:
    open_settings = tmp_path / "open_settings.py"
    open_settings.write_text(
        "from config.settings.base import *\n"
        "STORAGES = {**STORAGES, 'private': {**STORAGES['private'], 'OPTIONS': "
        "{**STORAGES['private']['OPTIONS'], 'file_permissions_mode': 0o644}}}\n"
    )
    path = f"{site.environment['PYTHONPATH']}:{tmp_path}"

    status, said, _words = check(site, DJANGO_SETTINGS_MODULE="open_settings", PYTHONPATH=path)

    assert status == 1
    assert said["private stays private"] == "WRONG   Other users of this machine can read private files."
