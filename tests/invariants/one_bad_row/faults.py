"""Make one row of many raise: in a function that is called for it, or in the database itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.module_loading import import_string

MANY = 100


class InjectedError(Exception):
    """The fault. Its text stands for what a real one could quote."""

    def __init__(self) -> None:
        super().__init__("Ada de Wit, Dorpsstraat 1")


@dataclass
class Step:
    """One step of a sweep, and how it is made to raise for the bad row.

    function: its dotted path; bad: whether a call is about the bad row. Without them the step is
    the database's: `statement` (UPDATE or DELETE) of `table` for the row with this key.
    """

    name: str
    function: str = ""
    bad: Callable[..., bool] = lambda *_a, **_k: False
    table: str = ""
    statement: str = ""
    column: str = "id"
    key: object = None
    fired: int = field(default=0)

    @contextmanager
    def strikes(self) -> Iterator[None]:
        """Raise while this is open, and take back all that was written meanwhile."""
        with pytest.MonkeyPatch.context() as patched, _rolled_back():
            if self.function:
                self._patch(patched)
            else:
                self._trigger()
            yield
            if self.function:
                assert self.fired, f"{self.name}: the step was not called for the bad row"

    def _patch(self, patched: pytest.MonkeyPatch) -> None:
        owner, _dot, name = self.function.rpartition(".")
        real = import_string(self.function) if _is_module(owner) else None
        if real is None:
            real = getattr(import_string(owner), name)

        def raising(*arguments: Any, **options: Any) -> Any:
            if self.bad(*arguments, **options):
                self.fired += 1
                raise InjectedError
            return real(*arguments, **options)

        patched.setattr(self.function, raising)

    def _trigger(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                CREATE FUNCTION pg_temp.injected() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'Ada de Wit, Dorpsstraat 1';
                END $$;
                CREATE TRIGGER injected BEFORE {self.statement} ON {self.table} FOR EACH ROW
                WHEN (OLD.{self.column}::text = '{self.key}')
                EXECUTE FUNCTION pg_temp.injected();
                """
            )


def _is_module(path: str) -> bool:
    try:
        __import__(path)
    except ImportError:
        return False
    return True


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
