"""Dated facts about platforms: what a post may hold, with where it says so and from when (`data/limits.json`)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from ordskifte.channels.live import Limits


@dataclass(frozen=True, slots=True)
class Fact:
    """One set of limits of one kind of channel, in force from a day until another (None: still)."""

    kind: str
    limits: Limits
    source: str
    valid_from: date
    valid_to: date | None
    note: str = ""


@cache
def facts() -> tuple[Fact, ...]:
    """All facts there are, oldest first."""
    read = orjson.loads(files("ordskifte.channels").joinpath("data/limits.json").read_bytes())
    return tuple(sorted((_fact(one) for one in read), key=lambda fact: (fact.kind, fact.valid_from)))


def fact_of(kind: str, on: date | None = None) -> Fact | None:
    """The facts in force on a day; without a day the newest there are."""
    fit = [one for one in facts() if one.kind == kind]
    if on is not None:
        fit = [one for one in fit if one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)]
    return fit[-1] if fit else None


def limits_of(kind: str) -> Limits:
    """What a channel of this kind takes, as far as anybody has written down."""
    found = fact_of(kind)
    return found.limits if found else Limits()


def _fact(one: dict[str, Any]) -> Fact:
    limits: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in one["limits"].items()
    }
    until = one.get("valid_to")
    return Fact(
        kind=one["kind"],
        limits=Limits(**limits),
        source=one["source"],
        valid_from=date.fromisoformat(one["valid_from"]),
        valid_to=date.fromisoformat(until) if until else None,
        note=one.get("note", ""),
    )
