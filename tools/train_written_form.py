"""Train the table that tells bokmål from nynorsk: naive Bayes over words and pieces of 2 to 5 letters.

`tools/train_written_form.py SENTENCES.jsonl` reads lines of {"text", "lang"} and writes
`ordskifte/language/written_form.tsv`: a piece, a tab, its weight in hundredths (above 0 nynorsk, below 0 bokmål).
The table in the repository was made from the development parts of Universal Dependencies' Norwegian treebanks
(UD_Norwegian-Bokmaal and UD_Norwegian-Nynorsk, CC BY-SA 4.0); the sentences are not in the repository.
"""

import json
import math
import sys
from collections import Counter
from pathlib import Path

from ordskifte.language.written_form import TABLE, pieces

LARGEST = 24_000  # pieces kept
SELDOM = 3


def table(sentences: list[tuple[str, str]]) -> dict[str, int]:
    """The weight of each piece worth keeping."""
    counts = {"nb": Counter[str](), "nn": Counter[str]()}
    for text, lang in sentences:
        counts[lang].update(pieces(text))
    nb, nn = counts["nb"], counts["nn"]
    both = {piece for piece, n in (nb + nn).items() if n >= SELDOM}
    by_kind: dict[int, tuple[int, int]] = {}
    for kind in range(2, 8):
        by_kind[kind] = (
            sum(n for piece, n in nb.items() if _kind(piece) == kind) or 1,
            sum(n for piece, n in nn.items() if _kind(piece) == kind) or 1,
        )
    scored = {}
    for piece in both:
        all_nb, all_nn = by_kind[_kind(piece)]
        weight = math.log((nn[piece] + 0.5) / all_nn) - math.log((nb[piece] + 0.5) / all_nb)
        scored[piece] = weight
    kept = sorted(both, key=lambda piece: (-abs(scored[piece]) * math.sqrt(nb[piece] + nn[piece]), piece))[:LARGEST]
    return {piece: round(scored[piece] * 100) for piece in sorted(kept) if round(scored[piece] * 100)}


def _kind(piece: str) -> int:
    return 7 if piece.startswith("=") else len(piece)


def main() -> int:
    sentences = []
    for path in sys.argv[1:]:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item["lang"] in ("nb", "nn"):
                sentences.append((item["text"], item["lang"]))
    rows = "".join(f"{piece}\t{weight}\n" for piece, weight in table(sentences).items())
    TABLE.write_text(HEAD + rows, encoding="utf-8")
    sys.stdout.write(f"{len(sentences)} sentences, {rows.count(chr(10))} pieces.\n")
    return 0


HEAD = (
    "# Weights for telling nynorsk (above 0) from bokmål (below 0), made by tools/train_written_form.py from the\n"
    "# Universal Dependencies treebanks UD_Norwegian-Bokmaal and UD_Norwegian-Nynorsk. This table: CC BY-SA 4.0.\n"
)

if __name__ == "__main__":
    sys.exit(main())
