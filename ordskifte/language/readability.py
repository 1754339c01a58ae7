"""How heavy a text is to read: LIX where it is long enough for it, else its longest sentence and its long words.

LIX (Björnsson 1968): words per sentence, plus the share in hundredths of words over six letters.
"""

from dataclasses import dataclass

from ordskifte.language.reading import read

ENOUGH = 40  # words; under that LIX jumps with every word
_LONG = 7  # letters


@dataclass(frozen=True, slots=True)
class Readability:
    """`lix` is None for a text too short for it. `long_words` in the order they stand, each once."""

    words: int
    sentences: int
    longest_sentence: int
    long_words: tuple[str, ...]
    lix: int | None


def readability(text: str) -> Readability:
    """Measure a text."""
    reading = read(text)
    words = [(word, sentence) for word, sentence in zip(reading.words, reading.sentences, strict=True) if word]
    lengths: dict[int, int] = {}
    for _, sentence in words:
        lengths[sentence] = lengths.get(sentence, 0) + 1
    long_words = [word for word, _ in words if len(word) >= _LONG and word[0].isalpha()]
    count = len(words)
    return Readability(
        words=count,
        sentences=len(lengths),
        longest_sentence=max(lengths.values(), default=0),
        long_words=tuple(dict.fromkeys(long_words)),
        lix=round(count / len(lengths) + 100 * len(long_words) / count) if count >= ENOUGH else None,
    )
