"""Data folders of test sessions: create one, and remove those of killed sessions."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = f"voordeur-test-{os.getuid()}-"


def new_session_folder(parent: Path) -> Path:
    """Create a folder for this session that only this user can enter."""
    return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))


def remove_abandoned_folders(parent: Path) -> None:
    """Remove the folders of killed sessions, whose lock nobody holds any more."""
    for folder in parent.glob(_PREFIX + "*"):
        try:
            held = os.open(folder / "users.lock", os.O_RDWR)
        except OSError:
            continue  # a session that is starting has none yet
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(held)
