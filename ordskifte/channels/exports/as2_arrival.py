"""An ActivityStreams 2.0 item, from any server, as what intake takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Attachment, Author, Kind, Other, Problem
from ordskifte.channels.exports.as2 import (
    ACTIVITIES,
    ACTORS,
    COLLECTIONS,
    OBJECTS,
    Json,
    address_of,
    author_of,
    id_of,
    kind_of,
    language_of,
    many,
    text_of,
    visibility_of,
)
from ordskifte.channels.exports.markup import html_to_text
from ordskifte.channels.exports.nameless import Nameless
from ordskifte.channels.exports.times import from_iso

RAW_TYPE: Final = "application/activity+json"
_EMPTY: Final[Mapping[str, str]] = {}
_KINDS: Final[Mapping[str, Kind]] = {"Event": "event", "Video": "video", "ChatMessage": "message"}
_MOST_WRAPPED: Final = 4  # activities inside activities


def _outside(address: str) -> str:
    return ""


@dataclass(slots=True)
class As2Arrival:
    """Turns items of one file into border values. `media` says where in the export an address's bytes lie, or ''."""

    file: str
    account: str = ""
    media: Callable[[str], str] = _outside
    nameless: Nameless = field(default_factory=Nameless)
    owner: Author | None = None

    def item(self, value: object, raw: bytes, where: str) -> Arrival | Other | Problem:
        """One item: an activity, an object, an actor, or the id of something."""
        if isinstance(value, str):
            return Other("reference", raw, RAW_TYPE, self.file, where)
        if not isinstance(value, dict):
            return Problem(self.file, where, reasons.WRONG_SHAPE, raw=raw)
        return self._activity(value, raw, where, _MOST_WRAPPED)

    def _activity(self, value: Json, raw: bytes, where: str, depth: int) -> Arrival | Other | Problem:
        kind = kind_of(value)
        if kind not in ACTIVITIES:
            return self._object(kind, value, None, raw, where)
        inner = value.get("object")
        if isinstance(inner, list) and len(inner) == 1:
            inner = inner[0]
        if kind in ("Create", "Update") and isinstance(inner, dict):
            return self._object(kind_of(inner), inner, value, raw, where)
        if kind == "Announce":
            if depth and isinstance(inner, dict) and kind_of(inner) in ACTIVITIES:
                return self._activity(inner, raw, where, depth - 1)  # a group passing on what its members do
            return self._share(value, inner, raw, where)
        if kind == "Delete" and id_of(inner) and id_of(inner) != id_of(value.get("actor")):
            return self._deletion(value, id_of(inner), raw, where)
        if kind == "Flag":
            return self._report(value, raw, where)
        return Other(kind.lower(), raw, RAW_TYPE, self.file, where)

    def _object(
        self, kind: str, value: Json, activity: Json | None, raw: bytes, where: str
    ) -> Arrival | Other | Problem:
        if kind == "Tombstone" and (ident := id_of(value)):
            return self._deletion(value, ident, raw, where)
        if kind in ACTORS:
            return Other("profile", raw, RAW_TYPE, self.file, where)
        words = text_of(value.get("content"))
        if kind in COLLECTIONS or not (kind in OBJECTS or words):
            return Other(kind.lower() or "object", raw, RAW_TYPE, self.file, where)
        if not words and kind == "Note" and "inReplyTo" in value and "name" in value and "published" not in value:
            return Other("vote", raw, RAW_TYPE, self.file, where)
        return self._said(kind, value, activity or _EMPTY, raw, where)

    def _said(self, kind: str, value: Json, activity: Json, raw: bytes, where: str) -> Arrival:
        get = value.get
        author = self._known(author_of(get("attributedTo") or get("actor") or activity.get("actor")))
        published, edited, remarks = _times(value, activity)
        parent = id_of(get("inReplyTo")) or None
        ident = id_of(value) or id_of(activity)
        address = address_of(get("url"))
        link = ""
        if kind == "Page" and address and not _same_host(address, ident):
            address, link = "", address  # what the page is about, not where it is
        title = text_of(get("name"))
        summary = get("summary")
        attached = get("attachment") or get("image") or kind in ("Video", "Audio", "Image", "Document")
        to, cc = get("to"), get("cc")
        if to is None and cc is None:
            to, cc = activity.get("to"), activity.get("cc")
        seen = "private" if kind == "ChatMessage" else visibility_of(to, cc)
        return Arrival(
            external_id=ident or self._id(kind, author, published, parent),
            kind=_KINDS.get(kind) or ("message" if seen == "private" else "reply" if parent else "post"),
            author=author,
            ours=author is not None and author.external_id == self.account,
            text=_text(kind, value),
            raw=raw,
            raw_type=RAW_TYPE,
            file=self.file,
            where=where,
            version_key=text_of(get("updated")) or (id_of(activity) if activity.get("type") == "Update" else ""),
            parent_id=parent,
            thread_id=id_of(get("conversation") or get("context") or get("inConversation")) or None,
            title=title,
            summary=_plain(summary) if summary and isinstance(summary, str) and summary != title else "",
            published=published,
            edited=edited,
            language=language_of(value),
            visibility=seen,
            attachments=self._attachments(kind, value) if attached else (),
            permalink=address or (ident if ident.startswith("http") else ""),
            extra={"link": link} if link else _extra(kind, value),
            remarks=remarks,
        )

    def _share(self, value: Json, inner: object, raw: bytes, where: str) -> Arrival | Problem:
        shared = id_of(inner)
        published, edited, remarks = _times(value, _EMPTY)
        return self._plain_arrival(
            value, "share", raw, where, published=published, edited=edited, remarks=remarks,
            ident=id_of(value), extra={"shared": shared},
        )  # fmt: skip

    def _deletion(self, value: Json, ident: str, raw: bytes, where: str) -> Arrival:
        deleted = from_iso(value.get("deleted")) or from_iso(value.get("published")) or from_iso(value.get("updated"))
        reason = text_of(value.get("summary"))
        return self._plain_arrival(
            value, "deletion", raw, where, ident=ident, edited=deleted, extra={"reason": reason} if reason else {},
        )  # fmt: skip

    def _report(self, value: Json, raw: bytes, where: str) -> Arrival:
        reported = [found for one in many(value.get("object")) if (found := id_of(one))]
        published, edited, remarks = _times(value, _EMPTY)
        return self._plain_arrival(
            value, "report", raw, where, ident=id_of(value), published=published, edited=edited, remarks=remarks,
            text=_plain(text_of(value.get("content")) or text_of(value.get("summary"))),
            parent=next((one for one in reported if one != id_of(value.get("actor"))), None),
            extra={"reported": " ".join(reported)},
        )  # fmt: skip

    def _plain_arrival(
        self,
        value: Json,
        kind: Kind,
        raw: bytes,
        where: str,
        *,
        ident: str,
        text: str = "",
        parent: str | None = None,
        published: datetime | None = None,
        edited: datetime | None = None,
        extra: Mapping[str, str] = _EMPTY,
        remarks: tuple[str, ...] = (),
    ) -> Arrival:
        author = self._known(author_of(value.get("actor") or value.get("attributedTo")))
        return Arrival(
            external_id=ident or self._id(kind, author, published, parent),
            kind=kind,
            author=author,
            ours=author is not None and author.external_id == self.account,
            text=text,
            raw=raw,
            raw_type=RAW_TYPE,
            file=self.file,
            where=where,
            version_key="deleted" if kind == "deletion" else "",
            parent_id=parent,
            published=published,
            edited=edited,
            visibility="private" if kind == "report" else visibility_of(value.get("to"), value.get("cc")),
            extra=extra,
            remarks=remarks,
        )

    def _known(self, author: Author | None) -> Author | None:
        """The author as the archive knows it: an outbox names its owner by address only."""
        if author is not None and self.owner is not None and author.external_id == self.owner.external_id:
            return self.owner
        return author

    def _id(self, kind: str, author: Author | None, at: datetime | None, parent: str | None) -> str:
        who = author.external_id if author else ""
        return self.nameless.id_for(kind, author=who, at=at, parent=parent or "")

    def _attachments(self, kind: str, value: Json) -> tuple[Attachment, ...]:
        found = [
            attachment
            for one in (*many(value.get("attachment")), *many(value.get("image")))
            if (attachment := self._attachment(one))
        ]
        if kind in ("Video", "Audio", "Image", "Document"):
            found += [
                Attachment(text_of(one.get("mediaType")), href, self.media(href))
                for one in many(value.get("url"))
                if isinstance(one, dict)
                and text_of(one.get("mediaType")).startswith(("video/", "audio/", "image/"))
                and (href := text_of(one.get("href")))
            ]
        return tuple(found)

    def _attachment(self, value: object) -> Attachment | None:
        if isinstance(value, str):
            return Attachment(url=value, path=self.media(value))
        if not isinstance(value, dict) or value.get("type") in ("PropertyValue", "Link", "Note"):
            return None
        address = address_of(value.get("url")) or text_of(value.get("href"))
        media_type = text_of(value.get("mediaType"))
        if not media_type and kind_of(value) in ("Image", "Video", "Audio"):
            media_type = f"{kind_of(value).lower()}/*"
        alt = text_of(value.get("name")) or text_of(value.get("summary"))
        return Attachment(media_type, address, self.media(address), alt) if address else None


