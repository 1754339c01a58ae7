"""What other people wrote, made safe to show: escaped, masks drawn, hidden characters named, addresses linked."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

Span = tuple[int, int]
"""Start and end of a hit in a text, in characters."""

REL: Final = "nofollow noopener noreferrer ugc"
# Characters that turn the reading direction or cannot be seen (Unicode UAX 9; C0 and C1 without tab and newline).
_HIDDEN: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPECIAL: Final = re.compile(
    rf"(?P<address>\bhttps?://[^\s<>\"●{_HIDDEN}]+)|(?P<mask>●(?:[●  .\-]*●)?)|(?P<hidden>[{_HIDDEN}])", re.IGNORECASE
)
_TRAILING: Final = ".,;:!?'\"»”’…"
_NEWLINES: Final = re.compile("\r\n?")


def one_newline(text: str) -> str:
    """Old line ends become newlines, so that a page does not name them as hidden characters."""
    return _NEWLINES.sub("\n", text) if "\r" in text else text


def said(text: str, hits: Sequence[Span] = ()) -> SafeString:
    """Foreign text as HTML. `hits` are marked; only http and https addresses become links."""
    text = one_newline(text) if not hits else text
    parts: list[str] = []
    at = 0
    for found in _SPECIAL.finditer(text):
        start, end = found.span()
        if found.lastgroup == "address":
            end = start + _address_length(found[0])
        parts.append(_marked(text, at, start, hits))
        parts.append(_special(text, start, end, found.lastgroup or "", hits))
        at = end
    parts.append(_marked(text, at, len(text), hits))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _special(text: str, start: int, end: int, group: str, hits: Sequence[Span]) -> str:
    piece = text[start:end]
    if group == "mask":
        hidden = escape(gettext("hidden personal number"))
        return (
            f'<span class="os-shield"><span aria-hidden="true">{escape(piece)}</span>'
            f'<span class="ds-sr-only">{hidden}</span></span>'
        )
    if group == "hidden":
        return f'<span class="os-hidden">⟦U+{ord(piece):04X}⟧</span>'
    return f'<a href="{escape(piece)}" rel="{REL}">{_marked(text, start, end, hits)}</a>'


def _address_length(address: str) -> int:
    """Punctuation after an address belongs to the sentence; a closing bracket too, unless the address opened one."""
    length = len(address)
    while length:
        last = address[length - 1]
        unopened = last == ")" and address.count("(", 0, length) < address.count(")", 0, length)
        if last not in _TRAILING and not unopened:
            break
        length -= 1
    return length


def _marked(text: str, start: int, end: int, hits: Sequence[Span]) -> str:
    return "".join(
        f"<mark>{escape(text[a:b])}</mark>" if hit else escape(text[a:b]) for a, b, hit in _cut(start, end, hits)
    )


def _cut(start: int, end: int, hits: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """The stretch start..end cut at the hits in it, which are in order and do not overlap."""
    at = start
    for first, last in hits:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            yield at, first, False
        yield first, last, True
        at = last
    if at < end:
        yield at, end, False


def visible(text: str) -> str:
    """Short foreign text (a name, a title, a file name) in one line, with hidden characters named. Not escaped."""
    return re.sub(f"[{_HIDDEN}]", lambda found: f"⟦U+{ord(found[0]):04X}⟧", " ".join(text.split()))


def raw(text: str) -> SafeString:
    """Bytes as text for a `pre`: hidden characters named, nothing linked."""
    parts: list[str] = []
    at = 0
    text = one_newline(text)
    for found in re.finditer(f"[{_HIDDEN}]", text):
        parts.append(escape(text[at : found.start()]))
        parts.append(f'<span class="os-hidden">⟦U+{ord(found[0]):04X}⟧</span>')
        at = found.end()
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
