"""Append-only tables: database triggers refuse to update, delete or truncate.

Only retention bypasses them, with `pgtrigger.ignore("app.Model:append_only")` around its own
deletes and around clearing references to what it deletes.
"""

import pgtrigger


def triggers() -> list[pgtrigger.Trigger]:
    """Return new instances of the triggers that make a model append-only."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'pgtrigger: % only grows', TG_TABLE_NAME;",
        ),
    ]
