"""The code a writer gets: long, random, easy to read aloud. It opens the page with reasons, and nothing else."""

import secrets
from typing import Final

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
_GROUPS, _EACH = 4, 5
LENGTH: Final = _GROUPS * _EACH


def new_code() -> str:
    """A new code, 99 bits: "7F3Q2-9KMPA-..."."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
    return _grouped(letters)


def read_code(text: str) -> str:
    """A code as somebody typed it, in the form it is kept in; "" when it can be none."""
    letters = "".join(char for char in text.upper() if char not in " -–—_.\u00a0")
    if len(letters) != LENGTH or not set(letters) <= set(_LETTERS):
        return ""
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _EACH] for at in range(0, LENGTH, _EACH))
