"""What every table of the file has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """One table of the file: strict types, no keys that aren't listed here."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
