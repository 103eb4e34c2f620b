"""Asking a stranger's service so that it ends by a moment, whatever the service does.

`requests` allows so many seconds for each piece it waits for. A service that lets one byte fall every few seconds is
never late by that rule, and holds a thread of the web server for days. Here one clock runs over everything asked:
finding the name, connecting, TLS, the head of the answer and its body. When it strikes, the connection is shut.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection


class _Clock:
    """Shuts the connections it was shown, and refuses new ones, from `until` on (seconds of the monotonic clock)."""

    def __init__(self, until: float) -> None:
        self.until = until
        self._handles: list[socket.socket] = []
        self._timer = Timer(max(until - monotonic(), 0), self._strike)
        self._timer.daemon = True
        self._timer.start()

    def seconds_left(self) -> float:
        """Raises TimeoutError if there are none."""
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def watch(self, connection: socket.socket) -> None:
        """A handle of our own: TLS takes the first one away, and shutting one shuts the connection for all."""
        self._handles.append(connection.dup())
        if monotonic() >= self.until:  # the clock may have struck while it was being made
            self._strike()

    def stop(self) -> None:
        self._timer.cancel()
        self._timer.join()
        for handle in self._handles:
            handle.close()

    def _strike(self) -> None:
        for handle in self._handles:
            with suppress(OSError):  # it ended by itself
                handle.shutdown(socket.SHUT_RDWR)


class _Watched:
    """A connection on a clock; every address of the name is tried, but all of them within the time."""

    clock: _Clock

    def _new_conn(self: Any) -> socket.socket:
        try:
            found = self._connected()
        except OSError as error:
            raise NewConnectionError(self, "no connection in time") from error
        self.clock.watch(found)
        return found

    def _connected(self: Any) -> socket.socket:
        refused: OSError = OSError("the name has no address")
        for *_, place in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM):
            wait = min(self.clock.seconds_left(), self.timeout or self.clock.until)
            try:
                return create_connection((str(place[0]), self.port), wait, socket_options=self.socket_options)
            except OSError as error:
                refused = error
        raise refused


class _InTime(HTTPAdapter):
    def __init__(self, clock: _Clock) -> None:
        plain = type("Plain", (_Watched, HTTPConnection), {"clock": clock})
        over_tls = type("OverTLS", (_Watched, HTTPSConnection), {"clock": clock})
        self._pools = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("TLSPool", (HTTPSConnectionPool,), {"ConnectionCls": over_tls}),
        }
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


@contextmanager
def ended_by(until: float, session: requests.Session) -> Iterator[None]:
    """Whatever `session` asks in here has ended by `until`. Raises requests' errors if that cut it short."""
    clock = _Clock(until)
    try:
        session.mount("http://", _InTime(clock))
        session.mount("https://", _InTime(clock))
        yield
        if monotonic() >= until:  # an answer without a length looks whole when it is shut
            raise requests.Timeout
    finally:
        session.close()
        clock.stop()
