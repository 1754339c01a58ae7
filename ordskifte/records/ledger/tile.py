"""The growing tree, kept as tiles of 256 hashes (C2SP tlog-tiles): its right edge is all that has to be remembered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ordskifte.records.ledger.tree import root

WIDTH = 256
HEIGHT = 8  # 2**8 = WIDTH
Row = Callable[[int, int, int], Sequence[bytes]]  # (level, first, count) -> hashes of complete subtrees of 256**level


@dataclass(frozen=True, slots=True)
class FullTile:
    """256 hashes side by side. At level 0 they are leaf hashes, at level n the roots of the tiles below."""

    level: int
    index: int
    hashes: bytes  # 256 x 32 bytes
    root: bytes


class GrowingTree:
    """A tree that leaves are put to. Holds at most 256 hashes a level, whatever its size."""

    def __init__(self, size: int = 0, edge: Iterable[Sequence[bytes]] = ()) -> None:
        """`edge`: for each level, the hashes of its last, unfilled tile, as `edge_of` tells how many."""
        self.size = size
        self._edge: list[list[bytes]] = [list(hashes) for hashes in edge]

    def extend(self, leaves: Sequence[bytes]) -> list[FullTile]:
        """Put leaf hashes at the end. Returns the tiles that became full, lower levels first where they meet."""
        full: list[FullTile] = []
        at = 0
        while at < len(leaves):
            room = WIDTH - self.size % WIDTH
            part = leaves[at : at + room]
            at += len(part)
            self.size += len(part)
            self._put(0, part, full)
        return full

    def _put(self, level: int, hashes: Sequence[bytes], full: list[FullTile]) -> None:
        if level == len(self._edge):
            self._edge.append([])
        row = self._edge[level]
        row.extend(hashes)
        if len(row) == WIDTH:
            index = (self.size >> HEIGHT * (level + 1)) - 1
            tile = FullTile(level, index, b"".join(row), root(row))
            full.append(tile)
            row.clear()
            self._put(level + 1, [tile.root], full)

    def root(self) -> bytes:
        """The root as it stands (RFC 9162; the empty tree's is the hash of nothing)."""
        below: list[bytes] = []
        for row in self._edge:
            hashes = row + below
            below = [root(hashes)] if hashes else []
        return below[0] if below else root([])


def edge_of(size: int) -> list[tuple[int, int]]:
    """For each level of a tree of `size`: where its last, unfilled tile begins, and how many hashes it holds."""
    edge: list[tuple[int, int]] = []
    while size:
        edge.append((size - size % WIDTH, size % WIDTH))
        size >>= HEIGHT
    return edge


def node_from(row: Row) -> Callable[[int, int], bytes]:
    """A subtree's root, from rows of tiles: what `tree.range_hash` asks for."""

    def node(height: int, index: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        count = 1 << above
        return root(row(level, index * count, count))

    return node


def split_hashes(joined: bytes) -> list[bytes]:
    """A tile's bytes as hashes of 32 bytes."""
    return [joined[at : at + 32] for at in range(0, len(joined), 32)]
