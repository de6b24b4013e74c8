"""The base class of all tables of the file."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table of the file, with strict types and no unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
