"""Make a backup: a dump of the database in one file, and a note beside it about what it is."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from referrals.backups import encryption
from referrals.backups.postgres_tools import (
    BackupError,
    environment,
    find,
    last_line,
    server_version,
)
from welzijn.config import production

# Never copied: who was signed in has to sign in again, and a draft lives for an hour.
NOT_COPIED = (
    "django_session",
    "usersessions_usersession",
    "single_sign_on_signonsession",
    "intake_draft",
    "accounts_cache",
)
_PIECE = 1 << 20  # bytes


@dataclass(frozen=True)
class Note:
    """What stands beside a backup, in FILE.json: no person, no key."""

    made_at: str
    sha256: str
    encrypted: bool
    secret_key: str
    """A fingerprint: whether the SECRET_KEY of now can read what the backup holds."""
    migrations: list[str]
    postgresql: int


def back_up(file: Path, *, encrypt: bool, now: datetime) -> Note:
    """Write a backup that is whole or isn't there. Raises BackupError."""
    if encrypt and not settings.BACKUP_KEY:
        raise BackupError("BACKUP_KEY is not set: --encrypt needs it, and so does the way back.")
    # Here and not at start: a backup of before opens with the key that it has.
    if encrypt and (weakness := production.weakness_of(settings.BACKUP_KEY, shortest=32)):
        raise BackupError(f"BACKUP_KEY {weakness}: use a long random text.")
    if file.exists():
        raise BackupError(f"{file} exists: a backup never replaces another one.")
    command = [find("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    command += [f"--exclude-table-data=public.{table}" for table in NOT_COPIED]
    unfinished = file.with_name(f"{file.name}.unfinished")
    digest = hashlib.sha256()
    try:
        with (
            _created(unfinished) as target,
            subprocess.Popen(
                command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as dump,
        ):
            assert dump.stdout
            assert dump.stderr
            source = cast("BinaryIO", dump.stdout)
            pieces = encryption.encrypted(source, settings.BACKUP_KEY) if encrypt else _read(source)
            for piece in pieces:
                digest.update(piece)
                target.write(piece)
            output = dump.stderr.read()
            if dump.wait():
                raise BackupError(f"pg_dump failed: {last_line(output)}")
            target.flush()
            os.fsync(target.fileno())
        note = Note(
            made_at=now.isoformat(),
            sha256=digest.hexdigest(),
            encrypted=encrypt,
            secret_key=fingerprint(settings.SECRET_KEY),
            migrations=applied_migrations(),
            postgresql=server_version(),
        )
        note_file(file).write_text(json.dumps(asdict(note), indent=1) + "\n", "utf-8")
        unfinished.rename(file)
    except OSError as error:
        raise BackupError(f"{file} can't be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return note


def read_note(file: Path) -> Note | None:
    """Return the note beside a backup; None if it isn't there."""
    try:
        return Note(**json.loads(note_file(file).read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise BackupError(f"{note_file(file)} can't be read: leave it out, or copy it anew.") from (
            error
        )


def check(file: Path, note: Note | None) -> None:
    """Compare the file with its note. Raises BackupError if it was changed or cut off."""
    if note is None:
        return
    digest = hashlib.sha256()
    with file.open("rb") as source:
        for piece in _read(source):
            digest.update(piece)
    if digest.hexdigest() != note.sha256:
        raise BackupError(f"{file} is not what its note says: it was changed or cut off.")


def contents(file: Path) -> Iterator[bytes]:
    """Yield the dump in a backup, decrypted if need be."""
    with file.open("rb") as source:
        begins = source.read(len(encryption.MAGIC))
        source.seek(0)
        if begins != encryption.MAGIC:
            yield from _read(source)
            return
        if not settings.BACKUP_KEY:
            raise BackupError("The backup is encrypted: BACKUP_KEY has to be the key of then.")
        yield from encryption.decrypted(source, settings.BACKUP_KEY)


def fingerprint(key: str) -> str:
    """Return what tells two keys apart and gives neither away."""
    return salted_hmac("voordeur.backup", "fingerprint", secret=key).hexdigest()[:16]


def applied_migrations() -> list[str]:
    """Return the names of the migrations that the database has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def note_file(file: Path) -> Path:
    """Return the path of the note beside a backup."""
    return file.with_name(f"{file.name}.json")


def _read(source: BinaryIO) -> Iterable[bytes]:
    return iter(lambda: source.read(_PIECE), b"")


@contextmanager
def _created(file: Path) -> Iterator[IO[bytes]]:
    """Create a file that only its owner can read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        yield target
