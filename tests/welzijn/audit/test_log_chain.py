"""The access log is sealed, anchored, and what was done to it by its owner is found."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from referrals.retention import log, on_request
from tests.referrals.retention import full_case
from tests.support import factories as make
from welzijn.audit.chain import anchors, sealing, tasks, verification
from welzijn.audit.models import AccessEvent, LogBlock, LogErasure, UnsealedEvent
from welzijn.sweeps.models import SetAside

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def here() -> make.World:
    return full_case.with_terms(make.world())


def look(here: make.World, at: datetime = NOW, **fields: Any) -> AccessEvent:
    with transaction.atomic():
        values = {"actor_kind": "resident", "action": "read", "what": "question", "reason": "x"}
        return AccessEvent.objects.create(at=at, partnership=here.partnership, **(values | fields))


def sealed(here: make.World, *, blocks: int = 3, lines: int = 4) -> list[AccessEvent]:
    made = []
    for _block in range(blocks):
        made += [look(here, question_id=uuid.uuid4()) for _line in range(lines)]
        sealing.seal(now=NOW)
    return made


@contextmanager
def owner() -> Iterator[Any]:
    """Yield a cursor of the owner, for whom no trigger fires."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor


def wrong(*known: anchors.Anchor) -> list[str]:
    return verification.verify(known).wrong


def test_lines_wait_and_are_sealed_into_a_chain(here: make.World) -> None:
    sealed(here)
    look(here)
    report = verification.verify()
    assert (report.wrong, report.blocks, report.lines, report.waiting) == ([], 3, 13, 1)
    first, second, third = LogBlock.objects.order_by("number")
    assert bytes(second.previous) == bytes(first.hash)
    assert bytes(third.previous) == bytes(second.hash)
    assert sealing.seal(now=NOW) == 1
    assert sealing.seal(now=NOW) == 0
    assert not UnsealedEvent.objects.exists()
    assert wrong() == []


def test_many_lines_become_blocks_of_a_size(here: make.World) -> None:
    for _n in range(7):
        look(here)
    assert sealing.seal(now=NOW, block=3) == 7
    assert list(LogBlock.objects.order_by("number").values_list("lines", flat=True)) == [3, 3, 1]
    assert wrong() == []


def test_lines_that_nobody_seals_are_told_of(here: make.World) -> None:
    look(here)
    with owner() as cursor:
        cursor.execute("UPDATE audit_unsealedevent SET since = now() - interval '2 days'")
    assert wrong() == ["1 lines wait for their block for over a day: does the worker run?"]


def test_a_line_that_is_committed_late_gets_into_a_later_block(here: make.World) -> None:
    with other_session() as late:
        late.execute(
            "INSERT INTO audit_accessevent (id, at, partnership_id, actor_kind, role, on_behalf_of,"
            " action, what, basis, reason, emergency) VALUES (gen_random_uuid(), now(), %s,"
            " 'resident', '', '', 'read', 'question', '', '', false)",
            [here.partnership.pk],
        )
        sealed(here, blocks=2)
        late.commit()
    assert sealing.seal(now=NOW) == 1
    report = verification.verify()
    assert (report.wrong, report.lines, report.blocks) == ([], 9, 3)


def test_no_page_waits_for_sealing_and_two_at_once_make_one_chain(here: make.World) -> None:
    look(here)
    with other_session() as busy:
        busy.execute("SELECT audit_seal(array_agg(event_id)) FROM audit_unsealedevent")
        look(here)  # reads go on
        assert sealing.seal(now=NOW) == 0
        busy.commit()
    assert sealing.seal(now=NOW) == 1
    assert wrong() == []


@pytest.mark.parametrize("column", ["at", "role", "action", "what", "basis", "emergency",
                                    "question_id", "reason", "on_behalf_of", "partnership_id",
                                    "organisation_id", "actor_kind"])  # fmt: skip
