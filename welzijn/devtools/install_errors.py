"""Why an installation failed, in one sentence. Standard library only, as install.py."""

import re
from pathlib import Path

_NO_NETWORK = re.compile(
    "Temporary failure in name resolution|Name or service not known|NewConnectionError"
    "|ConnectTimeout|Network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT"
    "|NameResolutionError|Connection refused|Connection timed out|ProxyError"
)
_NO_ROOM = re.compile("No space left on device|ENOSPC|Disk quota exceeded|EDQUOT")


class InstallError(RuntimeError):
    """The installation failed. The text is one sentence for the user."""


def explain(output: str) -> str:
    """Say in one sentence what a tool that failed said."""
    if _NO_ROOM.search(output):
        return "The disk is full: make room and run this again; it goes on where it stopped."
    if _NO_NETWORK.search(output):
        return (
            "The packages can't be fetched: is there a network? "
            "Run this again when there is; it goes on where it stopped."
        )
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "rror" in line] or lines or ["it said nothing"]
    return f"The installation failed: {errors[-1]} (everything it said is in build/install.log)"


def explain_os_error(error: OSError, checkout: Path) -> str:
    """Say in one sentence what the operating system refused."""
    if _NO_ROOM.search(str(error)):
        return explain(str(error))
    return f"The installation failed: {error.strerror or error}: {error.filename or checkout}."
