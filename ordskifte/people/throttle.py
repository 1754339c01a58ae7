"""How many passwords may be tried: per account and per address, counted in the database, before each is checked."""

from datetime import datetime, timedelta
from hashlib import sha256

from ordskifte.people.models import Attempt

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 30


def too_many(account: str, address: str, *, at: datetime) -> bool:
    """Count this try, and say whether it is one too many. Two at the same moment are both counted first."""
    limits = {_key("account", account.strip().lower()): PER_ACCOUNT, _key("address", address): PER_ADDRESS}
    Attempt.objects.filter(at__lt=at - WINDOW).delete()
    Attempt.objects.bulk_create(Attempt(key=key, at=at) for key in limits)
    return any(Attempt.objects.filter(key=key).count() > limit for key, limit in limits.items())


def forget(account: str) -> None:
    """The account's tries, once its password was right."""
    Attempt.objects.filter(key=_key("account", account.strip().lower())).delete()


def _key(kind: str, value: str) -> str:
    return sha256(f"{kind}\n{value}".encode("utf-8", "surrogatepass")).hexdigest()
