"""One item of a Facebook download as what intake takes. Where a picture was taken stays in the raw bytes."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ordskifte.base.clock import rfc3339
from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Attachment, Author, Item, Kind, Other, Problem
from ordskifte.channels.exports.jsonstream import JsonStream
from ordskifte.channels.exports.meta import RAW_TYPE, Json, MetaExport, dict_of, dicts_of, repaired
from ordskifte.channels.exports.times import from_epoch

_KINDS: Final[Mapping[str, Kind]] = {"comment": "comment", "review": "review"}


@dataclass(slots=True)
class FacebookItems:
    """Turns the items of one file into border values."""

    meta: MetaExport
    file: str

    def activity(self, value: object, raw: bytes, where: str, *, usual: str, others: bool) -> Item:
        """A post, comment, review or reaction. `usual`: what the file's items are when one does not say."""
        if not isinstance(value, dict):
            return Problem(self.file, where, reasons.WRONG_SHAPE, raw=raw)
        parts = dicts_of(value.get("data"))
        what = usual
        inner: Json = {}
        for part in parts:
            for name in ("reaction", "comment", "review"):
                if isinstance(part.get(name), dict):
                    what, inner = name, dict_of(part[name])
        if what == "reaction":
            return Other("reaction", raw, RAW_TYPE, self.file, where)
        text = repaired(inner.get("comment") or inner.get("text") or _first(parts, "post"))
        author = self.meta.author(repaired(inner.get("author"))) or (None if others else self.meta.owner)
        changed = _first(parts, "update_timestamp")
        attachments, facts = self._attached(value)
        if group := repaired(inner.get("group")):
            facts["group"] = group
        return self._arrival(
            _KINDS.get(what, "post"), raw, where, author=author, ours=not others and self.meta.is_ours(author),
            text=text, title=repaired(value.get("title")), given=inner.get("timestamp", value.get("timestamp")),
            changed=changed, attachments=attachments, facts=facts,
        )  # fmt: skip

    def photo(self, value: object, raw: bytes, where: str, *, album: str) -> Iterator[Item]:
        """A picture or film of an album and the comments on it. One that says nothing is counted: posts show it too."""
        if not isinstance(value, dict):
            yield Problem(self.file, where, reasons.WRONG_SHAPE, raw=raw)
            return
        words = repaired(value.get("description"))
        uri = repaired(value.get("uri"))
        comments = dicts_of(value.get("comments") or [])
        if not words and not comments:
            yield Other("photo", raw, RAW_TYPE, self.file, where)
            return
        said = self._arrival(
            "post", raw, where, author=self.meta.owner, ours=True, text=words,
            title=album or repaired(value.get("title")),
            given=value.get("creation_timestamp"), about=uri,
            attachments=(self.meta.attachment(uri, self.file, words),),
        )  # fmt: skip
        yield said
        for comment in JsonStream(io.BytesIO(raw), self.file).items(("comments",)) if comments else ():
            if isinstance(comment, Problem):
                continue
            inner = dict_of(comment[0])
            author = self.meta.author(repaired(inner.get("author")))
            yield self._arrival(
                "comment", comment[1], f"{where}, comment {comment[2]}", author=author, parent=said.external_id,
                ours=author is not None and author is self.meta.owner, text=repaired(inner.get("comment")),
                given=inner.get("timestamp"),
            )  # fmt: skip

    def event(self, value: object, raw: bytes, where: str) -> Item:
        """An event that the owner made."""
        if not isinstance(value, dict):
            return Problem(self.file, where, reasons.WRONG_SHAPE, raw=raw)
        facts = {}
        for name, key in (("start", "start_timestamp"), ("end", "end_timestamp")):
            if value.get(key) and (moment := from_epoch(value[key])):
                facts[name] = rfc3339(moment)
        if place := repaired(dict_of(value.get("place")).get("name")):
            facts["place"] = place
        return self._arrival(
            "event", raw, where, author=self.meta.owner, ours=True, text=repaired(value.get("description")),
            title=repaired(value.get("name")), given=value.get("create_timestamp", value.get("start_timestamp")),
            about=facts.get("start", ""), facts=facts,
        )  # fmt: skip

    def _arrival(
        self,
        kind: Kind,
        raw: bytes,
        where: str,
        *,
        author: Author | None,
        ours: bool,
        text: str,
        given: object,
        title: str = "",
        changed: object = None,
        parent: str | None = None,
        about: str = "",
        attachments: tuple[Attachment, ...] = (),
        facts: Mapping[str, str] | None = None,
    ) -> Arrival:
        at: datetime | None = from_epoch(given)
        edited = from_epoch(changed)
        return Arrival(
            external_id=self.meta.nameless.id_for(
                kind, author=author.external_id if author else "", at=at, parent=parent or about
            ),
            kind=kind,
            author=author,
            ours=ours,
            text=text,
            raw=raw,
            raw_type=RAW_TYPE,
            file=self.file,
            where=where,
            version_key="" if edited is None or edited == at else str(changed),
            parent_id=parent,
            title=title,
            published=at,
            edited=None if edited == at else edited,
            attachments=attachments,
            extra=facts or {},
            remarks=() if at else (reasons.BAD_DATE,),
        )

    def _attached(self, value: Json) -> tuple[tuple[Attachment, ...], dict[str, str]]:
        """Media, and the link and the place that a post points to."""
        media: list[Attachment] = []
        facts: dict[str, str] = {}
        for attached in dicts_of(value.get("attachments")):
            for part in dicts_of(attached.get("data")):
                medium = dict_of(part.get("media"))
                if uri := repaired(medium.get("uri")):
                    media.append(self.meta.attachment(uri, self.file, repaired(medium.get("description"))))
                if link := repaired(dict_of(part.get("external_context")).get("url")):
                    facts.setdefault("link", link)
                if place := repaired(dict_of(part.get("place")).get("name")):
                    facts.setdefault("place", place)
        return tuple(dict.fromkeys(media)), facts


def _first(parts: list[Json], key: str) -> object:
    return next((part[key] for part in parts if part.get(key)), None)
