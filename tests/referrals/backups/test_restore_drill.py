"""The drill: a backup, an erasure after it, a disaster, a restore; then everything is right."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from intake.questions.models import Question
from referrals.retention import erasure_list
from referrals.retention.models import DeletionProof, ErasedQuestion
from tests.referrals.backups.databases import Database, empty_database
from tests.referrals.retention import full_case, personal_traces
from tests.support import factories as make
from welzijn.audit.chain import anchors
from welzijn.audit.models import AccessEvent

KEPT_TABLES = ("audit_accessevent", "intake_decision", "organisations_organisation")


@pytest.fixture
def elsewhere() -> Iterator[Database]:
    with empty_database("drill") as database:
        yield database


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (names of this test)
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_what_was_erased_is_erased_and_the_rest_is_right(
    elsewhere: Database, tmp_path: Path, settings: Any
) -> None:
    listed = tmp_path / "erasures"
    settings.ERASURE_LIST = str(listed)
    here = full_case.with_terms(make.world())
    full_case.everything(here, now=timezone.now())
    going = full_case.everything(here)
    personal_traces.plant(going)
    full_case.ended(going, timezone.now())
    long_ago = full_case.ended(make.question(here, "geld"), datetime(2019, 1, 1, tzinfo=UTC))
    needles = [personal_traces.WORD, *map(str, personal_traces.ids_of(going).values())]
    # The question that stays has the same invented mail address.
    needles = [needle for needle in needles if "@" not in needle]
    anchor = anchors.write(now=timezone.now())
    call_command("backup", str(tmp_path / "backup"))
    before = {table: count(table) for table in KEPT_TABLES}
    # After the backup somebody asks to be forgotten; then the database is lost.
    given = ["--partnership", here.partnership.slug, "--reference", going.reference, "--decided"]
    call_command("erase_on_request", *given)
    staying = {(pk,) for pk in Question.objects.values_list("pk", flat=True)} - {(long_ago.pk,)}

    kept = tmp_path / "anchors"
    kept.write_text(f"2026-11-29 {anchor}\n2026-11-30 {anchors.Anchor(99, bytes(32))}\n", "utf-8")
    files = {"ERASURE_LIST": str(listed), "LOG_ANCHORS": str(kept)}
    done = elsewhere.manage("restore", str(tmp_path / "backup"), **files)
    assert done.returncode == 0, done.stderr
    assert "1 erased again, 1 over their term" in done.stdout

    assert set(elsewhere.rows("SELECT id FROM intake_question")) == staying
    held = elsewhere.text()
    assert [needle for needle in needles if needle in held] == []
    assert str(long_ago.pk) not in held
    for table in KEPT_TABLES:
        assert elsewhere.rows(f"SELECT count(*) FROM {table}") == [(before[table],)], table  # noqa: S608
    for table in ("django_session", "usersessions_usersession", "intake_draft"):
        assert elsewhere.rows(f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608
    rules = elsewhere.rows("SELECT rule, questions FROM referrals_deletionproof ORDER BY rule")
    assert ("herstel", 1) in rules
    (settings_of_database,) = elsewhere.rows(
        "SELECT setconfig FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
        " WHERE datname = current_database()"
    )
    assert "random_page_cost=1.1" in str(settings_of_database)

    # The access log is the one of then: the chain holds, also over what was erased again.
    # What was anchored after the backup is gone with the rest, and the file says so.
    assert "not as it was written" not in done.stderr
    verified = elsewhere.manage("verify_log", LOG_ANCHORS=str(kept))
    assert verified.returncode == 0, verified.stderr
    assert "2 anchors hold" in verified.stdout
    assert elsewhere.rows("SELECT count(*) > 0 FROM audit_logerasure") == [(True,)]
    # And its guards are the ones of then.
    with psycopg.connect(elsewhere.url) as session, pytest.raises(psycopg.errors.CheckViolation):
        session.execute("SET pgtrigger.ignore = '{evidence_delete}'; DELETE FROM audit_accessevent")
    tampered = "SET session_replication_role = replica; UPDATE audit_accessevent SET role = 'x'"
    with psycopg.connect(elsewhere.url) as session:
        session.execute(tampered)
    verified = elsewhere.manage("verify_log", "--anchor", str(anchor))
    assert verified.returncode == 1
    assert "lines were altered" in verified.stderr

    # A second disaster: now the database itself knows, and no list lies outside.
    refused = elsewhere.manage("restore", str(tmp_path / "backup"), ERASURE_LIST="")
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    again = elsewhere.manage("restore", str(tmp_path / "backup"), "--replace", ERASURE_LIST="")
    assert again.returncode == 0, again.stderr
    assert set(elsewhere.rows("SELECT id FROM intake_question")) == staying
    assert AccessEvent.objects.count() == before["audit_accessevent"]
    assert DeletionProof.objects.filter(rule="verzoek").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_whole_or_it_is_not_there_and_opens_with_its_key_only(
    elsewhere: Database, tmp_path: Path, settings: Any
) -> None:
    make.question(make.world(), "geld")
    file = tmp_path / "backup"
    with pytest.raises(CommandError, match="BACKUP_KEY is not set"):
        call_command("backup", str(file), "--encrypt")
    settings.BACKUP_KEY = "a key that was written down on paper"
    call_command("backup", str(file), "--encrypt")
    assert file.stat().st_mode & 0o077 == 0
    content = file.read_bytes()
    assert b"PGDMP" not in content
    assert b"intake_question" not in content
    with pytest.raises(CommandError, match="never replaces"):
        call_command("backup", str(file))
    with pytest.raises(CommandError, match="can't be written"):
        call_command("backup", str(tmp_path / "missing" / "backup"))

    done = elsewhere.manage("restore", str(file), BACKUP_KEY="another key")
    assert (done.returncode, "another BACKUP_KEY" in done.stderr) == (1, True)
    done = elsewhere.manage("restore", str(file))
    assert (done.returncode, "BACKUP_KEY" in done.stderr) == (1, True)
    # Neither left anything behind.
    assert elsewhere.rows("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]

    (tmp_path / "cut").write_bytes(content[:-100])
    done = elsewhere.manage("restore", str(tmp_path / "cut"), BACKUP_KEY=settings.BACKUP_KEY)
    assert (done.returncode, "changed or cut" in done.stderr) == (1, True)
    assert elsewhere.rows("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]

    key = {"BACKUP_KEY": settings.BACKUP_KEY, "SECRET_KEY": "another key of the checkout"}
    done = elsewhere.manage("restore", str(file), **key)
    assert done.returncode == 0, done.stderr
    assert "another SECRET_KEY" in done.stderr
    assert elsewhere.rows("SELECT count(*) FROM intake_question") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_damaged_backup_leaves_the_database_as_it_was(
    elsewhere: Database, tmp_path: Path
) -> None:
    make.question(make.world(), "geld")
    file = tmp_path / "backup"
    call_command("backup", str(file))
    assert elsewhere.manage("restore", str(file)).returncode == 0
    content = file.read_bytes()
    middle = len(content) * 2 // 3
    for name, damaged in (("cut", content[:middle]), ("text", b"no dump at all")):
        (tmp_path / name).write_bytes(damaged)
        done = elsewhere.manage("restore", str(tmp_path / name), "--replace")
        assert done.returncode == 1
        assert "can't be" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert elsewhere.rows("SELECT count(*) FROM intake_question") == [(1,)]
    file.write_bytes(content[:-1] + b"x")
    done = elsewhere.manage("restore", str(file), "--replace")
    assert (done.returncode, "changed or cut off" in done.stderr) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_nobody_may_be_reading_while_it_is_restored(elsewhere: Database, tmp_path: Path) -> None:
    import psycopg

    make.question(make.world(), "geld")
    call_command("backup", str(tmp_path / "backup"))
    with psycopg.connect(elsewhere.url):
        done = elsewhere.manage("restore", str(tmp_path / "backup"))
    assert (done.returncode, "stop web, worker and beat" in done.stderr) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_is_rehearsed_beside_the_real_database(tmp_path: Path) -> None:
    make.question(make.world(), "geld")
    call_command("backup", str(tmp_path / "backup"))
    here = Database(str(connection.settings_dict["NAME"]))
    done = here.manage("rehearse_upgrade", str(tmp_path / "backup"))
    assert done.returncode == 0, done.stderr
    assert "1 questions" in done.stdout
    assert "The upgrade took" in done.stdout
    names = here.rows("SELECT datname FROM pg_database WHERE datname LIKE '%rehearsal'")
    assert names == []
    assert Question.objects.count() == 1
    (tmp_path / "none").write_bytes(b"")
    done = here.manage("rehearse_upgrade", str(tmp_path / "none"))
    assert (done.returncode, "The rehearsal failed" in done.stderr) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_the_list_of_erasures_holds_no_id_and_can_be_completed(
    tmp_path: Path, settings: Any
) -> None:
    here = full_case.with_terms(make.world())
    question = full_case.ended(make.question(here, "geld"), make.TUESDAY)
    given = ["--partnership", here.partnership.slug, "--reference", question.reference, "--decided"]
    call_command("erase_on_request", *given)
    file = tmp_path / "list"
    call_command("export_erasures", str(file))
    call_command("export_erasures", str(file))
    (line,) = file.read_text("utf-8").splitlines()
    assert line.startswith(erasure_list.mark_of(question.pk))
    assert str(question.pk) not in line
    assert question.reference not in line
    # A line that was being written when the power went.
    file.write_text(line + "\n" + line[:40], "utf-8")
    assert len(erasure_list.read(file)) == 1
    erasure_list.forget_old(now=timezone.now() + erasure_list.KEPT + timedelta(days=1))
    assert not ErasedQuestion.objects.exists()
