"""Ask ClamAV about a file: clamd's INSTREAM command over its socket (CLAMAV_URL).

Small enough to be our own: one command with a length before each chunk, and one line back.
"""

import socket
import struct
import time
from urllib.parse import urlsplit

from django.conf import settings

from intake.attachments.models import Scan

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 15.0  # for the whole of it; a request of the web server takes 30 at most
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4_096


class ScannerUnreachableError(Exception):
    """No usable answer: not running, too slow, or it could not look at the file."""


def is_configured() -> bool:
    """Whether there is a scanner."""
    return bool(settings.CLAMAV_URL)


def verdict(data: bytes) -> Scan:
    """Return CLEAN or INFECTED, or NOT_SCANNED without a scanner.

    Raises ScannerUnreachableError.
    """
    if not is_configured():
        return Scan.NOT_SCANNED
    try:
        answer = _ask(data)
    except (OSError, ValueError) as error:
        raise ScannerUnreachableError(type(error).__name__) from error
    # Else it is an error of its own: too large for its settings, out of memory.
    if answer.endswith(" OK"):
        return Scan.CLEAN
    if answer.endswith(" FOUND"):
        return Scan.INFECTED
    raise ScannerUnreachableError("no verdict")


def verdict_or_waiting(data: bytes) -> Scan:
    """Return the verdict; WAITING where the scanner gives none now."""
    try:
        return verdict(data)
    except ScannerUnreachableError:
        return Scan.WAITING


def _ask(data: bytes) -> str:
    until = time.monotonic() + ANSWER_SECONDS
    with _connection() as connection:
        _send(connection, b"zINSTREAM\0", until)
        view = memoryview(data)
        try:
            for start in range(0, len(data), _CHUNK):
                chunk = view[start : start + _CHUNK]
                _send(connection, struct.pack("!L", len(chunk)), until)
                _send(connection, chunk, until)
            _send(connection, struct.pack("!L", 0), until)
        except (BrokenPipeError, ConnectionResetError):
            # It answers before the end where it has seen enough, or takes no more.
            pass
        return _answer(connection, until)


def _connection() -> socket.socket:
    parts = urlsplit(settings.CLAMAV_URL)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname, parts.port or 3310), CONNECT_SECONDS)


def _send(connection: socket.socket, data: bytes | memoryview, until: float) -> None:
    connection.settimeout(_left(until))
    connection.sendall(data)


def _answer(connection: socket.socket, until: float) -> str:
    received = b""
    while b"\0" not in received and len(received) <= _LONGEST_ANSWER:
        connection.settimeout(_left(until))
        part = connection.recv(_LONGEST_ANSWER)
        if not part:
            break
        received += part
    return received.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
