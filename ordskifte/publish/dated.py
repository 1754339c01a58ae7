"""Facts about platforms as dated data (D12): limits and risk notices, each with its source and the days it holds."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from ordskifte.channels import registry
from ordskifte.channels.facts import fact_of


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """What a channel takes of a post. 0: no limit known."""

    text: int = 0
    counts: str = "codepoints"  # graphemes; weighted: signs outside Latin count two (X)
    url: int = 0  # what an address counts as, however long; 0: its letters
    pictures: int = 0
    films: int = 0
    alt: int = 0


@dataclass(frozen=True, slots=True)
class Risk:
    """A public body's warning about a platform."""

    kind: str
    who: str
    says: str  # device, privacy
    since: date
    source: str


@cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(orjson.loads(files("ordskifte.publish.data").joinpath(f"{name}.json").read_bytes()))


def _holding(name: str, kind: str, day: date) -> dict[str, Any] | None:
    for row in _rows(name):
        ends = row["valid_to"]
        begun = date.fromisoformat(row["valid_from"]) <= day
        if row["kind"] == kind and begun and (ends is None or day <= date.fromisoformat(ends)):
            return row
    return None


def limits_of(kind: str, day: date) -> ChannelLimits:
    """The limits of a kind of channel on a day: the channels' own facts, else our table, else what its class says."""
    if fact := fact_of(kind, day):
        known = fact.limits
        return ChannelLimits(known.text, "graphemes", known.url_weight, known.pictures, 0, known.alt)
    if row := _holding("limits", kind, day):
        return ChannelLimits(**{name: row[name] for name in ("text", "counts", "url", "pictures", "films", "alt")})
    live = registry.limits(kind)
    return ChannelLimits(live.text, "codepoints", live.url_weight, live.pictures, 0, live.alt)


def takes_pictures(way: str) -> bool:
    """Whether pictures leave with a post: by hand a person takes them along, else the channel must be able to."""
    found = registry.live_class(way)
    return found is None or bool(found.limits.media_types)


def risk_of(kind: str, day: date) -> Risk | None:
    """The warning that stands about a kind of channel on a day."""
    row = _holding("risks", kind, day)
    if row is None:
        return None
    return Risk(row["kind"], row["who"], row["says"], date.fromisoformat(row["valid_from"]), row["source"])
