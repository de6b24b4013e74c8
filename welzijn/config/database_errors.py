"""What PostgreSQL refuses, in one sentence for who runs a command, without any value."""

from django.db import OperationalError
from psycopg import errors


def explain(error: BaseException) -> str | None:
    """Return what to say in place of a traceback; None for an error of another kind.

    Only what depends on the installation: who may do what, and whether the server is there.
    """
    cause = error.__cause__
    if isinstance(cause, errors.InsufficientPrivilege):
        return (
            f"PostgreSQL refuses: {reason(error)}. Is this the owner's DATABASE_URL (README, "
            "Production)? And has `manage.py prepare` been run with it?"
        )
    if isinstance(error, OperationalError):
        return f"PostgreSQL can't be reached or used: {reason(error)}."
    return None


def reason(error: BaseException) -> str:
    """Return the server's own sentence, or the first line where it never answered: which server."""
    diagnosis = getattr(error.__cause__, "diag", None)
    primary: str | None = getattr(diagnosis, "message_primary", None)
    return primary or (str(error).strip().splitlines() or ["no reason given"])[0].strip()
