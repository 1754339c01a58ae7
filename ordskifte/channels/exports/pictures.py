"""The pictures inside a piece of HTML, with their alt texts."""

import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from typing import Final

from ordskifte.channels.contract import Attachment

_IMAGE: Final = re.compile(r"<img\s[^<>]{1,4000}>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""\b(src|alt)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_SIZE: Final = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+\Z)")
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)


def pictures(html: str) -> Iterator[Attachment]:
    """Every `<img>` with an address on the web."""
    for image in _IMAGE.finditer(html):
        said = {name.lower(): unescape(value[1:-1]) for name, value in _ATTRIBUTE.findall(image[0])}
        if _ADDRESS.match(said.get("src", "")):
            yield Attachment(media_type(said["src"]), said["src"], "", said.get("alt", ""))


def once(found: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Each picture once, whatever size its address asks for (`-300x200`); the first alt text there is."""
    kept: dict[str, Attachment] = {}
    for one in found:
        whole = _SIZE.sub("", one.url)
        before = kept.get(whole)
        kept[whole] = one if before is None else replace(before, alt=before.alt or one.alt)
    return tuple(kept.values())


def media_type(url: str) -> str:
    """By the address's ending; '' when it tells nothing."""
    return mimetypes.guess_type(url.partition("?")[0])[0] or ""
