"""The site as a host would run it: production settings, gunicorn as we set it up, and a visitor from outside."""

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

from tools import migrated
from tools.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
HOST = "learning.example.org"
KEY = "k3y-" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP!"


@cache
def _collected() -> Path:
    """The static files as a host collects them, once for all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="lt-collected-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    site = ProductionSite(folder, f"sqlite:///{folder}/none.sqlite3")
    done = site.manage("collectstatic", "--noinput", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return folder / "static"


class ProductionSite:
    """`folder` is its VAR_DIR; further variables of the environment as keywords."""

    def __init__(self, folder: Path, database_url: str, **variables: str) -> None:
        self.folder, self.port = folder, free_port()
        self.log = folder.parent / f"{folder.name}.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "SECRET_KEY": KEY,
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "TRUSTED_PROXY_COUNT": "1",
            "CONTACT_EMAIL": f"safeguarding@{HOST}",
            "CONTROLLER": "Larchmere Partnership",
            "BIND": f"127.0.0.1:{self.port}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "PYTHONUNBUFFERED": "1",
            **variables,
        }
        folder.mkdir(parents=True, exist_ok=True)

    def manage(self, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """manage.py in this site's environment."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | variables,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def python(self, program: str) -> str:
        """What a few lines print in this site's environment."""
        done = self.manage("shell", "--no-imports", "-c", program)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def prepare(self) -> None:
        """Tables and static files."""
        self.migrate()
        self.prepare_static()

    def prepare_static(self) -> None:
        """Static files, as collected once for all."""
        shutil.copytree(_collected(), self.folder / "static", dirs_exist_ok=True)

    def migrate(self) -> None:
        """Tables only, which is all that commands need."""
        url = self.environment["DATABASE_URL"].partition("?")[0]
        if not (migrated.read_in(url) if url.startswith("postgres") else migrated.copied(url)):
            done = self.manage("migrate", "--verbosity", "0")
            assert done.returncode == 0, done.stderr

    @contextmanager
    def running(self) -> Iterator["ProductionSite"]:
        """Its web server, until the block ends; everything it says is in `log`."""
        command = [sys.executable, "-m", "gunicorn", "--config", "site/config/web_server.py", "--no-control-socket"]
        with self.log.open("ab") as said:
            server = subprocess.Popen(
                [*command, "config.wsgi"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        try:
            self._wait(server)
            yield self
        finally:
            server.terminate()
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()

    def _wait(self, server: "subprocess.Popen[bytes]") -> None:
        until = monotonic() + 60
        while monotonic() < until and server.poll() is None:
            try:
                if Visitor(self).get("/healthz").status == 200:
                    return
            except OSError:
                sleep(0.1)
        raise RuntimeError(self.log.read_text()[-3000:])

    def lines(self) -> list[dict[str, Any]]:
        """Every line it logged, read as JSON; a line that is none fails."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass
class Visitor:
    """A browser behind the host's proxy: it keeps cookies and sends the token of the last form it saw."""

    site: ProductionSite
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """The fields with the token last seen, if `fields` brings none of its own."""
        whole = {"csrfmiddlewaretoken": self.token, **fields}
        return self._ask("POST", path, urlencode(whole), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        sent = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        sent |= {"Referer": f"https://{HOST}/", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        reply = connection.getresponse()
        answer = Answer(reply.status, dict(reply.getheaders()), reply.read())
        for name, value in reply.getheaders():
            if name == "Set-Cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        connection.close()
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text):
            self.token = found[1]
        return answer