def test_an_altered_line_is_found(here: make.World, column: str) -> None:
    line = sealed(here)[5]
    values: dict[str, Any] = {
        "at": NOW - timedelta(hours=1), "emergency": True, "question_id": uuid.uuid4(),
        "action": "list", "actor_kind": "system", "organisation_id": here["stimenz"].pk,
        "partnership_id": uuid.uuid4(),
    }  # fmt: skip
    with owner() as cursor:
        cursor.execute(
            f"UPDATE audit_accessevent SET {column} = %s WHERE id = %s",  # noqa: S608
            [values.get(column, "anders"), line.pk],
        )
    assert wrong() == ["1 lines were altered; the first is in block 2."]


def test_a_line_emptied_by_hand_is_found(here: make.World) -> None:
    line = sealed(here)[0]
    with owner() as cursor:
        cursor.execute(
            "UPDATE audit_accessevent e SET question_id = NULL, reason = '',"
            " erased_hash = audit_erasable_hash(e) WHERE id = %s",
            [line.pk],
        )
    assert wrong() == ["1 lines were altered; the first is in block 1."]


def test_a_deleted_line_is_found_also_before_it_was_sealed(here: make.World) -> None:
    lines = sealed(here)
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_accessevent WHERE id = %s", [lines[4].pk])
    assert wrong() == ["1 lines were deleted; the first was in block 2."]
    waiting = look(here)
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_accessevent WHERE id = %s", [waiting.pk])
    sealing.seal(now=NOW)
    assert wrong() == ["2 lines were deleted; the first was in block 2."]


def test_a_deletion_that_only_looks_like_retention_is_found(here: make.World) -> None:
    line = sealed(here)[0]
    with owner() as cursor:
        cursor.execute(
            "INSERT INTO audit_logerasure (txid, at, kind, lines, tags)"
            " VALUES (1, now(), 'deleted', 1, audit_tag(%s))",
            [line.pk],
        )
        cursor.execute("DELETE FROM audit_accessevent WHERE id = %s", [line.pk])
    sealing.seal(now=NOW)
    assert wrong() == ["1 more lines were erased than the proofs of deletion say."]


def test_an_inserted_line_is_found(here: make.World) -> None:
    sealed(here)
    with owner() as cursor:
        cursor.execute(
            "INSERT INTO audit_accessevent SELECT (jsonb_populate_record(e,"
            " jsonb_build_object('id', gen_random_uuid()))).* FROM audit_accessevent e LIMIT 1"
        )
    assert wrong() == ["1 lines were inserted past the log's own way."]


def test_reordered_and_changed_blocks_are_found(here: make.World) -> None:
    sealed(here)
    with owner() as cursor:
        swap(cursor, 2, 3)
    assert wrong()[0] == "Block 2 doesn't follow block 1: changed or reordered."
    with owner() as cursor:
        swap(cursor, 2, 3)
        assert wrong() == []
        # Lines in another order within their block.
        cursor.execute(
            "UPDATE audit_logblock SET tags = substring(tags FROM 9) || substring(tags FOR 8),"
            " leaves = substring(leaves FROM 33) || substring(leaves FOR 32) WHERE number = 2"
        )
    assert wrong() == ["Block 2 is not what its hash says: changed or reordered."]


def test_a_block_left_out_is_found(here: make.World) -> None:
    sealed(here)
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_logblock WHERE number = 2")
    assert "Block 2 is missing: block 3 follows 1." in wrong()


def test_a_rewritten_chain_and_a_cut_end_are_found_with_an_anchor(here: make.World) -> None:
    lines = sealed(here)
    anchor = anchors.write(now=NOW)
    assert anchor is not None
    assert (anchor.number, wrong(anchor)) == (3, [])
    with owner() as cursor:
        # The whole end, with its lines: nothing is left that could tell.
        cursor.execute("DELETE FROM audit_logblock WHERE number = 3")
        cursor.execute(
            "DELETE FROM audit_accessevent WHERE id = ANY (%s)", [[x.pk for x in lines[8:]]]
        )
    assert wrong() == []
    assert wrong(anchor) == [
        "The end was cut off: the chain stops at block 2, and the anchor is of block 3."
    ]
    sealed(here, blocks=1)
    assert wrong() == []
    assert wrong(anchor) == ["Block 3 is not the one of the anchor: rewritten."]


