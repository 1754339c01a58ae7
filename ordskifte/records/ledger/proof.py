"""The proof file: all that shows one entry to be in the ledger, and never a word of what was said."""

from base64 import b64encode
from dataclasses import dataclass
from typing import NoReturn

import orjson

from ordskifte.records.ledger.errors import NoteError, UnreadableProof
from ordskifte.records.ledger.note import decode_base64

LARGEST_FILE = 1_000_000  # bytes; a real one has a few thousand
LONGEST_PATH = 64  # a tree of 2**64 entries

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Proof:
    """One entry's proof. `salt` and `raw_digest` open its commitment to the bytes as received; None when erased."""

    origin: str
    record: str | None
    entry: int  # its number in the ledger, from 0
    leaf: bytes  # exactly as hashed
    salt: bytes | None
    raw_digest: bytes | None  # SHA-256 of the bytes as received
    erased: bool
    path: tuple[bytes, ...]
    checkpoint: str  # the signed note
    timestamp: bytes | None = None  # RFC 3161 TimeStampToken of the note, DER


def dump_proof(proof: Proof) -> bytes:
    """The proof file's bytes."""
    fields = {
        "v": 1,
        "origin": proof.origin,
        "record": proof.record,
        "entry": proof.entry,
        "leaf": proof.leaf.decode(),
        "salt": proof.salt.hex() if proof.salt else None,
        "raw_digest": proof.raw_digest.hex() if proof.raw_digest else None,
        "erased": proof.erased,
        "path": [each.hex() for each in proof.path],
        "checkpoint": proof.checkpoint,
        "timestamp": b64encode(proof.timestamp).decode() if proof.timestamp else None,
    }
    return orjson.dumps(fields, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def parse_proof(content: bytes) -> Proof:
    """A proof file, unchecked. UnreadableProof says what in it cannot be read."""
    if len(content) > LARGEST_FILE:
        _refuse(f"it is larger than {LARGEST_FILE} bytes")
    try:
        fields = orjson.loads(content)
    except orjson.JSONDecodeError:
        _refuse("it is not JSON")
    if not isinstance(fields, dict) or type(fields.get("v")) is not int:
        _refuse("it has no version")
    if fields["v"] != 1:
        _refuse(f"its version is {fields['v']}, and only version 1 is known here")
    return Proof(
        origin=_text(fields, "origin"),
        record=None if fields.get("record") is None else _text(fields, "record"),
        entry=_number(fields, "entry"),
        leaf=_text(fields, "leaf").encode(),
        salt=_digest_or_none(fields, "salt"),
        raw_digest=_digest_or_none(fields, "raw_digest"),
        erased=_truth(fields, "erased"),
        path=_path(fields),
        checkpoint=_text(fields, "checkpoint"),
        timestamp=_timestamp(fields),
    )


def _refuse(why: str) -> NoReturn:
    raise UnreadableProof(f"This is not a proof file: {why}.", advice="Make it again with `ordskifte prove`.")


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        _refuse(f"“{name}” is not text")
    return value


def _number(fields: Fields, name: str) -> int:
    value = fields.get(name)
    if type(value) is not int or not 0 <= value < 2**63:
        _refuse(f"“{name}” is not a number")
    return value


def _truth(fields: Fields, name: str) -> bool:
    value = fields.get(name)
    if not isinstance(value, bool):
        _refuse(f"“{name}” is neither true nor false")
    return value


def _digest(value: object, name: str) -> bytes:
    if isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef"):
        return bytes.fromhex(value)
    _refuse(f"“{name}” is not 64 hexadecimal digits")


def _digest_or_none(fields: Fields, name: str) -> bytes | None:
    value = fields.get(name)
    return None if value is None else _digest(value, name)


def _path(fields: Fields) -> tuple[bytes, ...]:
    path = fields.get("path")
    if not isinstance(path, list) or len(path) > LONGEST_PATH:
        _refuse(f"“path” is not a list of at most {LONGEST_PATH} hashes")
    return tuple(_digest(each, "path") for each in path)


def _timestamp(fields: Fields) -> bytes | None:
    if fields.get("timestamp") is None:
        return None
    try:
        return decode_base64(_text(fields, "timestamp"))
    except NoteError:
        _refuse("“timestamp” is not base64")
