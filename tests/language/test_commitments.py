"""Commitments in our own words: when they fall due, and what is none."""

from datetime import UTC, datetime

import pytest

from ordskifte.language.commitments import OSLO, find_commitments

THURSDAY = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)  # 10.00 in Oslo


def dues(text: str, at: datetime = THURSDAY) -> list[str | None]:
    return [
        one.due.astimezone(OSLO).strftime("%Y-%m-%d %H:%M") if one.due else None
        for one in find_commitments(text, at=at)
    ]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("We will come back on Tuesday.", "2026-03-17 16:00"),
        ("Takk for spørsmålet. Vi svarer innen fredag.", "2026-03-13 16:00"),
        ("Eg kjem tilbake i morgon.", "2026-03-13 16:00"),
        ("Vi kommer tilbake til deg på tirsdag.", "2026-03-17 16:00"),
        ("Vi kjem attende til deg tysdag kl. 13.", "2026-03-17 13:00"),
        ("Vi sjekker dette og svarer i løpet av dagen.", "2026-03-12 16:00"),
        ("Hele gata skal være ferdig kl. 13.", "2026-03-12 13:00"),
        ("Vi gir deg svar i overmorgen kl. 9.30.", "2026-03-14 09:30"),
        ("Du får svar innen to dager.", "2026-03-14 16:00"),
        ("Du hører fra oss neste uke.", "2026-03-20 16:00"),
        ("Vi skal rette feilen før helga.", "2026-03-13 16:00"),
        ("Jeg ringer deg om en time.", "2026-03-12 11:00"),
        ("Me sjekkar og gjev deg beskjed innan måndag.", "2026-03-16 16:00"),
        ("We'll let you know by 2 pm.", "2026-03-12 14:00"),
        ("We will reply within 24 hours.", "2026-03-13 10:00"),
        ("We'll update you on 1 April.", "2026-04-01 16:00"),
        ("Vi legger ut kartet 1. april.", "2026-04-01 16:00"),
        ("Vi svarer senest 17.3.", "2026-03-17 16:00"),
        ("I morgen sender vi ut ny plan.", "2026-03-13 16:00"),
        ("Neste tirsdag skal vi måle på nytt, da gir vi beskjed.", "2026-03-17 16:00"),
        ("Vi svarer innen tre virkedager.", "2026-03-17 16:00"),
        ("Vi svarer i løpet av mars.", "2026-03-31 16:00"),
        ("Vi svarar deg i kveld.", "2026-03-12 22:00"),
        ("We will get back to you.", None),
        ("Vi holder på med saken og kommer tilbake når vi vet mer. Vi kommer tilbake med svar.", None),
    ],
)
def test_a_commitment_has_the_date_its_sentence_names(text: str, due: str | None) -> None:
    assert dues(text)[0] == due


@pytest.mark.parametrize(
    "text",
    [
        "Takk for hyggelige ord!",
        "Vi svarte deg på tirsdag.",
        "Kan du komme tilbake på tirsdag?",
        "Vi kommer ikke tilbake til dette på tirsdag.",
        "Biblioteket er åpent på tirsdag.",
        "We cannot answer this here.",
        "The library is open on Tuesday.",
        "Fristen er fredag.",
    ],
)
def test_what_binds_nobody_is_no_commitment(text: str) -> None:
    assert dues(text) == []


def test_a_weekday_named_on_that_day_is_next_weeks() -> None:
    assert dues("Vi svarer på torsdag.") == ["2026-03-19 16:00"]


def test_today_said_late_is_before_midnight_and_a_passed_hour_is_tomorrow() -> None:
    late = datetime(2026, 3, 12, 19, 0, tzinfo=UTC)
    assert dues("Vi svarer i dag.", late) == ["2026-03-12 23:59"]
    assert dues("Vi ringer deg kl. 9.", late) == ["2026-03-13 09:00"]


def test_the_place_in_the_text_is_the_sentence() -> None:
    text = "Hei! Vi svarer i morgen. Ha en fin dag."
    one = find_commitments(text, at=THURSDAY)[0]
    assert text[one.start : one.end] == "Vi svarer i morgen."


def test_the_spring_change_keeps_the_wall_clock() -> None:
    saturday = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert dues("Vi svarer på søndag kl. 12.", saturday) == ["2026-03-29 12:00"]
    assert find_commitments("Vi svarer på søndag kl. 12.", at=saturday)[0].due == datetime(2026, 3, 29, 10, tzinfo=UTC)
