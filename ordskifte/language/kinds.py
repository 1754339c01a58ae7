"""How much each kind speaks out of a text's words, beside the rules: a linear table, so that every word can be shown.

The table (`kinds.tsv`) is made by `tools/train_kinds.py` from invented texts in this repository and nothing else. A
word, two words in a row, a rule or a hint that spoke, and how the text ends each add their weight to each kind.
"""

from collections.abc import Iterator, Set
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from ordskifte.language.reading import Reading

WORDS: Final = "No rule spoke; these are the words that texts of this kind use more than others."
TABLE: Final = Path(__file__).with_name("kinds.tsv")
_MOST_WORDS = 80
_STEM = 6
_HALF = 4


def features(reading: Reading, rules: Set[str]) -> Iterator[tuple[str, float]]:
    """What a text shows, each once, with how much it counts."""
    words = [word for word in reading.words[:_MOST_WORDS] if word]
    count = len(words)
    yield "-", 1.0
    yield ("short" if count < 5 else "long" if count > 15 else "middle"), 1.0
    if "?" in reading.plain:
        yield "?", 1.0
        if reading.plain.rstrip().endswith("?"):
            yield "?>", 1.0
    if "!" in reading.plain:
        yield "!", 0.5
    for name in rules:
        yield "R:" + name, 1.0
    seen = {("0" if word[0].isdigit() else word[:_STEM]) for word in words}
    scale = 2.0 / max(4.0, len(seen)) ** 0.5
    for stem in seen:
        yield stem, scale
    for pair in {f"{a[:_HALF]} {b[:_HALF]}" for a, b in pairwise(words)}:
        yield pair, scale * 0.7
    if words:
        yield "<" + words[0][:_STEM], 0.7


@cache
def table() -> tuple[tuple[str, ...], dict[str, tuple[tuple[int, float], ...]]]:
    """The kinds, and for each feature the numbers of the kinds it speaks for or against, with how much."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    kinds = tuple(lines[0].split("\t")[1:])
    weights = {}
    for line in lines[1:]:
        name, *values = line.split("\t")
        weights[name] = tuple((at, int(value) / 100) for at, value in enumerate(values) if value)
    return kinds, weights


def scores(reading: Reading, rules: Set[str]) -> dict[str, float]:
    """Each kind's sum of weights; "complaint:klage" and the like are formal things inside a kind."""
    kinds, weights = table()
    total = [0.0] * len(kinds)
    for name, value in features(reading, rules):
        for at, weight in weights.get(name, ()):
            total[at] += weight * value
    return dict(zip(kinds, total, strict=True))


def loudest(reading: Reading, kind: str, *, most: int = 3) -> list[int]:
    """The places of the words that speak loudest for a kind."""
    names, weights = table()
    columns = {at for at, name in enumerate(names) if name.partition(":")[0] == kind}
    loud = []
    for at, word in enumerate(reading.words[:_MOST_WORDS]):
        values = weights.get("0" if word[:1].isdigit() else word[:_STEM], ()) if word else ()
        value = max((weight for column, weight in values if column in columns), default=0)
        if value > 0:
            loud.append((-value, at))
    return sorted(at for _, at in sorted(loud)[:most])
