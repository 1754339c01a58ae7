"""What the checker found: one outcome per test, with what is wrong and where. Lists have an end, counts do not."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from ordskifte.records.noark5.check.words import titles

LISTED: Final = 200  # findings of one test that are kept; the rest are counted
_MOST_WORDS: Final = 500  # that one test's count is divided by
_LONGEST: Final = 300  # characters of something foreign in a sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `key` and `args` make the sentence (words.py); `where` is a file, a line, an id."""

    key: str
    args: tuple[str, ...]
    where: str


@dataclass(slots=True)
class Outcome:
    """One test. `count` is what Arkade counts, `counts` how it is divided; `errors` is how many findings there are."""

    id: str
    count: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def divide(self, what: str, number: int = 1) -> None:
        """Count under a word of the package's own; a package with too many words gets the first ones."""
        if what in self.counts or len(self.counts) < _MOST_WORDS:
            self.counts[_shown(what)] += number


class Report:
    """All outcomes of one package, by id."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.version = ""
        self.tests = {id_: Outcome(id_) for id_ in titles()}

    @property
    def ok(self) -> bool:
        return not any(test.errors for test in self.tests.values())

    def __getitem__(self, id_: str) -> Outcome:
        return self.tests[id_]

    def error(self, id_: str, key: str, *args: object, where: str) -> None:
        test = self.tests[id_]
        test.errors += 1
        if test.errors <= LISTED:
            test.findings.append(Finding(key, tuple(_shown(one) for one in args), where))

    def note(self, id_: str, key: str, *args: object) -> None:
        self.tests[id_].notes.append(Finding(key, tuple(_shown(one) for one in args), ""))


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
