"""The table of words beside the rules."""

import pytest

from ordskifte.language.kinds import features, loudest, scores, table
from ordskifte.language.reading import read
from tests.language.test_triage import KINDS


def test_the_table_knows_every_kind_and_the_formal_things_inside() -> None:
    kinds, weights = table()
    assert {kind.partition(":")[0] for kind in kinds} == KINDS
    assert {kind for kind in kinds if ":" in kind} == {
        "complaint:klage",
        "casework:innsynskrav",
        "casework:horingsuttalelse",
        "report:varsel",
        "report:child_welfare",
        "report:emergency",
    }
    assert all(0 <= at < len(kinds) for row in weights.values() for at, _ in row)


def test_features_say_what_a_text_shows() -> None:
    shown = dict(features(read("Hva koster det?"), frozenset({"question.mark"})))
    assert {"-", "short", "?", "?>", "R:question.mark", "hva", "koster", "hva kost", "<hva"} <= set(shown)


def test_a_question_scores_as_one() -> None:
    values = scores(read("Når åpner biblioteket?"), frozenset({"question.mark", "question.word"}))
    assert max(values, key=lambda kind: values[kind]) == "question"


def test_the_loudest_words_are_places_in_the_text() -> None:
    reading = read("Takk for fantastisk hjelp")
    assert all(0 <= at < len(reading.words) for at in loudest(reading, "praise"))
    assert len(loudest(reading, "praise")) <= 3


@pytest.mark.parametrize(
    "text", ["Når åpner biblioteket?", "!!", "", "Dette er 3 ting vi må si noe om " * 30, "Nei! Ja?"]
)
def test_the_scores_are_the_sum_of_what_each_feature_weighs(text: str) -> None:
    reading, rules = read(text), frozenset({"question.mark", "hint.me"})
    kinds, weights = table()
    total = [0.0] * len(kinds)
    for name, value in features(reading, rules):
        for at, weight in weights.get(name, ()):
            total[at] += weight * value
    assert scores(reading, rules) == pytest.approx(dict(zip(kinds, total, strict=True)), abs=0.02)
