"""Verify the access log against its chain, and the chain against anchors.

`verify` reads every block and every line, in one snapshot of the database, and computes each hash
itself. What it finds is one sentence a kind, the first place named. Its memory does not grow with
the lines of the log (`spool`): a few hashes a block, and a part of the lines at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.db.models.functions import Now

from welzijn.audit.chain import hashing
from welzijn.audit.chain.anchors import Anchor
from welzijn.audit.chain.hashing import LEAF, TAG
from welzijn.audit.chain.spool import Line, Spool
from welzijn.audit.models import AccessEvent, LogBlock, LogErasure, UnsealedEvent

_CHUNK = 5_000
_SEALED_WITHIN = timedelta(days=1)
_PROVED = (
    "SELECT COALESCE(sum((rows ->> 'audit.AccessEvent')::int), 0) FROM referrals_deletionproof"
)


@dataclass
class Report:
    """What was looked at, and what is wrong: one sentence a kind."""

    blocks: int = 0
    lines: int = 0
    waiting: int = 0
    cleared: int = 0
    deleted: int = 0
    anchors: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class _Chain:
    """What the blocks say of themselves."""

    hashes: dict[int, bytes] = field(default_factory=dict)
    erasures: dict[int, tuple[int, bytes]] = field(default_factory=dict)


def verify(anchors: Sequence[Anchor] = ()) -> Report:
    """Return what was found; `wrong` is empty where the log is as it was written."""
    report = Report(anchors=len(anchors))
    with transaction.atomic(), Spool() as spool:
        with connection.cursor() as cursor:
            if len(connection.savepoint_ids) == 0:  # the outermost: one snapshot for all reads
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        chain = _blocks(spool, report)
        _erasures(chain, spool, report)
        _lines(spool, report)
        _match(spool, report)
    _compare(anchors, chain, report)
    return report


def _blocks(spool: Spool, report: Report) -> _Chain:
    """Read the chain: each block follows the one before and is what its hash says."""
    chain = _Chain()
    number, previous = 0, b""
    for one in LogBlock.objects.order_by("number").iterator(chunk_size=20):
        tags, leaves, own = bytes(one.tags), bytes(one.leaves), bytes(one.hash)
        if one.number != number + 1:
            _add(report, f"Block {number + 1} is missing: block {one.number} follows {number}.")
        elif bytes(one.previous) != previous:
            _add(report, f"Block {one.number} doesn't follow block {number}: changed or reordered.")
        computed = hashing.block(
            number=one.number,
            previous=bytes(one.previous),
            sealed_at=one.sealed_at,
            lines=one.lines,
            content=tags + leaves,
            erasures=one.erasures,
            erasures_hash=bytes(one.erasures_hash),
        )
        if computed != own or len(tags) != one.lines * TAG or len(leaves) != one.lines * LEAF:
            _add(report, f"Block {one.number} is not what its hash says: changed or reordered.")
        for n in range(len(tags) // TAG):
            leaf = leaves[n * LEAF : (n + 1) * LEAF]
            spool.sealed(tags[n * TAG : (n + 1) * TAG], one.number, leaf)
        chain.hashes[one.number] = own
        chain.erasures[one.number] = (one.erasures, bytes(one.erasures_hash))
        number, previous = one.number, own
        report.blocks += 1
    return chain


def _erasures(chain: _Chain, spool: Spool, report: Report) -> None:
    """Read what retention recorded of the lines it emptied, and deleted."""
    keep = {"cleared": spool.cleared, "deleted": spool.deleted}
    of_block: dict[int | None, list[bytes]] = {}
    erased = 0
    for one in LogErasure.objects.order_by("pk").iterator(chunk_size=500):
        packed = bytes(one.tags)
        erased += one.lines
        for n in range(0, len(packed) - TAG + 1, TAG):
            keep[one.kind](packed[n : n + TAG])
        of_block.setdefault(one.block_id, []).append(
            hashing.erasure(number=one.pk, at=one.at, kind=one.kind, lines=one.lines, tags=packed)
        )
    for number, (count, expected) in chain.erasures.items():
        found = of_block.get(number, [])
        if len(found) != count or sha256(b"".join(found)).digest() != expected:
            _add(report, f"The records of erasing in block {number} were changed.")
    with connection.cursor() as cursor:
        cursor.execute(_PROVED)
        proved = int(cursor.fetchone()[0])
    if erased > proved:
        _add(report, f"{erased - proved} more lines were erased than the proofs of deletion say.")


def _lines(spool: Spool, report: Report) -> None:
    """Read every line, and which of them wait for their block."""
    for pk in UnsealedEvent.objects.order_by().values_list("pk", flat=True).iterator(_CHUNK):
        report.waiting += 1
        spool.waiting(hashing.tag(pk))
    late = UnsealedEvent.objects.filter(since__lt=Now() - _SEALED_WITHIN).count()
    if late:
        _add(report, f"{late} lines wait for their block for over a day: does the worker run?")
    for line in _hashed_lines():
        report.lines += 1
        report.cleared += line.emptied
        spool.line(line)


@dataclass
class _Wrong:
    """How many lines are wrong in one way, and the first block of those."""

    number: int = 0
    first: int = 0

    def add(self, block: int = 0) -> None:
        self.first = min(self.first, block) if self.number else block
        self.number += 1


def _match(spool: Spool, report: Report) -> None:
    """Compare every line with its leaf; what is left over in the chain has to have been erased."""
    altered, missing, inserted = _Wrong(), _Wrong(), _Wrong()
    for part in spool.parts():
        left = set(part.sealed)
        for line in part.lines:
            if line.tag in part.waiting:
                continue
            if line.tag not in part.sealed:
                inserted.add()
                continue
            left.discard(line.tag)
            block, expected = part.sealed[line.tag]
            # Emptied by retention, which leaves a record; or by somebody else.
            recorded = line.is_empty and line.tag in part.cleared
            if line.leaf != expected or (line.emptied and not recorded):
                altered.add(block)
        report.deleted += len(left & part.deleted)
        for tag in left - part.deleted:
            missing.add(part.sealed[tag][0])
    if altered.number:
        _add(report, f"{altered.number} lines were altered; the first is in block {altered.first}.")
    if missing.number:
        _add(
            report, f"{missing.number} lines were deleted; the first was in block {missing.first}."
        )
    if inserted.number:
        _add(report, f"{inserted.number} lines were inserted past the log's own way.")


def _hashed_lines() -> Iterator[Line]:
    """Yield each line as its tag and its leaf."""
    columns = (
        "id", "at", "partnership_id", "actor_id", "organisation_id", "actor_kind", "role", "action",
        "what", "basis", "emergency", "question_id", "person_id", "reason", "on_behalf_of",
        "erased_hash",
    )  # fmt: skip
    rows = AccessEvent.objects.order_by().values_list(*columns)
    for row in rows.iterator(chunk_size=_CHUNK):
        line, at, *rest = row
        question, person, reason, on_behalf_of, erased = rest[9:]
        kept = hashing.kept(line=line, at=at, ids=rest[0:3], texts=rest[3:9])
        erasable = (
            bytes(erased)
            if erased is not None
            else hashing.erasable(
                line=line,
                question=question,
                person=person,
                reason=reason,
                on_behalf_of=on_behalf_of,
            )
        )
        empty = question is None and person is None and not reason and not on_behalf_of
        yield Line(hashing.tag(line), hashing.leaf(kept, erasable), erased is not None, empty)


def _compare(anchors: Sequence[Anchor], chain: _Chain, report: Report) -> None:
    last = max(chain.hashes, default=0)
    for anchor in sorted(anchors, key=lambda one: one.number):
        if anchor.number > last:
            _add(
                report,
                f"The end was cut off: the chain stops at block {last}, "
                f"and the anchor is of block {anchor.number}.",
            )
            return
        if chain.hashes.get(anchor.number) != anchor.hash:
            _add(report, f"Block {anchor.number} is not the one of the anchor: rewritten.")
            return


def _add(report: Report, sentence: str) -> None:
    if sentence not in report.wrong:
        report.wrong.append(sentence)
