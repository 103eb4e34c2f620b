"""Learners' clients: plain HTTP over real connections to 127.0.0.1, signed in by a session cookie."""

import http.client
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

NO_ANSWER = (OSError, http.client.HTTPException)
WAIT_SECONDS = 60.0
_FRESH_EACH_TIME = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
_CSRF = "drilldrilldrilldrilldrilldrill32"


class Answer(NamedTuple):
    """Of the body only what is the same for the same page: no form tokens."""

    status: int
    location: str
    body: bytes


class Client:
    """One connection; opened again when it was closed. Raises one of NO_ANSWER when none came."""

    def __init__(self, port: int, session_key: str, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self.headers = {"Cookie": f"sessionid={session_key}; csrftoken={_CSRF}", "X-CSRFToken": _CSRF}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=wait_seconds)

    def connect(self) -> None:
        """Open the connection now, so that the request itself is all that is left to do."""
        self.connection.connect()

    def post(self, path: str, fields: Mapping[str, str | Sequence[str]]) -> Answer:
        """Send a form."""
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields, doseq=True), headers)

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._ask("GET", path, None, self.headers)

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        try:
            self.connection.request(method, path, body, dict(headers))
            response = self.connection.getresponse()
            content = _FRESH_EACH_TIME.sub(b"", response.read())
            return Answer(response.status, response.getheader("Location", ""), content)
        except NO_ANSWER:
            self.connection.close()
            raise
