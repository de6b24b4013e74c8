"""Sort what is verified by its tag on disk, so that the memory does not grow with the log.

Hashes, tags and numbers only: no line of the log is in these files, which go with the folder.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

_PARTS = 256  # by the first byte of a tag, which is a hash: so they are alike in size
_RECORD = struct.Struct(">B8sQ32s")


class _Kind(IntEnum):
    SEALED, LINE, CLEARED, DELETED, WAITING = range(5)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as it is now."""

    tag: bytes
    leaf: bytes
    emptied: bool
    is_empty: bool


@dataclass(slots=True)
class Part:
    """All there is about the tags of one part. sealed: by the tag its block and leaf."""

    sealed: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    cleared: set[bytes] = field(default_factory=set)
    deleted: set[bytes] = field(default_factory=set)
    waiting: set[bytes] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)


class Spool:
    """A folder of parts; a context manager that removes it."""

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="verify_log-")
        self._paths = [Path(self._folder.name, str(number)) for number in range(_PARTS)]
        self._files: list[Any] = [path.open("wb", buffering=16_384) for path in self._paths]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        self._folder.cleanup()

    def sealed(self, tag: bytes, block: int, leaf: bytes) -> None:
        """Keep what a block says of a line."""
        self._write(_Kind.SEALED, tag, block, leaf)

    def line(self, line: Line) -> None:
        """Keep a line as it is."""
        flags = line.emptied + 2 * line.is_empty
        self._write(_Kind.LINE, line.tag, flags, line.leaf)

    def cleared(self, tag: bytes) -> None:
        """Keep that retention recorded that it emptied a line."""
        self._write(_Kind.CLEARED, tag)

    def deleted(self, tag: bytes) -> None:
        """Keep that retention recorded that it deleted a line."""
        self._write(_Kind.DELETED, tag)

    def waiting(self, tag: bytes) -> None:
        """Keep that a line waits for its block."""
        self._write(_Kind.WAITING, tag)

    def parts(self) -> Iterator[Part]:
        """Yield each part; nothing can be kept any more."""
        self._close()
        for path in self._paths:
            yield _read(path.read_bytes())
            path.unlink()

    def _write(self, kind: _Kind, tag: bytes, number: int = 0, leaf: bytes = b"") -> None:
        self._files[tag[0]].write(_RECORD.pack(kind, tag, number, leaf))

    def _close(self) -> None:
        for one in self._files:
            one.close()


def _read(content: bytes) -> Part:
    part = Part()
    sets = {
        _Kind.CLEARED: part.cleared,
        _Kind.DELETED: part.deleted,
        _Kind.WAITING: part.waiting,
    }
    for kind, tag, number, leaf in _RECORD.iter_unpack(content):
        if kind == _Kind.SEALED:
            part.sealed[tag] = (number, leaf)
        elif kind == _Kind.LINE:
            part.lines.append(Line(tag, leaf, bool(number & 1), bool(number & 2)))
        else:
            sets[_Kind(kind)].add(tag)
    return part
