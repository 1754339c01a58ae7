"""What a reader counts as one sign: a letter with its marks, a family of faces, a flag (after Unicode UAX 29).

The rules that matter for texts of people: marks, variation selectors, skin tones, joined emoji, flags, tags, CR LF.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

_JOINER: Final = "\u200d"
_EXTEND: Final = ("Mn", "Me", "Mc")


def _extends(char: str) -> bool:
    return (
        char == _JOINER
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or unicodedata.category(char) in _EXTEND
    )


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _pictogram(char: str) -> bool:
    return unicodedata.category(char) == "So" or char in "\u2640\u2642\u2764\u2695\u2708"


def graphemes(text: str) -> Iterator[str]:
    """The signs of a text, one by one; together they are the text."""
    start = 0
    flags = 0
    for place, char in enumerate(text):
        if place == 0:
            flags = int(_flag(char))
            continue
        before = text[place - 1]
        if _flag(char):
            together = _flag(before) and flags % 2 == 1
            flags = flags + 1 if _flag(before) else 1
        else:
            flags = 0
            together = (
                (_extends(char) and before not in "\r\n")
                or (before == _JOINER and _pictogram(char))
                or (before == "\r" and char == "\n")
            )
        if not together:
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def count_graphemes(text: str) -> int:
    return len(text) if text.isascii() and "\r" not in text else sum(1 for _ in graphemes(text))


def emoji_in(text: str) -> Iterator[tuple[int, int]]:
    """Where emoji stand: (start, end) in code points."""
    place = 0
    for sign in graphemes(text):
        if _is_emoji(sign):
            yield place, place + len(sign)
        place += len(sign)


def _is_emoji(sign: str) -> bool:
    first = sign[0]
    return (
        "\U0001f000" <= first <= "\U0001faff"
        or (
            "\u2600" <= first <= "\u27bf"
            and ("\ufe0f" in sign or first in "\u2705\u2728\u274c\u2753\u2757\u26a1\u2b50")
        )
        or "\ufe0f" in sign
    )
