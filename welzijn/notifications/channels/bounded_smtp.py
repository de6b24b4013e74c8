"""SMTP where each answer has a bound as a whole, in time and in size.

A timeout of a socket counts from byte to byte: a server that drips an answer, or never ends one,
would hold up everybody's mail. Whatever goes past the bound is a connection that broke off.
"""

from __future__ import annotations

import smtplib
import socket
import time
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

_LONGEST_LINE = 8_192
_MOST_BYTES = 65_536  # of one answer, all its lines together


class _Answers:
    """The answers of a server, line by line; what smtplib takes for the socket's file."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._seconds = sock.gettimeout()
        self._buffer = b""
        self._until = float("inf")
        self._left = _MOST_BYTES

    def begin(self) -> None:
        """Start the clock of one answer."""
        self._until = time.monotonic() + (self._seconds or float("inf"))
        self._left = _MOST_BYTES

    def readline(self, limit: int = -1) -> bytes:
        """Return one line, or b"" where the server closed. Raises OSError past a bound."""
        while b"\n" not in self._buffer:
            if len(self._buffer) > _LONGEST_LINE:
                raise OSError("a line that does not end")
            chunk = self._receive()
            if not chunk:
                return b""
            self._buffer += chunk
        line, _end, self._buffer = self._buffer.partition(b"\n")
        self._left -= len(line) + 1
        if self._left < 0 or len(line) > _LONGEST_LINE:
            raise OSError("an answer that does not end")
        return line + b"\n"

    def close(self) -> None:
        """Forget what was read: smtplib closes this with the connection."""
        self._buffer = b""

    def _receive(self) -> bytes:
        seconds = self._until - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("an answer that takes too long")
        if self._seconds is not None:
            self._socket.settimeout(min(seconds, self._seconds))
        try:
            return self._socket.recv(4_096)
        finally:
            self._socket.settimeout(self._seconds)


class _Bounded(smtplib.SMTP):
    """Reads each answer within the connection's timeout."""

    file: Any

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer. Raises SMTPServerDisconnected past the bound."""
        if self.file is None and self.sock is not None:
            self.file = _Answers(self.sock)
        if isinstance(self.file, _Answers):
            self.file.begin()
        return super().getreply()


class _BoundedOverTls(_Bounded, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""


class Backend(EmailBackend):
    """Django's mail backend over these connections."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The class of its connection."""
        return _BoundedOverTls if self.use_ssl else _Bounded
