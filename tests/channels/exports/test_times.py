from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels.exports.times import from_epoch, from_iso, from_x


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month, day and so on


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-11T14:50:00Z", utc(2026, 3, 11, 14, 50)),
        ("2026-03-11T14:50:00.123456789Z", utc(2026, 3, 11, 14, 50, 0, 123456)),
        ("2026-03-11T14:50:00,5+01:00", utc(2026, 3, 11, 13, 50, 0, 500000)),
        ("2026-03-11t14:50:00z", utc(2026, 3, 11, 14, 50)),
        ("2026-03-11 14:50", utc(2026, 3, 11, 14, 50)),
        ("2026-03-11 14:50:00 UTC", utc(2026, 3, 11, 14, 50)),
        ("20260311T145000-0330", utc(2026, 3, 11, 18, 20)),
        ("2026-03-11T14:50:00+02", utc(2026, 3, 11, 12, 50)),
        (" 2026-03-11 ", utc(2026, 3, 11)),
        ("2016-12-31T23:59:60Z", utc(2017, 1, 1)),
        ("2026-03-11T24:00:00Z", utc(2026, 3, 12)),
        ("1969-07-20T20:17:40Z", utc(1969, 7, 20, 20, 17, 40)),
        ("2106-02-07T06:28:16Z", utc(2106, 2, 7, 6, 28, 16)),
        ("2021-02-30T10:00:00Z", None),
        ("2021-13-01T10:00:00Z", None),
        ("2021-01-01T25:00:00Z", None),
        ("2021-01-01T10:61:00Z", None),
        ("2021-01-01T10:00:61Z", None),
        ("0001-01-01T00:00:00+10:00", None),
        ("9999-12-31T23:59:59-10:00", None),
        ("i går", None),
        ("", None),
        (None, None),
        (1700000000, None),
        (["2026-03-11"], None),
    ],
)
def test_iso_times(text: object, moment: datetime | None) -> None:
    assert from_iso(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thu Sep 03 03:35:09 +0000 2015", utc(2015, 9, 3, 3, 35, 9)),
        ("Thu Sep 3 03:35:09 +0200 2015", utc(2015, 9, 3, 1, 35, 9)),
        ("2023-04-05T12:34:56.000Z", utc(2023, 4, 5, 12, 34, 56)),
        ("Thu Feb 30 03:35:09 +0000 2015", None),
        ("Thu Foo 03 03:35:09 +0000 2015", None),
        ("tors. sep. 3", None),
        (1441251309, None),
    ],
)
def test_times_as_x_writes_them(text: object, moment: datetime | None) -> None:
    assert from_x(text) == moment


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (0, utc(1970, 1, 1)),
        (-14182940, utc(1969, 7, 20, 20, 17, 40)),
        (4294967296, utc(2106, 2, 7, 6, 28, 16)),
        ("1257938047", utc(2009, 11, 11, 11, 14, 7)),
        (1722801157000, utc(2024, 8, 4, 19, 52, 37)),
        (1.5, utc(1970, 1, 1, 0, 0, 1, 500000)),
        (10**30, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("i går", None),
        (None, None),
    ],
)
def test_seconds_since_1970(value: object, moment: datetime | None) -> None:
    assert from_epoch(value) == moment


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_iso_writes_is_read(moment: datetime) -> None:
    assert from_iso(moment.isoformat()) == moment


@given(st.text(max_size=40), st.integers() | st.floats())
def test_nothing_makes_it_fail(text: str, number: float) -> None:
    for found in (from_iso(text), from_x(text), from_epoch(text), from_epoch(number)):
        assert found is None or found.tzinfo is UTC
