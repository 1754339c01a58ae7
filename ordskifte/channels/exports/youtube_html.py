"""`my-comments.html` and `my-live-chat-messages.html` of older Takeouts: one `<li>` a comment, in any language."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Item, Problem
from ordskifte.channels.exports.family import first_bytes
from ordskifte.channels.exports.markup import html_to_text
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.times import from_iso
from ordskifte.channels.exports.xmlcoding import Recoded, decoded, encoding_of
from ordskifte.channels.exports.xmlstream import Cutter, Slice

_TIME: Final = re.compile(r"\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)")
_LINK: Final = re.compile(r"""<a\s[^>]{0,200}?href\s*=\s*["']([^"']{1,2000})["'][^>]{0,200}>(.*?)</a>""", re.S | re.I)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PAGE: Final = re.compile(
    rb"""<li>(?:[^<]|<(?!li)){0,400}?href\s*=\s*["']https?://(?:www\.)?youtube\.com/"""
    rb"""(?:watch\?|post/|channel/|user/).{0,1500}?\d{4}-\d\d-\d\d[T ]\d\d:"""
    rb"""|<li>[^<]{0,100}\d{4}-\d\d-\d\d[T ]\d\d:[^<]{0,100}<a\s[^>]{0,200}youtube\.com/""",
    re.S,
)


def is_comments_page(head: bytes) -> bool:
    """Whether an HTML file begins as a list of comments on YouTube: a link to a video and a time in one `<li>`."""
    return b"<rss" not in head[:2000] and _PAGE.search(head[:16384]) is not None


def read_page(export: Export, name: str) -> Iterator[Item]:
    """Every `<li>` of the page."""
    encoding, bytewise = encoding_of(first_bytes(export, name))
    same: Counter[str] = Counter()
    number = 0
    with export.open(name) as stream:
        source = stream if bytewise else Recoded(stream, encoding)
        for part in Cutter(source, ("li",), ("ul",)):
            if isinstance(part, Slice):
                number += 1
                yield _entry(part, encoding if bytewise else "utf_8", bytewise, name, f"entry {number}", same)


def _entry(part: Slice, encoding: str, exact: bool, file: str, where: str, same: Counter[str]) -> Item:
    if part.raw is None or not part.closed:
        return Problem(file, where, reasons.TOO_LARGE if part.raw is None else reasons.TRUNCATED, "", part.raw)
    text, repaired = decoded(part.raw, encoding)
    head, _, body = _split(text)
    links = [(unescape(address), words) for address, words in _LINK.findall(head)]
    found = _TIME.search(head)
    if not links and not found:
        return Problem(file, where, reasons.WRONG_SHAPE, "", part.raw)
    published = from_iso("T".join(found.groups()) + "Z") if found else None
    video, comment = _ids(links)
    id_ = comment or _own_id(f"{found[0] if found else ''}|{video}", same)
    titles = [html_to_text(words) for address, words in links if "lc=" not in address]
    parent = comment.partition(".")[0] if "." in comment else ""
    extra = {"video_title": titles[-1] if titles else "", "live": "" if comment else "yes"}
    return Arrival(
        external_id=id_,
        kind="reply" if parent else "comment",
        author=None,  # the page does not say who wrote it, only that we did
        ours=True,
        text=html_to_text(body),
        raw=part.raw if exact else None,
        raw_type="text/html",
        file=file,
        where=where,
        parent_id=parent or None,
        thread_id=video or None,
        published=published,
        permalink=f"https://www.youtube.com/watch?v={video}&lc={comment}" if video and comment else "",
        extra={name: value for name, value in extra.items() if value},
        remarks=((reasons.ENCODING_REPAIRED,) if repaired else ()) + (() if published else (reasons.BAD_DATE,)),
    )


def _split(text: str) -> tuple[str, str, str]:
    """What is said about the comment, and after the first line break the comment."""
    found = _BREAK.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _ids(links: list[tuple[str, str]]) -> tuple[str, str]:
    """The video's (or post's) id and the comment's, from the addresses."""
    video = comment = ""
    for address, _ in links:
        parts = _split_address(address)
        asked = parse_qs(parts.query) if parts else {}
        comment = comment or asked.get("lc", [""])[0]
        video = video or asked.get("v", [""])[0]
        if not video and parts and parts.path.startswith("/post/"):
            video = parts.path.removeprefix("/post/")
    return video, comment


def _split_address(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _own_id(what: str, same: Counter[str]) -> str:
    """An id for what has none: a digest of its time, its video and its number among those alike."""
    same[what] += 1
    return sha256(f"{what}|{same[what]}".encode()).hexdigest()[:32]
