"""Verify the access log against its chain, and the chain against anchors.

`verify` reads every block and every line, in one snapshot of the database, and computes each hash
itself. What it finds is one sentence a kind, the first place named.
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
    """What the blocks say: of each line by its tag the block and the leaf."""

    leaves: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    hashes: dict[int, bytes] = field(default_factory=dict)
    erasures: dict[int, tuple[int, bytes]] = field(default_factory=dict)


def verify(anchors: Sequence[Anchor] = ()) -> Report:
    """Return what was found; `wrong` is empty where the log is as it was written."""
    report = Report(anchors=len(anchors))
    with transaction.atomic():
        with connection.cursor() as cursor:
            if len(connection.savepoint_ids) == 0:  # the outermost: one snapshot for all reads
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        chain = _blocks(report)
        cleared, deleted = _erasures(chain, report)
        _lines(chain, cleared, deleted, report)
    _compare(anchors, chain, report)
    return report


def _blocks(report: Report) -> _Chain:
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
            chain.leaves[tags[n * TAG : (n + 1) * TAG]] = (
                one.number,
                leaves[n * LEAF : (n + 1) * LEAF],
            )
        chain.hashes[one.number] = own
        chain.erasures[one.number] = (one.erasures, bytes(one.erasures_hash))
        number, previous = one.number, own
        report.blocks += 1
    return chain


def _erasures(chain: _Chain, report: Report) -> tuple[set[bytes], set[bytes]]:
    """Read what retention recorded; return the tags of the lines it emptied, and deleted."""
    tags: dict[str, set[bytes]] = {"cleared": set(), "deleted": set()}
    of_block: dict[int | None, list[bytes]] = {}
    erased = 0
    for one in LogErasure.objects.order_by("pk").iterator(chunk_size=500):
        packed = bytes(one.tags)
        erased += one.lines
        tags[one.kind].update(packed[n : n + TAG] for n in range(0, len(packed), TAG))
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
    return tags["cleared"], tags["deleted"]


def _lines(chain: _Chain, cleared: set[bytes], deleted: set[bytes], report: Report) -> None:
    """Compare every line with its leaf; what is left over in the chain has to have been erased."""
    waiting = {hashing.tag(one) for one in UnsealedEvent.objects.values_list("pk", flat=True)}
    report.waiting = len(waiting)
    late = UnsealedEvent.objects.filter(since__lt=Now() - _SEALED_WITHIN).count()
    if late:
        _add(report, f"{late} lines wait for their block for over a day: does the worker run?")
    inserted: list[int] = []
    altered: list[int] = []
    left = set(chain.leaves)
    for tag, leaf, emptied, is_empty in _hashed_lines():
        report.lines += 1
        report.cleared += emptied
        if tag in waiting:
            continue
        if tag not in chain.leaves:
            inserted.append(0)
            continue
        left.discard(tag)
        number, expected = chain.leaves[tag]
        # Emptied by retention, which leaves a record; or by somebody else.
        if leaf != expected or (emptied and not (is_empty and tag in cleared)):
            altered.append(number)
    missing = [chain.leaves[tag][0] for tag in left if tag not in deleted]
    report.deleted = len(left) - len(missing)
    if altered:
        _add(report, f"{len(altered)} lines were altered; the first is in block {min(altered)}.")
    if missing:
        _add(report, f"{len(missing)} lines were deleted; the first was in block {min(missing)}.")
    if inserted:
        _add(report, f"{len(inserted)} lines were inserted past the log's own way.")


def _hashed_lines() -> Iterator[tuple[bytes, bytes, bool, bool]]:
    """Yield of each line its tag, its leaf, whether it was emptied, and whether it is empty."""
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
        yield hashing.tag(line), hashing.leaf(kept, erasable), erased is not None, empty


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
