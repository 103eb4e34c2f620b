"""Redis and S3-style storage by settings, against real servers."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import boto3
import pytest
from redis import Redis
from tools.postgres import free_port
from tools.steps import in_ci

from tests.config.production import ProductionSite, Visitor
from tests.config.test_backup import AWARD
from tests.media.footage import mp4
from tests.pages import without_token

pytestmark = pytest.mark.thorough


def _started(command: list[str], answers: str, folder: Path) -> subprocess.Popen[bytes]:
    """A server, once it answers at this address; RuntimeError with its words if it does not."""
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    until = monotonic() + 60
    while monotonic() < until and server.poll() is None:
        try:
            urlopen(answers, timeout=2).close()
            return server
        except HTTPError:
            return server
        except (URLError, OSError, ValueError):
            sleep(0.2)
    server.kill()
    raise RuntimeError((folder / "server.log").read_text())


# -- Redis ------------------------------------------------------------------------------------------------------

PAGE = """
from tests.factories.briefings import briefing_page
print(briefing_page(1, title="As it was").url)
"""
CHANGE = """
from wagtail.models import Page
page = Page.objects.get(title="As it was").specific
page.title = "As it is"
page.save_revision().publish()
"""


def redis_program() -> str:
    """The server on this machine; without one the test is skipped, and under CI, where nobody reads that, it fails."""
    program = shutil.which("redis-server")
    if program is None and in_ci():
        pytest.fail("no redis-server is installed")
    return program or pytest.skip("no redis-server is installed")


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = redis_program()
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--requirepass", "canary", "--save", ""]
    server = subprocess.Popen([program, *options], cwd=folder, stdout=subprocess.DEVNULL)
    sleep(1)
    yield f"redis://:canary@127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


def test_where_there_is_no_redis_a_machine_fails_and_a_person_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="no redis-server is installed"):
        redis_program()

    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no redis-server is installed"):
        redis_program()


def test_with_redis_limits_count_and_no_process_shows_a_page_as_it_was(tmp_path: Path, redis_url: str) -> None:
    folder = tmp_path / "var"
    site = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3", REDIS_URL=redis_url, WEB_WORKERS="2")
    site.prepare()
    address = site.python(PAGE).splitlines()[-1].removeprefix("https://learning.example.org")
    with site.running():
        before = [Visitor(site).get(address).text for _ in range(20)]
        site.python(CHANGE)
        after = [Visitor(site).get(address).text for _ in range(20)]
        guesser = Visitor(site)
        guesser.get("/account/login/")
        wrong = {"login": "nobody@example.org", "password": "wrong"}
        tries = [guesser.post("/account/login/", wrong) for _ in range(12)]
    keys = [key.decode() for key in Redis.from_url(redis_url).scan_iter()]

    assert all("As it was" in text for text in before)
    assert [text for text in after if "As it was" in text or "As it is" not in text] == []
    said = [without_token(one.text) for one in tries]
    assert (said[0] == said[1], said[1] == said[-1]) == (True, False)  # in the end it is refused in other words
    assert [key for key in keys if "allauth" in key]


# -- S3 ---------------------------------------------------------------------------------------------------------

FILMS = """
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from toolkit.object_storage import chunks_of
private = storages["private"]
name = private.save("films/one.mp4", ContentFile(bytes(range(256)) * 1000))
again = private.save("films/one.mp4", ContentFile(b"other"))
print(name, again != name, b"".join(chunks_of(private, name, 1000, 100)) == (bytes(range(256)) * 1000)[1000:1100])
print(private.url(name).partition("?")[0])
print(private.url(name))
"""


CONTENT = mp4(tail=bytes(range(256)) * 400)
FILM = """
from tests.factories.films import film_file, film_page
from tests.media.footage import mp4
from tests.pages import without_token
print(film_page(film_file=film_file(mp4(tail=bytes(range(256)) * 400))).film_file.url)
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A real server that speaks S3 and checks signatures, with two empty buckets."""
    port, folder = free_port(), tmp_path_factory.mktemp("s3")
    url = f"http://127.0.0.1:{port}"
    server = _started([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], url, folder)
    client = boto3.client(
        "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    for name in ("public", "private"):
        client.create_bucket(Bucket=name)
    yield {
        "S3_ENDPOINT_URL": url,
        "S3_REGION": "us-east-1",
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
        "S3_BUCKET_PUBLIC": "public",
        "S3_BUCKET_PRIVATE": "private",
    }
    server.terminate()
    server.wait()


def _status(url: str) -> int:
    try:
        with urlopen(url, timeout=10) as reply:
            return int(reply.status)
    except HTTPError as error:
        return error.code


def test_with_object_storage_parts_of_films_travel_alone_and_nothing_is_written_over(
    tmp_path: Path, store: dict[str, str]
) -> None:
    folder = tmp_path / "var"
    site = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3", **store)
    site.migrate()

    first, plain, signed = site.python(FILMS).splitlines()

    assert first == "films/one.mp4 True True"
    assert (_status(signed), _status(plain)) == (200, 403)
    assert "Signature" in signed
    assert "Signature" not in plain
    assert not [path for path in (folder / "private").rglob("*") if path.is_file()]


def test_certificate_made_in_object_storage_is_served_and_comes_back_from_a_backup_on_a_disk(
    tmp_path: Path, store: dict[str, str]
) -> None:
    folder = tmp_path / "var"
    site = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3", **store)
    site.prepare()
    code = site.python(AWARD).splitlines()[-1]
    key = site.python(
        "from tools.drills.people import sign_in; from credentials.models import Credential;"
        "from django.urls import reverse; c = Credential.objects.get();"
        "print(sign_in(c.learner)); print(reverse('certificate_pdf', args=[c.uuid]))"
    )
    session, address = key.splitlines()
    film = site.python(FILM).splitlines()[-1]
    with site.running():
        part = Visitor(site).get(film, Range="bytes=100-70000")
        amina = Visitor(site, cookies={"sessionid": session})
        paper = amina.get(address)
        checked = Visitor(site).get(f"/verify/{code}/")
    backup, elsewhere = (
        tmp_path / "one.backup",
        ProductionSite(tmp_path / "new", f"sqlite:///{tmp_path}/new/site.sqlite3"),
    )
    made = site.manage("backup", str(backup))
    restored = elsewhere.manage("restore", str(backup))

    assert (part.status, part.headers["Content-Range"], part.body) == (
        206, f"bytes 100-70000/{len(CONTENT)}", CONTENT[100:70001],
    )  # fmt: skip
    assert (paper.status, paper.body[:5], checked.status) == (200, b"%PDF-", 200)
    assert (made.returncode, restored.returncode, made.stderr + restored.stderr) == (0, 0, "")
    assert [path.read_bytes() for path in (elsewhere.folder / "private").rglob("*.pdf")] == [paper.body]
    assert elsewhere.manage("verify_credential", code).returncode == 0


@pytest.mark.parametrize(("public", "private"), [("public", ""), ("", "private"), ("same", "same")])
def test_one_bucket_for_both_is_refused(tmp_path: Path, public: str, private: str) -> None:
    folder = tmp_path / "var"
    buckets = {"S3_BUCKET_PUBLIC": public, "S3_BUCKET_PRIVATE": private}
    site = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3", **buckets)

    checked = site.manage("check", "--deploy")

    assert checked.returncode != 0
    assert "S3_BUCKET_PUBLIC and S3_BUCKET_PRIVATE must name two buckets, or neither." in checked.stderr
