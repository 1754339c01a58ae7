"""How long a text is as its channel counts, and how one that is too long becomes a thread."""

import re
from typing import Final

from ordskifte.language.graphemes import count_graphemes, graphemes
from ordskifte.publish.dated import ChannelLimits

URL: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_NUMBERING: Final = 8  # room for " (12/34)"


def length_of(text: str, limits: ChannelLimits) -> int:
    """As the channel counts."""
    if not limits.url:
        return _plain(text, limits.counts)
    addresses = URL.findall(text)
    return _plain(URL.sub("", text), limits.counts) + limits.url * len(addresses)


def _plain(text: str, counts: str) -> int:
    if counts == "graphemes":
        return count_graphemes(text)
    if counts == "weighted":
        return sum(1 if _light(sign) else 2 for sign in graphemes(text))
    return len(text)


def _light(sign: str) -> bool:
    """Counts one on X: Latin and its marks, general punctuation (the weights of its published configuration 3)."""
    code = ord(sign[0])
    alone = len(sign) == 1 or all(ord(char) <= 4351 for char in sign)
    return alone and (code <= 4351 or 8192 <= code <= 8205 or 8208 <= code <= 8223 or 8242 <= code <= 8247)


def fits_until(text: str, limits: ChannelLimits) -> int:
    """How many code points of the text the channel takes; all of them when it fits."""
    if not limits.text or length_of(text, limits) <= limits.text:
        return len(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if length_of(text[:middle], limits) <= limits.text:
            low = middle
        else:
            high = middle - 1
    return low


def split_text(text: str, limits: ChannelLimits) -> list[str]:
    """The text as a thread: parts that fit, cut between sentences where it can be, else between words, numbered."""
    if not limits.text or length_of(text, limits) <= limits.text:
        return [text]
    room = ChannelLimits(max(limits.text - _NUMBERING, 1), limits.counts, limits.url)
    parts: list[str] = []
    for piece in _pieces(text, room):
        joined = f"{parts[-1]} {piece}" if parts else piece
        if parts and length_of(joined, room) <= room.text:
            parts[-1] = joined
        else:
            parts.append(piece)
    return [f"{part} ({number}/{len(parts)})" for number, part in enumerate(parts, start=1)]


def _pieces(text: str, room: ChannelLimits) -> list[str]:
    found: list[str] = []
    for sentence in _SENTENCE.split(text.strip()):
        rest = sentence.strip()
        while rest and length_of(rest, room) > room.text:
            cut = _cut(rest, room)
            found.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
        if rest:
            found.append(rest)
    return found


def _cut(text: str, room: ChannelLimits) -> int:
    """Where to cut: after the last word that fits; inside a word, and never inside a sign, when it is longer."""
    until = fits_until(text, room)
    space = text.rfind(" ", 0, until + 1)
    if space > 0:
        return space
    place = 0
    for sign in graphemes(text):
        if place + len(sign) > until:
            break
        place += len(sign)
    return place or len(next(graphemes(text)))