def test_what_retention_takes_keeps_the_chain_and_tells_nothing(here: make.World) -> None:
    question = full_case.ended(make.question(here, "geld"), make.TUESDAY)
    look(here, question_id=question.pk, person_id=question.asker_id)
    look(here, at=NOW - timedelta(days=366 * 6))
    sealed(here)
    waiting = look(here, question_id=question.pk, at=NOW - timedelta(days=366 * 7))
    anchor = anchors.Anchor(2, bytes(LogBlock.objects.get(number=2).hash))
    on_request.erase_on_request(question=question, now=NOW)
    assert log.delete_batch(partnership=here.partnership, size=10, now=NOW) == 2
    assert not AccessEvent.objects.filter(pk=waiting.pk).exists()
    sealing.seal(now=NOW)
    report = verification.verify([anchor])
    assert (report.wrong, report.deleted) == ([], 2)
    assert report.cleared == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(b)::text FROM audit_logblock b")
        notified = "".join(row[0] for row in cursor.fetchall())
    assert str(question.pk) not in notified
    assert waiting.pk.hex not in notified
    # The records of erasing are in the chain too.
    with owner() as cursor:
        cursor.execute("UPDATE audit_logerasure SET at = at + interval '1 hour'")
    (shown,) = wrong()
    assert shown.startswith("The records of erasing in block ")
    assert LogErasure.objects.filter(block=None).count() == 0


def test_the_command_says_it_in_a_sentence_and_exits_with_1(
    here: make.World, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed(here)
    call_command("verify_log")
    shown = capsys.readouterr()
    assert "12 lines in 3 blocks are as they were written" in shown.out
    assert "No anchor was given" in shown.err
    settings.LOG_ANCHORS = str(tmp_path / "anchors")
    tasks.anchor_access_log()
    tasks.anchor_access_log()
    line = (tmp_path / "anchors").read_text("utf-8").splitlines()[-1]
    assert (tmp_path / "anchors").stat().st_mode & 0o077 == 0
    call_command("verify_log", "--anchor", line)
    assert "3 anchors hold" in capsys.readouterr().out
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_logblock WHERE number = 3")
        cursor.execute("UPDATE audit_accessevent SET role = 'x'")
    with pytest.raises(CommandError) as error:
        call_command("verify_log")
    assert error.value.returncode == 1
    assert "8 lines were altered; the first is in block 1." in str(error.value)
    assert "The end was cut off" in str(error.value)
    for given in (["--anchor", "yesterday"], ["--anchors", str(tmp_path / "none")]):
        with pytest.raises(CommandError, match=r"no anchor|can't be read"):
            call_command("verify_log", *given)


def test_the_anchor_stands_in_the_log_whole(
    here: make.World, caplog: pytest.LogCaptureFixture, settings: Any, tmp_path: Path
) -> None:
    sealed(here, blocks=1)
    settings.LOG_ANCHORS = str(tmp_path / "missing" / "anchors")
    tasks.anchor_access_log()
    last = sealing.last_block()
    assert last is not None
    assert f"access log anchor 1:{bytes(last.hash).hex('_', 4)}" in caplog.text
    assert anchors.parse(caplog.text) == [anchors.Anchor(1, bytes(last.hash))]
    # A file that can't be written is told of.
    assert SetAside.objects.get().sweep == "log anchor"


def swap(cursor: Any, one: int, other: int) -> None:
    for old, new in ((one, 99), (other, one), (99, other)):
        cursor.execute("UPDATE audit_logblock SET number = %s WHERE number = %s", [new, old])


@contextmanager
def other_session() -> Iterator[Any]:
    with psycopg.connect(**connection.get_connection_params()) as session:
        yield session
