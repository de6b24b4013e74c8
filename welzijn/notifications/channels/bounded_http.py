"""One HTTP call with a bound as a whole, in time and in size, that follows no redirect.

A timeout of a socket counts from byte to byte, so an answer that drips would hold up everybody's
texts. A redirect would carry our token to another server.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import socket
import threading
import urllib.error
import urllib.request
from typing import Any

MOST_BYTES = 1_000_000


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_about: Any, **_more: Any) -> None:
        """Follow none: the caller gets the status as an HTTPError."""


def read(request: urllib.request.Request, *, timeout: float, seconds: float) -> bytes:
    """Return the body of an answer. Raises OSError, HTTPException or HTTPError.

    timeout: between two bytes. seconds: from the connection to the last byte; then the connection
    is shut. An HTTPError's body is read within the same bound.
    """
    sockets: list[socket.socket] = []
    over = threading.Event()

    def shut() -> None:
        over.set()
        for one in sockets:
            with contextlib.suppress(OSError):
                # Past TLS, whose own shutdown would wait for the other side.
                socket.socket.shutdown(one, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    opener = urllib.request.build_opener(
        _NoRedirect,
        _handler(urllib.request.HTTPHandler, http.client.HTTPConnection, sockets),
        _handler(urllib.request.HTTPSHandler, http.client.HTTPSConnection, sockets),
    )
    try:
        with opener.open(request, timeout=timeout) as response:
            body: bytes = response.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as refused:
        with contextlib.suppress(OSError, http.client.HTTPException):
            # The caller reads a piece of it: here, within the bound.
            refused.read = functools.partial(_kept, refused.read(4_000))  # type: ignore[method-assign]
        raise
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError("an answer that takes too long")
    if len(body) > MOST_BYTES:
        raise OSError("an answer that does not end")
    return body


def _kept(body: bytes, size: int = -1) -> bytes:
    return body if size < 0 else body[:size]


def _handler(kind: type[Any], connection: type[Any], sockets: list[socket.socket]) -> Any:
    """Return urllib's handler of a kind whose connections tell their socket."""

    class Connection(connection):
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    class Handler(kind):
        def do_open(self, _class: Any, request: Any, **options: Any) -> Any:
            return super().do_open(Connection, request, **options)

    return Handler
