"""What a rule is: a name that never changes, one sentence that says what it looks for, and its phrases."""

from collections.abc import Callable
from dataclasses import dataclass

from ordskifte.language.phrases import Phrase, parse
from ordskifte.language.reading import Reading
from ordskifte.language.vocabulary import CLASSES


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for.

    `kind` is what it speaks for and `weight` how loudly; `formal` is the formal thing it is a sign of; `type` the personal
    data it marks. A hit is dropped when one of `unless` stands in the same sentence. Quoted words count unless `own_words`.
    `check` looks at the whole text before the rule may speak; alone, without phrases, it is the rule.
    """

    name: str
    says: str
    phrases: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    kind: str = ""
    weight: float = 0.0
    formal: str = ""
    type: str = ""
    own_words: bool = False
    most: int = 2  # hits that count
    check: Callable[[Reading], bool] | None = None


def phrases(lines: str) -> tuple[Phrase, ...]:
    """The phrases of a text, one a line; what follows `#` is a remark."""
    stripped = (line.partition("#")[0].strip() for line in lines.splitlines())
    return tuple(parse(line, CLASSES) for line in stripped if line)
