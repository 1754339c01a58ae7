"""What a check of a reply looks at. Values in, values out: the database was read before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ordskifte.publish.checks.finding import Finding, Level, PlaceWords
from ordskifte.publish.dated import ChannelLimits

__all__ = ["Check", "Finding", "Level", "PlaceWords", "Reply"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply before it leaves, with what it answers."""

    text: str
    response_type: str
    asked: str  # what they said, masked
    asked_language: str  # nb, nn, en, se, other, or "" when nobody knows
    asked_kind: str
    limits: ChannelLimits  # what the channel takes, and how it counts
    places: tuple[PlaceWords, ...]
    at: datetime


Check = Callable[[Reply], list[Finding]]
