"""A Bluesky repository (CAR), alone or with its blobs and the account's DID document beside it.

The file is read twice, in order. First every block is hashed and the commit, the tree's nodes and the profile are kept;
the tree is walked from the signed commit. Then the records come out in the file's own order, each at the place the tree
gives it. What does not fit (a wrong hash, a missing block, a record outside the tree) is a problem that names the CID.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

import libipld

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Author, Item, Other, Problem
from ordskifte.channels.exports import car
from ordskifte.channels.exports.bluesky_records import CBOR, Place, read_record
from ordskifte.channels.exports.commit import (
    Commit,
    Identity,
    Key,
    key_of_did_key,
    may_be_commit,
    read_commit,
    read_identity,
    signed_by,
)
from ordskifte.channels.exports.family import family, first_bytes
from ordskifte.channels.exports.glimpse import candidates
from ordskifte.channels.exports.mst import Fault, Leaf, is_node, walk
from ordskifte.channels.exports.source import Export

_PROFILE: Final = b"app.bsky.actor.profile"
_GOOD, _UNKNOWN = "commit; signature good", "commit; signature not checked: no key"


@dataclass(slots=True)
class _Repository:
    """What the first reading leaves behind."""

    account: Account
    commits: dict[bytes, Commit]  # the newest first, then those before it where the file keeps them
    nodes: set[bytes]  # tree nodes that were reached
    places: dict[bytes, tuple[str, ...]] = field(default_factory=dict)  # record CID -> keys
    removed: set[bytes] = field(default_factory=set)  # records only older commits name
    problems: list[Problem] = field(default_factory=list)


class BlueskyReader:
    """CAR files of AT Protocol accounts."""

    kind = "bluesky"

    def claim(self, export: Export) -> list[str]:
        """Every CAR of version 1; and, when there is one, the DID documents beside it."""
        names = candidates(export)
        cars = [name for name in names if family(export, name) == "car"]
        if not cars:
            return []
        beside = [name for name in names if name not in cars and name.lower().endswith(".json")]
        return cars + [name for name in beside if _identity(export, name)]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        """The records of every repository, in the order of its file."""
        identities: dict[str, Identity] = {}
        documents = []
        for name in names:
            if name.lower().endswith(".json") and (found := _identity(export, name)):
                identities[found.did] = found
                documents.append(name)
        blobs = {PurePosixPath(name).name.partition(".")[0]: name for name in export.names()}
        for name in names:
            if name not in documents:
                yield from _read_car(export, name, identities, blobs)
        for name in documents:
            yield Other("identity", first_bytes(export, name), "application/json", name, "document")


def _identity(export: Export, name: str) -> Identity | None:
    return read_identity(first_bytes(export, name)) if export.size(name) <= 65536 else None


def _read_car(export: Export, name: str, identities: dict[str, Identity], blobs: dict[str, str]) -> Iterator[Item]:
    repository = _survey(export, name, identities)
    identity = identities.get(repository.account.external_id)
    keys = identity.keys if identity else ()
    if own := key_of_did_key(repository.account.external_id):
        keys = (*keys, own)
    if repository.account.external_id:
        yield repository.account
    yield from repository.problems
    author = Author(**{part: getattr(repository.account, part) for part in ("external_id", "handle", "name", "url")})
    with export.open(name) as stream:
        try:
            car.header(stream)
            for block in car.blocks(stream):
                yield from _block(block, name, repository, author, keys, blobs)
        except car.Broken as error:
            yield Problem(name, "the end of the file", reasons.TRUNCATED, str(error))
    for cid, places in repository.places.items():
        for key in places:
            yield Problem(name, key, reasons.RECORD_MISSING, car.cid_text(cid))


def _survey(export: Export, name: str, identities: dict[str, Identity]) -> _Repository:
    """The first reading: the commits, the tree, and what is wrong with them."""
    nodes: dict[bytes, bytes] = {}
    commits: dict[bytes, Commit] = {}
    profiles: dict[bytes, bytes] = {}
    roots: list[bytes] = []
    with export.open(name) as stream:
        try:
            roots = car.header(stream)
            for block in car.blocks(stream):
                if not block.good or block.data is None:
                    continue
                if is_node(block.data):
                    nodes[block.cid] = block.data
                elif may_be_commit(block.data) and (commit := read_commit(block.data)):
                    commits[block.cid] = commit
                elif _PROFILE in block.data[:4096] and len(profiles) < 1000:
                    profiles[block.cid] = block.data
        except car.Broken:
            pass  # the second reading says so, where it happens
    return _reached(name, roots, commits, nodes, profiles, identities)


def _reached(
    name: str,
    roots: list[bytes],
    commits: dict[bytes, Commit],
    nodes: dict[bytes, bytes],
    profiles: dict[bytes, bytes],
    identities: dict[str, Identity],
) -> _Repository:
    root = next((one for one in roots if one in commits), None)
    chain: dict[bytes, Commit] = {}
    repository = _Repository(Account(""), chain, set())
    if root is None:
        problem = Problem(name, "commit", reasons.NO_COMMIT, ", ".join(map(car.cid_text, roots[:3])))
        repository.problems.append(problem)
        return repository
    did = commits[root].did
    cid: bytes | None = root
    while cid in commits and cid not in chain and commits[cid].did == did:
        chain[cid] = commits[cid]
        _add_tree(repository, name, nodes, commits[cid].data, newest=cid == root)
        cid = chain[cid].previous
    repository.account = _account(did, repository, profiles, identities)
    return repository


def _add_tree(repository: _Repository, name: str, nodes: dict[bytes, bytes], root: bytes, *, newest: bool) -> None:
    for found in walk(nodes, root, repository.nodes):
        match found:
            case Leaf(key, cid):
                keys = repository.places.get(cid, ())
                if key not in keys:
                    repository.places[cid] = (*keys, key)
                    if not newest and not keys:
                        repository.removed.add(cid)
            case Fault(cid, missing, what):
                why = reasons.NODE_MISSING if missing else reasons.NODE_WRONG
                where = f"tree node {car.cid_text(cid)}"
                repository.problems.append(Problem(name, where, why, what))


def _account(
    did: str, repository: _Repository, profiles: dict[bytes, bytes], identities: dict[str, Identity]
) -> Account:
    identity = identities.get(did)
    shown = ""
    for cid, data in profiles.items():
        if "app.bsky.actor.profile/self" in repository.places.get(cid, ()) and cid not in repository.removed:
            value = _decoded(data)
            shown = str(value.get("displayName") or "") if isinstance(value, dict) else ""
    return Account(did, identity.handle if identity else "", shown, f"https://bsky.app/profile/{did}")


def _decoded(data: bytes) -> Any:
    """The block's value; None when it is not DAG-CBOR."""
    try:
        return libipld.decode_dag_cbor(data)
    except (ValueError, RecursionError):
        return None


