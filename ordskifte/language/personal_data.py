"""Personal data in text. So far the national numbers: found, masked, and looked for in raw items (design.md D11)."""

import html
import re

from ordskifte.language.national_number import DIGIT_LEADS, GAP, GAP_BYTES, Span, find_numbers, may_hold_number

__all__ = ["MASK", "Span", "find_numbers", "has_number", "mask"]

MASK = "●●●●●● ●●●●●"
"""What stands where a number stood. Holds no digit, so masking twice changes nothing."""


def mask(text: str) -> tuple[str, int]:
    """The text with MASK for every number, and how many were masked."""
    count = 0
    while spans := find_numbers(text):  # what stood beside a number may now stand alone
        parts, at = [], 0
        for span in spans:
            parts += [text[at : span.start], MASK]
            at = span.end
        text = "".join([*parts, text[at:]])
        count += len(spans)
    return text, count


_BROKEN = re.compile(  # a digit, then something that stands for a separator, then a digit
    rf"\d(?<!\d\d)\d*+{GAP}(?>(?:\\+(?:u[0-9a-fA-F]{{4}}|[nrtbf/])|&[#\w]{{1,12}};|<[^<>]{{0,2000}}>){GAP})++[\d\\&]"
)
_AS_ESCAPE = bytes(0x5C if byte in b"\\<&" else 0x30 if byte in DIGIT_LEADS else 0x78 for byte in range(256))
_PLAIN_GAPS = bytes(sorted(GAP_BYTES - {0x5C}))
_DISGUISED = (
    "&lt;",
    "&amp;",
    "\\u003",
    "\\uff1",
    "\\uFF1",
    "\\u06",
    "\\ud835",
    "\\uD835",
)  # ASCII, full-width, Arabic and mathematical digits
_DISGUISED_ENTITY = re.compile(
    r"&#(?:0*(?:38|60|4[89]|5[0-7]|6529[6-9]|6530[0-5]|1[67]\d\d)|[xX]0*(?:3\d|[fF][fF]1\d|6[6fF]\d));"
)
_GLUED = re.compile(r"\\u[0-9a-fA-F]{4}[0-9]")  # an escape that ends where a digit begins
_JSON_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|[nrtbf]|/)")
_TAG = re.compile(r"<[^<>]{0,2000}>")


def has_number(raw: str) -> bool:
    """Whether a raw item (JSON, HTML, XML, CSV) may hold a national number, also one broken up by escapes or markup.

    In doubt yes: such an item is kept encrypted. Everything `find_numbers` finds in the item's text is found here.
    """
    if may_hold_number(raw):
        return True
    return _may_be_broken(raw) and may_hold_number(_decoded(raw))


def _may_be_broken(raw: str) -> bool:
    """Whether decoding can bring digits together that do not stand together now."""
    if any(start in raw for start in _DISGUISED) or ("\\u" in raw and _GLUED.search(raw)):
        return True
    if "&#" in raw and _DISGUISED_ENTITY.search(raw):
        return True
    if b"0\\" not in raw.encode("utf-8", "surrogatepass").translate(_AS_ESCAPE, _PLAIN_GAPS):
        return False
    return _BROKEN.search(raw) is not None


def _decoded(raw: str) -> str:
    """A raw item with its escapes, entities and tags taken away, twice: feeds carry markup inside markup."""
    text = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", raw)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for _ in range(2):
        text = _TAG.sub(" ", html.unescape(text))
    return text
