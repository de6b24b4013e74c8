"""What `verify_log` compares lies on disk, in parts: its memory does not grow with the log."""

from hashlib import sha256
from pathlib import Path

from welzijn.audit.chain.spool import Line, Spool

MANY = 20_000


def test_a_part_holds_a_small_share_and_nothing_is_left_behind() -> None:
    found: set[bytes] = set()
    largest = 0
    with Spool() as spool:
        folder = Path(spool._folder.name)
        for number in range(MANY):
            leaf = sha256(str(number).encode()).digest()
            spool.sealed(leaf[:8], number, leaf)
            spool.line(Line(leaf[:8], leaf, emptied=number % 2 == 0, is_empty=number % 3 == 0))
            spool.cleared(leaf[:8])
        for part in spool.parts():
            largest = max(largest, len(part.sealed))
            assert set(part.sealed) == part.cleared == {line.tag for line in part.lines}
            for line in part.lines:
                number, leaf = part.sealed[line.tag]
                assert line == Line(line.tag, leaf, number % 2 == 0, number % 3 == 0)
            found |= set(part.sealed)
    assert len(found) == MANY
    assert largest < MANY / 100
    assert not folder.exists()
