"""Runs of digits as people write them: how they are grouped, and what stands around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ordskifte.language.reading import Reading

_RUN = re.compile(r"(?<![\w])(?:\+|00(?=\d))?\d++(?:[ .\-/\u00a0]{1,2}\d++)*+(?!\w)")
_URL = re.compile(r"(?:https?://|www\.)\S{1,2000}")
_LOOSE = re.compile(r"(?:\+|00(?=\d))?\d++(?:[ .\-/\u00a0]{1,2}\d++)*+")


@dataclass(frozen=True, slots=True)
class Run:
    """Digits in a row: `groups` are how they are written, `separators` what stands between them, each once."""

    start: int
    end: int
    groups: tuple[str, ...]
    starts: tuple[int, ...]
    plus: bool
    separators: str
    digits: str


def runs(reading: Reading) -> Iterator[Run]:
    """The digit runs of a text, without those in web addresses."""
    plain = reading.plain
    if not any(char in plain for char in "0123456789"):
        return
    links = [found.span() for found in _URL.finditer(plain)] if "http" in plain or "www." in plain else []
    for found in _LOOSE.finditer(plain):
        start, end = found.span()
        if any(a <= start < b for a, b in links):
            continue
        text = found[0]
        pieces = [(piece.start(), piece[0]) for piece in _DIGITS.finditer(text)]
        groups = tuple(piece for _, piece in pieces)
        yield Run(
            start,
            end,
            groups,
            tuple(start + at for at, _ in pieces),
            text.startswith("+"),
            "".join(set("".join(_SEPARATORS.findall(text)))),
            "".join(groups),
        )


_DIGITS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[ .\-/\u00a0]+")


def windows(run: Run, lengths: tuple[int, ...]) -> Iterator[tuple[int, int, str]]:
    """Where groups of just these lengths stand in a run: start, end, digits. Never overlapping."""
    at, size = 0, len(lengths)
    while at + size <= len(run.groups):
        groups = run.groups[at : at + size]
        if tuple(map(len, groups)) == lengths:
            yield run.starts[at], run.starts[at + size - 1] + lengths[-1], "".join(groups)
            at += size
        else:
            at += 1
