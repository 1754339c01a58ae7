"""Phrases that rules look for: written as people say them, matched word by word, in time linear in the text.

One phrase is a line of elements with blanks between:

- `klage` the word, `klag*` words that begin so, `*gebyr` words that end so, `*gebyr*` words that hold it;
- `a|b*` either, `@me` any word of the class `me` (`vocabulary.py`), `a?` may be left out, `!a` not this word;
- `..3` up to three other words here, `<` and `>` the first and last place of a sentence;
- `[` and `]` around what is reported; without them all that matched is.

A phrase lies within one sentence. No phrase is a regular expression: each element looks at one word and gaps are
bounded, so the work for one word of the text is bounded by the phrase and not by the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ordskifte.language.reading import Reading

_HARDLY = 2  # letters a beginning must have to be looked up by


@dataclass(frozen=True, slots=True)
class Element:
    """What one word must be."""

    exact: frozenset[str]
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    optional: bool = False
    negated: bool = False
    gap: int = 0  # words that may stand before it

    def fits(self, word: str) -> bool:
        found = (
            word in self.exact
            or (bool(self.begins) and word.startswith(self.begins))
            or (bool(self.ends) and word.endswith(self.ends))
            or (bool(self.holds) and any(part in word for part in self.holds))
        )
        return found is not self.negated


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of elements. `first` and `last` are what is reported; `anchor` is the element it is looked up by."""

    elements: tuple[Element, ...]
    anchor: int
    first: int
    last: int
    opens: bool = False
    closes: bool = False
    written: str = ""

    def at(self, reading: Reading, word: int) -> tuple[int, int] | None:
        """First and last word of what is reported, when the anchor is the given word; None when it does not fit."""
        sentences = reading.sentences
        sentence = sentences[word]
        low = word
        while low > 0 and word - low < 40 and sentences[low - 1] == sentence:
            low -= 1
        high, size = word + 1, len(sentences)
        while high < size and high - word < 40 and sentences[high] == sentence:
            high += 1
        placed = [-1] * len(self.elements)
        placed[self.anchor] = word
        if not self._forward(reading.words, self.anchor + 1, word, high, placed):
            return None
        if not self._backward(reading.words, self.anchor - 1, word, low, placed):
            return None
        inside = [at for at in placed[self.first : self.last + 1] if at >= 0]
        return (min(inside), max(inside)) if inside else None

    def _forward(self, words: list[str], index: int, at: int, high: int, placed: list[int]) -> bool:
        if index == len(self.elements):
            return not self.closes or at == high - 1
        element = self.elements[index]
        for here in range(at + 1, min(at + 2 + element.gap, high)):
            if element.fits(words[here]):
                placed[index] = here
                if self._forward(words, index + 1, here, high, placed):
                    return True
        placed[index] = -1
        return element.optional and self._forward(words, index + 1, at, high, placed)

    def _backward(self, words: list[str], index: int, at: int, low: int, placed: list[int]) -> bool:
        if index < 0:
            return not self.opens or at == low
        element, gap = self.elements[index], self.elements[index + 1].gap
        for here in range(at - 1, max(at - 2 - gap, low - 1), -1):
            if element.fits(words[here]):
                placed[index] = here
                if self._backward(words, index - 1, here, low, placed):
                    return True
        placed[index] = -1
        return element.optional and self._backward(words, index - 1, at, low, placed)


def parse(line: str, classes: Mapping[str, str]) -> Phrase:
    """A phrase from its line. ValueError when it is no phrase."""
    elements: list[Element] = []
    gap = 0
    first, last = 0, -1
    opens = closes = False
    for part in line.split():
        if part.startswith("..") and part[2:].isdigit():
            gap = int(part[2:])
        elif part == "<":
            opens = True
        elif part == ">":
            closes = True
        elif part == "[":
            first = len(elements)
        elif part == "]":
            last = len(elements) - 1
        else:
            elements.append(_element(part, gap, classes))
            gap = 0
    if not elements:
        raise ValueError(f"No words in the phrase {line!r}.")
    anchor = max(range(len(elements)), key=lambda at: _rarity(elements[at]))
    if not _rarity(elements[anchor]):
        raise ValueError(f"Nothing to look up in the phrase {line!r}.")
    return Phrase(
        tuple(elements), anchor, first, last if last >= 0 else len(elements) - 1, opens, closes, " ".join(line.split())
    )


