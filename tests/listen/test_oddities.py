"""What the report says of arrivals that are odd but can be taken in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival
from ordskifte.listen.oddities import oddities

AT = datetime(2026, 5, 4, 10, tzinfo=UTC)
PLAIN = Arrival(
    external_id="1",
    kind="post",
    author=None,
    ours=True,
    text="Vi brøyter i natt 🚜",
    raw=b'{"text": "Vi br\xc3\xb8yter i natt"}',
    raw_type="application/json",
    file="a.json",
    where="item 1",
    published=AT - timedelta(days=1),
)


def test_an_ordinary_arrival_is_not_odd() -> None:
    assert oddities(PLAIN, latest=AT) == []
    assert oddities(replace(PLAIN, published=None, raw=None), latest=AT) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"published": datetime(1969, 12, 31, tzinfo=UTC)}, reasons.ODD_DATE),
        ({"published": datetime(2106, 2, 7, tzinfo=UTC)}, reasons.ODD_DATE),
        ({"text": "lyn\u202eskjult"}, reasons.HIDDEN_CHARACTERS),
        ({"text": "før\x00etter"}, reasons.REPLACED_CHARACTERS),
        ({"text": "en halv \ud83d emoji"}, reasons.REPLACED_CHARACTERS),
        ({"text": "a" * 1_000_000}, reasons.LONGER_THAN_SEARCH),
        ({"raw": b"<p onclick=x><script>alert(1)</script>"}, reasons.SCRIPTS),
        ({"raw": b'<img src=x onerror="alert(1)">'}, reasons.SCRIPTS),
    ],
)
def test_what_is_odd_is_said(change: dict[str, object], why: str) -> None:
    assert oddities(replace(PLAIN, **change), latest=AT) == [why]  # type: ignore[arg-type]
