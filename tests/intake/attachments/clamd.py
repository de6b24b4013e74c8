"""A scanner that answers as ClamAV's clamd does, on a socket of its own."""

from __future__ import annotations

import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.intake.attachments.pictures import EICAR


class _Handler(socketserver.BaseRequestHandler):
    server: Any

    def handle(self) -> None:
        """Take one INSTREAM command, and answer as the server was told to."""
        mood = self.server.mood
        if mood == "silent":
            time.sleep(3)
            return
        if mood == "hangs up":
            return
        command = self._exactly(len(b"zINSTREAM\0"))
        assert command == b"zINSTREAM\0", command
        data = b""
        while True:
            (length,) = struct.unpack("!L", self._exactly(4))
            if not length:
                break
            data += self._exactly(length)
            if mood == "too large":
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(data)
        if mood == "rubbish":
            self.request.sendall(b"\xff\xfe" * 5_000)
        elif EICAR in data or mood == "finds":
            self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.request.sendall(b"stream: OK\0")

    def _exactly(self, number: int) -> bytes:
        received = b""
        while len(received) < number:
            part = self.request.recv(number - len(received))
            if not part:
                raise ConnectionResetError
            received += part
        return received


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        """A client that goes away is no news."""


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    handle_error = _Unix.handle_error  # type: ignore[assignment]


@contextmanager
def running(folder: Path, mood: str = "", *, tcp: bool = False) -> Iterator[Any]:
    """Run a scanner; `url` is its address, `mood` may be changed, `seen` is what it was sent."""
    server: Any
    if tcp:
        server = _Tcp(("127.0.0.1", 0), _Handler)
        server.url = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        server = _Unix(str(folder / "clamd.sock"), _Handler)
        server.url = f"unix://{folder / 'clamd.sock'}"
    server.mood, server.seen = mood, []
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
