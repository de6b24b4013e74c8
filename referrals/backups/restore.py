"""Bring a backup back: all of it or nothing, and then erase again what was erased after it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.backups import dump
from referrals.backups.postgres_tools import BackupError, environment, find, last_line
from referrals.reports import counting
from referrals.retention import erase, erasure_list
from referrals.retention.due import Group, term_of
from referrals.retention.models import ErasedQuestion
from referrals.retention.run import retain
from welzijn.audit.chain import anchors, verification
from welzijn.core.working_days import local_date

RULE = "herstel"
# In the transaction of the restore itself: a failure leaves what was there.
_BEGIN = b"BEGIN;\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"
_ALWAYS = (date(1900, 1, 1), date(9999, 1, 1))


@dataclass
class Outcome:
    """What a restore did, in numbers."""

    questions: int = 0
    erased_again: int = 0
    expired: int = 0
    wrong_figures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def restore(file: Path, *, replace: bool, now: datetime) -> Outcome:
    """Put a backup in the place of this database's contents. Raises BackupError.

    The other processes have to be stopped: nobody may read a question before it is erased again.
    """
    outcome = Outcome()
    note = dump.read_note(file)
    _refuse(file, note, replace=replace)
    marks = _collect_marks(file, now, outcome, note)
    _load(file)
    call_command("migrate", interactive=False, verbosity=0)
    _end_sessions()
    _erase_again(marks, outcome, now)
    tally = retain(now=now)
    outcome.expired = tally.questions
    if tally.failed:
        outcome.warnings.append(f"{tally.failed} questions are over their term and did not go.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    outcome.questions = Question.objects.count()
    outcome.wrong_figures = wrong_figures()
    _check_log(outcome, now)
    return outcome


def _check_log(outcome: Outcome, now: datetime) -> None:
    """Verify the access log that was restored; what was anchored after the backup is gone."""
    wrong = verification.verify().wrong
    outcome.warnings += [f"The access log is not as it was written: {one}" for one in wrong]
    try:
        anchors.write_restored(now=now)
    except OSError as error:
        outcome.warnings.append(f"LOG_ANCHORS can't be written: {error.strerror}.")


def wrong_figures() -> list[str]:
    """Return the partnerships whose figures differ from a full recount."""
    return [
        one.slug
        for one in Partnership.objects.order_by("slug")
        if counting.rolled_up(one, *_ALWAYS) != counting.recount(one)
    ]


def _refuse(file: Path, note: dump.Note | None, *, replace: bool) -> None:
    if not file.is_file():
        raise BackupError(f"{file} is not there.")
    dump.check(file, note)
    others = _other_connections()
    if others:
        raise BackupError(
            f"{others} others use the database: stop web, worker and beat first, so that nobody "
            "reads what has still to be erased again."
        )
    if not replace and _has_questions():
        raise BackupError("The database holds questions: --replace puts the backup in their place.")
    if note is not None:
        newer = set(note.migrations) - _known_migrations()
        if newer:
            raise BackupError(
                "The backup was made by a newer version: restore it with that version or a later."
            )


def _collect_marks(
    file: Path, now: datetime, outcome: Outcome, note: dump.Note | None
) -> dict[str, datetime]:
    """Gather what was erased: from the database as it is now, and from ERASURE_LIST.

    What the database knew is kept beside the backup, in case this is cut short.
    """
    marks: dict[str, datetime] = {}
    complete = False
    try:
        with transaction.atomic():
            marks.update(ErasedQuestion.objects.values_list("mark", "at"))
            # A database in use knows all that was erased, also where that is nothing.
            complete = Partnership.objects.exists()
    except DatabaseError:  # empty, or of before there was such a table
        pass
    kept = file.with_name(f"{file.name}.erased")
    try:
        if marks:
            erasure_list.write(kept, marks.items())
        if kept.exists():
            marks.update(erasure_list.read(kept))
        listed = Path(settings.ERASURE_LIST) if settings.ERASURE_LIST else None
        if listed and listed.exists():
            marks.update(erasure_list.read(listed))
        elif not marks and not complete:
            outcome.warnings.append(
                "There is no list of what was erased after the backup (ERASURE_LIST): "
                "ask the privacy officer which requests were granted since."
            )
    except OSError as error:
        raise BackupError(f"The list of erasures can't be used: {error.strerror}.") from error
    if note and datetime.fromisoformat(note.made_at) < now - erasure_list.KEPT:
        outcome.warnings.append("The backup is older than the list of erasures reaches back.")
    if note and dump.fingerprint(settings.SECRET_KEY) != note.secret_key:
        known = {dump.fingerprint(key) for key in settings.SECRET_KEY_FALLBACKS}
        if note.secret_key not in known:
            outcome.warnings.append(
                "The backup was made with another SECRET_KEY: add that to SECRET_KEY_FALLBACKS, "
                "or residents' codes and links of before are no longer accepted."
            )
    return marks


def _load(file: Path) -> None:
    """Run the dump through psql in one transaction; nothing unencrypted touches the disk.

    COMMIT is sent only after pg_restore has read the whole file and succeeded.
    """
    pg_restore = [find("pg_restore"), "--no-owner", "--no-privileges", "--file=-"]
    psql = [find("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=-"]
    connections.close_all()
    reads, writes = os.pipe()
    with tempfile.TemporaryFile() as errors, os.fdopen(writes, "wb", 0) as commands:
        loading = subprocess.Popen(
            psql, env=environment(), stdin=reads, stdout=subprocess.DEVNULL, stderr=errors
        )
        os.close(reads)
        try:
            with suppress(BrokenPipeError):
                commands.write(_BEGIN)
            _convert(file, pg_restore, commands)
            with suppress(BrokenPipeError):
                commands.write(b"COMMIT;\n")
        finally:
            # Without COMMIT this ends the transaction, and everything is as it was.
            commands.close()
            ended = loading.wait()
        if ended:
            errors.seek(0)
            raise BackupError(f"The backup can't be loaded: {last_line(errors.read())}")


def _convert(file: Path, pg_restore: list[str], commands: IO[bytes]) -> None:
    """Let pg_restore write the file's SQL to `commands`. Raises BackupError if it is not whole."""
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            pg_restore, stdin=subprocess.PIPE, stdout=commands, stderr=errors
        ) as reading:
            assert reading.stdin
            # psql may end before: then pg_restore ends too, and psql says why.
            with suppress(BrokenPipeError):
                for piece in dump.contents(file):
                    reading.stdin.write(piece)
        errors.seek(0)
        output = errors.read()
        if reading.returncode and b"could not write" not in output:
            raise BackupError(f"The backup can't be read: {last_line(output)}")


