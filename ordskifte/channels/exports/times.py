"""Times as platforms write them, as aware datetimes in UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

_MONTHS: Final = {
    name: f"{number:02d}"
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ISO: Final = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[Tt ]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?\s*",
    re.ASCII,
)
_OFFSET: Final = re.compile(r"([+-])(\d\d):?(\d\d)?", re.ASCII)


def from_iso(text: object) -> datetime | None:
    """RFC 3339 and what is near it (`2026-03-11 14:50`, `20260311T145000+0100`; no zone: UTC). None when impossible."""
    if type(text) is not str:
        return None
    if len(text) == 20 and text[19] == "Z" and text[10] == "T":  # by far the most common
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # 24:00:00, a leap second
    return _from_iso_slow(text)


@lru_cache(4096)
def _from_iso_slow(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    seconds = int(second or 0)
    try:
        day_start = datetime(int(year), int(month), int(day), tzinfo=UTC)
        if int(hour or 0) > 24 or int(minute or 0) > 59 or seconds > 60:
            return None
        into = timedelta(hours=int(hour or 0), minutes=int(minute or 0), seconds=seconds)
        into += timedelta(microseconds=int((fraction or "0").ljust(6, "0")[:6]))
        return day_start + into - _offset(zone or "Z")
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timedelta:
    found = _OFFSET.fullmatch(zone)
    if not found:
        return timedelta()
    sign, hours, minutes = found.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return size if sign == "+" else -size


def from_x(text: object) -> datetime | None:
    """X's own form, `Thu Sep 03 03:35:09 +0000 2015`; also ISO, which newer files use. None when impossible."""
    if type(text) is not str:
        return None
    if len(text) != 30 or text[19:26] != " +0000 ":
        return _from_x_slow(text)
    try:
        return datetime.fromisoformat(f"{text[26:]}-{_MONTHS[text[4:7]]}-{text[8:10]}T{text[11:19]}+00:00")
    except (ValueError, KeyError):
        return None


def _from_x_slow(text: str) -> datetime | None:
    parts = text.split()
    if len(parts) == 6 and parts[1] in _MONTHS:
        return from_iso(f"{parts[5]}-{_MONTHS[parts[1]]}-{parts[2].zfill(2)} {parts[3]} {parts[4]}")
    return from_iso(text)


def from_epoch(value: object) -> datetime | None:
    """Seconds since 1970 as number or text, before 1970 too; more than year 9999 has is taken as milliseconds."""
    if isinstance(value, str):
        try:
            value = int(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        if abs(value) > 253_402_300_799:
            value = value / 1000
        return _EPOCH + timedelta(seconds=value)
    except (OverflowError, ValueError):
        return None
