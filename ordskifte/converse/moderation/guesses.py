"""How many wrong codes an address may try: counted in the database, like passwords, by the address's digest."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from ordskifte.people.models import Attempt

WINDOW: Final = timedelta(minutes=15)
MOST: Final = 20


def too_many(address: str, *, at: datetime) -> bool:
    """Whether this address has guessed wrong too often of late; then no code is looked up for it, right or wrong."""
    return Attempt.objects.filter(key=_key(address), at__gt=at - WINDOW).count() >= MOST


def count(address: str, *, at: datetime) -> None:
    """A wrong code."""
    Attempt.objects.filter(at__lt=at - WINDOW).delete()
    Attempt.objects.create(key=_key(address), at=at)


def _key(address: str) -> str:
    return sha256(f"code\n{address}".encode("utf-8", "surrogatepass")).hexdigest()
