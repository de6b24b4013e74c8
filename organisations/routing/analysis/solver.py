"""Search, exactly, for a combination of facts that lies in none of the given boxes.

A *box* gives, for each dimension, the set of classes it allows, as an integer bit mask; it is
the set of all combinations that take one allowed class in every dimension. A condition is a
union of boxes. Whether a rule can still match after all earlier ones is then a satisfiability
question: find a combination inside its boxes that every earlier box leaves out.

The search is DPLL over many-valued dimensions, with all boxes handled at once as bits of one
integer: for each dimension and class there is a mask of the boxes that allow it. Given the
classes still open in every dimension, a few `&` and `|` tell which boxes may still hold the
combination, which ones certainly do (a dead end), and which ones can be left in one dimension
only (a forced step).

Decision diagrams were tried first: for 500 rules of four random conditions over 34 binary facts
`dd.autoref` took 137 s and ten million nodes, because the union of all rules has no small
diagram. This search needs no union, and takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Box = tuple[int, ...]


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the bits of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def meet(one: Box, other: Box) -> Box | None:
    """Return the intersection of two boxes; None where it is empty."""
    result = []
    for left, right in zip(one, other, strict=True):
        both = left & right
        if not both:
            return None
        result.append(both)
    return tuple(result)


def inside(one: Box, other: Box) -> bool:
    """Whether the first box lies within the other."""
    return all(not left & ~right for left, right in zip(one, other, strict=True))


def without_repeats(boxes: list[Box]) -> list[Box]:
    """Drop boxes that lie inside another; the union stays the same."""
    unique = list(dict.fromkeys(boxes))
    if len(unique) > 400:
        return unique
    kept: list[Box] = []
    for box in sorted(unique, key=lambda box: -sum(mask.bit_count() for mask in box)):
        if not any(inside(box, other) for other in kept):
            kept.append(box)
    return kept


@dataclass(slots=True)
class Boxes:
    """A growing list of boxes over dimensions of these sizes, with a search over them."""

    sizes: Sequence[int]
    count: int = 0
    _allows: list[list[int]] = field(default_factory=list)
    _roots: dict[Box, tuple[int, list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._allows = [[0] * size for size in self.sizes]

    @property
    def everything(self) -> Box:
        """The box that holds every combination."""
        return tuple((1 << size) - 1 for size in self.sizes)

    def add(self, box: Box) -> int:
        """Add a box and return its bit."""
        bit = 1 << self.count
        self.count += 1
        self._roots.clear()
        for allows, mask in zip(self._allows, box, strict=True):
            for index in bits(mask):
                allows[index] |= bit
        return bit

    def add_all(self, boxes: Sequence[Box]) -> int:
        """Add boxes and return the mask of their bits."""
        mask = 0
        for box in boxes:
            mask |= self.add(box)
        return mask

    def _touching(self, dimension: int, mask: int) -> int:
        """Return the boxes that allow at least one of these classes."""
        allows, result = self._allows[dimension], 0
        for index in bits(mask):
            result |= allows[index]
        return result

    def _holding(self, dimension: int, mask: int) -> int:
        """Return the boxes that allow all of these classes."""
        allows, result = self._allows[dimension], -1
        for index in bits(mask):
            result &= allows[index]
        return result

    def meeting(self, box: Box, among: int) -> int:
        """Return the boxes of a mask that intersect this box."""
        for dimension, mask in enumerate(box):
            among &= self._touching(dimension, mask)
            if not among:
                break
        return among

    def free_box(self, within: Box, among: int) -> tuple[Box | None, int]:
        """Find a box inside `within` that meets none of the boxes in the mask `among`.

        Returns the box, or None where the boxes cover `within`, and the mask of the boxes used in
        the proof of that (they alone cover it).
        """
        root = self._roots.get(within)
        if root is None:
            meeting = -1
            for dimension, mask in enumerate(within):
                meeting &= self._touching(dimension, mask)
            held = [self._holding(dimension, mask) for dimension, mask in enumerate(within)]
            root = self._roots[within] = (meeting, held)
        return self._search(list(within), list(root[1]), among & root[0])

    def _search(self, open_: list[int], holding: list[int], alive: int) -> tuple[Box | None, int]:
        """Search within the classes of `open_`. Changes both lists."""
        used = 0
        while True:
            if not alive:
                return tuple(open_), used
            one = two = three = 0
            for held in holding:
                escapable = alive & ~held
                three |= two & escapable
                two |= one & escapable
                one |= escapable
            stuck = alive & ~one
            if stuck:
                return None, used | (stuck & -stuck)
            forced = one & ~two
            if not forced:
                break
            bit = forced & -forced
            used |= bit
            dimension = next(index for index, held in enumerate(holding) if not held & bit)
            alive = self._leave(open_, holding, alive, dimension, bit)
        few = two & ~three
        bit = (few or one) & -(few or one)
        used |= bit
        ways = [index for index, held in enumerate(holding) if not held & bit]
        for way in ways:
            tried, tried_holding = list(open_), list(holding)
            left = self._leave(tried, tried_holding, alive, way, bit)
            found, proof = self._search(tried, tried_holding, left)
            if found is not None:
                return found, 0
            used |= proof
            # The rest of the search may assume that the box is not left in this dimension.
            alive = self._stay(open_, holding, alive, way, bit)
        return None, used

    def _leave(
        self, open_: list[int], holding: list[int], alive: int, dimension: int, bit: int
    ) -> int:
        """Keep only the classes of a dimension that a box does not allow; return what is alive."""
        allows = self._allows[dimension]
        keep = 0
        for index in bits(open_[dimension]):
            if not allows[index] & bit:
                keep |= 1 << index
        open_[dimension] = keep
        holding[dimension] = self._holding(dimension, keep)
        return alive & self._touching(dimension, keep)

    def _stay(
        self, open_: list[int], holding: list[int], alive: int, dimension: int, bit: int
    ) -> int:
        """Keep only the classes of a dimension that a box allows; return what is alive."""
        allows = self._allows[dimension]
        keep = 0
        for index in bits(open_[dimension]):
            if allows[index] & bit:
                keep |= 1 << index
        open_[dimension] = keep
        holding[dimension] = self._holding(dimension, keep)
        return alive & self._touching(dimension, keep)

    def widen(self, box: Box, among: int, order: Sequence[int]) -> Box:
        """Return a maximal box around a free one that still meets none of the boxes.

        Dimensions are widened in the order given.
        """
        wide = list(box)
        for dimension in order:
            others = among
            for other, mask in enumerate(wide):
                if other != dimension:
                    others &= self._touching(other, mask)
            for index in range(self.sizes[dimension]):
                if not self._allows[dimension][index] & others:
                    wide[dimension] |= 1 << index
        return tuple(wide)