def _block(
    block: car.Block, file: str, repository: _Repository, author: Author, keys: tuple[Key, ...], blobs: dict[str, str]
) -> Iterator[Item]:
    """What one block is: a commit, a record, a problem, or (a node of the tree) nothing that is counted."""
    if not block.good or block.data is None:
        why = reasons.TOO_LARGE if block.good else reasons.WRONG_HASH
        if block.cid in repository.places:
            repository.places[block.cid] = ()
        yield Problem(file, f"block at byte {block.offset}", why, block.name, block.data)
    elif commit := repository.commits.get(block.cid):
        yield _commit(block.data, commit, file, keys)
    elif block.cid in repository.places:
        value = _decoded(block.data)
        keys_here, repository.places[block.cid] = repository.places[block.cid], ()  # a block may lie in the file twice
        for key in keys_here:
            if value is None:
                yield Problem(file, key, reasons.NOT_CBOR, block.name, block.data)
                continue
            removed = block.cid in repository.removed
            yield read_record(
                value, block.data, Place(author, key, block.cid, file, removed, lambda cid: blobs.get(cid, ""))
            )
    elif block.codec == car.RAW:
        yield Other("blob", block.data, "application/octet-stream", file, block.name)
    elif block.cid not in repository.nodes and not is_node(block.data):
        yield Problem(file, f"block at byte {block.offset}", reasons.NOT_IN_TREE, block.name, block.data)


def _commit(data: bytes, commit: Commit, file: str, keys: tuple[Key, ...]) -> Item:
    if not keys:
        return Other("commit", data, CBOR, file, _UNKNOWN)
    if any(signed_by(commit, key) for key in keys):
        return Other("commit", data, CBOR, file, _GOOD)
    return Problem(file, "commit", reasons.SIGNATURE_WRONG, commit.did, data)
