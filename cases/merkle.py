"""The tree of the decision log (RFC 9162, section 2.1): its head, and proofs that a leaf, or an older tree, is in it.

A proof is named by the parts of the tree it needs, as ranges of leaves: whoever keeps the tree supplies their heads.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

LEAF_PREFIX: Final = b"\x00"
NODE_PREFIX: Final = b"\x01"
EMPTY_HEAD: Final = sha256(b"").digest()

# Leaves from the first to before the second, as a part of the tree; and how its head is had.
Span = tuple[int, int]
HeadOf = Callable[[int, int], bytes]


class NoSuchProof(ValueError):
    """A proof was asked for of something that is not in the tree."""


def leaf_hash(data: bytes) -> bytes:
    return sha256(LEAF_PREFIX + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(NODE_PREFIX + left + right).digest()


@dataclass
class Frontier:
    """A tree that only grows: the heads of its complete parts, the largest first; as many as its size has ones."""

    size: int = 0
    heads: list[bytes] = field(default_factory=list)

    def append(self, head: bytes) -> None:
        """One more leaf, or one more of whatever equal parts this tree is made of."""
        self.size += 1
        # As often as the new size can be halved, its last two parts are of one size and become one.
        for _ in range((self.size & -self.size).bit_length() - 1):
            head = node_hash(self.heads.pop(), head)
        self.heads.append(head)

    @property
    def head(self) -> bytes:
        return joined(self.heads)


@dataclass(frozen=True)
class Tile:
    """A full tile: so many leaves, or so many tops of the level below; level 1 is of leaves."""

    level: int
    index: int
    top: bytes


@dataclass
class TiledTree:
    """A tree that only grows, and says which tiles each leaf fills."""

    width: int
    size: int = 0
    levels: list[Frontier] = field(default_factory=lambda: [Frontier()])

    def append(self, leaf: bytes) -> list[Tile]:
        self.size += 1
        self.levels[0].append(leaf)
        return self._filled(0) if self.levels[0].size == self.width else []

    @property
    def head(self) -> bytes:
        return joined([head for tree in reversed(self.levels) for head in tree.heads])

    def _filled(self, level: int) -> list[Tile]:
        top = self.levels[level].head
        self.levels[level] = Frontier()
        if len(self.levels) == level + 1:
            self.levels.append(Frontier())
        above = self.levels[level + 1]
        above.append(top)
        tile = Tile(level + 1, self.size // self.width ** (level + 1) - 1, top)
        return [tile, *(self._filled(level + 1) if above.size == self.width else [])]


def joined(heads: Sequence[bytes]) -> bytes:
    """The head over complete parts, the largest first."""
    if not heads:
        return EMPTY_HEAD
    *before, found = heads
    for head in reversed(before):
        found = node_hash(head, found)
    return found


def tree_head(heads: Iterable[bytes]) -> bytes:
    """The head of the tree of these leaf hashes (MTH)."""
    tree = Frontier()
    for head in heads:
        tree.append(head)
    return tree.head


def complete_spans(begin: int, end: int) -> Iterator[Span]:
    """The complete parts that a part of the tree consists of, the largest first."""
    while begin < end:
        size = 1 << ((end - begin).bit_length() - 1)
        yield begin, begin + size
        begin += size


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The parts whose heads prove that the leaf of this index is in the tree of this size, in the proof's order."""
    if not 0 <= index < size:
        raise NoSuchProof(f"There is no leaf {index} in a tree of {size}.")
    spans: list[Span] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _half(end - begin)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The parts whose heads prove that the tree of the first size grew into that of the second."""
    if not 0 < first <= second:
        raise NoSuchProof(f"A tree of {first} cannot have grown into one of {second}.")
    spans: list[Span] = []
    begin, end = 0, second
    while first != end:
        middle = begin + _half(end - begin)
        if first <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    # The older tree itself is not part of its proof, since whoever checks it has its head.
    return ([(begin, end)] if begin else []) + spans[::-1]


def inclusion_proof(index: int, size: int, head_of: HeadOf) -> list[bytes]:
    return [head_of(*span) for span in inclusion_spans(index, size)]


def consistency_proof(first: int, second: int, head_of: HeadOf) -> list[bytes]:
    return [head_of(*span) for span in consistency_spans(first, second)]


def includes(head: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows this leaf at this index of the tree with this head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == head


def grew(first: int, first_head: bytes, second: int, second_head: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the second tree is the first with leaves added after it (RFC 9162, 2.1.4.2)."""
    if first == second:
        return not proof and first_head == second_head
    if not 0 < first < second:
        return False
    path = [first_head, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return last == 0 and (old, new) == (first_head, second_head)


def _half(size: int) -> int:
    """The largest power of two below a size above one."""
    return 1 << ((size - 1).bit_length() - 1)
