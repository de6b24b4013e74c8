"""A mail server that accepts every mail and logs a line `recipient message-id` for it.

Minimal, so that it costs neither side of the benchmark much time. Arguments: PORT LOG DELAY.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TextIO

_MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_LARGEST = 1 << 20


class Sink:
    """Receives mail as in RFC 5321 and writes one line per mail to `log`."""

    def __init__(self, log: TextIO, delay: float) -> None:
        self._log, self._delay = log, delay

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until the other side ends it or is killed."""
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the sender was killed halfway: that mail was not accepted
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                body = await reader.readuntil(b"\r\n.\r\n")
                if self._delay:
                    await asyncio.sleep(self._delay)
                found = _MESSAGE_ID.search(body)
                self._log.write(f"{recipient} {found[1].decode() if found else '-'}\n")
                writer.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            else:
                if verb == b"RCPT":
                    recipient = line.decode().partition("<")[2].partition(">")[0]
                writer.write(b"250 fine\r\n")


async def main(port: int, log: Path, delay: float) -> None:
    """Serve on loopback until killed."""
    # Line-buffered: a mail is in the file once its sender has received the 250.
    with log.open("a", buffering=1) as file:
        sink = Sink(file, delay)
        server = await asyncio.start_server(sink.serve, "127.0.0.1", port, limit=_LARGEST)
        async with server:
            await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))
