"""The conversations of Eksempel kommune, read from our own plain text files in `data/`.

A block starts with a header line and ends where the next begins:

    # 2025-01-08 07:30 kommune {nn}     a new thread, and who starts it; `{nn}`, `{privat}`, `{cw ...}` are marks
    > 07:58 Stian Fosse                 an answer to it, later the same day; `>>` answers the last `>`, and so on
    >> +1 08:20 kommune                 `+1`: one day after what it answers
    ~ 08:41                             the text before it was changed to this
    x 09:00                             ... or taken away

Times are the clock in Norway. `= Title` and `[picture.png] alt text` are lines of their own. `{fnr}` becomes a
synthetic personal number (month + 80), so that no valid number stands in our files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

TODAY = date(2026, 3, 12)
"""The day the demo's exports were taken out. Everything is dated from it, so that the bytes are the same every time."""

NORWAY = ZoneInfo("Europe/Oslo")
OURS = frozenset({"kommune", "barnevern"})

_HEADER = re.compile(r"(#|>+|~|x) (?:(\d{4}-\d\d-\d\d) |\+(\d+) )?(\d\d:\d\d)(?: ([^{]+?))?((?: \{[^}]+\})*)")
_PICTURE = re.compile(r"\[([a-z-]+\.png)\] (.+)")


@dataclass(frozen=True, slots=True)
class Words:
    """One version of what was said."""

    at: datetime  # UTC
    text: str
    title: str = ""


@dataclass(slots=True)
class Said:
    """One utterance of the demo. `versions` holds at least one; `number` is its place in the file, from 1."""

    number: int
    author: str
    parent: "Said | None"
    root: "Said | None"
    marks: frozenset[str]
    versions: list[Words] = field(default_factory=list)
    picture: str = ""
    alt: str = ""
    deleted: datetime | None = None

    @property
    def ours(self) -> bool:
        return self.author in OURS

    @property
    def at(self) -> datetime:
        return self.versions[0].at

    @property
    def private(self) -> bool:
        return "privat" in self.marks

    @property
    def language(self) -> str:
        """BCP 47: as marked, else bokmål."""
        return next((mark for mark in ("nn", "en", "se") if mark in self.marks), "nb")

    def marked(self, name: str) -> str:
        """What stands after a mark's name: `{svar kari_b}` is marked("svar") == "kari_b"; "" without it."""
        return next((mark[len(name) + 1 :] for mark in self.marks if mark.startswith(f"{name} ")), "")

    def words(self, until: datetime) -> Words:
        """The newest version at a moment."""
        return [self.versions[0], *(words for words in self.versions if words.at <= until)][-1]


def conversations(name: str) -> list[Said]:
    """Everything said in `data/<name>.txt`, in the file's order. ValueError names a line that cannot be read."""
    lines = files("ordskifte.web.demo").joinpath("data", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return read(lines)


def read(lines: list[str]) -> list[Said]:
    """The utterances of a conversation text."""
    said: list[Said] = []
    above: list[Said] = []  # what an answer of each depth answers
    for number, header, body in _blocks(lines):
        sign, day, later, clock, author, marks = header.groups()
        if sign in "~x" and said:
            moment = _moment(said[-1].versions[-1].at, day, later, clock)
            if sign == "x":
                said[-1].deleted = moment
            else:
                said[-1].versions.append(_words(moment, body, said[-1]))
            continue
        depth = 0 if sign == "#" else len(sign)
        if depth > len(above) or not author or (depth == 0 and not day):
            raise ValueError(f"line {number}: {header.group()}")
        del above[depth:]
        parent = above[-1] if above else None
        one = Said(
            number=len(said) + 1,
            author=author,
            parent=parent,
            root=above[0] if above else None,
            marks=frozenset(re.findall(r"\{([^}]+)\}", marks)),
        )
        one.versions.append(_words(_moment(parent.at if parent else None, day, later, clock), body, one))
        above.append(one)
        said.append(one)
    return said


def _blocks(lines: list[str]) -> Iterator[tuple[int, re.Match[str], list[str]]]:
    found: list[tuple[int, re.Match[str], list[str]]] = []
    for number, line in enumerate(lines, start=1):
        if header := _HEADER.fullmatch(line):
            found.append((number, header, []))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            raise ValueError(f"line {number}: {line}")
    yield from found


def _moment(before: datetime | None, day: str | None, later: str | None, clock: str) -> datetime:
    if day:
        on = date.fromisoformat(day)
    elif before is not None:
        on = before.astimezone(NORWAY).date() + timedelta(days=int(later or 0))
    else:
        raise ValueError(f"a thread starts with a date, not {clock}")
    return datetime.combine(on, time.fromisoformat(clock), NORWAY).astimezone(UTC)


def _words(at: datetime, body: list[str], one: Said) -> Words:
    title, text = one.versions[-1].title if one.versions else "", []
    for line in body:
        if picture := _PICTURE.fullmatch(line):
            one.picture, one.alt = picture.groups()
        elif line.startswith("= "):
            title = line[2:]
        else:
            text.append(line)
    whole = "\n".join(text).strip().replace("{fnr}", synthetic_number(one.number))
    return Words(at, whole, title)


def synthetic_number(seed: int) -> str:
    """Eleven digits with valid check digits that belong to nobody: the month is 80 too high (Skatteetaten)."""
    individual = 100 + seed % 300
    while True:
        digits = [
            int(digit) for digit in f"{seed % 28 + 1:02d}{seed % 12 + 81:02d}{40 + seed % 59:02d}{individual:03d}"
        ]
        first = -sum(map(int.__mul__, (3, 7, 6, 1, 8, 9, 4, 5, 2), digits)) % 11
        second = -sum(map(int.__mul__, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*digits, first])) % 11
        if first < 10 and second < 10:
            return "".join(map(str, [*digits, first, second]))
        individual += 1
