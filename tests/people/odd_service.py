"""An organisation's service that says whatever a test wants, however odd: a real server on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

MOVED = "/moved"
PARTS = {
    MOVED: "configuration",
    "/.well-known/openid-configuration": "configuration",
    "/token": "token",
    "/userinfo": "claims",
}


class OddService(ThreadingHTTPServer):
    """`says` holds what it answers in place of the usual: values for JSON, bytes as they are; `status` likewise."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.says: dict[str, Any] = {}
        self.status: dict[str, int] = {}
        self.has_moved = False  # its first answer then stands elsewhere
        self.drips: dict[str, str] = {}  # which parts fall byte by byte: from the "head" on, or only the "body"
        self.seconds_a_byte = 0.1

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def usual(self, part: str) -> Any:
        if part == "configuration":
            ends = {"authorization_endpoint": "auth", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            named = {name: f"{self.address}/{end}" for name, end in {**ends, "jwks_uri": "keys"}.items()}
            return {"issuer": self.address, **named}
        usual = {"token": {"access_token": "t", "token_type": "bearer"}}
        return usual.get(part, {"sub": "gwen", "email": "gwen@saltby.example", "name": "Gwen"})

    def says_of(self, part: str) -> bytes:
        said = self.says.get(part, self.usual(part))
        return said if isinstance(said, bytes) else json.dumps(said).encode()


class _Answers(BaseHTTPRequestHandler):
    server: OddService

    def _answer(self) -> None:
        part = PARTS.get(self.path.split("?")[0], "other")
        self.rfile.read(int(self.headers.get("content-length", 0)))
        body = self.server.says_of(part)
        if self.server.has_moved and part == "configuration" and self.path != MOVED:
            self.send_response(302)
            self.send_header("Location", MOVED)
        else:
            self.send_response(self.server.status.get(part, 200))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self._headers_buffer.append(b"\r\n")  # type: ignore[attr-defined]
        head, self._headers_buffer = b"".join(self._headers_buffer), []  # type: ignore[attr-defined]
        self._send(head, drop_by_drop=self.server.drips.get(part) == "head")
        self._send(body, drop_by_drop=part in self.server.drips)

    def _send(self, content: bytes, *, drop_by_drop: bool) -> None:
        if not drop_by_drop:
            self.wfile.write(content)
            return
        with suppress(OSError):  # whoever listens has gone
            for place in range(len(content)):
                self.wfile.write(content[place : place + 1])
                sleep(self.server.seconds_a_byte)

    do_GET = do_POST = _answer  # noqa: N815  the names the library asks for

    def log_message(self, *of_the_request: Any) -> None:
        """Quietly."""


@contextmanager
def odd_service() -> Iterator[OddService]:
    with OddService() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
