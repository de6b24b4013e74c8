"""The data folder of the local services, with its locks and files."""

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = next(
    folder for folder in Path(__file__).resolve().parents if (folder / "manage.py").exists()
)


class EmbeddedError(RuntimeError):
    """The local PostgreSQL or Redis can't be used. The text is one sentence for the user."""


def data_folder() -> Path:
    """The data folder (`$WELZIJN_DATA`, else `.data/` of the checkout), made if missing.

    Only its owner can enter it (mode 700). Raises EmbeddedError if it can't be made.
    """
    folder = Path(os.environ.get("WELZIJN_DATA") or CHECKOUT / ".data").absolute()
    with explain_disk_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid == os.geteuid() and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise EmbeddedError(
            f"The data folder {folder} can't be written to: choose another with WELZIJN_DATA."
        )
    return folder


@contextlib.contextmanager
def explain_disk_errors(folder: Path) -> Iterator[None]:
    """Turn an OSError about `folder` (full, read-only, forbidden) into an EmbeddedError."""
    try:
        yield
    except OSError as error:
        reasons = {
            errno.EROFS: "the disk is read-only",
            errno.EACCES: "this user may not write there",
            errno.EPERM: "this user may not write there",
            errno.ENOTDIR: "a part of that path is a file",
            errno.EEXIST: "a file with that name is in the way",
        }
        reason = reasons.get(error.errno or 0, str(error))
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise disk_full_error(folder) from error
        raise EmbeddedError(
            f"The data folder {folder} can't be used: {reason}. "
            "Make room, or choose another folder with WELZIJN_DATA."
        ) from error


def mentions_full_disk(text: str) -> bool:
    """Whether the output or error text of a program reports a full disk."""
    return "No space left on device" in text or "Disk quota exceeded" in text


def disk_full_error(folder: Path) -> EmbeddedError:
    """The error about the full disk of `folder`."""
    return EmbeddedError(
        f"The disk of {folder} is full: make room, or choose another folder with WELZIJN_DATA."
    )


def write_atomically(path: Path, text: str) -> None:
    """Write `path` atomically and durably, readable by its owner only."""
    with explain_disk_errors(path.parent):
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def open_lock(path: Path) -> int:
    """Open the lock file at `path` (made if missing); return its descriptor, not inherited."""
    with explain_disk_errors(path.parent):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def lock_within(descriptor: int, kind: int, *, seconds: float) -> bool:
    """Take the flock `kind` (LOCK_SH or LOCK_EX) within `seconds`; return whether it succeeded."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        else:
            return True


@contextlib.contextmanager
def exclusive_lock(path: Path, *, seconds: float = 180) -> Iterator[None]:
    """Hold the lock file at `path` exclusively, waiting at most `seconds`."""
    descriptor = open_lock(path)
    try:
        if not lock_within(descriptor, fcntl.LOCK_EX, seconds=seconds):
            raise EmbeddedError(
                f"Another process has been starting the services for {seconds:.0f} seconds: "
                f"stop it, or choose another folder than {path.parent} with WELZIJN_DATA."
            )
        yield
    finally:
        os.close(descriptor)


def is_locked(path: Path) -> bool:
    """Whether any process holds the lock file at `path`."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
