"""The part of a long text that shows what was searched for."""

from collections.abc import Sequence
from typing import Final

from ordskifte.ui.said import Span

BEFORE: Final = 110
LENGTH: Final = 360
"""Characters of a text that a list of hits shows."""


def excerpt(text: str, marks: Sequence[Span]) -> tuple[str, list[Span]]:
    """About LENGTH characters around the first mark, cut between words, and the marks in it."""
    start = max(marks[0][0] - BEFORE, 0) if marks else 0
    if start:
        space = text.find(" ", start, marks[0][0])
        start = space + 1 if space >= 0 else start
    end = min(start + LENGTH, len(text))
    if end < len(text):
        space = text.rfind(" ", start + LENGTH // 2, end)
        end = space if space > 0 else end
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    move = len(head) - start
    inside = [(max(a, start) + move, min(b, end) + move) for a, b in marks if a < end and b > start]
    return head + text[start:end].replace("\r", " ") + tail, inside
