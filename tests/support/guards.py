"""Do what no part of the product may: change what proves something, as the owner of the tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_REFUSE = "SELECT pg_get_functiondef('evidence_refuse()'::regprocedure)"
_PASS = """
CREATE OR REPLACE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


@contextmanager
def switched_off() -> Iterator[None]:
    """Let the triggers of protected tables pass everything; histories are still written."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE)
        definition = cursor.fetchone()[0]
        cursor.execute(_PASS)
        yield
        cursor.execute(definition)
