"""What `verify` finds: plain sentences with a place, never a word of content. A flood is counted, not kept."""

from dataclasses import dataclass, field

MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is a sentence; `where` names the entry, record, object or file."""

    what: str
    where: str


@dataclass(slots=True)
class Findings:
    """The first MOST_KEPT findings, and how many there were."""

    kept: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, what: str, where: str, *, times: int = 1) -> None:
        self.count += times
        if len(self.kept) < MOST_KEPT:
            self.kept.append(Finding(what, where))


def numbers(first: int, last: int) -> str:
    """`entry 7` or `entries 7 to 9`."""
    return f"entry {first}" if first == last else f"entries {first} to {last}"
