"""A checkpoint: how large the tree was and what its root was, as a signed note (C2SP tlog-checkpoint)."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from ordskifte.records.ledger.errors import NoteError
from ordskifte.records.ledger.note import Note, Signer, Verifier, check_note, decode_base64, parse_note, sign_note

_SIZE = re.compile("0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a checkpoint says: the ledger's name, the number of entries, the root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note's text: three lines."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def sign_checkpoint(head: TreeHead, signers: Sequence[Signer]) -> str:
    """The signed note of a tree head."""
    note = sign_note(head.text(), signers)
    parse_checkpoint(note)
    return note


def parse_checkpoint(note: str) -> tuple[TreeHead, Note]:
    """What a note says as a checkpoint, and the note, both unchecked. NoteError when it is not a checkpoint."""
    parsed = parse_note(note)
    lines = parsed.text.split("\n")
    if len(lines) < 4 or not all(lines[:-1]):
        raise NoteError("This note is not a checkpoint: it has not three lines.")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise NoteError("This note is not a checkpoint: its second line is not a size.")
    value = decode_base64(root)
    if len(value) != 32:
        raise NoteError("This note is not a checkpoint: its third line is not a root.")
    return TreeHead(origin, int(size), value), parsed


def check_checkpoint(note: str, verifiers: Sequence[Verifier]) -> tuple[TreeHead, tuple[Verifier, ...]]:
    """What a checkpoint says and which of `verifiers` signed it. NoteError when it says or proves nothing."""
    head, parsed = parse_checkpoint(note)
    return head, check_note(parsed, verifiers)
