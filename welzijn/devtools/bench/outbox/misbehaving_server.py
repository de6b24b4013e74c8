"""A mail server on loopback that misbehaves for some recipients, and serves all others.

    with MisbehavingServer({"bad@example.nl": Fault("RCPT", "hang")}) as server: ...

For the tests and the bench "outbox". A fault strikes at one verb: RCPT, DATA (the command) and DOT
(the end of the mail) of its recipient; GREETING, EHLO, MAIL and QUIT, which name no recipient, as
often as `connection_faults` says. It answers a code, closes the connection, hangs, drips its answer
byte by byte, never ends it, or (DOT) takes the mail and drops its answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

_MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_LARGEST = 1 << 20
HANG, CLOSE, DROP, DRIP, ENDLESS = "hang", "close", "drop", "drip", "endless"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at `verb`: `how` is the code to answer, or one of the words above."""

    verb: str
    how: str


class _ClosedError(Exception):
    """The server ends the connection."""


@dataclass
class MisbehavingServer:
    """The server, and what it took: (recipient, Message-ID) in order of taking."""

    faults: Mapping[str, Fault] = field(default_factory=dict)
    connection_faults: Iterable[Fault] = ()
    hang_seconds: float = 60.0
    drip_seconds: float = 0.1
    taken: list[tuple[str, str]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def __enter__(self) -> Self:
        self._once = list(self.connection_faults)
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def recipients(self) -> list[str]:
        """Return whose mail was taken, in order."""
        return [recipient for recipient, _message_id in self.taken]

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, limit=_LARGEST)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(
            _ClosedError, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError
        ):
            await self._talk(reader, writer)
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        await self._answer(writer, "GREETING", "", b"220 ready")
        while line := await reader.readline():
            verb = line[:4].upper().decode()
            if verb == "RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                self.tried.append(recipient)
            if verb == "DATA":
                if await self._answer(writer, "DATA", recipient, b"354 go on"):
                    await self._mail(reader, writer, recipient)
            else:
                ok = b"221 bye" if verb == "QUIT" else b"250 fine"
                await self._answer(writer, verb, recipient, ok)
                if verb == "QUIT":
                    return

    async def _mail(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, recipient: str
    ) -> None:
        fault = self.faults.get(recipient)
        if fault == Fault("BODY", CLOSE):
            await reader.readline()
            raise _ClosedError
        body = await reader.readuntil(b"\r\n.\r\n")
        found = _MESSAGE_ID.search(body)
        one = (recipient, found[1].decode() if found else "-")
        if fault is None or fault.verb != "DOT" or fault.how == DROP:
            self.taken.append(one)
        await self._answer(writer, "DOT", recipient, b"250 taken")

    async def _answer(
        self, writer: asyncio.StreamWriter, verb: str, recipient: str, good: bytes
    ) -> bool:
        """Answer as this verb and recipient get it; return whether that was the good answer."""
        fault = self.faults.get(recipient)
        if self._once and self._once[0].verb == verb:
            fault = self._once.pop(0)
        if fault is None or fault.verb != verb:
            writer.write(good + b"\r\n")
            await writer.drain()
            return True
        if fault.how == HANG:
            await asyncio.sleep(self.hang_seconds)
            raise _ClosedError
        if fault.how in (DRIP, ENDLESS):
            # Each byte or line comes in time; their sum never ends.
            while True:
                writer.write(b"2" if fault.how == DRIP else b"250-" + b"x" * 1_000 + b"\r\n")
                await writer.drain()
                await asyncio.sleep(self.drip_seconds if fault.how == DRIP else 0)
        if fault.how in (CLOSE, DROP):
            raise _ClosedError
        writer.write(f"{fault.how} no\r\n".encode())
        await writer.drain()
        if fault.how == "421":
            raise _ClosedError
        return False
