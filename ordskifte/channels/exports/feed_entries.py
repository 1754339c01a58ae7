"""An entry of a feed as an arrival, from what feedparser makes of it."""

import io
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import escape, unescape
from typing import Any, Final
from urllib.parse import urljoin
from xml.parsers import expat

import feedparser

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Kind
from ordskifte.channels.exports.markup import html_to_text
from ordskifte.channels.exports.pictures import media_type, once, pictures

_MAIL: Final = re.compile(r"[\s(<]*[^\s()<>]+@[^\s()<>]+[\s)>]*")
_MEDIA: Final = re.compile(r"<(/?)media:(description|title)\b[^<>]*?(/?)>")
_RELATIVE: Final = re.compile(
    r"""(<(?:a|img)\s[^<>]*?\b(?:href|src)\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"#comment-?\d+\Z")
_COMMENTS_ON: Final = re.compile(r"\s*(comments (on|for)|kommentarer (til|på|for)|kommentarar (til|på))\b", re.I)
_SMALL: Final = (
    32768  # characters; beyond that feedparser's parser for broken XML takes minutes over what is made to hurt
)
_DEPTH: Final = 250
_HEADERS: Final = {"content-type": "application/xml; charset=utf-8"}
_TOP: Final = 253_402_300_799  # the last second of the year 9999


def parsed(text: str) -> dict[str, Any]:
    """What feedparser makes of a feed given as text. Nothing is fetched.

    Its sanitiser is off: what it makes of odd HTML still has words of tags in it, and here HTML becomes plain text.
    """
    if len(text) > _SMALL and not _is_sound(text):
        return {}
    text = _MEDIA.sub(r"<\1media:alt-\2\3>", text)  # what a picture shows is not what the entry says
    try:
        found: dict[str, Any] = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=_HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (RecursionError, AssertionError, ArithmeticError, ValueError, LookupError, TypeError, AttributeError):
        return {}  # its parser for broken XML meets what nobody thought of
    return found


class _Deep(Exception):
    """More levels than any honest entry has. Never leaves this file."""


def _is_sound(text: str) -> bool:
    """Whether a text is well-formed XML with all its namespaces, and no deeper than feedparser reads in good time."""
    depth = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise _Deep

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except (expat.ExpatError, _Deep):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the feed says for all its entries."""

    file: str
    language: str = ""
    comments: bool = False  # a feed of comments
    link: str = ""

    @classmethod
    def of(cls, found: dict[str, Any], file: str) -> "Surroundings":
        feed = found.get("feed") or {}
        title = _plain(feed, "title")
        return cls(file, _text(feed, "language"), bool(_COMMENTS_ON.match(title)), _text(feed, "link"))


def account_of(found: dict[str, Any]) -> Iterator[Account]:
    """Whose feed it is, when it says so."""
    feed = found.get("feed") or {}
    id_, link, title = _text(feed, "id"), _text(feed, "link"), _plain(feed, "title")
    if id_ or link or title:
        yield Account(id_ or link or title, "", title, link)


def read_entry(entry: Any, around: Surroundings, raw: bytes | None, where: str, remarks: tuple[str, ...]) -> Arrival:
    """The arrival of one entry. Its id is its own, else its address, else a digest of what it says."""
    link = _text(entry, "link")
    published, edited, odd = _times(entry)
    media = str(entry.get("media_alt-description") or entry.get("media_alt-title") or "")
    html = _content(entry)
    html, alt = (html, media) if html else (media, "")
    title, text = _plain(entry, "title"), html_to_text(html)
    id_ = _text(entry, "id") or link or _digest(title, text, str(published))
    above = _answered(entry, id_, link, around)
    kind: Kind = "comment" if above is not None else "post"
    tags = [str(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags") or []]
    extra = {"tags": ", ".join(dict.fromkeys(filter(None, tags)))}
    return Arrival(
        external_id=id_,
        version_key=edited.isoformat() if edited else "",
        kind=kind,
        author=_author(entry),
        ours=kind == "post",
        title=title,
        text=text,
        raw=raw,
        raw_type="application/xml",
        file=around.file,
        where=where,
        parent_id=above or None,
        thread_id=above or None,
        published=published,
        edited=edited,
        language=_language(entry) or around.language,
        attachments=_attachments(entry, html, alt),
        permalink=link,
        extra={name: value for name, value in extra.items() if value},
        remarks=(*remarks, reasons.BAD_DATE) if odd else remarks,
    )


def _answered(entry: Any, id_: str, link: str, around: Surroundings) -> str | None:
    """The id of what a comment is about, '' when nobody says; None when the entry is no comment."""
    thread = entry.get("thr_in-reply-to")
    if isinstance(thread, dict):
        return str(thread.get("ref") or thread.get("href") or "")
    mark = next((one for one in (link, id_) if _COMMENT.search(one)), None)
    if mark is not None:
        return _COMMENT.sub("", mark)
    return around.link if around.comments else None


def _content(entry: Any) -> str:
    """The fullest HTML there is, its addresses whole: the content, else the summary."""
    found = [one for one in entry.get("content") or [] if _is_text(one.get("type"))]
    whole = max(found, key=lambda one: len(one.get("value") or ""), default=entry.get("summary_detail") or {})
    return _absolute(str(whole.get("value") or entry.get("summary") or ""), str(whole.get("base") or ""))


def _absolute(html: str, base: str) -> str:
    """The HTML with the addresses of its links and pictures whole."""
    if not base:
        return html

    def whole(found: re.Match[str]) -> str:
        try:
            address = urljoin(base, unescape(found[2] or found[3] or ""))
        except ValueError:
            return found[0]
        return f'{found[1]}"{escape(address)}"'

    return _RELATIVE.sub(whole, html)


def _is_text(type_: str | None) -> bool:
    return not type_ or type_.startswith("text/") or "html" in type_ or "xml" in type_


def _times(entry: Any) -> tuple[datetime | None, datetime | None, bool]:
    """(published, edited, was a date there that could not be read)."""
    first = _moment(entry, "published") or _moment(entry, "created")
    last = _moment(entry, "updated")
    odd = first is None and last is None and any(_own(entry, name) for name in ("published", "updated", "created"))
    published = first or last
    return published, last if last and published and last > published else None, odd


def _moment(entry: Any, name: str) -> datetime | None:
    value = _own(entry, f"{name}_parsed")
    try:
        seconds = timegm(value) if value else None
    except (ValueError, OverflowError, TypeError):
        return None
    if seconds is None or not -62_135_596_800 <= seconds <= _TOP:
        return None
    return datetime.fromtimestamp(0, UTC) + (datetime.fromtimestamp(1, UTC) - datetime.fromtimestamp(0, UTC)) * seconds


def _own(entry: Any, name: str) -> Any:
    """What the entry itself has under a name: feedparser's own `get` stands in `published` for `updated`."""
    return dict.get(entry, name)


def _author(entry: Any) -> Author | None:
    """Name and address on the web; an e-mail address is nobody's name and stays in the bytes."""
    detail = entry.get("author_detail") or {}
    name = _MAIL.sub(" ", str(entry.get("author") or "")[:500]).strip()
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    url = str(detail.get("href") or "")
    url = "" if url.startswith("mailto:") else url
    return Author(url or f"name-{name}", "", html_to_text(name), url) if name or url else None


def _attachments(entry: Any, html: str, alt: str) -> tuple[Attachment, ...]:
    """Enclosures, media:content (`alt` when it is the only one) and the pictures in the text."""
    media_content = entry.get("media_content") or []
    alt = html_to_text(alt) if len(media_content) == 1 else ""
    found = []
    for link in entry.get("links") or []:
        if link.get("rel") == "enclosure" and link.get("href"):
            found.append(Attachment(str(link.get("type") or ""), link["href"], "", str(link.get("title") or "")))
    for media in media_content:
        if media.get("url"):
            found.append(Attachment(str(media.get("type") or "") or media_type(media["url"]), media["url"], "", alt))
    return once([*found, *pictures(html)])


def _language(entry: Any) -> str:
    details = [entry.get("title_detail"), entry.get("summary_detail"), *(entry.get("content") or [])]
    return next((str(one["language"]) for one in details if one and one.get("language")), "")


def _plain(value: Any, name: str) -> str:
    """A title as text. Atom says when it is plain; in RSS nobody knows, so it is read as the HTML it may be."""
    return html_to_text(str(value.get(name) or ""))


def _text(value: Any, name: str) -> str:
    found = value.get(name)
    return found.strip() if isinstance(found, str) else ""


def _digest(*parts: str) -> str:
    return "sha256-" + sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
