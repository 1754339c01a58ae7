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
from collections.abc import Iterable, Mapping, Sequence, Set
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

    @property
    def words(self) -> "Element":
        """The element without its place in a phrase: elements that look for the same words are the same."""
        return Element(self.exact, self.begins, self.ends, self.holds)


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

    def at(
        self, numbers: Sequence[int], fitting: Sequence[Set[int]], low: int, high: int, word: int
    ) -> tuple[int, int] | None:
        """First and last word of what is reported, when the anchor is the given word; None when it does not fit.

        `numbers` are those of the elements, `fitting` those of the elements each word of the text fits; the sentence
        goes from `low` up to `high`.
        """
        placed = [-1] * len(numbers)
        placed[self.anchor] = word
        if not self._forward(numbers, fitting, self.anchor + 1, word, min(high, word + 40), placed):
            return None
        if not self._backward(numbers, fitting, self.anchor - 1, word, max(low, word - 40), placed):
            return None
        inside = [at for at in placed[self.first : self.last + 1] if at >= 0]
        return (min(inside), max(inside)) if inside else None

    def _forward(
        self, numbers: Sequence[int], fitting: Sequence[Set[int]], index: int, at: int, high: int, placed: list[int]
    ) -> bool:
        if index == len(numbers):
            return not self.closes or at == high - 1
        element, number = self.elements[index], numbers[index]
        for here in range(at + 1, min(at + 2 + element.gap, high)):
            if (number in fitting[here]) is not element.negated:
                placed[index] = here
                if self._forward(numbers, fitting, index + 1, here, high, placed):
                    return True
        placed[index] = -1
        return element.optional and self._forward(numbers, fitting, index + 1, at, high, placed)

    def _backward(
        self, numbers: Sequence[int], fitting: Sequence[Set[int]], index: int, at: int, low: int, placed: list[int]
    ) -> bool:
        if index < 0:
            return not self.opens or at == low
        element, number, gap = self.elements[index], numbers[index], self.elements[index + 1].gap
        for here in range(at - 1, max(at - 2 - gap, low - 1), -1):
            if (number in fitting[here]) is not element.negated:
                placed[index] = here
                if self._backward(numbers, fitting, index - 1, here, low, placed):
                    return True
        placed[index] = -1
        return element.optional and self._backward(numbers, fitting, index - 1, at, low, placed)


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


@dataclass(frozen=True, slots=True)
class _Sought:
    """A phrase in an index: the numbers of its elements, and of those that must stand in a text beside the anchor."""

    key: int
    phrase: Phrase
    numbers: tuple[int, ...]
    needs: frozenset[int]
    alone: bool  # one word, anywhere in a sentence


_Word = tuple[frozenset[int], tuple[_Sought, ...]]  # the elements a word fits, and the phrases looked up by it
_MOST_KNOWN = 20_000  # words remembered, at most some megabytes; texts use the same ones over and over
_NOTHING: _Word = (frozenset(), ())


class Index:
    """Many phrases looked for at once: each word of a text leads only to the phrases that may stand there."""

    def __init__(self, phrases: Iterable[tuple[int, Phrase]]) -> None:
        self._numbers: dict[Element, int] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._begins: dict[str, list[int]] = defaultdict(list)
        self._ends: dict[str, list[int]] = defaultdict(list)
        self._holds: dict[str, list[int]] = defaultdict(list)
        self._anchored: dict[int, list[_Sought]] = defaultdict(list)
        self._known: dict[str, _Word] = {"": _NOTHING}
        self._same: dict[_Word, _Word] = {}
        for key, phrase in phrases:
            self._add(key, phrase)
        self._lengths = sorted({len(part) for part in self._begins})
        self._tails = sorted({len(part) for part in self._ends})

    def _add(self, key: int, phrase: Phrase) -> None:
        numbers = tuple(self._number(element.words) for element in phrase.elements)
        needs = frozenset(
            number
            for number, element in zip(numbers, phrase.elements, strict=True)
            if not element.optional and not element.negated
        ) - {numbers[phrase.anchor]}
        alone = len(numbers) == 1 and not phrase.opens and not phrase.closes
        self._anchored[numbers[phrase.anchor]].append(_Sought(key, phrase, numbers, needs, alone))

    def _number(self, element: Element) -> int:
        if element not in self._numbers:
            number = self._numbers[element] = len(self._numbers)
            for parts, known in (
                (element.exact, self._exact),
                (element.begins, self._begins),
                (element.ends, self._ends),
                (element.holds, self._holds),
            ):
                for part in parts:
                    known[part].append(number)
        return self._numbers[element]

    def _look(self, word: str) -> _Word:
        """What a word fits: looked up once and remembered."""
        fitting = set(self._exact.get(word, ()))
        size = len(word)
        for length in self._lengths:
            if length > size:
                break
            fitting.update(self._begins.get(word[:length], ()))
        for length in self._tails:
            if length > size:
                break
            fitting.update(self._ends.get(word[size - length :], ()))
        for part, numbers in self._holds.items():
            if part in word:
                fitting.update(numbers)
        found = (
            frozenset(fitting),
            tuple(sought for number in sorted(fitting) for sought in self._anchored.get(number, ())),
        )
        if len(self._known) >= _MOST_KNOWN:
            self._known = {"": _NOTHING}
            self._same = {}
        found = self._same.setdefault(found, found)
        self._known[word] = found
        return found

    def find(self, reading: Reading) -> dict[int, list[tuple[int, int]]]:
        """For each key that was found, where: first and last word."""
        known, look = self._known.get, self._look
        words = [known(word) or look(word) for word in reading.words]
        fitting = [word[0] for word in words]
        present = frozenset().union(*fitting)
        found: dict[int, list[tuple[int, int]]] = {}
        bounds: list[tuple[int, int]] = []
        for at, (_, candidates) in enumerate(words):
            for sought in candidates:
                if sought.alone:
                    place: tuple[int, int] | None = (at, at)
                elif sought.needs <= present:
                    if not bounds:
                        bounds = _bounds(reading.sentences)
                    low, high = bounds[at]
                    place = sought.phrase.at(sought.numbers, fitting, low, high, at)
                else:
                    continue
                if place is not None:
                    found.setdefault(sought.key, []).append(place)
        return found


def _bounds(sentences: list[int]) -> list[tuple[int, int]]:
    """For each word, the first word of its sentence and the first behind it."""
    bounds: list[tuple[int, int]] = []
    low, size = 0, len(sentences)
    for at in range(1, size + 1):
        if at == size or sentences[at] != sentences[low]:
            bounds += [(low, at)] * (at - low)
            low = at
    return bounds
