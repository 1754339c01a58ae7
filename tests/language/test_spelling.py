"""Spellings find each other both ways, and words that only look alike do not."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.language.spelling import typed_without_keys, variants, vocabulary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vei", "veg"),
        ("veien", "vegane"),
        ("skole", "skule"),
        ("Skolen", "skulane"),
        ("ikke", "ikkje"),
        ("hva", "kva"),
        ("hvordan", "korleis"),
        ("sykehjem", "sjukeheim"),
        ("søppel", "boss"),
        ("vannlekkasjen", "vasslekkasje"),
        ("uke", "veke"),
        ("ledelse", "leiing"),
        ("frem", "fram"),
        ("melk", "mjølk"),
        ("innbyggerne", "innbyggjarane".replace("gj", "g")),
        ("gangveien", "gangveg"),
        ("hyttevei", "hytteveg"),
        ("hytteveien", "hyttevegen"),
        ("skolekor", "skulekor"),
        ("avdelingsleder", "avdelingsleiar"),
        ("hyggelighet", "hyggeligheit"),
        ("blaabaer", "blåbær"),
        ("oevrebø", "øvrebø"),
        ("sjögren", "sjøgren"),
    ],
)
def test_spellings_find_each_other(one: str, other: str) -> None:
    assert other in variants(one)
    assert one.lower() in variants(other) or one in ("sjögren", "oevrebø")


@pytest.mark.parametrize("word", ["barnehage", "kommune", "ordfør", "budsjett", "rådhus", "1234", "", "🙂", "a"])
def test_other_words_stand_alone(word: str) -> None:
    assert [other for other in variants(word) if "aa" not in other and "oe" not in other] == []


def test_norwegian_letters_are_letters_of_their_own() -> None:
    assert variants("rad") == []
    assert "rad" not in variants("råd")
    assert variants("båt") == ["baat"]


def test_a_word_typed_without_norwegian_keys_is_read_one_letter_at_a_time() -> None:
    assert typed_without_keys("Brod") == ["brød"]
    assert typed_without_keys("gar") == ["går"]
    assert typed_without_keys("rodgrot") == ["rødgrot", "rodgrøt", "rødgrøt"]
    assert typed_without_keys("ski") == []
    assert len(typed_without_keys("a" * 500)) == 12


@given(st.text(max_size=40))
def test_any_word_gives_a_short_list_without_itself(word: str) -> None:
    for found in (variants(word), typed_without_keys(word)):
        assert word.lower() not in found
        assert len(found) == len(set(found)) < 40


@given(st.sampled_from(vocabulary()))
def test_finding_goes_both_ways_in_every_group(word: str) -> None:
    own_keys = {word.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")}
    assert [other for other in variants(word) if other not in own_keys and word not in variants(other)] == []


def test_the_file_is_well_formed() -> None:
    text = files("ordskifte.language").joinpath("spelling.tsv").read_text("utf-8")
    groups = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert len(groups) >= 400
    assert [group for group in groups if len(group) != 2 or len(set(group[1].split())) < 2] == []
    assert [lemma for lemma, words in groups if lemma not in words.split()] == []
    assert [
        words for _, words in groups if words != words.lower() or words.split() != list(dict.fromkeys(words.split()))
    ] == []
