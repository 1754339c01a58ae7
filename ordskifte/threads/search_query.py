"""What a person types into the search field, taken apart. Every text has a meaning; none is refused."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from ordskifte.base.text import storable

LONGEST = 1_000  # characters that are read
MOST = 32  # words and filters that are read
LOCAL = ZoneInfo("Europe/Oslo")

_PART = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)(?:"|$)|([^\s"]+))|\s+|["-]')
_FIELDS = {
    "author": "author",
    "forfatter": "author",
    "forfattar": "author",
    "channel": "channel",
    "kanal": "channel",
    "before": "before",
    "før": "before",
    "after": "after",
    "etter": "after",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")

Form = Literal["word", "phrase", "start"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase (words in this order), or the start of words."""

    text: str
    form: Form = "word"


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted`: all of these, each any of its alternatives. Times are aware; `since` is within, `until` is not."""

    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    authors: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def asks(self) -> bool:
        """Whether it says what to find, and not only what to leave out."""
        return bool(self.wanted or self.authors or self.channels or self.since or self.until)


@dataclass(slots=True)
class _Reading:
    wanted: list[tuple[Term, ...]] = field(default_factory=list)
    unwanted: list[Term] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None
    either: bool = False  # OR was just said


def parse_query(text: str) -> Query:
    """Words (all must be there), "phrases", -without, start*, OR, author:, @handle, channel:, before:, after:."""
    reading = _Reading()
    for number, part in enumerate(_PART.finditer(storable(text)[:LONGEST].replace("\ufffd", " "))):
        if number >= MOST * 2:
            break
        minus, name, quoted, plain = part.groups()
        value = quoted if quoted is not None else plain
        if value is not None:
            _take(reading, value.strip(), minus=bool(minus), name=(name or "").lower(), quoted=quoted is not None)
    return Query(
        wanted=tuple(reading.wanted[:MOST]),
        unwanted=tuple(reading.unwanted[:MOST]),
        authors=tuple(reading.authors[:MOST]),
        channels=tuple(reading.channels[:MOST]),
        since=reading.since,
        until=reading.until,
    )


def _take(reading: _Reading, value: str, *, minus: bool, name: str, quoted: bool) -> None:
    """Add one part of what was typed."""
    if not any(char.isalnum() for char in value):
        reading.either = value == "|" and not quoted
        return
    if not minus and not quoted and not name and value in ("OR", "ELLER"):
        reading.either = True
        return
    if not minus and _filter(reading, _FIELDS.get(name, ""), value):
        return
    if not minus and not name and not quoted and value[0] == "@":
        reading.authors.append(value)
        return
    term = _term(value if not name or quoted else f"{name}:{value}", quoted=quoted)
    if minus:
        reading.unwanted.append(term)
    elif reading.either and reading.wanted:
        reading.wanted[-1] = (*reading.wanted[-1], term)
    else:
        reading.wanted.append((term,))
    reading.either = False


def _filter(reading: _Reading, kind: str, value: str) -> bool:
    """Take `value` as a filter; False when it is none."""
    if kind == "author":
        reading.authors.append(value)
    elif kind == "channel":
        reading.channels.append(value)
    elif kind and (moment := _midnight(value)):
        if kind == "after":
            reading.since = max(moment, reading.since or moment)
        else:
            reading.until = min(moment, reading.until or moment)
    else:
        return False
    return True


def _term(value: str, *, quoted: bool) -> Term:
    if quoted:
        return Term(value, "phrase")
    bare = value.rstrip("*")
    word = "".join(char for char in bare if char.isalnum() or char == "_").lower()
    if bare != value and len(word) >= 3:
        return Term(word, "start")
    return Term(bare)


def _midnight(value: str) -> datetime | None:
    """The first moment of a year, a month or a date in Norway; None when it is no date."""
    found = _DATE.fullmatch(value)
    if not found:
        return None
    try:
        day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        return datetime.combine(day, time(), LOCAL).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
