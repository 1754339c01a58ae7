"""ActivityStreams 2.0: a folder for each channel, with its actor and its outbox. `ordskifte import` reads each again.

Every version is an activity: Create, Update, Delete. Text is plain (`mediaType` says so), and comes back as it is.
"""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from ordskifte.archive.deposit import reading
from ordskifte.archive.exits.selection import Selection
from ordskifte.archive.records_of import AttachmentOf, ChannelOf, RecordOf, VersionOf
from ordskifte.base.clock import rfc3339
from ordskifte.records.noark5.write.package import folder_beside

CONTEXT: Final = "https://www.w3.org/ns/activitystreams"
PUBLIC: Final = f"{CONTEXT}#Public"
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
Json = dict[str, Any]


def export_activitystreams(out: Path, selection: Selection) -> Json:
    """One folder a channel in `out`, absent or empty."""
    channels = activities = 0
    with folder_beside(out) as side, reading():
        for _key, records in groupby(selection.records(), key=lambda one: one.channel.id):
            first = next(records)
            folder = side / _folder(first.channel)
            folder.mkdir()
            actor = _actor(first.channel)
            (folder / "actor.json").write_text(_dumped(actor | {"@context": CONTEXT}), encoding="utf-8")
            with (folder / "outbox.json").open("w", encoding="utf-8", newline="") as handle:
                head = {"@context": CONTEXT, "id": actor["outbox"], "type": "OrderedCollection"}
                handle.write(_dumped(head)[:-1] + ',"orderedItems":[\n')
                count = 0
                for record in _with(first, records):
                    for activity in _activities(record, actor["id"]):
                        handle.write((",\n" if count else "") + _dumped(activity))
                        count += 1
                handle.write(f'\n],"totalItems":{count}}}\n')
            channels += 1
            activities += count
        restricted = selection.restricted()
    return {
        "folder": str(out),
        "channels": channels,
        "activities": activities,
        "left_out": {"restricted": restricted},
    }


def _with(first: RecordOf, rest: Iterator[RecordOf]) -> Iterator[RecordOf]:
    yield first
    yield from rest


def _folder(channel: ChannelOf) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", channel.name.lower()).strip("-")[:60]
    return f"{name or 'channel'}-{str(channel.id)[:8]}"


def _iri(name: str, channel: ChannelOf, letter: str) -> str:
    """A name of the platform as an address: as it stands when it is one."""
    return name if _URI.fullmatch(name) else f"urn:ordskifte:{channel.kind}:{letter}:{quote(name, safe='')}"


def _actor(channel: ChannelOf) -> Json:
    ident = _iri(channel.account or str(channel.id), channel, "actor")
    actor = {
        "id": ident,
        "type": "Organization",
        "name": channel.name,
        "inbox": f"{ident}/inbox",
        "outbox": f"{ident}/outbox",
    }
    return actor | ({"url": channel.url} if channel.url else {})


def _author(record: RecordOf, ours: str) -> str | Json:
    if record.ours:
        return ours
    ident = _iri(record.author_account or str(record.author_id or "unknown"), record.channel, "actor")
    name = {"name": record.author_name} if record.author_name else {}
    handle = {"preferredUsername": record.author_handle.lstrip("@").split("@")[0]} if record.author_handle else {}
    return {"id": ident, "type": "Person", **name, **handle}


def _activities(record: RecordOf, ours: str) -> Iterator[Json]:
    """One for each version, oldest first."""
    ident = _iri(record.external_id, record.channel, "object")
    author = _author(record, ours)
    actor = author if isinstance(author, str) else author["id"]
    for number, version in enumerate(record.versions):
        activity: Json = {"id": f"urn:uuid:{version.id}", "actor": actor}
        if version.kind == "deletion":
            gone = {"type": "Tombstone", "id": ident, "deleted": rfc3339(version.at)}
            yield {**activity, "type": "Delete", "published": rfc3339(version.at), "object": gone}
            continue
        if version.erased_at:
            gone = {"type": "Tombstone", "id": ident, "deleted": rfc3339(version.erased_at)}
            yield {**activity, "type": "Delete", "published": rfc3339(version.erased_at), "object": gone}
            continue
        said = _object(record, version, ident, author, ours)
        yield {**activity, "type": "Update" if number else "Create", "object": said, "to": said["to"], "cc": said["cc"]}


def _object(record: RecordOf, version: VersionOf, ident: str, author: str | Json, ours: str) -> Json:
    to, cc = _addressees(version.visibility, ours, record.ours)
    said: Json = {
        "id": ident,
        "type": "Article" if version.kind == "page" else "Note",
        "attributedTo": author,
        "content": version.text,
        "mediaType": "text/plain",
        "to": to,
        "cc": cc,
    }
    if version.language and version.text:
        said["contentMap"] = {version.language: version.text}
    if version.title:
        said["name"] = version.title
    if version.summary:
        said["summary"] = version.summary
    if version.permalink:
        said["url"] = version.permalink
    if record.parent_id:
        name = record.parent_external_id
        said["inReplyTo"] = _iri(name, record.channel, "object") if name else f"urn:uuid:{record.parent_id}"
    published = version.published or record.published
    if published:
        said["published"] = rfc3339(published)
    if version.edited:
        said["updated"] = rfc3339(version.edited)
    if version.attachments:
        said["attachment"] = [_attachment(one) for one in version.attachments]
    return said


def _addressees(visibility: str, ours: str, is_ours: bool) -> tuple[list[str], list[str]]:
    followers = f"{ours}/followers"
    return {
        "public": ([PUBLIC], [followers]),
        "unlisted": ([followers], [PUBLIC]),
        "followers": ([followers], []),
    }.get(visibility, (["urn:ordskifte:participant"] if is_ours else [ours], []))


def _attachment(one: AttachmentOf) -> Json:
    made: Json = {"type": "Document", "url": one.url or f"urn:sha256:{one.digest}"}
    if one.media_type:
        made["mediaType"] = one.media_type
    if one.alt:
        made["name"] = one.alt
    return made


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
