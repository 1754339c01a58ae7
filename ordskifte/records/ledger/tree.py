"""The Merkle tree of RFC 9162 (section 2.1): hashes, roots, proofs and their verification. Hashes are 32 bytes."""

from collections.abc import Callable, Sequence
from hashlib import sha256

from ordskifte.records.ledger.errors import NotProved

EMPTY_ROOT = sha256(b"").digest()
Node = Callable[[int, int], bytes]  # (height, index) -> hash of the complete subtree of 2**height leaves
Range = tuple[int, int]  # leaves start .. end - 1


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256(0x00 || leaf)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, or over the roots of equal subtrees of which only the last may be incomplete."""
    if not hashes:
        return EMPTY_ROOT
    row = list(hashes)
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        odd = row[-1:] if len(row) % 2 else []
        row = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return row[0]


def _split(count: int) -> int:
    """The largest power of two below `count` (at least 2)."""
    return 1 << (count - 1).bit_length() - 1


def range_hash(leaves: Range, node: Node) -> bytes:
    """The root over leaves start .. end - 1, where start is a multiple of the largest power of two in their number."""
    start, end = leaves
    count = end - start
    if count & (count - 1) == 0:
        height = count.bit_length() - 1
        return node(height, start >> height)
    half = _split(count)
    return node_hash(range_hash((start, start + half), node), range_hash((start + half, end), node))


def inclusion_ranges(number: int, size: int) -> list[Range]:
    """Which ranges' roots are the inclusion path of leaf `number` in a tree of `size`, lowest first (2.1.3.1)."""
    if not 0 <= number < size:
        raise ValueError(f"no leaf {number} in a tree of {size}")
    ranges: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if number < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old: int, size: int) -> list[Range]:
    """Which ranges' roots prove that the tree of `old` leaves is the beginning of that of `size` (2.1.4.1)."""
    if not 0 < old <= size:
        raise ValueError(f"no proof from {old} to {size}")
    ranges: list[Range] = []
    start, end = 0, size
    while old < end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def root_of_path(leaf: bytes, number: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that leaf hash `leaf` at `number` and its path give (2.1.3.2). NotProved when the path cannot fit."""
    if not 0 <= number < size:
        raise NotProved(f"Entry {number} is not in a tree of {size} entries.")
    left, last, result = number, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise NotProved("The path is too long for this tree.")
        if left & 1 or left == last:
            result = node_hash(sibling, result)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        left, last = left >> 1, last >> 1
    if last:
        raise NotProved("The path is too short for this tree.")
    return result


def check_consistency(old: int, size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    """NotProved unless `path` shows that the tree `old_root` grew into `new_root` (2.1.4.2)."""
    if not 0 < old <= size:
        raise NotProved(f"A tree of {old} entries cannot grow into one of {size}.")
    if old == size:
        if path or old_root != new_root:
            raise NotProved("Two trees of one size are not the same tree.")
        return
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not hashes:
        raise NotProved("The path is too short for these trees.")
    left, last = old - 1, size - 1
    while left & 1:
        left, last = left >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise NotProved("The path is too long for these trees.")
        if left & 1 or left == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        left, last = left >> 1, last >> 1
    if last:
        raise NotProved("The path is too short for these trees.")
    if first != old_root or second != new_root:
        raise NotProved("The later tree does not begin with the earlier one.")
