"""Where in a text the words that were searched for stand."""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

_LONGEST = 20_000  # characters of a text that are looked at
_WORD = re.compile(r"\w+")
_STEMS = """
select word, ts_lexize('ordskifte_nb', word) || ts_lexize('ordskifte_en', word)
  from unnest(%s::text[]) as asked (word)
"""

Spans = tuple[tuple[int, int], ...]
Marks = Sequence[tuple[str, ...]]


def marks_in(texts: Sequence[str], marks: Marks) -> list[Spans]:
    """For each text the spans (code points) of words whose stems are asked for; a phrase only where it stands whole."""
    words = [[(found[0].lower(), *found.span()) for found in _WORD.finditer(text[:_LONGEST])] for text in texts]
    wanted = [_worded(mark) for mark in marks]
    stems = _stems({word for line in words for word, _, _ in line}, wanted)
    return [_joined(_found(line, wanted, stems)) for line in words]


def _worded(mark: tuple[str, ...]) -> tuple[str, ...]:
    """Without what is no word: `e-post` is indexed as itself, `e` and `post`."""
    return tuple(lexeme for lexeme in mark if _WORD.fullmatch(lexeme.rstrip("*")))


def _stems(words: set[str], wanted: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The stems of those words that can matter: a stem begins as its word does."""
    begins = tuple({lexeme.rstrip("*")[:2] for mark in wanted for lexeme in mark})
    asked = sorted(word for word in words if word.startswith(begins)) if begins else []
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [asked])
        return {word: (word, *(stems or ())) for word, stems in cursor.fetchall()}


def _found(
    line: list[tuple[str, int, int]], wanted: Iterable[tuple[str, ...]], stems: dict[str, tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    for mark in wanted:
        for at in range(len(line) - len(mark) + 1) if mark else ():
            if line[at][0] in stems and all(_fits(lexeme, line[at + i][0], stems) for i, lexeme in enumerate(mark)):
                yield line[at][1], line[at + len(mark) - 1][2]


def _fits(lexeme: str, word: str, stems: dict[str, tuple[str, ...]]) -> bool:
    if lexeme.endswith("*"):
        return word.startswith(lexeme[:-1])
    return lexeme in stems.get(word, ())


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """In order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