def _element(part: str, gap: int, classes: Mapping[str, str]) -> Element:
    negated = part.startswith("!")
    optional = part.endswith("?")
    exact: set[str] = set()
    begins: list[str] = []
    ends: list[str] = []
    holds: list[str] = []
    for choice in _choices(part.strip("!?"), classes):
        if choice.startswith("*") and choice.endswith("*"):
            holds.append(choice[1:-1])
        elif choice.endswith("*"):
            begins.append(choice[:-1])
        elif choice.startswith("*"):
            ends.append(choice[1:])
        else:
            exact.add(choice)
    return Element(frozenset(exact), tuple(begins), tuple(ends), tuple(holds), optional, negated, gap)


def _choices(part: str, classes: Mapping[str, str]) -> Iterable[str]:
    for choice in part.split("|"):
        if choice.startswith("@"):
            for inner in classes[choice[1:]].split():
                yield from _choices(inner, classes)
        elif choice:
            yield choice


def _rarity(element: Element) -> float:
    """How seldom an element's words stand in a text: the shortest of them decides. 0 when it cannot be looked up."""
    if element.negated or element.optional or element.holds:
        return 0
    if any(len(part) < _HARDLY for part in (*element.begins, *element.ends)):
        return 0
    lengths = [len(word) for word in (*element.exact, *element.begins, *element.ends)]
    if not lengths:
        return 0
    common = len(element.exact & _COMMON)
    return (min(lengths) + sum(lengths) / len(lengths)) / (1 + common)


_COMMON = frozenset(
    "jeg eg du vi han hun ho det den de er en ei et eit i på til med for av om og at som har ikke ikkje var vil skal "
    "kan må ble vart blei a the to of is and i you it my me min mitt meg deg dere dykk så no nå her der når da då fra "
    "frå noe noko noen nokon alle mye mykje bare berre".split()
)


class Index:
    """Many phrases looked for at once: each word of a text leads only to the phrases that may stand there."""

    def __init__(self, phrases: Iterable[tuple[int, Phrase]]) -> None:
        self._exact: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        self._begins: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        self._ends: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        for key, phrase in phrases:
            anchor = phrase.elements[phrase.anchor]
            for word in anchor.exact:
                self._exact[word].append((key, phrase))
            for part in anchor.begins:
                self._begins[part].append((key, phrase))
            for part in anchor.ends:
                self._ends[part].append((key, phrase))
        self._lengths = sorted({len(part) for part in self._begins})
        self._tails = sorted({len(part) for part in self._ends})

    def find(self, reading: Reading) -> dict[int, list[tuple[int, int]]]:
        """For each key that was found, where: first and last word."""
        found: dict[int, list[tuple[int, int]]] = {}
        exact, begins, lengths, ends, tails = self._exact, self._begins, self._lengths, self._ends, self._tails
        for at, word in enumerate(reading.words):
            if not word:
                continue
            here = exact.get(word)
            if here is not None:
                _try(here, reading, at, found)
            size = len(word)
            for length in lengths:
                if length > size:
                    break
                here = begins.get(word[:length])
                if here is not None:
                    _try(here, reading, at, found)
            for length in tails:
                if length > size:
                    break
                here = ends.get(word[-length:])
                if here is not None:
                    _try(here, reading, at, found)
        return found


def _try(
    candidates: list[tuple[int, Phrase]], reading: Reading, at: int, found: dict[int, list[tuple[int, int]]]
) -> None:
    for key, phrase in candidates:
        if len(phrase.elements) == 1 and not phrase.opens and not phrase.closes:
            place: tuple[int, int] | None = (at, at)
        else:
            place = phrase.at(reading, at)
        if place is not None:
            found.setdefault(key, []).append(place)
