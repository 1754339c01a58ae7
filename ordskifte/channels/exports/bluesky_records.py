"""Records of app.bsky.* as arrivals. Source: the lexicons app.bsky.feed.post, .repost and app.bsky.richtext.facet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Attachment, Author, Other, Problem
from ordskifte.channels.exports.car import cid_text
from ordskifte.channels.exports.times import from_iso

CBOR = "application/vnd.ipld.dag-cbor"

_OTHER = {
    "app.bsky.actor.profile": "profile",
    "app.bsky.feed.like": "like",
    "app.bsky.graph.follow": "follow",
    "app.bsky.graph.block": "block",
    "app.bsky.graph.list": "list",
    "app.bsky.graph.listitem": "listitem",
    "app.bsky.graph.listblock": "block",
    "app.bsky.feed.threadgate": "threadgate",
    "app.bsky.feed.postgate": "postgate",
    "app.bsky.feed.generator": "generator",
    "app.bsky.graph.starterpack": "starterpack",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: whose, under which key, in which block of which file."""

    author: Author
    key: str  # collection/rkey
    cid: bytes
    file: str
    removed: bool  # only an older commit of the file still names it
    blob: Callable[[str], str]  # CID of a blob -> its name inside the export, or ""


def read_record(value: object, data: bytes, place: Place) -> Arrival | Other | Problem:
    """One record: a post or a share, something that is only counted, or a problem when a post has the wrong form."""
    kind = value.get("$type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(kind, str) or not kind:
        return Problem(place.file, place.key, reasons.WRONG_SHAPE, cid_text(place.cid), data)
    if kind == "app.bsky.feed.post" and isinstance(value.get("text"), str):
        return _post(value, data, place)
    if kind == "app.bsky.feed.repost" and _uri(value.get("subject")):
        return _share(value, data, place)
    if kind in ("app.bsky.feed.post", "app.bsky.feed.repost"):
        return Problem(place.file, place.key, reasons.WRONG_SHAPE, cid_text(place.cid), data)
    return Other(_OTHER.get(kind, kind), data, CBOR, place.file, place.key)


def _post(value: dict[str, Any], data: bytes, place: Place) -> Arrival:
    reply = _map(value.get("reply"))
    published = from_iso(value.get("createdAt"))
    langs = value.get("langs")
    extra, attachments = _embed(value.get("embed"), place)
    if tags := _texts(value.get("tags")):
        extra["tags"] = ", ".join(tags)
    did, rkey = place.author.external_id, place.key.partition("/")[2]
    return Arrival(
        external_id=f"at://{did}/{place.key}",
        version_key=cid_text(place.cid),
        kind="reply" if reply else "post",
        author=place.author,
        ours=True,
        text=_text(value),
        raw=data,
        raw_type=CBOR,
        file=place.file,
        where=place.key,
        parent_id=_uri(reply.get("parent")),
        thread_id=_uri(reply.get("root")),
        summary=_labels(value.get("labels")),
        published=published,
        language=next(iter(_texts(langs)), ""),
        attachments=attachments,
        permalink=f"https://bsky.app/profile/{did}/post/{rkey}",
        extra=_status(extra, place),
        remarks=() if published else (reasons.BAD_DATE,),
    )


def _share(value: dict[str, Any], data: bytes, place: Place) -> Arrival:
    published = from_iso(value.get("createdAt"))
    return Arrival(
        external_id=f"at://{place.author.external_id}/{place.key}",
        version_key=cid_text(place.cid),
        kind="share",
        author=place.author,
        ours=True,
        text="",
        raw=data,
        raw_type=CBOR,
        file=place.file,
        where=place.key,
        published=published,
        extra=_status({"shared": _uri(value.get("subject")) or ""}, place),
        remarks=() if published else (reasons.BAD_DATE,),
    )


def _status(extra: dict[str, str], place: Place) -> Mapping[str, str]:
    return {**extra, "status": "removed"} if place.removed else extra


def _text(value: dict[str, Any]) -> str:
    """The text with the addresses behind its links. Facets count UTF-8 bytes, the older `entities` UTF-16 units."""
    facets = [(_map(facet.get("index")), facet) for facet in _maps(value.get("facets"))]
    links = [
        (index.get("byteStart"), index.get("byteEnd"), feature.get("uri"))
        for index, facet in facets
        for feature in _maps(facet.get("features"))
        if feature.get("$type") == "app.bsky.richtext.facet#link"
    ]
    if links:
        return _linked(value["text"], links, "utf-8", 1)
    old = [(_map(one.get("index")), one) for one in _maps(value.get("entities")) if one.get("type") == "link"]
    spans = [(index.get("start"), index.get("end"), one.get("value")) for index, one in old]
    return _linked(value["text"], spans, "utf-16-le", 2) if spans else value["text"]


def _linked(text: str, links: list[tuple[Any, Any, Any]], encoding: str, width: int) -> str:
    """`text` with each span's address put in; a span outside the text, across another or inside a letter is not."""
    data = text.encode(encoding)
    fit = [link for link in links if type(link[0]) is int and type(link[1]) is int and isinstance(link[2], str)]
    out, done = bytearray(), 0
    for start, end, uri in sorted(fit):
        start, end = start * width, end * width
        if not done <= start < end <= len(data):
            continue
        try:
            data[:start].decode(encoding)
            seen = data[start:end].decode(encoding)
        except UnicodeDecodeError:
            continue
        out += data[done:start] + _address(seen, uri).encode(encoding, "replace")
        done = end
    return (out + data[done:]).decode(encoding)


def _address(seen: str, uri: str) -> str:
    """What stands in the text for a link: its address alone when the words are the address, shortened or not."""
    bare = uri.partition("://")[2].rstrip("/")
    words = seen.strip().partition("://")[2] or seen.strip()
    short = words.rstrip("/").removesuffix("…").removesuffix("...")
    if bare and short and bare.lower().removeprefix("www.").startswith(short.lower().removeprefix("www.")):
        whole = short == words.rstrip("/")
        if not whole or bare.lower().removeprefix("www.") == short.lower().removeprefix("www."):
            return uri
    return f"{seen} ({uri})"


def _embed(value: object, place: Place) -> tuple[dict[str, str], tuple[Attachment, ...]]:
    """Small facts and attachments of what a post carries with it."""
    embed, extra, attachments = _map(value), {}, []
    media = _map(embed.get("media")) or embed  # recordWithMedia, or the thing itself
    record = _map(embed.get("record"))
    if quoted := _uri(record) or _uri(record.get("record")):
        extra["quoted"] = quoted
    for image in _maps(media.get("images")):
        attachments.append(_attachment(image.get("image"), image.get("alt"), place, "image/jpeg"))
    if "video" in media:
        attachments.append(_attachment(media["video"], media.get("alt"), place, "video/mp4"))
    external = _map(media.get("external"))
    for name, key in (("link", "uri"), ("link_title", "title"), ("link_text", "description")):
        if isinstance(found := external.get(key), str) and found:
            extra[name] = found
    return extra, tuple(attachments)


def _attachment(value: object, alt: object, place: Place, default: str) -> Attachment:
    blob = _map(value)
    ref = blob.get("ref", blob.get("cid"))  # the first form named the CID in text
    cid = cid_text(ref) if isinstance(ref, bytes) else str(ref or "")
    kind = blob.get("mimeType")
    return Attachment(
        media_type=kind if isinstance(kind, str) else default,
        url=_blob_address(place.author.external_id, cid, default) if cid else "",
        path=place.blob(cid),
        alt=alt if isinstance(alt, str) else "",
    )


def _blob_address(did: str, cid: str, kind: str) -> str:
    """Where the platform serves the blob."""
    if kind.startswith("video"):
        return f"https://video.bsky.app/watch/{did}/{cid}/playlist.m3u8"
    return f"https://cdn.bsky.app/img/feed_fullsize/plain/{did}/{cid}@jpeg"


def _labels(value: object) -> str:
    """The labels the author put on the post."""
    found = [one.get("val") for one in _maps(_map(value).get("values"))]
    return ", ".join(one for one in found if isinstance(one, str))


def _uri(value: object) -> str | None:
    uri = _map(value).get("uri")
    return uri if isinstance(uri, str) and uri else None


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _maps(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
