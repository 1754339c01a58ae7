"""A new signing key for the ledger: an act with its entry, under a checkpoint that both keys have signed."""

from collections.abc import Callable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from ordskifte.records.ledger.note import Signer
from ordskifte.records.models import Pending
from ordskifte.records.sequencer import CHUNK, sequence_step, wait_for_turn
from ordskifte.records.signing_keys import announce_key


def rotate_key(
    *,
    signing: Ed25519PrivateKey,
    origin: str,
    replace: Callable[[], Ed25519PrivateKey],
    actor: str,
    at: datetime,
) -> tuple[str, str]:
    """Change the ledger's key from `signing` to the one that `replace` makes and stores. Returns both verifier keys.

    The key file cannot change in the database's transaction. Killed between the two, the home has the new key and the
    ledger has not heard of it; then the sequencer writes the entry itself when it next signs.
    """
    old = Signer(origin, signing)
    with transaction.atomic():
        wait_for_turn()
        new = Signer(origin, replace())
        batch = announce_key(old.verifier.id, new.verifier, actor=actor, at=at, old=old.verifier)
        while Pending.objects.filter(batch=batch).exists():
            sequence_step([new, old], at=at, limit=CHUNK, changing=True)
    return str(old.verifier), str(new.verifier)
