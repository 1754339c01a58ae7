"""No percentage and no group below 20 (design.md 6). Pure."""

from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 20
"""A group of people or utterances smaller than this is not shown, and no share of it is counted."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole. `percent` is None where the whole is too small."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return None if self.whole < SMALLEST else round(100 * self.part / self.whole)