def _same_host(one: str, other: str) -> bool:
    return one.split("/")[:3] == other.split("/")[:3]


def _times(value: Json, activity: Json) -> tuple[datetime | None, datetime | None, tuple[str, ...]]:
    given = value.get("published") or activity.get("published")
    published = from_iso(given)
    updated = value.get("updated")
    edited = None if updated is None else from_iso(updated)
    bad = (given is not None and published is None) or (updated is not None and edited is None)
    return published, None if edited == published else edited, (reasons.BAD_DATE,) if bad else ()


def _text(kind: str, value: Json) -> str:
    content = value.get("content")
    if not isinstance(content, str):
        words = value.get("contentMap")
        content = text_of(next(iter(words.values()), "")) if isinstance(words, dict) else ""
    plain = value.get("mediaType") in ("text/plain", "text/markdown") and kind != "Image"
    text = content.strip() if plain else html_to_text(content)
    if kind == "Question":
        options = [text_of(one.get("name")) for key in ("oneOf", "anyOf") for one in _objects(value.get(key))]
        text = "\n".join([text, *(f"- {one}" for one in options)]).strip()
    return text


def _plain(text: str) -> str:
    return html_to_text(text) if "<" in text or "&" in text else text


def _objects(value: object) -> list[Json]:
    return [one for one in many(value) if isinstance(one, dict)]


def _extra(kind: str, value: Json) -> Mapping[str, str]:
    """Small facts: a quoted or linked address, an event's time and place."""
    quoted = value.get("quoteUrl") or value.get("quoteUri") or value.get("quote") or value.get("_misskey_quote")
    links = [text_of(one.get("href")) for one in _objects(value.get("attachment")) if one.get("type") == "Link"]
    if not quoted and not links and kind in ("Note", "Article", "Page") and "location" not in value:
        return _EMPTY
    place = next((text_of(one.get("name")) for one in _objects(value.get("location"))), "")
    facts = {
        "shared": text_of(quoted),
        "link": next(iter(links), ""),
        "start": text_of(value.get("startTime")),
        "end": text_of(value.get("endTime")),
        "duration": text_of(value.get("duration")),
        "place": place,
    }
    return {name: fact for name, fact in facts.items() if fact}
