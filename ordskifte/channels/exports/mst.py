"""The Merkle search tree of an AT Protocol repository, walked and checked against its own rules.

Source: atproto.com "Repository", "MST Structure". A node is `{l: CID|null, e: [{p, k, v, t: CID|null}]}`: `p` bytes of
the previous key are reused before `k`; `v` is the record; `l` and `t` lead to the keys before and after. The layer of a
key is the number of leading zero pairs of bits in its SHA-256; a node holds keys of one layer, its children the next.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import libipld

_KEY: Final = re.compile(rb"[a-zA-Z0-9.-]{1,317}/[A-Za-z0-9._:~-]{1,512}\Z")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record's place: `collection/rkey`, and the CID of its bytes."""

    key: str
    cid: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """A node that is missing or breaks a rule. `missing` tells the two apart."""

    cid: bytes
    missing: bool
    what: str = ""


def layer(key: bytes) -> int:
    """Leading zeros of the key's SHA-256, counted in pairs of bits (fanout 4)."""
    digest = int.from_bytes(sha256(key).digest(), "big")
    return (256 - digest.bit_length()) // 2


def common_prefix(one: bytes, other: bytes) -> int:
    """How many bytes two keys begin with in common."""
    limit = min(len(one), len(other))
    return next((at for at in range(limit) if one[at] != other[at]), limit)


def is_node(data: bytes) -> bool:
    """Whether a block has a tree node's form: a map of `e`, then `l` with null or a CID. Cheap: nothing is decoded."""
    return data.startswith(b"\xa2\x61e") and (
        data.endswith(b"\x61l\xf6") or data[-43:-36] == b"\x61l\xd8\x2a\x58\x25\x00"
    )


def walk(nodes: Mapping[bytes, bytes], root: bytes, walked: set[bytes]) -> Iterator[Leaf | Fault]:
    """Leaves in key order, and faults. Nodes in `walked` (another commit's) are not read again; it is added to."""
    stack: list[tuple[bytes, int | None] | tuple[bytes, bytes, bytes]] = [(root, None)]
    here: set[bytes] = set()
    last = b""
    while stack:
        task = stack.pop()
        if len(task) == 3:
            node, key, record = task
            if key <= last:
                yield Fault(node, False, "order")
            last = max(key, last)
            yield Leaf(key.decode("ascii"), record)
            continue
        cid, expected = task
        if cid in here:
            yield Fault(cid, False, "met twice")
            continue
        here.add(cid)
        if cid in walked:
            continue
        walked.add(cid)
        data = nodes.get(cid)
        if data is None:
            yield Fault(cid, True)
            continue
        faults, tasks = _node(cid, data, expected)
        yield from faults
        stack.extend(reversed(tasks))


_Tasks = list[tuple[bytes, int | None] | tuple[bytes, bytes, bytes]]


def _node(cid: bytes, data: bytes, expected: int | None) -> tuple[list[Fault], _Tasks]:
    """The faults of one node, and its children and keys in order."""
    shape = _shape(data)
    if shape is None:
        return [Fault(cid, False, "form")], []
    left, entries = shape
    keys, what = _keys(entries)
    faults = [Fault(cid, False, what)] if what else []
    level = layer(keys[0]) if keys else expected
    if any(layer(key) != level for key in keys) or (expected is not None and level != expected):
        faults.append(Fault(cid, False, "layer"))
    if not keys and (left is None) != (expected is None):  # only the root of an empty tree is quite empty
        faults.append(Fault(cid, False, "empty"))
    below = None if level is None else level - 1
    children = [left] if left is not None else []
    children += [entry["t"] for entry in entries if entry["t"] is not None]
    if children and (below is None or below < 0):
        return [*faults, Fault(cid, False, "layer")], [(cid, key, entry["v"]) for key, entry in _pairs(keys, entries)]
    tasks: _Tasks = [(left, below)] if left is not None else []
    for key, entry in _pairs(keys, entries):
        tasks.append((cid, key, entry["v"]))
        if entry["t"] is not None:
            tasks.append((entry["t"], below))
    return faults, tasks


def _pairs(keys: list[bytes], entries: list[dict[str, Any]]) -> Iterator[tuple[bytes, dict[str, Any]]]:
    return zip(keys, entries, strict=False)  # after a key that makes no sense the rest of the node cannot be read


def _shape(data: bytes) -> tuple[bytes | None, list[dict[str, Any]]] | None:
    """A node's left child and entries when every field has its type, else None."""
    try:
        node = libipld.decode_dag_cbor(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(node, dict) or set(node) != {"l", "e"} or not isinstance(node["e"], list):
        return None
    if not isinstance(node["l"], bytes | None):
        return None
    for entry in node["e"]:
        if not isinstance(entry, dict) or set(entry) != {"p", "k", "v", "t"}:
            return None
        fit = isinstance(entry["k"], bytes) and isinstance(entry["v"], bytes) and isinstance(entry["t"], bytes | None)
        if not fit or type(entry["p"]) is not int:
            return None
    return node["l"], node["e"]


def _keys(entries: list[dict[str, Any]]) -> tuple[list[bytes], str]:
    """The whole keys, up to one that makes no sense; and what is wrong with them, or ''."""
    keys: list[bytes] = []
    what, last = "", b""
    for entry in entries:
        if not 0 <= entry["p"] <= len(last):
            return keys, "prefix"
        key = last[: entry["p"]] + entry["k"]
        if not _KEY.match(key):
            return keys, "key"
        if keys and common_prefix(last, key) != entry["p"]:
            what = "prefix"
        keys.append(key)
        last = key
    return keys, what
