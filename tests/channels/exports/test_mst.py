import pytest

from ordskifte.channels.exports.mst import Fault, Leaf, common_prefix, is_node, layer, walk
from tests.channels.exports.repository import Link, cbor, cid_of
from tests.channels.exports.shared import table, words

V = cid_of(b"record")


def entry(prefix: int, key: bytes, after: bytes | None = None) -> dict[str, object]:
    return {"p": prefix, "k": key, "v": Link(V), "t": Link(after) if after else None}


def faults(*nodes: bytes) -> list[str]:
    """The faults of a tree whose root is the last node."""
    blocks = {cid_of(node): node for node in nodes}
    found = walk(blocks, cid_of(nodes[-1]), set())
    return [one.what or "missing" for one in found if isinstance(one, Fault)]


def node(*entries: dict[str, object], left: bytes | None = None) -> bytes:
    return cbor({"l": Link(left) if left else None, "e": list(entries)})


def of_layer(wanted: int) -> list[bytes]:
    keys = (f"a.b/{number:06d}".encode() for number in range(4000))
    return [key for key in keys if layer(key) == wanted]


ZERO, ONE = of_layer(0), of_layer(1)


def test_leaves_come_in_the_order_of_their_keys() -> None:
    below = [key for key in ZERO if key < ONE[0]][:2]
    after = [key for key in ZERO if key > ONE[0]][:1]
    left = node(entry(0, below[0]), entry(common_prefix(*below), below[1][common_prefix(*below) :]))
    right = node(entry(0, after[0]))
    root = node(entry(0, ONE[0], cid_of(right)), left=cid_of(left))
    blocks = {cid_of(one): one for one in (left, right, root)}
    assert list(walk(blocks, cid_of(root), set())) == [Leaf(key.decode(), V) for key in (*below, ONE[0], *after)]


def test_an_empty_tree_is_one_empty_node() -> None:
    assert faults(node()) == []


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (node(entry(0, ZERO[1]), entry(0, ZERO[0])), ["prefix", "order"]),
        (node(entry(0, ZERO[0]), entry(0, ZERO[1])), ["prefix"]),
        (node(entry(3, ZERO[0])), ["prefix"]),
        (node(entry(0, b"a.b")), ["key"]),
        (node(entry(0, b"a.b/\xc3\xa5")), ["key"]),
        (node(entry(0, ZERO[0]), entry(0, ONE[0])), ["prefix", "layer"]),
        (cbor({"l": None, "e": None}), ["form"]),
        (cbor({"l": None, "e": [{"p": "0", "k": b"", "v": Link(V), "t": None}]}), ["form"]),
        (cbor({"l": None, "e": [17]}), ["form"]),
        (cbor({"l": 3, "e": []}), ["form"]),
        (b"\xa2\x61e", ["form"]),
        (node(entry(0, ZERO[0], V)), ["layer"]),
        (node(left=V), ["empty", "layer"]),
        (node(entry(0, ONE[0], V)), ["missing"]),
    ],
)
def test_a_node_that_breaks_a_rule_is_a_fault(broken: bytes, what: list[str]) -> None:
    assert faults(broken) == what


def test_a_child_of_the_wrong_layer_is_a_fault() -> None:
    two = of_layer(2)[0]
    child = node(entry(0, next(key for key in ZERO if key > two)))
    assert faults(child, node(entry(0, two, cid_of(child)))) == ["layer"]


def test_a_node_without_keys_or_children_is_a_fault_below_the_root() -> None:
    assert faults(node(), node(entry(0, ONE[0], cid_of(node())))) == ["empty"]


def test_a_node_met_twice_is_gone_into_once() -> None:
    child = node(entry(0, next(key for key in ZERO if key < ONE[0])))
    assert "met twice" in faults(child, node(entry(0, ONE[0], cid_of(child)), left=cid_of(child)))


def test_records_are_no_nodes() -> None:
    nodes = (node(), node(entry(0, ZERO[0])), node(left=V))
    assert [is_node(one) for one in nodes] == [True, True, True]
    records: list[dict[str, object]] = [{"$type": "x", "e": 1}, {"e": [], "m": None}, {}]
    assert [is_node(cbor(record)) for record in records] == [False, False, False]


@pytest.mark.shared
def test_the_published_key_heights_are_ours() -> None:
    rows = table("bluesky/interop/key_heights.json")
    assert {row["key"]: layer(row["key"].encode()) for row in rows} == {row["key"]: row["height"] for row in rows}


@pytest.mark.shared
def test_the_published_example_keys_lie_in_the_layer_their_name_says() -> None:
    assert [layer(key.encode()) for key in words("bluesky/interop/example_keys.txt")] == [
        int(key[1]) for key in words("bluesky/interop/example_keys.txt")
    ]


@pytest.mark.shared
def test_the_published_common_prefixes_are_ours() -> None:
    rows = table("bluesky/interop/common_prefix.json")
    assert [common_prefix(row["left"].encode(), row["right"].encode()) for row in rows] == [row["len"] for row in rows]
