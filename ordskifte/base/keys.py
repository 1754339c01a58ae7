"""The home's keys: what signs the ledger, what encrypts evidence and secrets, what signs the web's cookies.

The recovery key is the one that is not here: its private half is shown once, when the home is made, and backups are
encrypted to the public half (`keys/recovery.pub`). A thief of the home's files cannot read its backups, and a body that
has lost the machine can.
"""

import json
import os
import secrets
from base64 import b32decode, b32encode
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ordskifte.base.clock import rfc3339
from ordskifte.base.errors import HomeError, OrdskifteError
from ordskifte.base.home import Home, hand_over

_PLAIN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648
_READABLE = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O or U to be mistaken for another
_TO_READABLE = bytes.maketrans(_PLAIN, _READABLE)
_TO_PLAIN = bytes.maketrans(_READABLE, _PLAIN)
_CHECK = 3  # bytes of checksum behind a recovery key's 32


class KeyFault(OrdskifteError):
    """A key or a sealed secret that cannot be used."""


@dataclass(frozen=True, slots=True)
class Keys:
    """`evidence`: 32 bytes for AES-256-GCM. `signing`: Ed25519, of the ledger. `origin`: the ledger's name in notes."""

    evidence: bytes = field(repr=False)
    signing: Ed25519PrivateKey
    origin: str


@dataclass(frozen=True, slots=True)
class RetiredKey:
    """A public key that has signed this ledger. `key_id`: 8 hex digits as in its notes; `until`: RFC 3339."""

    key_id: str
    public_key: str  # 64 hex digits
    until: str


def write_private(path: Path, content: bytes) -> None:
    """A file only its owner reads, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    side = path.with_name(path.name + ".new")
    side.unlink(missing_ok=True)
    with os.fdopen(os.open(side, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    hand_over(side)
    os.rename(side, path)


def create_keys(home: Home, *, origin: str) -> str | None:
    """New keys, where there are none. Never touches a key that is there.

    Returns the recovery key's text when it was made now, to be shown once and kept by a person; it is stored nowhere.
    """
    for name, content in (
        ("django.secret", secrets.token_urlsafe(50).encode()),
        ("evidence.key", secrets.token_bytes(32)),
        ("ledger.key", Ed25519PrivateKey.generate().private_bytes_raw()),
        ("ledger.origin", origin.encode()),
    ):
        if not (home.keys / name).exists():
            write_private(home.keys / name, content)
    return None if (home.keys / "recovery.pub").exists() else new_recovery_key(home)


def load_keys(home: Home) -> Keys:
    """The home's keys; HomeError when one is missing."""
    try:
        return Keys(
            evidence=(home.keys / "evidence.key").read_bytes(),
            signing=Ed25519PrivateKey.from_private_bytes((home.keys / "ledger.key").read_bytes()),
            origin=(home.keys / "ledger.origin").read_text().strip(),
        )
    except FileNotFoundError as error:
        raise HomeError(
            f"The key {error.filename} is missing.",
            advice="Restore the home's keys from a backup with `ordskifte restore`.",
        ) from error


def new_recovery_key(home: Home) -> str:
    """A new recovery key for the backups to come; those made before still need the old one. Returns its text."""
    key = X25519PrivateKey.generate()
    write_private(home.keys / "recovery.pub", key.public_key().public_bytes_raw())
    return recovery_text(key)


def recovery_text(key: X25519PrivateKey) -> str:
    """A recovery key for a person to write down: 14 groups of 4 characters, the last of them a checksum."""
    raw = key.private_bytes_raw()
    text = b32encode(raw + _checksum(raw)).translate(_TO_READABLE).decode()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def read_recovery_text(text: str) -> X25519PrivateKey:
    """The recovery key that someone typed, in any case, with any spaces and dashes. KeyFault when it is mistyped."""
    letters = "".join(text.split()).replace("-", "").upper().translate(str.maketrans("OIL", "011"))
    try:
        raw = b32decode(letters.encode("ascii").translate(_TO_PLAIN)) if _is_readable(letters) else b""
    except ValueError:
        raw = b""
    if len(raw) != 32 + _CHECK:
        raise KeyFault("This is not a recovery key.", advice="It has 14 groups of 4 letters and digits.")
    if _checksum(raw[:32]) != raw[32:]:
        raise KeyFault("The recovery key is mistyped somewhere.", advice="Compare it group by group with the paper.")
    return X25519PrivateKey.from_private_bytes(raw[:32])


def recovery_public_key(home: Home) -> X25519PublicKey:
    """What backups are encrypted to. HomeError when the home has none."""
    try:
        return X25519PublicKey.from_public_bytes((home.keys / "recovery.pub").read_bytes())
    except (FileNotFoundError, ValueError) as error:
        raise HomeError(
            f"The home {home.path} has no usable recovery key.",
            advice="Make one with `ordskifte backup --new-recovery-key`.",
        ) from error


def seal_secret(keys: Keys, secret: bytes, *, purpose: str) -> bytes:
    """A secret made safe to store in a row: nonce || AES-256-GCM. It opens only for the same `purpose`."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(_secrets_key(keys)).encrypt(nonce, secret, purpose.encode())


def open_secret(keys: Keys, sealed: bytes, *, purpose: str) -> bytes:
    """The secret again. KeyFault when it was sealed by another home or for another purpose, or was changed."""
    try:
        return AESGCM(_secrets_key(keys)).decrypt(sealed[:12], sealed[12:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise KeyFault(
            f"The stored secret for {purpose} cannot be opened with this home's key.",
            advice="Enter it again, or restore keys and database from the same backup.",
        ) from error


def key_id(origin: str, public_key: bytes) -> str:
    """A signed note's name of an Ed25519 key: SHA-256(name || 0x0A || 0x01 || key), first 4 bytes, as hex."""
    return sha256(origin.encode() + b"\n\x01" + public_key).digest()[:4].hex()


def rotate_signing(home: Home, *, at: datetime) -> tuple[str, str]:
    """A new signing key for the ledger. Returns the ids of the old and the new; the caller records `key.rotated`.

    The old public key goes into `keys/ledger.history.json` before the new key takes its place: killed between the two,
    the home still signs with the old key, and the next rotation writes its line anew.
    """
    keys = load_keys(home)
    old = keys.signing.public_key().public_bytes_raw()
    line = RetiredKey(key_id(keys.origin, old), old.hex(), rfc3339(at))
    before = [kept for kept in retired_keys(home) if kept.public_key != line.public_key]
    write_private(
        home.keys / "ledger.history.json", json.dumps([asdict(kept) for kept in [*before, line]], indent=1).encode()
    )
    new = Ed25519PrivateKey.generate()
    write_private(home.keys / "ledger.key", new.private_bytes_raw())
    return line.key_id, key_id(keys.origin, new.public_key().public_bytes_raw())


def retired_keys(home: Home) -> list[RetiredKey]:
    """The public keys that signed this ledger before the one that does now, oldest first."""
    try:
        lines = json.loads((home.keys / "ledger.history.json").read_bytes())
        return [RetiredKey(**line) for line in lines]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise HomeError(
            f"{home.keys / 'ledger.history.json'} cannot be read.", advice="Restore the home's keys from a backup."
        ) from error


def _checksum(raw: bytes) -> bytes:
    return sha256(b"ordskifte recovery key\n" + raw).digest()[:_CHECK]


def _is_readable(letters: str) -> bool:
    return all(letter in _READABLE.decode() for letter in letters)


def _secrets_key(keys: Keys) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"ordskifte secrets 1").derive(keys.evidence)
