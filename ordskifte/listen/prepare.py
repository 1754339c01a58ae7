"""From an arrival to rows-to-be: text made storable, personal numbers masked, ids and commitments made, bytes packed.

No database here: an import runs this in a thread of its own, while the batch before it is being written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from os import urandom
from typing import NamedTuple
from uuid import UUID

from ordskifte.base.clock import rfc3339
from ordskifte.base.ids import author_text, derived_text, utterance_text, version_text
from ordskifte.base.text import storable
from ordskifte.channels.contract import Arrival, Author
from ordskifte.language.english import looks_english
from ordskifte.language.national_number import DIGIT_LEADS, GAP_BYTES
from ordskifte.language.personal_data import has_number, mask
from ordskifte.listen.fields import Fields
from ordskifte.records.warc.write import resource, target_uri
from ordskifte.threads.lines import Written, write_out
from ordskifte.threads.values import NewAuthor, NewVersion

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_NORWEGIAN = frozenset(("no", "nb", "nn"))


class Packed(NamedTuple):
    """Bytes for the evidence: one gzip member, whether it must lie in a sealed object, the digest of what is in it."""

    member: bytes
    sealed: bool
    digest: bytes


class Prepared(NamedTuple):
    """A version ready to be recorded, with its evidence; without, when its bytes are those of the whole file."""

    version: Written
    author: NewAuthor | None
    packed: Packed | None
    file: str


@dataclass(slots=True, eq=False)
class PreparedAside:
    """A like, a profile or an unreadable item, kept as evidence."""

    id: str
    kind: str
    packed: Packed
    file: str
    problem: bool


def packed(raw: bytes, *, record_id: str, name: str, date: str, media_type: str, source: str, sealed: bool) -> Packed:
    """Pack bytes as a WARC record."""
    digest = sha256(raw).digest()
    member = resource(
        raw, digest=digest, record_id=record_id, uri=target_uri(name), date=date, media_type=media_type, source=source
    )
    return Packed(member, sealed, digest)


_MARKS = b"\\<&%"  # begin an escape, a tag or an entity, which may stand between two digits
_LOOSE = frozenset(b",;:_+*|'")
_SHAPE = bytes(
    0x30 if byte in DIGIT_LEADS else 0x5C if byte in _MARKS else 0x2D if byte in GAP_BYTES - _LOOSE else 0x78
    for byte in range(256)
)


_GAPS = bytes(sorted(GAP_BYTES - _LOOSE - frozenset(_MARKS)))
_LONG = 14  # digits; a personal number and all that may belong to it have fewer


def is_plain(raw: bytes, ids: Sequence[str] = ()) -> bool:
    """Whether a quick look tells that bytes hold neither a personal number nor anything that is hard to store.

    Nearly every item of an import holds long ids and dates and no such number, and this sees that in a few
    microseconds: long ids are dropped, then what may stand between digits, and eleven digits must be left, or a digit
    before an escape. Numbers held together by a colon or a comma are told by `has_number` in what people wrote.
    `ids` are some that the bytes are known to hold: without them one look is often enough.
    """
    left = raw
    for ident in ids:
        digits = ident[ident.rfind("/") + 1 :]
        if len(digits) >= _LONG and digits.isdecimal() and digits.isascii():
            left = left.replace(digits.encode(), b"x")
    closed = left.translate(_SHAPE, _GAPS)
    if b"00000000000" in closed or b"0\\" in closed:
        return _is_plain_still(raw)
    return not (b"\\u" in raw or b"&#" in raw or b"\x00" in raw or b"\xed" in raw)


def _is_plain_still(raw: bytes) -> bool:
    """The same, when a long id, or two numbers that do not belong together, may have made it seem otherwise."""
    closed = raw.translate(_SHAPE).replace(b"000000000000", b"x").translate(None, b"-")
    if b"00000000000" in closed or b"0\\" in closed:
        return False
    return not (b"\\u" in raw or b"&#" in raw or b"\x00" in raw or b"\xed" in raw)


def holds_number(raw: bytes) -> bool:
    """Whether bytes that are not plain may hold a personal number. In doubt yes: they are only sealed, not changed."""
    try:
        return has_number(raw.decode())
    except UnicodeDecodeError:
        return has_number(raw.decode("latin-1"))


class Preparing:
    """Prepares the arrivals of one channel. Keeps the authors it has seen, so that each is made once."""

    def __init__(self, channel: UUID, *, at: datetime, actor: str = "system:command") -> None:
        self.channel = str(channel)
        self.actor = actor
        self.at = at
        self._now = rfc3339(at)
        self._authors: dict[Author, tuple[bool, NewAuthor]] = {}
        self._files: dict[str, bool] = {}

    def prepare(self, arrival: Arrival, *, attachments: list[dict[str, str]], whole: bytes = b"") -> Prepared:
        """One arrival. `attachments` are its own, with the digests of those kept (`blob`).

        `whole`: the digest of its file, when its bytes are the whole file's.
        """
        raw = arrival.raw
        parent, thread = arrival.parent_id, arrival.thread_id
        ids = (arrival.external_id, parent) if parent else (arrival.external_id,)
        plain = raw is not None and is_plain(raw, ids)
        fields = Fields.of(arrival, attachments, clean=plain)
        masked = fields.mask() if fields.suspicious(whole=not plain) else 0
        found = masked > 0
        if not found and not plain and raw is not None and holds_number(raw):
            found, masked = True, fields.mask()
        utterance = utterance_text(self.channel, arrival.external_id)
        private = arrival.visibility == "private"
        record = version_text(utterance, arrival.version_key, fields.content(arrival))
        evidence = None
        if raw is not None:
            evidence = packed(
                raw,
                record_id=record,
                name=arrival.permalink or arrival.external_id,
                date=self._now,
                media_type=arrival.raw_type,
                source=f"{arrival.file}; {arrival.where}",
                sealed=found or private or self._sensitive_file(arrival.file),
            )
        published = rfc3339(arrival.published) if arrival.published else ""
        edited = rfc3339(arrival.edited) if arrival.edited else ""
        seen = rfc3339(arrival.seen) if arrival.seen else self._now
        author = self._author(arrival.author, ours=arrival.ours) if arrival.author else None
        version = NewVersion(
            id=record,
            utterance=utterance,
            thread=utterance_text(self.channel, thread) if thread else None,
            parent=utterance_text(self.channel, parent) if parent and parent != arrival.external_id else None,
            author=author,
            external_id=fields.external_id,
            key=fields.key,
            kind=arrival.kind,
            ours=arrival.ours,
            private=private,
            moment=arrival.edited or arrival.published or arrival.seen or self.at,
            at=edited or published or seen,
            published=published,
            edited=edited,
            seen=seen,
            title=fields.title,
            summary=fields.summary,
            text=fields.text,
            alts=fields.alts,
            language=arrival.language if arrival.language and _LANGUAGE.fullmatch(arrival.language) else "",
            english=arrival.language[:2] not in _NORWEGIAN and looks_english(fields.text, arrival.language),
            visibility=arrival.visibility,
            permalink=fields.permalink,
            attachments=fields.attachments,
            extra=fields.extra,
            masked=min(masked, 32767),
            raw_digest=evidence.digest if evidence else whole,
            salt=urandom(32),
        )
        written = write_out(version, channel=self.channel, actor=self.actor, at=self._now)
        return Prepared(written, author, evidence, arrival.file)

    def aside(self, raw: bytes, *, kind: str, media_type: str, file: str, where: str, problem: bool) -> PreparedAside:
        """Something that is not an utterance. Its id is its channel and its bytes, so it is kept once."""
        found = derived_text(self.channel, "o", sha256(raw).hexdigest())
        sealed = self._sensitive_file(file) or (not is_plain(raw) and (b"\x00" in raw or holds_number(raw)))
        evidence = packed(
            raw,
            record_id=found,
            name=found,
            date=self._now,
            media_type=media_type,
            source=f"{file}; {where}",
            sealed=sealed,
        )
        return PreparedAside(found, kind[:64], evidence, file, problem)

    def _sensitive_file(self, file: str) -> bool:
        """A file's name is in every record's header; one that holds a number seals them all."""
        found = self._files.get(file)
        if found is None:
            if len(self._files) > 20_000:  # memory does not grow with the input
                self._files.clear()
            found = self._files[file] = has_number(file)
        return found

    def _author(self, author: Author, *, ours: bool) -> NewAuthor:
        known = self._authors.get(author)
        if known and known[0] == ours:
            return known[1]
        texts = [storable(text) for text in (author.external_id, author.handle, author.name, author.url)]
        external_id, handle, name, url = (mask(text)[0] for text in texts)
        made = NewAuthor(
            id=author_text(self.channel, author.external_id),
            external_id=external_id,
            handle=handle,
            name=name,
            url=url,
            ours=ours,
        )
        if len(self._authors) > 20_000:  # memory does not grow with the input
            self._authors.clear()
        self._authors[author] = (ours, made)
        return made
