"""Each check of a post finds what it is for, says how to mend it, and leaves alone what is well."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from ordskifte.language.personal_data import MASK
from ordskifte.plan.working_time import WorkingTime
from ordskifte.publish.checks import BLOCKS, CHECKS, Fit, Pictured, PlaceWords, Post, PostText, check
from ordskifte.publish.dated import Risk

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
OFFICE = PlaceWords(
    ("Servicetorget",),
    "https://eksempel.example/kontakt",
    "12 34 56 78",
    "post@eksempel.example",
    False,
    "hverdager 9–14",
)
OLD = PlaceWords(("Gamle rådhuset",), "", "", "", True)
HOURS = (("", WorkingTime({day: ((time(8), time(15, 30)),) for day in range(5)}, {})),)


def post(*texts: str, language: str = "nb", **more: Any) -> Post:
    every = tuple(PostText(text, language, ("Siden",)) for text in texts)
    given: dict[str, Any] = {"places": (OFFICE, OLD), "hours": HOURS}
    return Post(texts=every, at=AT, **(given | more))


def says(one: Post, name: str) -> list[tuple[str, str]]:
    return [(found.level, found.what) for found in check(one) if found.check == name]


def levels(one: Post, name: str) -> set[str]:
    return {level for level, _ in says(one, name)}


PLAIN = "Vi brøyter Strandgata i kveld. Flytt bilen før klokka 18."


def test_a_plain_post_meets_no_objection() -> None:
    assert [found for found in check(post(PLAIN)) if found.level != "ok"] == []


def test_every_objection_says_how_to_mend() -> None:
    whole = post(
        "Heldigvis SKAL KOMMUNESTYRET vedtak!! #kommunestyremøte 😀 midt i. Kommunestyret skal behandle saken. "
        "Åpent 10–16. Ring Servicetorget 22 33 44 55. " + " ".join(["ansvarsforhold"] * 50),
        important=True,
        pictures=(Pictured(1, False, "", False, None, False), Pictured(2, True, "", False, None, False)),
        fits=(Fit("Mastodon", 12, 0, 1500, 1, 4, 1),),
        risks=(("TikTok", Risk("tiktok", "NSM", "device", date(2023, 3, 20), "nsm.no")),),
        dead_links={"https://eksempel.example/borte": AT},
        share=(3, 40),
        machine=("nb",),
    )
    found = [one for one in check(whole) if one.level != "ok"]
    assert all(one.what and one.how for one in found)
    assert {one.check for one in found} >= {
        "fit", "pictures", "important_link", "captions", "text_in_pictures", "links", "facts",
        "neutrality", "tone", "readability", "hashtags", "emoji", "written_form", "risk_notice",
    }  # fmt: skip
    assert [one.level for one in check(whole)] == sorted(
        (one.level for one in check(whole)), key=["stop", "warn", "ok"].index
    )


def test_three_checks_block_and_a_number_is_never_shown() -> None:
    assert {"personal_data", "pictures", "important_link"} == BLOCKS
    assert says(post(f"Per {MASK} bor her."), "personal_data")[0][0] == "stop"
    assert says(post("Født 13097248022 i Nes."), "personal_data")[0] == (
        "stop",
        "The text holds a national identity number",
    )


def test_what_the_body_itself_says_is_no_personal_data() -> None:
    assert levels(post("Ring Servicetorget på 12 34 56 78."), "personal_data") == {"ok"}
    assert levels(post("Ring Kari på 412 34 567."), "personal_data") == {"warn"}


@pytest.mark.parametrize(
    ("alt", "decorative", "level"),
    [("", False, "stop"), ("", True, "ok"), ("Bilde", False, "warn"), ("En plog på bru.", False, "ok")],
)
def test_a_picture_is_described_or_decorative(alt: str, decorative: bool, level: str) -> None:
    assert levels(post(PLAIN, pictures=(Pictured(1, False, alt, decorative, False, False),)), "pictures") == {level}


def test_a_film_is_captioned() -> None:
    assert levels(post(PLAIN, pictures=(Pictured(1, True, "", False, None, False),)), "captions") == {"warn"}
    assert levels(post(PLAIN, pictures=(Pictured(1, True, "", False, None, True),)), "captions") == {"ok"}


def test_text_in_a_picture_is_asked_about_never_guessed() -> None:
    unknown = Pictured(1, False, "En plog på brua i snø.", False, None, False)
    assert "We cannot see it" in says(post(PLAIN, pictures=(unknown,)), "text_in_pictures")[0][1]
    told = Pictured(1, False, "Plakat", False, True, False)
    assert levels(post(PLAIN, pictures=(told,)), "text_in_pictures") == {"warn"}
    assert says(post(PLAIN, pictures=(Pictured(1, False, "En plog.", False, False, False),)), "text_in_pictures") == []


@pytest.mark.parametrize(
    ("text", "levels_"),
    [
        ("#drikkevanninesveien", {"warn"}),
        ("#DrikkeVann", {"ok"}),
        ("#vann", {"ok"}),
        ("#KOMMUNEVALG", {"warn"}),
        ("Se https://eksempel.example/#kommunestyremøte", set()),
        ("Sak #12", set()),
    ],
)
def test_hashtags_can_be_read_aloud(text: str, levels_: set[str]) -> None:
    assert levels(post(text), "hashtags") == levels_


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (PLAIN, "stop"),
        ("Kok vannet. Les mer: https://eksempel.example/vann", "ok"),
        ("Kok vannet. https://www.vann.eksempel.example/", "ok"),
        ("Kok vannet. https://ondeksempel.example/vann", "stop"),
        ("Kok vannet. https://facebook.com/eksempel", "stop"),
    ],
)
def test_important_information_leads_to_our_own_site(text: str, level: str) -> None:
    assert levels(post(text, important=True), "important_link") == {level}


def test_what_looks_important_is_asked_about() -> None:
    assert levels(post("Kok vannet i Nes inntil videre."), "important_link") == {"warn"}
    assert says(post("Kok vannet i Nes. https://eksempel.example/vann"), "important_link") == []
    assert says(post(PLAIN), "important_link") == []


def test_heavy_text_is_measured_only_when_it_is_long_enough() -> None:
    heavy = " ".join(["Saksbehandlingstiden forlenges grunnet ressurssituasjonen i avdelingen."] * 8)
    assert "LIX" in says(post(heavy), "readability")[0][1]
    assert says(post("Saksbehandlingstiden forlenges."), "readability") == [("ok", "Plain words")]
    assert "A sentence has 30 words" in str(says(post(" ".join(["vi"] * 30)), "readability"))


@pytest.mark.parametrize(
    ("text", "pending", "level"),
    [
        ("Heldigvis får vi ny bru.", False, set()),
        ("Heldigvis får vi ny bru.", True, {"warn"}),
        ("Kommunestyret skal ta stilling til brua. Vi støtter forslaget.", False, {"warn"}),
        ("Saka skal handsamast tysdag.", True, {"ok"}),
        ("Planen er på høring. Si hva du mener innen 1. mai.", False, {"ok"}),
    ],
)
def test_an_undecided_matter_is_told_without_taking_sides(text: str, pending: bool, level: set[str]) -> None:
    assert levels(post(text, pending=pending), "neutrality") == level


@pytest.mark.parametrize(
    ("text", "warns"),
    [
        ("Rådhuset er åpent mandag 8–15.30.", False),
        ("Rådhuset er åpent 8.00 til 15.30.", False),
        ("Rådhuset er åpent mandag kl. 9–16.", True),
        ("Åpningstider: 10-16", True),
        ("Servicetorget er åpent 9–14.", False),
        ("Vi er i Gamle rådhuset.", True),
        ("Ring Servicetorget på 12 34 56 78.", False),
        ("Ring Servicetorget på 22 33 44 55.", True),
        ("Kampen ble 3–2.", False),
        ("Vi holder åpent fra klokka 10 til klokka 16.", True),
        ("Åpningstider kl. 0800–1530", False),
        ("Vi åpner kl. 8 på mandag.", False),
        ("Vi åpner klokka 10 på mandag.", True),
        ("Kontoret stenger kl. 15.30.", False),
        ("Kontoret stenger kl. 14 i dag.", True),
        ("17. mai er det åpent 8–15.30.", True),
        ("Fredag 13. mars er det åpent 8–15.30.", False),
        ("Åpent lørdag 10–14.", True),
        ("Søk innen 1. mai. Vi har åpent 8–15.30.", False),
    ],
)
def test_what_contradicts_the_register_is_found(text: str, warns: bool) -> None:
    assert ("warn" in levels(post(text), "facts")) is warns


def test_the_two_forms_say_the_same_figures() -> None:
    both = Post(
        texts=(
            PostText("Vi stenger vannet 18. mai.", "nb", ("A",)),
            PostText("Vi stengjer vatnet 17. mai.", "nn", ("B",)),
        ),
        at=AT,
    )
    assert "17, 18" in says(both, "facts")[0][1]


@pytest.mark.parametrize(
    ("text", "warns"),
    [
        ("Vi 😀 brøyter i kveld.", True),
        ("Vi brøyter i kveld 😀", False),
        ("Vi brøyter i kveld. 😀 Flytt bilen.", False),
        ("Takk! 👍🏽\nFlytt bilen.", False),
        ("Snø ❄️ i kveld", True),
        ("God natt 🌙 #Brøyting", False),
    ],
)
def test_emoji_stand_at_the_end(text: str, warns: bool) -> None:
    assert bool(says(post(text), "emoji")) is warns


def test_a_tone_that_shouts_or_blames_is_found() -> None:
    assert levels(post("FLYTT BILEN NÅ!!"), "tone") == {"warn"}
    assert levels(post("Som du burde vite må bilen flyttes."), "tone") == {"warn"}


def test_the_share_of_the_rarer_form() -> None:
    assert levels(post(PLAIN, share=(3, 40)), "written_form") == {"warn"}
    assert levels(post(PLAIN, share=(12, 28)), "written_form") == {"ok"}
    assert levels(post(PLAIN, share=(1, 5)), "written_form") == {"ok"}
    nynorsk = (
        "Vi brøyter Strandgata i kveld, så hugs å flytte bilen. Dei som ikkje gjer det, kan få gebyr frå kommunen."
    )
    assert levels(post(nynorsk, share=(3, 40), language="nn"), "written_form") == {"ok"}
    assert levels(post(nynorsk, language="nb"), "written_form") == {"warn"}


def test_what_does_not_fit_is_named_with_its_channel() -> None:
    over = says(post(PLAIN, fits=(Fit("Bluesky", 18, 2100, 2000, 5, 4, 1),)), "fit")
    assert over[0] == ("stop", "Bluesky is 18 characters too long")
    assert len(over) == 3
    assert says(post(), "fit")[0][1] == "There is no text yet"


def test_the_checks_are_one_file_each() -> None:
    assert len({one.__module__ for one in CHECKS}) == len(CHECKS) == 15
