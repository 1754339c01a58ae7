"""How much each kind speaks out of a text's words, beside the rules: a linear table, so that every word can be shown.

The table (`kinds.tsv`) is made by `tools/train_kinds.py` from invented texts in this repository and nothing else. A
word, two words in a row, a rule or a hint that spoke, and how the text ends each add their weight to each kind.
"""

import struct
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
    for name in _shown(reading, words):
        yield name, 0.5 if name == "!" else 0.7 if name[0] == "<" else 1.0
    for name in rules:
        yield "R:" + name, 1.0
    seen = {("0" if word[0].isdigit() else word[:_STEM]) for word in words}
    scale = 2.0 / max(4.0, len(seen)) ** 0.5
    for stem in seen:
        yield stem, scale
    for pair in {f"{a[:_HALF]} {b[:_HALF]}" for a, b in pairwise(words)}:
        yield pair, scale * 0.7


def _shown(reading: Reading, words: list[str]) -> list[str]:
    """What a text shows beside its words: how long it is, how it opens, how it ends."""
    count = len(words)
    shown = ["-", "short" if count < 5 else "long" if count > 15 else "middle"]
    if "?" in reading.plain:
        shown.append("?")
        if reading.plain.rstrip().endswith("?"):
            shown.append("?>")
    if "!" in reading.plain:
        shown.append("!")
    if words:
        shown.append("<" + words[0][:_STEM])
    return shown


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


_FIELD = 32  # bits of one kind in a packed row
_PARTS = 1_000  # a packed weight is in thousandths


@cache
def _packed() -> tuple[dict[str, int], int, struct.Struct]:
    """The table with each row as one whole number, a field of bits for each kind: adding rows adds all kinds at once.

    What a feature counts (`features`) is in its row already, but for the scale of a text's length.
    """
    kinds, weights = table()
    rows = {}
    for name, row in weights.items():
        counts = 0.7 if " " in name or name.startswith("<") else 0.5 if name == "!" else 1.0
        rows[name] = sum(round(weight * counts * _PARTS) << (_FIELD * at) for at, weight in row)
    zero = sum(1 << (_FIELD * at + _FIELD - 1) for at in range(len(kinds)))  # so that no field goes below nothing
    return rows, zero, struct.Struct(f"<{len(kinds)}I")


def scores(reading: Reading, rules: Set[str]) -> dict[str, float]:
    """Each kind's sum of weights; "complaint:klage" and the like are formal things inside a kind.

    The sums of `features` times `table`, added up packed.
    """
    rows, zero, fields = _packed()
    row = rows.get
    words = [word for word in reading.words[:_MOST_WORDS] if word]
    seen = {("0" if word[0].isdigit() else word[:_STEM]) for word in words}
    scale = 2.0 / max(4.0, len(seen)) ** 0.5
    halves = [word[:_HALF] for word in words]
    pairs = {f"{a} {b}" for a, b in pairwise(halves)}
    whole = sum(row(name, 0) for name in _shown(reading, words)) + sum(row("R:" + name, 0) for name in rules)
    scaled = sum([row(name, 0) for name in seen]) + sum([row(name, 0) for name in pairs])
    size = fields.size
    first = fields.unpack((whole + zero).to_bytes(size, "little"))
    second = fields.unpack((scaled + zero).to_bytes(size, "little"))
    middle = 1 << (_FIELD - 1)
    return {
        kind: (a - middle + (b - middle) * scale) / _PARTS for kind, a, b in zip(table()[0], first, second, strict=True)
    }


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
