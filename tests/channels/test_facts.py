"""Dated facts about platforms."""

from datetime import date

from ordskifte.channels.facts import fact_of, facts, limits_of
from ordskifte.channels.live import Limits
from ordskifte.channels.registry import LIVE, live_class, needs_connection


def test_every_fact_says_where_it_is_from_and_since_when() -> None:
    assert all(one.source and one.valid_from <= date(2026, 11, 24) for one in facts())


def test_a_fact_holds_from_its_day() -> None:
    assert fact_of("mastodon", date(2020, 1, 1)) is None
    assert limits_of("mastodon").text == 500
    assert limits_of("carrier pigeon") == Limits()


def test_every_live_channel_that_is_connected_asks_for_an_address_and_has_limits() -> None:
    for kind in LIVE:
        found = live_class(kind)
        assert found is not None
        assert found.kind == kind
        if needs_connection(kind):
            assert found.fields[0].name == "url"
