"""A Mastodon account's archive, and what others said to it as ActivityStreams activities.

The archive (actor.json, outbox.json, likes.json, media_attachments) holds only the account's own posts. What others
said is a collection of Create, Update and Delete activities, as the account's server received them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from zlib import crc32

from ordskifte.web.demo.conversations import Said, Words
from ordskifte.web.demo.pictures import HIGH, WIDE, picture
from ordskifte.web.demo.writers.packing import json_bytes, slug, zulu

SERVER = "https://sosial.eksempel.example"
HANDLE = "eksempelkommune"
ME = f"{SERVER}/users/{HANDLE}"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT = ["https://www.w3.org/ns/activitystreams", {"sensitive": "as:sensitive", "Hashtag": "as:Hashtag"}]
OTHERS = ("fjord.example", "prat.example", "tut.example")  # the servers the citizens are on

_EPOCH = datetime(2016, 1, 1, tzinfo=UTC)
_LINK = re.compile(r"https://\S+[^\s.,;:)!?]")
_MENTION = re.compile(rf"@{HANDLE}\b")


def mastodon_archive(said: Sequence[Said], *, until: datetime) -> dict[str, bytes]:
    """The files of the account's own archive, as it was at a moment."""
    own = [one for one in said if one.ours and one.at <= until]
    outbox = {
        "@context": CONTEXT,
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": len(own),
        "orderedItems": [_create(one, _note(one, one.words(until), in_archive=True)) for one in own],
    }
    liked = [one for one in said if not one.ours and not one.deleted and one.number % 9 == 0 and one.at <= until]
    likes = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "likes.json",
        "type": "OrderedCollection",
        "orderedItems": [address(one) for one in liked],
    }
    media = {_media_path(one): picture(one.picture) for one in own if one.picture}
    return {
        "actor.json": json_bytes(_actor()),
        "outbox.json": json_bytes(outbox),
        "likes.json": json_bytes(likes),
        **{path.lstrip("/"): content for path, content in media.items()},
    }


def received_activities(said: Sequence[Said]) -> bytes:
    """What others said to the account: a collection of activities, in the order they came."""
    came: list[tuple[datetime, dict[str, object]]] = []
    for one in said:
        if one.ours:
            continue
        came.append((one.at, _create(one, _note(one, one.versions[0], in_archive=False))))
        for words in one.versions[1:]:
            note = _note(one, words, in_archive=False)
            came.append((words.at, _activity("Update", one, words.at, note, f"#updates/{int(words.at.timestamp())}")))
        if one.deleted:
            gone = {"id": address(one), "type": "Tombstone", "formerType": "Note", "deleted": zulu(one.deleted)}
            came.append((one.deleted, _activity("Delete", one, one.deleted, gone, "#delete")))
    came.sort(key=lambda pair: pair[0])
    return json_bytes(
        {
            "@context": CONTEXT,
            "id": f"{ME}/inbox?page=true",
            "type": "OrderedCollectionPage",
            "partOf": f"{ME}/inbox",
            "orderedItems": [activity for _, activity in came],
        }
    )


def address(one: Said) -> str:
    """The id of a post: a snowflake (milliseconds, then 16 bits of number) on its author's server."""
    stamp = int((one.at - _EPOCH).total_seconds() * 1000) << 16 | one.number
    return f"{_account(one.author)}/statuses/{stamp}"


def _account(author: str) -> str:
    if author == "kommune":
        return ME
    return f"https://{OTHERS[crc32(author.encode()) % len(OTHERS)]}/users/{slug(author)}"


def _person(author: str) -> object:
    """Who did it: our own account by its address alone, others with the name their server gave."""
    if author == "kommune":
        return ME
    account = _account(author)
    return {
        "id": account,
        "type": "Person",
        "preferredUsername": slug(author),
        "name": author,
        "url": account.replace("/users/", "/@"),
    }


def _actor() -> dict[str, object]:
    return {
        "@context": CONTEXT,
        "id": ME,
        "type": "Person",
        "preferredUsername": HANDLE,
        "name": "Eksempel kommune",
        "summary": "<p>Vi svarer hverdager 8–20. Ikke send personnummer her.</p>",
        "url": f"{SERVER}/@{HANDLE}",
        "inbox": f"{ME}/inbox",
        "outbox": "outbox.json",
        "likes": "likes.json",
        "followers": f"{ME}/followers",
        "published": "2022-11-14T00:00:00Z",
    }


def _create(one: Said, note: dict[str, object]) -> dict[str, object]:
    return _activity("Create", one, one.at, note, "/activity")


def _activity(kind: str, one: Said, at: datetime, object_: Mapping[str, object], ending: str) -> dict[str, object]:
    return {
        "id": address(one) + ending,
        "type": kind,
        "actor": _person(one.author),
        "published": zulu(at),
        **_audience(one),
        "object": object_,
    }


def _audience(one: Said) -> dict[str, object]:
    if one.private:
        other = next((said.author for said in (one, one.parent, one.root) if said and not said.ours), "kommune")
        return {"to": [ME if not one.ours else _account(other)], "cc": []}
    return {"to": [PUBLIC], "cc": [f"{_account(one.author)}/followers"]}


def _note(one: Said, words: Words, *, in_archive: bool) -> dict[str, object]:
    content = _html(words.text)
    note: dict[str, object] = {
        "id": address(one),
        "type": "Note",
        "summary": one.marked("cw") or None,
        "inReplyTo": address(one.parent) if one.parent else None,
        "published": zulu(one.at),
        "url": address(one).replace("/users/", "/@").replace("/statuses/", "/"),
        "attributedTo": _person(one.author),
        **_audience(one),
        "sensitive": bool(one.marked("cw")),
        "content": content,
        "contentMap": {one.language: content},
        "attachment": [_attachment(one, in_archive=in_archive)] if one.picture else [],
        "tag": _tags(words.text),
    }
    if words.at != one.at:
        note["updated"] = zulu(words.at)
    return note


def _media_path(one: Said) -> str:
    return f"/media_attachments/files/{one.number:03d}/original/{one.picture}"


def _attachment(one: Said, *, in_archive: bool) -> dict[str, object]:
    server = "" if in_archive else f"https://{_account(one.author).split('/')[2]}"
    return {
        "type": "Document",
        "mediaType": "image/png",
        "url": server + _media_path(one),
        "name": one.alt,
        "width": WIDE,
        "height": HIGH,
    }


def _tags(text: str) -> list[dict[str, str]]:
    return [{"type": "Mention", "href": ME, "name": f"@{HANDLE}"}] if _MENTION.search(text) else []


def _html(text: str) -> str:
    """A post's HTML as Mastodon writes it: paragraphs, line breaks, links, mentions."""

    def link(found: re.Match[str]) -> str:
        href = found.group()
        return f'<a href="{href}" target="_blank" rel="nofollow noopener noreferrer">{href}</a>'

    mention = (
        f'<span class="h-card"><a href="{SERVER}/@{HANDLE}" class="u-url mention">@<span>{HANDLE}</span></a></span>'
    )
    marked = _MENTION.sub(mention, _LINK.sub(link, escape(text, quote=False)))
    return "".join(f"<p>{part}</p>".replace("\n", "<br />") for part in marked.split("\n\n"))
