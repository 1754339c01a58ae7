"""A text read once for all rules: its words in lower case, where each stands in the text as given, what is quoted.

Compatibility forms, invisible characters and loose accents are taken away before words are looked at, so that
"ｋｌａｇｅ" and "kla\u200bge" are the word klage; places are always those of the text as given, in code points.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_WORD = 60  # characters; longer ones are nobody's word and match nothing

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\U000e0000-\U000e007f]"
)
_PIECE = re.compile(
    r"(?P<word>(?:\d++(?:[.,:/-]\d++)*+|[^\W\d_]++(?:['’`´-]?[^\W_]++)*+))"
    r"|(?P<quote>[«»\"“”„])"
    r"|(?P<end>[.!?…\n\r\u2028\u2029]++)"
)
_OPENING, _CLOSING = "«“„", "»”"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its words. `starts` and `ends` are places in `text`; words of one sentence share a number."""

    text: str
    plain: str  # lower case, NFKC, nothing invisible
    words: list[str]
    starts: list[int]
    ends: list[int]
    at: list[int]  # the same places in `plain`
    upto: list[int]
    sentences: list[int]
    quoted: frozenset[int]  # the words between quotation marks
    places: list[int] | None = None  # where each character of `plain` stands in `text`; None when nothing moved

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From places in `plain` to places in `text`."""
        if self.places is None:
            return start, end
        return self.places[start], _end(self.text, self.places, end)


def read(text: str) -> Reading:
    """Find the words of a text."""
    plain, places = _plain(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    quotes: list[tuple[str, int]] = []
    sentence = 0
    for found in _PIECE.finditer(plain):
        kind = found.lastgroup
        if kind == "word":
            start, end = found.span()
            words.append(found[0] if end - start <= LONGEST_WORD else "")
            starts.append(start)
            ends.append(end)
            sentences.append(sentence)
        elif kind == "end":
            sentence += 1
        else:
            quotes.append((found[0], len(words)))
    given_starts, given_ends = starts, ends
    if places is not None:
        given_starts = [places[at] for at in starts]
        given_ends = [_end(text, places, at) for at in ends]
    return Reading(text, plain, words, given_starts, given_ends, starts, ends, sentences, _quoted(quotes), places)


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text as rules see it, and the place of each of its characters; None when nothing moved."""
    if text.isascii():
        return text.lower(), None
    if unicodedata.is_normalized("NFKC", text) and not _UNSEEN.search(text):
        lower = text.lower()
        if len(lower) == len(text):
            return lower, None
    return _cleaned(text)


def _cleaned(text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    places: list[int] = []
    at, size = 0, len(text)
    while at < size:
        upto = at + 1
        while upto < size and upto - at < 8 and unicodedata.combining(text[upto]):
            upto += 1
        piece = _UNSEEN.sub("", text[at:upto])
        for char in unicodedata.normalize("NFKC", piece).lower():
            if not unicodedata.combining(char):
                parts.append(char)
                places.append(at)
        at = upto
    places.append(size)
    return "".join(parts), places


def _end(text: str, places: list[int], at: int) -> int:
    """The end of a word in the text as given: behind its last character and what hangs on that."""
    last = places[at - 1]
    upto = last + 1
    while upto < len(text) and upto - last < 8 and unicodedata.combining(text[upto]):
        upto += 1
    return upto


def _quoted(quotes: list[tuple[str, int]]) -> frozenset[int]:
    if len(quotes) < 2:
        return frozenset()
    inside: set[int] = set()
    opened: int | None = None
    for mark, at in quotes:
        if opened is not None and mark not in _OPENING:
            inside.update(range(opened, at))
            opened = None
        elif mark not in _CLOSING:
            opened = at
    return frozenset(inside)
