"""Every key of the partnership file changes a page, a message or a decision."""

from pathlib import Path

from django.conf import settings

from organisations.partnership_file.problems import table_in
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.schema.base import Table
from tests.organisations.partnership_file.key_readers import READERS, WITHOUT

# What only moves the file about: a key that is read here alone has no effect.
MACHINERY = (
    "organisations/partnership_file/",
    "organisations/exchange/",
    "organisations/migrations/",
    "tests/",
)


def keys_of(model: type[Table]) -> dict[str, set[str]]:
    """Every key that holds a value, by the table that it stands in."""
    found: dict[str, set[str]] = {}
    for field in model.model_fields.values():
        inner = table_in(field.annotation)
        if inner is not None and issubclass(inner, Table):
            found |= {inner.__name__: {f.alias or "" for f in inner.model_fields.values()}}
            found |= keys_of(inner)
    return found


def test_every_key_has_a_reader() -> None:
    """A new key fails here until something reads it, and so does one whose reader went."""
    read = {(table, key) for table, keys in READERS.items() for key in keys}
    every = {(table, key) for table, keys in keys_of(PartnershipFile).items() for key in keys}
    assert every - read == set(WITHOUT)
    assert read <= every
    texts: dict[str, str] = {}
    without = []
    for table, keys in READERS.items():
        for key, (path, words) in keys.items():
            assert not path.startswith(MACHINERY), (table, key)
            place = Path(settings.BASE_DIR) / path
            if path not in texts:
                texts[path] = place.read_text(encoding="utf-8") if place.exists() else ""
            if words not in texts[path]:
                without.append(f"{table}.{key}: {path} has no {words!r}")
    assert without == []
