"""Dates and numbers as each language writes them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from ordskifte.ui.dates import day, lasted, month, number, size, when, whole

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)  # 10.00 in Oslo
SAID = datetime(2026, 3, 11, 13, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("nb", ["ons. 4. mars 14.50", "11. mars 2025 14.50", "11. mars 2026", "Mars 2026", "11. mars 2026 14.50.00"]),
        ("nn", ["on. 4. mars 14.50", "11. mars 2025 14.50", "11. mars 2026", "Mars 2026", "11. mars 2026 14.50.00"]),
        ("en", ["Wed 4 March 14:50", "11 March 2025 14:50", "11 March 2026", "March 2026", "11 March 2026 14:50:00"]),
    ],
)
def test_dates_follow_the_language(language: str, shown: list[str]) -> None:
    with override(language):
        earlier, last_year = SAID - timedelta(days=7), SAID - timedelta(days=365)
        assert [when(earlier, NOW), when(last_year, NOW), day(SAID), month(SAID), whole(SAID)] == shown


def test_today_and_yesterday_are_local_days() -> None:
    with override("en"):
        midnight = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)
        assert when(midnight, NOW) == "today 00:00"
        assert when(midnight - timedelta(seconds=1), NOW) == "yesterday 23:59"


@pytest.mark.parametrize(("language", "shown"), [("nb", "214\u202f160"), ("nn", "214\u202f160"), ("en", "214,160")])
def test_thousands_are_parted(language: str, shown: str) -> None:
    with override(language):
        assert number(214160) == shown


def test_sizes_and_times_are_short() -> None:
    with override("en"):
        shown = [size(1), size(1284), size(12_840), size(1_200_000), size(2_147_483_648), size(10**15)]
        assert shown == ["1 byte", "1,284 bytes", "12.8\u202fkB", "1.2\u202fMB", "2.1\u202fGB", "1000\u202fTB"]
        assert [lasted(2.14), lasted(59), lasted(240), lasted(11_400)] == ["2.1 s", "59 s", "4 min", "3 h 10 min"]
