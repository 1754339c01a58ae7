"""Signed notes (C2SP signed-note): text, and under it the signatures of those who stand for it. Ed25519 only."""

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ordskifte.records.ledger.errors import NoteError

ED25519 = b"\x01"
MOST_SIGNATURES = 100
LONGEST_NOTE = 1_000_000  # characters
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")  # control characters, and what is no UTF-8
_NAME = re.compile("[^\\s+\ud800-\udfff]+")


def decode_base64(text: str) -> bytes:
    """RFC 4648 section 4, nothing else: no line breaks, no missing padding, no stray bits. NoteError otherwise."""
    try:
        value = b64decode(text, validate=True)
    except (BadBase64, ValueError) as error:
        raise NoteError("This is not base64.") from error
    if b64encode(value).decode() != text:
        raise NoteError("This is not base64 as RFC 4648 writes it.")
    return value


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who can be believed: a key's name and its public key (32 bytes)."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes of SHA-256(name || 0x0A || 0x01 || public key)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """The verifier key as text: `name+id+base64(0x01 || public key)`."""
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    def holds(self, text: str, signature: bytes) -> bool:
        """Does this key's signature (64 bytes) stand for `text`?"""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: a key's name and its private key."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note: the key's name, its id (4 bytes) and what it signed (64 bytes for Ed25519)."""

    name: str
    id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart. Nothing in it may be believed before `check_note` has been asked."""

    text: str
    signatures: tuple[Signature, ...]


def parse_verifier(text: str) -> Verifier:
    """A verifier key from its text. NoteError when it is damaged in any way."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise NoteError("A verifier key reads name+id+key.")
    blob = decode_base64(parts[2])
    if blob[:1] != ED25519 or len(blob) != 33:
        raise NoteError("The verifier key is not an Ed25519 key.")
    verifier = Verifier(parts[0], blob[1:])
    if str(verifier) != text:
        raise NoteError("The verifier key's id does not belong to its name and key.")
    return verifier


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """The signed note. `text` ends in a newline; NoteError when it or a name cannot stand in a note."""
    lines = "".join(_signature_line(text, signer) for signer in signers)
    note = f"{text}\n{lines}"
    parse_note(note)
    return note


def _signature_line(text: str, signer: Signer) -> str:
    value = signer.verifier.id + signer.key.sign(text.encode())
    return f"\N{EM DASH} {signer.name} {b64encode(value).decode()}\n"


def parse_note(note: str) -> Note:
    """A note's text and signatures, unchecked. NoteError when it is not a note."""
    if len(note) > LONGEST_NOTE or _FORBIDDEN.search(note):
        raise NoteError("This is not a signed note: it is too long or holds control characters.")
    text, blank, tail = note.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise NoteError("This is not a signed note: there are no signatures under a blank line.")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteError(f"This note has more than {MOST_SIGNATURES} signatures.")
    return Note(text + "\n", tuple(_parse_signature(line) for line in lines))


def _parse_signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, value = rest.partition(" ")
    if dash != "\N{EM DASH}" or not _NAME.fullmatch(name):
        raise NoteError("This is not a signed note: a signature line is malformed.")
    blob = decode_base64(value)
    if len(blob) < 5:
        raise NoteError("This is not a signed note: a signature is too short.")
    return Signature(name, blob[:4], blob[4:])


def check_note(note: Note, verifiers: Sequence[Verifier]) -> tuple[Verifier, ...]:
    """Which of `verifiers` signed the note. NoteError when none did, or a signature in a known key's name fails."""
    signed: list[Verifier] = []
    for signature in note.signatures:
        known = [each for each in verifiers if each.name == signature.name and each.id == signature.id]
        if len(known) > 1:
            raise NoteError(f"Two different keys are called {signature.name}+{signature.id.hex()}.")
        if known and known[0] not in signed:
            if not known[0].holds(note.text, signature.value):
                raise NoteError(f"The signature of {signature.name}+{signature.id.hex()} does not hold.")
            signed.append(known[0])
    if not signed:
        raise NoteError("No key that is known here has signed this note.")
    return tuple(signed)
