"""Tables that only grow: the database refuses to change or remove a row.

Retention has the one door: `pgtrigger.ignore("app.Model:append_only")` around its own
delete, and around emptying a pointer at what it deletes.
"""

import pgtrigger


def triggers() -> list[pgtrigger.Trigger]:
    """The triggers that make a model append-only; fresh ones for each model."""
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
