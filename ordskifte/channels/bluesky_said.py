"""Posts of AT Protocol as arrivals and back: links by their bytes, pictures with alt text, names made of a mark."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from ordskifte.channels.contract import Arrival, Attachment, Author
from ordskifte.channels.exports.times import from_iso

JSON: Final = "application/json"
POST: Final = "app.bsky.feed.post"
_LETTERS: Final = "234567abcdefghijklmnopqrstuvwxyz"
_LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_TAG: Final = re.compile(r"(?<![\w/])#(\w*[^\W\d]\w*)")


def key_of(mark: str, made: datetime | None) -> str:
    """The name a record gets: a time in the order the protocol wants, and ten bits of our mark. The same twice."""
    moment = made or datetime.fromtimestamp(UUID(mark).int % 2**31, UTC)
    number = (int(moment.timestamp() * 1_000_000) << 10) | (int.from_bytes(sha256(mark.encode()).digest()[:2]) & 1023)
    letters = []
    for _place in range(13):
        letters.append(_LETTERS[number & 31])
        number >>= 5
    return "".join(reversed(letters))


def facets(text: str) -> list[dict[str, Any]]:
    """Links and hashtags, by where they stand in the UTF-8 bytes."""
    found = []
    for match in _LINK.finditer(text):
        found.append(_facet(text, match.span(), {"$type": "app.bsky.richtext.facet#link", "uri": match[0]}))
    for match in _TAG.finditer(text):
        found.append(_facet(text, match.span(), {"$type": "app.bsky.richtext.facet#tag", "tag": match[1]}))
    return found


def _facet(text: str, span: tuple[int, int], feature: dict[str, str]) -> dict[str, Any]:
    start, end = (len(text[:at].encode()) for at in span)
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def record(text: str, *, language: str, at: datetime, images: list[dict[str, Any]]) -> dict[str, Any]:
    """A post as it is written into our repository."""
    made: dict[str, Any] = {
        "$type": POST,
        "text": text,
        "createdAt": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if language:
        made["langs"] = [language]
    if found := facets(text):
        made["facets"] = found
    if images:
        made["embed"] = {"$type": "app.bsky.embed.images", "images": images}
    return made


def post(
    uri: str, cid: str, value: dict[str, Any], raw: bytes, *, who: Author, us: str, server: str, **more: Any
) -> Arrival:
    """A post, ours or anybody's. `server`: where pictures are fetched."""
    reply = _dict(value.get("reply"))
    did, _, key = uri.removeprefix("at://").partition("/")
    langs = value.get("langs")
    return Arrival(
        external_id=uri,
        version_key=cid,
        kind="reply" if reply else "post",
        author=who,
        ours=did == us,
        text=str(value.get("text", "")),
        raw=raw,
        raw_type=JSON,
        file=POST,
        where=key,
        parent_id=str(_dict(reply.get("parent")).get("uri") or "") or None,
        thread_id=str(_dict(reply.get("root")).get("uri") or "") or None,
        published=from_iso(value.get("createdAt")),
        language=str(langs[0]) if isinstance(langs, list) and langs else "",
        attachments=_images(value.get("embed"), did, server),
        permalink=f"https://bsky.app/profile/{did}/post/{key.rpartition('/')[2]}",
        **more,
    )


def author(value: dict[str, Any]) -> Author:
    did, handle = str(value.get("did", "")), str(value.get("handle", ""))
    return Author(did, f"@{handle}", str(value.get("displayName") or ""), f"https://bsky.app/profile/{did}")


def _images(embed: object, did: str, server: str) -> tuple[Attachment, ...]:
    media = _dict(_dict(embed).get("media")) or _dict(embed)
    found = []
    for one in media.get("images") or []:
        image = _dict(_dict(one).get("image"))
        cid = str(_dict(image.get("ref")).get("$link", ""))
        address = f"{server}xrpc/com.atproto.sync.getBlob?did={did}&cid={cid}"
        found.append(Attachment(str(image.get("mimeType", "")), address if cid else "", alt=str(one.get("alt", ""))))
    return tuple(found)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
