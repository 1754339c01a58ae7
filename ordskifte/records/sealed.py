"""Sealed objects: evidence that holds personal numbers or shielded matter, encrypted with the home's key (D5, D11).

Form: the line `ordskifte-sealed-1`, a newline, 12 bytes of nonce, then AES-256-GCM of the WARC file with the object's
key in the store as associated data, so that one object cannot be passed off as another.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ordskifte.records.errors import EvidenceError

_MAGIC = b"ordskifte-sealed-1\n"


def seal(plaintext: bytes, *, key: bytes, name: str) -> bytes:
    """Encrypt an object that will lie in the store as `name`."""
    nonce = secrets.token_bytes(12)
    return _MAGIC + nonce + AESGCM(key).encrypt(nonce, plaintext, name.encode())


def unseal(sealed: bytes, *, key: bytes, name: str) -> bytes:
    """Decrypt it. EvidenceError when it was changed, moved, or sealed with another key."""
    if not sealed.startswith(_MAGIC):
        raise EvidenceError(f"{name} is not a sealed object.")
    body = sealed[len(_MAGIC) :]
    try:
        return AESGCM(key).decrypt(body[:12], body[12:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise EvidenceError(
            f"{name} cannot be opened: it was changed, or sealed with another key.",
            advice="Restore the object or the home's keys from a backup.",
        ) from error
