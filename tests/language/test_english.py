"""English is told from Norwegian by its small words, unless the channel has declared it."""

import json
import os
from pathlib import Path

import pytest

from ordskifte.language.english import looks_english

SHARED = Path(os.environ.get("ORDSKIFTE_SHARED", Path(__file__).parents[3] / "shared"))


@pytest.mark.parametrize("declared", ["en", "EN", "en-GB", "en_us"])
def test_what_is_declared_english_is_english(declared: str) -> None:
    assert looks_english("Når åpner barnehagen?", declared)


@pytest.mark.parametrize("declared", ["", "no", "nb", "und", "enm", "e"])
def test_otherwise_the_small_words_decide(declared: str) -> None:
    assert looks_english("When will the road to our school be cleared of snow?", declared)
    assert not looks_english("Når blir veien til skolen vår brøytet for snø?", declared)
    assert not looks_english("Når vert vegen til skulen vår brøytt for snø?", declared)


@pytest.mark.parametrize("text", ["", "   ", "👍", "Kommune", "https://example.org/the/of", "12 34"])
def test_a_text_without_small_words_is_not_english(text: str) -> None:
    assert not looks_english(text, "")


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert not looks_english("og i er det " * 50 + "the of and is are was " * 10_000, "")


@pytest.mark.shared
def test_norwegian_tweets_are_not_taken_for_english() -> None:
    folder = SHARED / "samples" / "labelled"
    if not folder.exists():
        pytest.skip(f"shared samples are not here: {folder}")
    texts = [
        json.loads(line)["text"]
        for path in sorted(folder.glob("*nordial*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(texts) == 200
    assert sum(looks_english(text, "") for text in texts) <= len(texts) * 0.02
