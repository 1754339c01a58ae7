"""What a search for personal data gives, and how it looks at what stands around a number."""

from typing import NamedTuple

from ordskifte.language.reading import Reading


class Found(NamedTuple):
    """Personal data in `Reading.plain`, from `start` up to `end`; `rule` is the rule that found it."""

    type: str
    start: int
    end: int
    rule: str


def before(reading: Reading, at: int, length: int = 40) -> str:
    """What stands before a place."""
    return reading.plain[max(0, at - length) : at]


def after(reading: Reading, at: int, length: int = 24) -> str:
    """What stands after a place."""
    return reading.plain[at : at + length]
