"""Labels and help of every key of the file, for the screens in which it is kept.

One table beside the schema: a test holds that no key is missing, and that each has its widget.
"""

from __future__ import annotations

from organisations.partnership_file.labels.front import FRONT
from organisations.partnership_file.labels.key import Key
from organisations.partnership_file.labels.partners import PARTNERS
from organisations.partnership_file.labels.places import PLACES
from organisations.partnership_file.labels.responsibility import RESPONSIBILITY
from organisations.partnership_file.schema.base import Table

LABELS = {**FRONT, **PARTNERS, **PLACES, **RESPONSIBILITY}

__all__ = ["LABELS", "Key", "label_of"]


def label_of(table: type[Table], alias: str) -> Key:
    """Return what a screen says about a key; the key itself where the table lacks it."""
    found: Key | None = LABELS.get(table, {}).get(alias)
    return found or Key(alias)
