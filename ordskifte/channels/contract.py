"""The border: what a channel or an export reader hands to intake, and nothing else. No Django here.

A reader is asked which files of an opened export are its own (`claim`), and then yields, in the file's own order:
`Account` (once, first, when the export says whose it is), then `Arrival`, `Other` and `Problem` values.
Every item of a file becomes exactly one `Arrival`, `Other` or `Problem`; an item that holds many versions of one
utterance (a MediaWiki page) yields one `Arrival` per version, each counted as an item of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from ordskifte.channels.exports.source import Export

Kind = Literal[
    "post", "comment", "reply", "message", "review", "page", "event", "video", "link", "report", "share", "deletion"
]
Visibility = Literal["public", "unlisted", "followers", "private"]

MAX_ITEM = 16 * 1024 * 1024
"""Bytes. One item larger than this is a `Problem`; its bytes are kept with the file, not read."""


@dataclass(frozen=True, slots=True)
class Author:
    """An account seen on a channel. `external_id` is what the platform never changes; the handle may change."""

    external_id: str
    handle: str = ""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose export this is. Names the channel when the person did not."""

    external_id: str
    handle: str = ""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, film or file. `path` is its name inside the export when its bytes are there, else ''."""

    media_type: str = ""
    url: str = ""
    path: str = ""
    alt: str = ""


@dataclass(slots=True, kw_only=True)  # never changed, but not frozen: that makes it four times as slow to make
class Arrival:
    """One version of one utterance, as the export or the channel gave it. Times are aware, in UTC, or None."""

    external_id: str
    kind: Kind
    author: Author | None
    ours: bool  # said by the body (the export's own account or its staff)
    text: str  # plain text; links kept as addresses
    raw: bytes | None  # exactly the bytes of this item; None: `file` as a whole, `where` is the place in it
    raw_type: str  # media type of `raw`
    file: str  # the file inside the export
    where: str  # place in it, for people: "item 4117", "row 3", "page 12 revision 2"
    version_key: str = ""  # what the platform calls this version (revision id, edit time); "" when it has no name
    parent_id: str | None = None  # external id of what it answers
    thread_id: str | None = None  # external id of the conversation, where the platform has one (a video, a page)
    title: str = ""
    summary: str = ""  # content warning
    published: datetime | None = None
    edited: datetime | None = None
    seen: datetime | None = None
    language: str = ""  # as declared, BCP 47
    visibility: Visibility = "public"
    attachments: tuple[Attachment, ...] = ()
    permalink: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)  # small facts worth keeping: status, place, shared url
    remarks: tuple[str, ...] = ()  # what was odd but did not stop us: fixed sentences of channels.reasons


@dataclass(frozen=True, slots=True)
class Other:
    """A like, a follow, a profile: kept as evidence and counted, not an utterance."""

    kind: str
    raw: bytes | None
    raw_type: str
    file: str
    where: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An item that could not be read. `raw` is kept when we have it, so nothing is lost."""

    file: str
    where: str
    why: str  # one of the fixed sentences in channels.reasons, so that a page can translate it
    detail: str = ""  # what varies: an offset, the parser's word
    raw: bytes | None = None


Item = Account | Arrival | Other | Problem


class Reader(Protocol):
    """One official export. `claim` looks at content, never at the name alone; `read` streams."""

    kind: str

    def claim(self, export: "Export") -> list[str]:
        """The files of this export that this reader reads; [] when it is not its kind. Looks at the first 64 KiB."""
        ...

    def read(self, export: "Export", names: list[str]) -> Iterator[Item]:
        """Every item of the claimed files. Never raises for one bad item; `ReadError` when nothing more can be read."""
        ...
