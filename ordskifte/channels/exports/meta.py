"""What Facebook's and Instagram's downloads share: broken text, media paths, people without ids, message threads."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Item, Problem
from ordskifte.channels.exports.jsonstream import JsonStream
from ordskifte.channels.exports.nameless import Nameless
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.times import from_epoch

Json = Mapping[str, object]

RAW_TYPE: Final = "application/json"
_HIGH: Final = re.compile("[\x80-\xff]")
_TYPES: Final = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
    ".heic": "image/heic", ".mp4": "video/mp4", ".mov": "video/quicktime", ".m4a": "audio/mp4", ".aac": "audio/aac",
    ".mp3": "audio/mpeg", ".wav": "audio/wav", ".pdf": "application/pdf",
}  # fmt: skip
_MEDIA_LISTS: Final = ("photos", "videos", "audio_files", "gifs", "files", "media")


def repaired(text: object) -> str:
    """The string, with UTF-8 that was written out as Latin-1 put right when all of it is such; '' for anything else."""
    if not isinstance(text, str):
        return ""
    if text.isascii() or not _HIGH.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:  # it was right already
        return text


def dict_of(value: object) -> Json:
    """The object, or an empty one when it is something else."""
    return value if isinstance(value, dict) else {}


def dicts_of(value: object) -> list[Json]:
    """The objects of a list; one object is a list of one."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def media_type_of(name: str) -> str:
    """Media type by the name's ending, '' when unknown."""
    return _TYPES.get(posixpath.splitext(name.split("?")[0])[1].lower(), "")


@dataclass(slots=True)
class MetaExport:
    """One export being read: whose it is, where its media lie, and the ids given so far."""

    export: Export
    owner: Author | None = None
    nameless: Nameless = field(default_factory=Nameless)

    def account(self) -> list[Item]:
        """The owner as the first item, when the export says who it is."""
        who = self.owner
        return [Account(who.external_id, who.handle, who.name, who.url)] if who else []

    def author(self, name: str) -> Author | None:
        """Somebody known by name alone; the owner when it is the owner's name."""
        if self.owner and name in (self.owner.name, self.owner.handle):
            return self.owner
        return Author(name, "", name) if name else None

    def is_ours(self, author: Author | None) -> bool:
        """Whether the owner said it: also when nobody is named, for it is the owner's own activity."""
        return self.owner is None or author is None or author is self.owner

    def attachment(self, uri: str, file: str, alt: str = "") -> Attachment:
        """A picture or film by its uri, which is relative to the export's root, wherever that lies above `file`."""
        if uri.startswith(("http://", "https://")):
            return Attachment(media_type_of(uri), uri, "", alt)
        folder = posixpath.dirname(file)
        while True:
            path = posixpath.join(folder, uri)
            if path in self.export:
                return Attachment(media_type_of(uri), "", path, alt)
            if not folder:
                beside = posixpath.join(posixpath.dirname(file), posixpath.basename(uri))
                return Attachment(media_type_of(uri), "", beside if beside in self.export else "", alt)
            folder = posixpath.dirname(folder)

    def messages(self, name: str) -> Iterator[Item]:
        """The messages of one thread's file: `{"participants", "messages", "title", "thread_path"}`."""
        thread = posixpath.basename(posixpath.dirname(name)) or name
        with self.export.open(name) as stream:
            read, title = JsonStream(stream, name), ""
            for piece in read.items(("messages",)):
                if isinstance(piece, Problem):
                    yield piece
                    continue
                value, raw, number = piece
                title = title or ", ".join(_names(read.around.get(("participants",))))
                yield self._message(value, raw, file=name, where=f"item {number}", thread=thread, title=title)

    def _message(self, value: object, raw: bytes, *, file: str, where: str, thread: str, title: str) -> Item:
        if not isinstance(value, dict):
            return Problem(file, where, reasons.WRONG_SHAPE, raw=raw)
        given = value.get("timestamp_ms", value.get("timestamp"))
        sent = from_epoch(given / 1000 if isinstance(given, int) and abs(given) > 10**11 else given)
        sender = self.author(repaired(value.get("sender_name", value.get("senderName"))))
        text = repaired(value.get("content", value.get("text")))
        link = repaired(dict_of(value.get("share")).get("link"))
        if link and link not in text:
            text = f"{text}\n{link}".strip()
        unsent = bool(value.get("is_unsent") or value.get("isUnsent"))
        return Arrival(
            external_id=self.nameless.id_for(
                "message", author=sender.external_id if sender else "", at=sent, parent=thread
            ),
            kind="deletion" if unsent else "message",
            author=sender,
            ours=sender is not None and sender is self.owner,
            text=text,
            raw=raw,
            raw_type=RAW_TYPE,
            file=file,
            where=where,
            version_key="deleted" if unsent else "",
            thread_id=thread,
            title=title,
            published=sent,
            visibility="private",
            attachments=tuple(self.attachment(uri, file) for uri in _uris(value)),
            remarks=() if sent else (reasons.BAD_DATE,),
        )


def _names(participants: object) -> list[str]:
    given = participants if isinstance(participants, list) else []
    return [repaired(one.get("name") if isinstance(one, dict) else one) for one in given]


def _uris(message: Json) -> list[str]:
    found = [one.get("uri") for key in _MEDIA_LISTS if key in message for one in dicts_of(message[key])]
    if "sticker" in message:
        found.append(dict_of(message["sticker"]).get("uri"))
    return [repaired(uri) for uri in found if isinstance(uri, str) and uri]
