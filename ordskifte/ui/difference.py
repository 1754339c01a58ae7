"""Two versions of a text side by side, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from ordskifte.ui.said import said

MOST_WORDS: Final = 1500
"""Words that differ are compared one by one up to this many a side; comparing costs their product."""

_WORD: Final = re.compile(r"https?://\S+|\w+|\s+|[^\w\s]")


def side_by_side(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Old with what went away in `del`, new with what came in `ins`; both safe to show."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    left: list[str] = []
    right: list[str] = []
    for same, gone, come in _pieces(before, after):
        if same:
            left.append(said(same))
            right.append(said(same))
        if gone:
            left.append(f"<del>{said(gone)}</del>")
        if come:
            right.append(f"<ins>{said(come)}</ins>")
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308 - `said` escapes every piece


def _pieces(before: list[str], after: list[str]) -> Iterator[tuple[str, str, str]]:
    """(same, gone, come) in order. The common start and end are cut off first; too much between is not compared."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    yield "".join(before[:head]), "", ""
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(old), len(new)) > MOST_WORDS:
        yield "", "".join(old), "".join(new)
    else:
        for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if operation == "equal":
                yield "".join(old[a:b]), "", ""
            else:
                yield "", "".join(old[a:b]), "".join(new[c:d])
    yield "".join(before[len(before) - tail :]), "", ""


def _common(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
