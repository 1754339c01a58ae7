"""The checks before a reply is sent: what must stay silent first, then what must speak."""

import pytest

from ordskifte.converse.checks import CHECKS, PlaceWords, Reply, check
from ordskifte.publish.dated import ChannelLimits
from tests.converse.world import WORKDAY

ALIVE = PlaceWords(
    ("Skoleskyss",), "https://eksempel.example/skyss", "22 00 00 00", "skyss@eksempel.example", dead=False
)
DEAD = PlaceWords(("Gamle Servicetorget",), "https://eksempel.example/gammel", "", "", dead=True)


def said(text: str, response: str = "F1", **more: object) -> list[tuple[str, str]]:
    given = {
        "asked": "",
        "asked_language": "nb",
        "asked_kind": "question",
        "limits": ChannelLimits(),
        "places": (ALIVE, DEAD),
        "at": WORKDAY,
    }
    reply = Reply(text=text, response_type=response, **(given | more))  # type: ignore[arg-type]  # of the test's own
    return [(one.check, one.level) for one in check(reply) if one.level != "ok"]


@pytest.mark.parametrize(
    "text",
    [
        "Plogen kommer til Strandgata i natt, og veien er klar når dere skal på jobb.",
        "Takk for at du sier fra!",
        "Ring oss på 22 00 00 00, eller skriv til skyss@eksempel.example.",
        "Her er kartet: https://eksempel.example/broyting",
        "Hei! Beklager at bussen ikke kom fram. Gata skal være ferdig kl. 13.",
        "Det koster 1 250 kroner fra 1. mars 2026.",
    ],
)
def test_a_good_reply_passes_in_silence(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "response", "found"),
    [
        ("Nummeret 02013299997 er ditt.", "F1", ("personal_data", "stop")),
        ("Vi ringer deg på 91 23 45 67 etterpå.", "F1", ("personal_data", "warn")),
        ("Som du burde vite, brøyter vi om natta.", "F1", ("tone", "warn")),
        ("DETTE HAR VI SAGT FØR", "F1", ("tone", "warn")),
        ("Hva mener du??", "F1", ("tone", "warn")),
        ("Vi svarer deg innen {when}.", "F1", ("holes", "stop")),
        ("Vi har avslått søknaden din fordi den kom for sent.", "F1", ("casework", "warn")),
        ("Saka di er til handsaming.", "F1", ("casework", "warn")),
        ("Primærvegnettet brøytes først.", "F1", ("plain_words", "warn")),
        ("Det kan vi ikke svare på her.", "F5", ("place_link", "stop")),
        ("Gå til Gamle Servicetorget.", "F3", ("place_link", "stop")),
        ("Vi ser på det og svarer så snart vi kan.", "F2", ("commitment", "warn")),
    ],
)
def test_a_fault_is_found(text: str, response: str, found: tuple[str, str]) -> None:
    assert found in said(text, response)


def test_a_refusal_that_names_a_place_that_lives_passes() -> None:
    assert said("Det kan vi ikke svare på her. Ring Skoleskyss på 22 00 00 00.", "F5") == []


def test_a_case_of_their_own_asks_for_a_place() -> None:
    text = "Takk for at du skriver til oss om dette."
    assert ("place_link", "warn") in said(text, asked_kind="casework")


def test_what_they_told_of_themselves_is_not_repeated() -> None:
    asked = "Jeg bor i Lia, ring 91234567"
    assert ("personal_data", "warn") in said("Vi har notert 912 34 567.", asked=asked)


def test_the_answer_is_in_the_form_they_wrote_in() -> None:
    text = "Vi brøyter ikke før i morgen, men da kommer vi tidlig og tar hele gata."
    assert ("written_form", "warn") in said(text, asked_language="nn")
    assert said(text, asked_language="nb") == []


def test_the_channel_must_take_all_of_it() -> None:
    assert ("length", "stop") in said("x" * 501, limits=ChannelLimits(500))
    assert said("x" * 500, limits=ChannelLimits(500)) == []


@pytest.mark.parametrize(
    ("text", "limits", "over"),
    [
        ("å" * 10, ChannelLimits(10), 0),
        ("👩‍👩‍👧" * 10, ChannelLimits(10, "graphemes"), 0),
        ("👩‍👩‍👧" * 11, ChannelLimits(10, "graphemes"), 1),
        ("e\u0301" * 10, ChannelLimits(10, "graphemes"), 0),
        ("👩‍👩‍👧" * 3, ChannelLimits(10), 5),
        ("Se https://eksempel.example/" + "x" * 200, ChannelLimits(30, "graphemes", 23), 0),
        ("Se https://eksempel.example/x", ChannelLimits(20, "graphemes", 23), 6),
    ],
)
def test_length_is_counted_as_the_channel_counts(text: str, limits: ChannelLimits, over: int) -> None:
    reply = Reply(text, "F1", "", "nb", "", limits, (), WORKDAY)
    found = [one for one in check(reply) if one.check == "length"]
    assert [one.level for one in found] == (["stop"] if over else [])
    assert all(one.what.startswith(f"{over} ") for one in found)


def test_worst_comes_first() -> None:
    levels = [
        one.level
        for one in check(Reply("DETTE HAR VI SAGT 02013299997", "F5", "", "nb", "", ChannelLimits(), (), WORKDAY))
    ]
    assert levels == sorted(levels, key=["stop", "warn", "ok"].index)


def test_every_check_has_a_file_of_its_own() -> None:
    assert [one.__module__.rsplit(".", 1)[-1] for one in CHECKS] == [one.__name__ for one in CHECKS]
