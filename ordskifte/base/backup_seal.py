"""The sealing of a backup: one stream encrypted to the recovery key, in chunks (docs/formats/backup.md).

A fresh X25519 key per backup, HKDF-SHA256 with the header as salt, AES-256-GCM per chunk. A chunk's nonce is its number
and whether it is the last, so chunks cannot be reordered, dropped, repeated or cut off unnoticed. Memory stays flat.
"""

import io
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ordskifte.base.errors import OrdskifteError

MAGIC = b"ORDSKIFTE BACKUP 1\n"
CHUNK = 1 << 20  # bytes of content in every chunk but the last
TAG = 16
HEADER = len(MAGIC) + 8 + 32  # magic, key name, ephemeral public key


class BackupError(OrdskifteError):
    """A backup that cannot be made, read or trusted."""


def key_name(public: X25519PublicKey) -> bytes:
    """8 bytes that tell one recovery key from another."""
    return sha256(b"ordskifte recovery\n" + public.public_bytes_raw()).digest()[:8]


class SealedWriter(io.RawIOBase):
    """What is written here comes out sealed. Without `finish` the last chunk is missing and nobody will read it."""

    def __init__(self, out: BinaryIO, recipient: X25519PublicKey) -> None:
        ephemeral = X25519PrivateKey.generate()
        header = MAGIC + key_name(recipient) + ephemeral.public_key().public_bytes_raw()
        self._cipher = _cipher(ephemeral.exchange(recipient), header)
        self._out = out
        self._held = bytearray()
        self._number = 0
        out.write(header)

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # we are handed bytes only
        self._held += content
        while len(self._held) > CHUNK:  # a full chunk is held back: it may be the last
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(content)

    def finish(self) -> None:
        """Write the last chunk."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, content: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), content, None))
        self._number += 1


class SealedReader(io.RawIOBase):
    """The content again, chunk by chunk, each checked before a byte of it is handed out.

    BackupError for what is no backup of ours, another key, a changed byte, and a file that was cut off.
    """

    def __init__(self, sealed: BinaryIO, key: X25519PrivateKey) -> None:
        header = sealed.read(HEADER)
        if len(header) < HEADER or not header.startswith(MAGIC):
            raise BackupError("This file is not a backup made by Ordskifte.")
        named, ephemeral = header[len(MAGIC) :][:8], header[-32:]
        if named != key_name(key.public_key()):
            raise BackupError(
                "This backup was made for another recovery key.", advice="Find the one that was noted when it was made."
            )
        try:
            shared = key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        except ValueError as error:  # a point of low order
            raise BackupError("The backup has been changed.", advice="Use another copy of it.") from error
        self._cipher = _cipher(shared, header)
        self._sealed = sealed
        self._ahead = sealed.read(CHUNK + TAG)
        self._content = memoryview(b"")
        self._number = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]  # we are handed buffers of bytes
        while not self._content and not self._ended:
            self._content = memoryview(self._next())
        taken = self._content[: len(into)]
        into[: len(taken)] = taken
        self._content = self._content[len(taken) :]
        return len(taken)

    def _next(self) -> bytes:
        chunk, self._ahead = self._ahead, self._sealed.read(CHUNK + TAG)
        last = not self._ahead
        try:
            content = self._cipher.decrypt(_nonce(self._number, last), chunk, None)
        except (InvalidTag, ValueError) as error:
            raise BackupError(
                "The backup has been changed, or its end is missing.", advice="Use another copy of it."
            ) from error
        self._number += 1
        self._ended = last
        return content


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _cipher(shared: bytes, header: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=header, info=b"ordskifte backup 1").derive(shared))
