"""The home's keys: what signs the ledger, what encrypts evidence, what signs the web's cookies."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ordskifte.base.errors import HomeError
from ordskifte.base.home import Home


@dataclass(frozen=True, slots=True)
class Keys:
    """`evidence`: 32 bytes for AES-256-GCM. `signing`: Ed25519 of the ledger. `origin`: the ledger's name in its notes."""

    evidence: bytes
    signing: Ed25519PrivateKey
    origin: str


def write_private(path: Path, content: bytes) -> None:
    """A file only its owner reads, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    side = path.with_name(path.name + ".new")
    side.unlink(missing_ok=True)
    with os.fdopen(os.open(side, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.rename(side, path)


def create_keys(home: Home, *, origin: str) -> None:
    """New keys, where there are none. Never touches a key that is there."""
    for name, content in (
        ("django.secret", secrets.token_urlsafe(50).encode()),
        ("evidence.key", secrets.token_bytes(32)),
        ("ledger.key", Ed25519PrivateKey.generate().private_bytes_raw()),
        ("ledger.origin", origin.encode()),
    ):
        if not (home.keys / name).exists():
            write_private(home.keys / name, content)


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
            f"The key {error.filename} is missing.", advice="Restore the home's keys from a backup with `ordskifte restore`."
        ) from error
