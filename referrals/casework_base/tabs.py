"""Tabs above a staff page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the parts that a staff page is divided into, with how many rows it holds."""

    label: str
    url: str
    current: bool
    count: int | None = None
