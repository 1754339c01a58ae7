"""Lengths as channels count, and threads whose parts fit and lose nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.language.graphemes import count_graphemes, graphemes
from ordskifte.publish.dated import ChannelLimits, limits_of, risk_of
from ordskifte.publish.lengths import fits_until, length_of, split_text

DAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "count"),
    [("abc", 3), ("e\u0301", 1), ("👨‍👩‍👧‍👦", 1), ("👍🏽", 1), ("🇳🇴🇸🇪", 2), ("❤️", 1), ("", 0), ("å\r\nb", 3), ("1️⃣", 1)],
)
def test_a_sign_is_what_a_reader_sees(text: str, count: int) -> None:
    assert count_graphemes(text) == count


@given(st.text())
def test_the_signs_together_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


def test_an_address_has_the_channels_own_weight() -> None:
    mastodon = limits_of("mastodon", DAY)
    assert length_of("Se https://eksempel.example/" + "x" * 200, mastodon) == 3 + 23
    assert length_of("Se https://eksempel.example/" + "x" * 200, limits_of("bluesky", DAY)) == 3 + 25 + 200
    assert length_of("日本😀a", limits_of("x", DAY)) == 7


def test_limits_and_warnings_are_dated() -> None:
    assert limits_of("facebook", date(2010, 1, 1)) == ChannelLimits()
    assert limits_of("unknown", DAY) == ChannelLimits()
    warned = risk_of("tiktok", DAY)
    assert warned is not None
    assert warned.who == "NSM"
    assert risk_of("tiktok", date(2023, 3, 19)) is None
    assert risk_of("mastodon", DAY) is None


def test_a_long_text_becomes_a_numbered_thread_cut_between_sentences() -> None:
    text = "Vi brøyter Strandgata. Flytt bilen før klokka 18. Takk for hjelpen."
    assert split_text(text, ChannelLimits(text=40)) == [
        "Vi brøyter Strandgata. (1/3)",
        "Flytt bilen før klokka 18. (2/3)",
        "Takk for hjelpen. (3/3)",
    ]
    assert split_text(text, ChannelLimits(text=500)) == [text]


@given(st.text(alphabet="abc æøå.!\n👍🏽é", max_size=400), st.integers(20, 60))
def test_every_part_fits_and_no_word_is_lost(text: str, limit: int) -> None:
    limits = ChannelLimits(text=limit, counts="graphemes")
    parts = split_text(text, limits)
    assert all(length_of(part, limits) <= limit for part in parts) or len(parts) > 999
    said = "".join(part.rsplit(" (", 1)[0] for part in parts) if len(parts) > 1 else parts[0]
    assert [char for char in said if not char.isspace()] == [char for char in text if not char.isspace()]


def test_what_fits_is_all_up_to_the_limit() -> None:
    assert fits_until("abcdef", ChannelLimits(text=4)) == 4
    assert fits_until("abc", ChannelLimits(text=4)) == 3
    assert fits_until("abc", ChannelLimits()) == 3
