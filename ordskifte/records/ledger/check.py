"""Checking a proof file with nothing but a public key: no home, no database, no network."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from cryptography import x509

from ordskifte.records.ledger.checkpoint import check_checkpoint, parse_checkpoint
from ordskifte.records.ledger.errors import NoteError, NotProved, TimestampError
from ordskifte.records.ledger.leaf import content_commitment
from ordskifte.records.ledger.note import Verifier, decode_base64, parse_verifier
from ordskifte.records.ledger.proof import Proof
from ordskifte.records.ledger.timestamp import check_imprint, check_token
from ordskifte.records.ledger.tree import leaf_hash, root_of_path


@dataclass(frozen=True, slots=True)
class Proved:
    """What a proof proves. `content`: "matches" the file given, "bound" (digest shown to be the leaf's), "erased" or
    "none" (the entry is about no content). `stamped`: the authority's time, `stamp_checked`: its signature too."""

    origin: str
    entry: int
    size: int  # entries in the ledger when the checkpoint was signed
    kind: str
    at: str  # when the entry says it was written
    record: str | None
    content: str
    raw_digest: str | None
    stamped: datetime | None
    stamp_checked: bool


def parse_key(text: str, name: str) -> Verifier:
    """A key as a person gives it: a verifier key, or its 32 bytes in hex or base64 (then it is called `name`)."""
    text = text.strip()
    if text.count("+") >= 2 and len(text) > 44:
        return parse_verifier(text)
    public = bytes.fromhex(text) if len(text) == 64 and set(text) <= set(string.hexdigits) else decode_base64(text)
    if len(public) != 32:
        raise NoteError("The key is neither a verifier key nor 32 bytes in hex or base64.")
    return Verifier(name, public)


def check_proof(
    proof: Proof,
    key: str,
    *,
    content_digest: bytes | None = None,
    certificates: Sequence[x509.Certificate] = (),
) -> Proved:
    """What the proof proves under this key. `content_digest`: SHA-256 of the bytes that are said to be the content.

    NotProved names the step that failed; NoteError means that `key` or the checkpoint cannot be read.
    """
    head, _ = parse_checkpoint(proof.checkpoint)
    verifier = parse_key(key, head.origin)
    try:
        check_checkpoint(proof.checkpoint, [verifier])
    except NoteError as error:
        raise NotProved(f"The checkpoint is not signed with this key. {error}") from error
    if head.origin != proof.origin:
        raise NotProved(f"The checkpoint is of the ledger {head.origin}, not of {proof.origin}.")
    if root_of_path(leaf_hash(proof.leaf), proof.entry, head.size, proof.path) != head.root:
        raise NotProved("The entry is not in the ledger under this checkpoint: its path leads to another root.")
    leaf = _leaf(proof)
    content = _content(proof, leaf, content_digest)
    stamped = _stamped(proof, certificates)
    return Proved(
        origin=head.origin,
        entry=proof.entry,
        size=head.size,
        kind=str(leaf.get("kind")),
        at=str(leaf.get("at")),
        record=proof.record,
        content=content,
        raw_digest=proof.raw_digest.hex() if proof.raw_digest else None,
        stamped=stamped,
        stamp_checked=bool(stamped and certificates),
    )


def _leaf(proof: Proof) -> dict[str, object]:
    """The leaf's own fields, once its hash is known to be in the tree."""
    try:
        leaf = orjson.loads(proof.leaf)
    except orjson.JSONDecodeError as error:
        raise NotProved("The entry is not JSON.") from error
    if not isinstance(leaf, dict) or leaf.get("record") != proof.record:
        raise NotProved("The entry is about another record than the proof says.")
    return leaf


def _content(proof: Proof, leaf: dict[str, object], digest: bytes | None) -> str:
    if "content" not in leaf or proof.salt is None or proof.raw_digest is None:
        if digest is not None:
            raise NotProved("This proof cannot say anything about content: there is none, or it has been erased.")
        return "erased" if proof.erased else "none"
    if content_commitment(proof.salt, proof.raw_digest).hex() != leaf["content"]:
        raise NotProved("The digest in the proof is not the one that the entry commits to.")
    if digest is None:
        return "bound"
    if digest != proof.raw_digest:
        raise NotProved("The content is not what was recorded: its SHA-256 is another.")
    return "matches"


def _stamped(proof: Proof, certificates: Sequence[x509.Certificate]) -> datetime | None:
    if proof.timestamp is None:
        return None
    try:
        stamped = check_imprint(proof.timestamp, proof.checkpoint)
        return check_token(proof.timestamp, proof.checkpoint, certificates) if certificates else stamped
    except TimestampError as error:
        raise NotProved(str(error)) from error
