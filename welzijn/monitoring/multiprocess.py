"""Let all processes of one web server count together (prometheus_client's multiprocess mode)."""

import os
import tempfile

# prometheus_client reads it once, when it is imported: set it before.
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def folder() -> str:
    """Return the folder in which the processes count; empty in a process that counts alone."""
    return os.environ.get(VARIABLE, "")


def begin() -> None:
    """Make a folder of this server's own, in memory where that is possible.

    Call it in the server's parent process, before any import of prometheus_client.
    """
    if not folder():
        memory = "/dev/shm"  # noqa: S108 - counts only, in a folder that only we can read
        where = memory if os.path.isdir(memory) else None  # noqa: PTH112
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix="voordeur-metrics-", dir=where)


def ended(pid: int) -> None:
    """Forget the live gauges of a web process that ended; its counts stay."""
    if folder():
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid)  # type: ignore[no-untyped-call]
