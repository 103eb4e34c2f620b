"""What is too large is refused in words by what it announces, and nothing of it is kept."""

import socket
from pathlib import Path
from typing import Any

import pytest
from config.bodies import MEGABYTE, most_mb
from django.test import Client, RequestFactory

from tests.config.production import HOST, ProductionSite
from tests.factories import people, person, taught_course


class Unread:
    """What is being sent; whoever reads of it fails."""

    def read(self, *size: int) -> bytes:
        raise AssertionError("something was read")

    readline = read


def _sent(client: Client, address: str, megabytes: float, **headers: Any) -> Any:
    announced = {"CONTENT_LENGTH": str(int(megabytes * MEGABYTE)), "CONTENT_TYPE": "multipart/form-data; boundary=b"}
    return client.post(address, **announced, **{"wsgi.input": Unread()}, **headers)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/admin/media/video/add/", 600), ("/admin/images/add/", 60), ("/admin/word/", 60), ("/account/login/", 3),
        ("/organisation/6f1e/book/", 12), ("/cy/organisation/6f1e/book/", 12), ("/cy/join/secret/", 3), ("/", 3),
        ("/administration/", 3), ("/cy/admin/", 3), ("/attempt/6f1e/1/save/", 3), ("/organisation/6f1e/requests/", 3),
    ],
)  # fmt: skip
def test_each_address_takes_what_is_meant_for_it(address: str, most: int) -> None:
    assert most_mb(address) == most


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/login/", "/", "/no-such-page/", "/organisation/6f1e/book/", "/admin/"])
def test_600_megabytes_are_refused_in_words_and_unread(client: Client, address: str) -> None:
    taught_course()
    client.force_login(person("Ada Administrator", is_superuser=True))

    answer = _sent(client, address, 600.1)

    said = answer.content.decode()
    assert answer.status_code == 413
    assert ("That was not sent" in said, f"larger than the {most_mb(address)} MB" in said) == (True, True)


@pytest.mark.django_db
def test_script_that_saves_is_told_in_one_sentence(client: Client) -> None:
    client.force_login(people().amina)

    answer = client.post("/attempt/6f1e/1/save/", {"q1": "a" * 4 * MEGABYTE}, headers={"accept": "application/json"})

    problem = "It is larger than the 3 MB that can be sent here at once."
    assert (answer.status_code, answer.json()) == (413, {"problem": problem})


@pytest.mark.django_db
def test_form_of_the_desk_with_more_typed_than_is_read_is_refused_in_the_same_words(client: Client) -> None:
    client.force_login(person("Ada Administrator", is_superuser=True))

    answer = client.post("/admin/account/", {"first_name": "a" * 3_100_000})

    assert (answer.status_code, "larger than the 3 MB" in answer.content.decode()) == (413, True)


@pytest.mark.django_db
def test_long_page_of_the_desk_may_have_thousands_of_fields() -> None:
    request = RequestFactory().post("/admin/pages/1/edit/", {f"body-{number}-value": "a" for number in range(9000)})

    assert len(request.POST) == 9000


@pytest.mark.django_db
def test_what_comes_without_a_length_is_not_taken_for_an_empty_form(client: Client) -> None:
    answer = client.post("/account/login/", headers={"transfer-encoding": "chunked"})

    assert (answer.status_code, "did not arrive whole" in answer.content.decode()) == (411, True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> ProductionSite:
    folder = tmp_path_factory.mktemp("bodies") / "var"
    made = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3")
    made.prepare()
    return made


def _answered(site: ProductionSite, announced: str, piece: bytes) -> tuple[int, int]:
    """The status, and how many bytes the server took before it hung up, of 64 million."""
    head = f"POST /account/login/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n{announced}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(head.encode())
        status, taken = int(line.recv(65536).split()[1]), 0
        try:
            while taken < 64 * MEGABYTE:
                line.sendall(piece)
                taken += len(piece)
        except OSError:
            pass
    return status, taken


@pytest.mark.thorough
def test_real_server_answers_before_it_reads_and_hangs_up_on_who_goes_on(site: ProductionSite) -> None:
    piece = b"a" * 65536

    with site.running():
        long = _answered(site, "Content-Length: 600000000", piece)
        endless = _answered(site, "Transfer-Encoding: chunked", b"10000\r\n" + piece + b"\r\n")
        rss = _memory_mb(site)

    assert (long[0], endless[0]) == (413, 411)
    assert max(long[1], endless[1]) < 16 * MEGABYTE
    assert rss < 400


@pytest.mark.thorough
@pytest.mark.parametrize("megabytes", [3.5, 20, 60])
def test_browser_that_sends_all_before_it_reads_gets_the_page(site: ProductionSite, megabytes: float) -> None:
    body = b"a" * int(megabytes * MEGABYTE)
    head = f"POST /account/login/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"

    with site.running(), socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode())
        line.sendall(body)
        answer = b"".join(iter(lambda: line.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"larger than the 3 MB" in answer
    assert answer.rstrip().endswith(b"</html>")


def _memory_mb(site: ProductionSite) -> float:
    """The largest process whose environment names the site's folder."""
    sizes = [0.0]
    for process in Path("/proc").iterdir():
        try:
            if (
                process.name.isdigit()
                and f"BIND={site.environment['BIND']}".encode() in (process / "environ").read_bytes()
            ):
                sizes.append(int((process / "statm").read_text().split()[1]) * 4096 / MEGABYTE)
        except OSError:
            continue
    return max(sizes)
