"""The shape of a row in a resident's data export."""

from typing import Any

# (key for a machine, label for a reader, value): words, a day or moment, yes or no, or rows again.
Row = list[tuple[str, str, Any]]


def non_empty(rows: Row) -> Row:
    return [row for row in rows if row[2] not in (None, "", [])]
