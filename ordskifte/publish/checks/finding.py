"""What a check says, and the places of the register as words may name them. Of posts and of replies alike."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["stop", "warn", "ok"]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A place as words may name it."""

    names: tuple[str, ...]
    url: str
    phone: str
    email: str
    dead: bool
    hours: str = ""

    def named_in(self, text: str) -> bool:
        """By address, phone, e-mail or name."""
        folded = text.casefold()
        figures = "".join(char for char in text if char.isdigit())
        phone = "".join(char for char in self.phone if char.isdigit())
        address = self.url.casefold().split("://")[-1].removeprefix("www.").rstrip("/")
        return bool(
            (address and address in folded)
            or (len(phone) >= 5 and phone in figures)
            or (self.email and self.email.casefold() in folded)
            or any(len(name) > 5 and name.casefold() in folded for name in self.names)
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. A stop cannot be passed; a warning can, with a reason."""

    check: str
    level: Level
    what: str
    how: str = ""
    start: int = -1  # where in the reply; -1: it is about the whole
    end: int = -1
    instead: str = ""  # what could stand there
    key: str = ""  # what it is about, where its words hold figures or times that move by themselves
