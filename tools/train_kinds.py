"""Train the table of kinds from the invented texts of this repository: templates with slots, and labelled texts.

`tools/train_kinds.py` reads `tools/kinds/` and the tuning half of `tests/language/texts/` and writes
`ordskifte/language/kinds.tsv`. Nothing is random between two runs: the dice are seeded.
"""

import hashlib
import json
import math
import random
import re
import sys
from pathlib import Path

from ordskifte.language.kinds import TABLE, features
from ordskifte.language.reading import read
from ordskifte.language.triage import spoken_names

HERE = Path(__file__).parent
TEXTS = HERE.parent / "tests" / "language" / "texts"
FILLS = 6
EPOCHS = 22
RATE, DECAY = 0.12, 0.006
SMALLEST = 0.12

Example = tuple[list[tuple[str, float]], str, float]


def tuning(identity: str) -> bool:
    """Whether a labelled text is in the half that may be learnt from. The other half is only measured.

    The later rounds are whole: the seventh to the ninth to learn from, the tenth not (templates followed its misses).
    """
    if identity[0] in "ghij":
        return identity[0] != "j"
    return hashlib.sha256(identity.encode()).digest()[0] % 2 == 0


def templates(dice: random.Random) -> list[tuple[str, str, float]]:
    """Kind, text and weight: every template filled some times, its weight shared between them."""
    slots: dict[str, list[str]] = {}
    for line in (HERE / "kinds" / "slots.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition("\t")
            slots[name] = words.split(";")
    made = []
    for line in (HERE / "kinds" / "templates.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, _, template = line.partition("\t")
        times = FILLS if "{" in template else 1
        for _ in range(times):
            text = re.sub(r"\{(\w+)\}", lambda found: dice.choice(slots[found[1]]), template)
            made.append((kind, text[0].upper() + text[1:] if dice.random() < 0.8 else text, 1.0 if times == 1 else 0.4))
    return made


_FORMAL = ("klage", "innsynskrav", "horingsuttalelse", "varsel", "child_welfare", "emergency")


def labelled() -> list[tuple[str, str, float]]:
    """The labelled texts of the tuning half."""
    rows = []
    for path in sorted(TEXTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if tuning(item["id"]):
                formal = next((name for name in _FORMAL if name in item["formal"]), "")
                kind = item["kind"] if not formal or item["kind"] == "other" else f"{item['kind']}:{formal}"
                rows.append((kind, item["text"], 1.0))
    return rows


def train(examples: list[Example], kinds: list[str], dice: random.Random) -> dict[str, list[float]]:
    """Softmax regression by plain stochastic descent."""
    weights: dict[str, list[float]] = {}
    size = range(len(kinds))
    for epoch in range(EPOCHS):
        dice.shuffle(examples)
        step = RATE / (1 + 0.08 * epoch)
        for found, kind, share in examples:
            rows = [(weights.setdefault(name, [0.0] * len(kinds)), value) for name, value in found]
            total = [sum(row[at] * value for row, value in rows) for at in size]
            top = max(total)
            parts = [math.exp(value - top) for value in total]
            whole = sum(parts)
            right = kinds.index(kind)
            slope = [share * (parts[at] / whole - (at == right)) for at in size]
            for row, value in rows:
                for at in size:
                    row[at] -= step * (slope[at] * value + DECAY * row[at])
    return weights


HEAD = "# How much each word speaks for each kind, in hundredths; made by tools/train_kinds.py."


def _short(value: float) -> str:
    return str(round(value * 100)) if abs(value) >= 0.02 else ""


def table() -> str:
    """The table's text, made anew."""
    dice = random.Random(2026)  # noqa: S311 - no secret is made here
    rows = [*templates(dice), *labelled()]
    kinds = sorted({kind for kind, _, _ in rows})
    examples = []
    for kind, text, share in rows:
        reading = read(text)
        examples.append((sorted(features(reading, spoken_names(reading))), kind, share))
    weights = train(examples, kinds, dice)
    lines = [HEAD, "\t".join(["", *kinds])]
    for name in sorted(weights):
        if max(map(abs, weights[name])) >= SMALLEST and "\t" not in name and not name.startswith("#"):
            lines.append("\t".join([name, *map(_short, weights[name])]))
    return "\n".join(lines) + "\n"


def main() -> int:
    TABLE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
