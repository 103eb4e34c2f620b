"""A real mail server of a few lines, so that a test or a drill sees what would have arrived."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from time import sleep


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 catcher")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say("354 go on")
                self._keep()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _keep(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        server = self.server
        assert isinstance(server, MailCatcher)
        sleep(server.seconds_a_mail)
        if server.refuses:
            self._say(server.refusal)
            return
        server.caught.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        self._say("250 kept")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class MailCatcher(socketserver.ThreadingTCPServer):
    """Keeps every mail it takes; refuses them while `refuses` is set, with `refusal` (for now)."""

    allow_reuse_address = daemon_threads = True
    refuses, refusal = False, "451 try again later"
    seconds_a_mail = 0.0  # how long it looks at each before it answers

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.caught: list[EmailMessage] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def catching(port: int = 0) -> Iterator[MailCatcher]:
    """A mail server on this port, or on a free one, until the block ends."""
    with MailCatcher(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
