"""The tree is RFC 9162's: roots, proofs and their verification agree with the published vectors and with each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.records.ledger.errors import NotProved
from ordskifte.records.ledger.tile import WIDTH, GrowingTree, edge_of, node_from, split_hashes
from ordskifte.records.ledger.tree import (
    EMPTY_ROOT,
    check_consistency,
    consistency_ranges,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    range_hash,
    root,
    root_of_path,
)
from tests.records.ledger import vectors

HASHES = [leaf_hash(leaf) for leaf in vectors.LEAVES]
NUMBERED = [leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]


def defined_root(hashes: list[bytes]) -> bytes:
    """The definition in RFC 9162 section 2.1.1, word for word."""
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(defined_root(hashes[:split]), defined_root(hashes[split:]))


def path_of(number: int, hashes: list[bytes]) -> list[bytes]:
    return [defined_root(hashes[start:end]) for start, end in inclusion_ranges(number, len(hashes))]


def consistency_of(old: int, hashes: list[bytes]) -> list[bytes]:
    return [defined_root(hashes[start:end]) for start, end in consistency_ranges(old, len(hashes))]


def test_the_hashes_are_those_of_the_vectors() -> None:
    assert {leaf: leaf_hash(leaf).hex() for leaf in vectors.LEAF_HASHES} == vectors.LEAF_HASHES
    left, right, expected = vectors.NODE
    assert node_hash(left, right).hex() == expected
    assert vectors.EMPTY == EMPTY_ROOT == root([])


def test_the_roots_are_those_of_the_vectors() -> None:
    assert [root(HASHES[: size + 1]) for size in range(8)] == vectors.ROOTS


@pytest.mark.parametrize(("number", "size", "path"), vectors.INCLUSION)
def test_inclusion_paths_are_those_of_the_vectors(number: int, size: int, path: list[str]) -> None:
    made = path_of(number, HASHES[:size])
    assert [each.hex() for each in made] == path
    assert root_of_path(HASHES[number], number, size, made) == vectors.ROOTS[size - 1]


@pytest.mark.parametrize(("old", "size", "path"), vectors.CONSISTENCY)
def test_consistency_paths_are_those_of_the_vectors(old: int, size: int, path: list[str]) -> None:
    made = consistency_of(old, HASHES[:size])
    assert [each.hex() for each in made] == path
    check_consistency(old, size, vectors.ROOTS[old - 1], vectors.ROOTS[size - 1], made)


def test_a_leaf_of_a_real_log_of_millions_is_proved() -> None:
    found = root_of_path(vectors.DEEP_LEAF, vectors.DEEP_NUMBER, vectors.DEEP_SIZE, vectors.DEEP_PATH)
    assert found == vectors.DEEP_ROOT


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_is_proved_by_its_own_path_and_no_other_number(size: int) -> None:
    hashes = NUMBERED[:size]
    whole = root(hashes)
    for number in range(size):
        path = path_of(number, hashes)
        assert root_of_path(hashes[number], number, size, path) == whole
        for other in range(size):
            if other != number and len(path_of(other, hashes)) == len(path):
                assert root_of_path(hashes[number], other, size, path) != whole


@pytest.mark.parametrize("size", range(1, 34))
def test_every_tree_grows_out_of_every_smaller_one(size: int) -> None:
    hashes = NUMBERED[:size]
    for old in range(1, size + 1):
        path = consistency_of(old, hashes)
        check_consistency(old, size, root(hashes[:old]), root(hashes), path)
        with pytest.raises(NotProved):
            check_consistency(old, size, root(NUMBERED[1 : old + 1]), root(hashes), path)
        with pytest.raises(NotProved):
            check_consistency(old, size, root(hashes[:old]), bytes(32), path)


@pytest.mark.parametrize(
    ("number", "size", "path"),
    [(-1, 8, 3), (8, 8, 3), (0, 0, 0), (0, 8, 2), (0, 8, 4), (5, 8, 0), (0, 1, 1), (2, 3, 2)],
)
def test_a_path_that_cannot_fit_is_refused(number: int, size: int, path: int) -> None:
    with pytest.raises(NotProved):
        root_of_path(HASHES[0], number, size, [bytes(32)] * path)


@pytest.mark.parametrize(
    ("old", "size", "path"),
    [(0, 8, 3), (9, 8, 3), (8, 8, 1), (6, 8, 0), (6, 8, 2), (6, 8, 4), (4, 8, 0), (4, 8, 2), (2, 5, 3)],
)
def test_a_consistency_path_that_cannot_fit_is_refused(old: int, size: int, path: int) -> None:
    with pytest.raises(NotProved):
        check_consistency(old, size, vectors.ROOTS[max(old, 1) % 8 - 1], vectors.ROOTS[7], [bytes(32)] * path)


def test_two_roots_of_one_size_must_be_one() -> None:
    with pytest.raises(NotProved):
        check_consistency(3, 3, vectors.ROOTS[2], vectors.ROOTS[3], [])


@pytest.mark.parametrize(("number", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_there_is_no_path_for_a_leaf_that_is_not_there(number: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(number, size)


@pytest.mark.parametrize(("old", "size"), [(0, 4), (5, 4)])
def test_there_is_no_consistency_with_nothing_or_with_more(old: int, size: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        consistency_ranges(old, size)


@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_growing_tree_has_the_defined_root_however_it_is_fed(parts: list[int]) -> None:
    tree, tiles = GrowingTree(), []
    for part in parts:
        tiles += tree.extend(NUMBERED[tree.size : tree.size + part])
    leaves = NUMBERED[: sum(parts)]
    assert (tree.size, tree.root()) == (len(leaves), root(leaves))
    assert [(tile.level, tile.index) for tile in tiles] == [(0, index) for index in range(len(leaves) // WIDTH)]
    assert all(split_hashes(tile.hashes) == NUMBERED[tile.index * WIDTH :][:WIDTH] for tile in tiles)


def test_a_tile_of_tiles_is_made_and_its_root_is_the_trees() -> None:
    tree = GrowingTree()
    tiles = tree.extend(NUMBERED[: WIDTH * WIDTH])
    above = [tile for tile in tiles if tile.level == 1]
    assert [(tile.index, tile.root) for tile in above] == [(0, root(NUMBERED[: WIDTH * WIDTH]))]
    assert tree.root() == above[0].root
    tree.extend(NUMBERED[WIDTH * WIDTH : 66_000])
    assert tree.root() == root(NUMBERED[:66_000])


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 65_535, 65_536, 65_537, 66_001])
def test_a_tree_is_taken_up_again_from_its_edge(size: int) -> None:
    levels = [NUMBERED[:size]]
    while len(levels[-1]) >= WIDTH:
        row = levels[-1]
        levels.append([root(row[at : at + WIDTH]) for at in range(0, len(row) // WIDTH * WIDTH, WIDTH)])
    edge = [levels[level][first : first + count] for level, (first, count) in enumerate(edge_of(size))]
    tree = GrowingTree(size, edge)
    assert tree.root() == root(NUMBERED[:size])
    tree.extend(NUMBERED[size : size + 300])
    assert tree.root() == root(NUMBERED[: size + 300])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 300, 66_000])
def test_the_hash_of_a_range_comes_out_of_tiles(size: int) -> None:
    def row(level: int, first: int, count: int) -> list[bytes]:
        width = WIDTH**level
        return [root(NUMBERED[at * width : (at + 1) * width]) for at in range(first, first + count)]

    for number in {0, size // 2, size - 1}:
        path = [range_hash(leaves, node_from(row)) for leaves in inclusion_ranges(number, size)]
        assert root_of_path(NUMBERED[number], number, size, path) == root(NUMBERED[:size])
