"""Which questions hold danger that nobody has judged, for lists below casework.

That it waits for a judgement is a follow-up, which casework knows (`use`, called at start-up).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

Source = Callable[[Collection[UUID]], Mapping[UUID, datetime]]
T = TypeVar("T")


def _nothing(_questions: Collection[UUID]) -> Mapping[UUID, datetime]:
    return {}


_source: Source = _nothing


def use(source: Source) -> None:
    """Set the function that says since when each of these questions waits for a judgement."""
    global _source
    _source = source


def since(questions: Collection[UUID]) -> Mapping[UUID, datetime]:
    """Return since when each waits, of those that do. One query."""
    return _source(questions) if questions else {}


def first(rows: Iterable[T], waits: Mapping[UUID, datetime], key: Callable[[T], UUID]) -> list[T]:
    """Return the rows with danger that nobody judged before all others, else in their order."""
    return sorted(rows, key=lambda row: key(row) not in waits)