def _end_sessions() -> None:
    """Sign everybody out: who lost a role since the backup may not go on with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        there = {row[0] for row in cursor.fetchall()}
        for table in dump.NOT_COPIED:
            if table in there:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def _erase_again(marks: Mapping[str, datetime], outcome: Outcome, now: datetime) -> None:
    """Erase, with a proof each, the questions that were erased after the backup."""
    with transaction.atomic():
        ErasedQuestion.objects.bulk_create(
            [ErasedQuestion(mark=mark, at=at) for mark, at in marks.items()], ignore_conflicts=True
        )
    for pk in erasure_list.questions_of(list(marks)):
        with transaction.atomic():
            question = Question.objects.select_for_update().get(pk=pk)
            kind, years = term_of(question) or ("welfare", 0)
            group = Group(
                partnership=question.partnership,
                organisation=question.lead,
                kind=kind,
                years=years,
                before=local_date(now) + timedelta(days=1),
            )
            erase.erase_with_proof(group, [question], now=now, rule=RULE)
        outcome.erased_again += 1


def _other_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            # Not backend_type: who owns no other role doesn't see it of others.
            " AND usename IS NOT NULL AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def _has_questions() -> bool:
    try:
        return Question.objects.exists()
    except DatabaseError:  # no tables yet
        return False


def _known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
