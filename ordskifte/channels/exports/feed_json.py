"""JSON Feed 1.0 and 1.1. Source: jsonfeed.org/version/1.1."""

from collections.abc import Iterator
from typing import Any, Final

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Item, Problem
from ordskifte.channels.exports.glimpse import glimpse
from ordskifte.channels.exports.jsonstream import JsonStream
from ordskifte.channels.exports.markup import html_to_text
from ordskifte.channels.exports.pictures import media_type, once, pictures
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.times import from_iso

_VERSION: Final = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


def is_json_feed(value: object) -> bool:
    """Whether a file's beginning says that it is a JSON Feed."""
    version = value.get("version") if isinstance(value, dict) else None
    return isinstance(version, str) and version.startswith(_VERSION)


def read_json_feed(export: Export, name: str) -> Iterator[Item]:
    """Every item, with exactly its own bytes."""
    seen = glimpse(export, name).value
    head: dict[str, Any] = seen if isinstance(seen, dict) else {}
    title, home, address = _text(head, "title"), _text(head, "home_page_url"), _text(head, "feed_url")
    if title or home or address:
        yield Account(address or home or title, "", title, home)
    authors = _authors(head)
    with export.open(name) as stream:
        for piece in JsonStream(stream, name).items(("items",)):
            if isinstance(piece, Problem):
                yield piece
                continue
            value, raw, number = piece
            where = f"item {number}"
            if isinstance(value, dict) and _id(value):
                yield _arrival(value, raw, name, where, authors, _text(head, "language"))
            else:
                why = reasons.NO_ID if isinstance(value, dict) else reasons.WRONG_SHAPE
                yield Problem(name, where, why, "", raw)


def _arrival(item: dict[str, Any], raw: bytes, file: str, where: str, authors: list[Author], language: str) -> Arrival:
    published, edited = from_iso(item.get("date_published")), from_iso(item.get("date_modified"))
    html = _text(item, "content_html")
    text = html_to_text(html) if html else _text(item, "content_text") or _text(item, "summary")
    odd = any(item.get(name) and not got for name, got in (("date_published", published), ("date_modified", edited)))
    tags = [tag for tag in item.get("tags") or [] if isinstance(tag, str)] if isinstance(item.get("tags"), list) else []
    extra = {"tags": ", ".join(tags), "link": _text(item, "external_url")}
    return Arrival(
        external_id=_id(item),
        version_key=edited.isoformat() if edited and edited != published else "",
        kind="post",
        author=next(iter(_authors(item) or authors), None),
        ours=True,
        title=_text(item, "title"),
        text=text,
        raw=raw,
        raw_type="application/json",
        file=file,
        where=where,
        published=published or edited,
        edited=edited if published and edited != published else None,
        language=_text(item, "language") or language,
        attachments=_attachments(item, html),
        permalink=_text(item, "url"),
        extra={name: value for name, value in extra.items() if value},
        remarks=(reasons.BAD_DATE,) if odd else (),
    )


def _id(item: dict[str, Any]) -> str:
    """The id as text; version 1.1 says a number is to be taken as one."""
    value = item.get("id")
    if isinstance(value, str):
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if number else _text(item, "url")


def _authors(value: dict[str, Any]) -> list[Author]:
    """`authors` of 1.1, else `author` of 1.0."""
    listed = value.get("authors")
    found = []
    for one in listed if isinstance(listed, list) else [value.get("author")]:
        if isinstance(one, dict) and (_text(one, "name") or _text(one, "url")):
            name, url = _text(one, "name"), _text(one, "url")
            url = "" if url.startswith("mailto:") else url
            found.append(Author(url or f"name-{name}", "", name, url))
    return found


def _attachments(item: dict[str, Any], html: str) -> tuple[Attachment, ...]:
    found = []
    for name in ("image", "banner_image"):
        if url := _text(item, name):
            found.append(Attachment(media_type(url), url))
    listed = item.get("attachments")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and _text(one, "url"):
            found.append(Attachment(_text(one, "mime_type"), _text(one, "url"), "", _text(one, "title")))
    return once([*found, *pictures(html)])


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found.strip() if isinstance(found, str) else ""
