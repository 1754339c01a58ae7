"""All evidence as one WARC collection: archive/*.warc.gz and indexes/index.cdxj, as web archives lay them out.

Objects are copied record for record, each a gzip member of its own, so bytes and digests are those that were received.
Sealed objects are opened only for one who may see everything.
"""

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection

from ordskifte.archive.deposit import reading
from ordskifte.archive.exits.selection import Selection
from ordskifte.base.clock import rfc3339
from ordskifte.base.errors import StoreError
from ordskifte.base.ids import derived_text
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.records.errors import EvidenceError
from ordskifte.records.evidence import plaintext
from ordskifte.records.models import EvidenceObject
from ordskifte.records.noark5.write.package import folder_beside
from ordskifte.records.warc.read import Record, records
from ordskifte.records.warc.write import resource
from ordskifte.threads.media import media_key
from ordskifte.threads.models import Media

_OBJECTS: Final = """
select o.id from records_evidenceobject o
join plan_channel c on c.id = o.channel_id and not c.practice
where o.replaced_by_id is null and o.removed_at is null
  and (o.channel_id = any(%(full)s) or (o.channel_id = any(%(open)s) and not o.encrypted))
  and (o.encrypted = false or %(sealed)s)
order by o.day, o.id
"""
_PLACES: Final = """
select v.evidence_id, v.evidence_offset from threads_version v
join threads_utterance u on u.id = v.utterance_id
where v.evidence_id is not null
  and ((u.channel_id = any(%(open)s) and not u.private) or u.channel_id = any(%(full)s))
  and (%(start)s::date is null or (u.at at time zone 'Europe/Oslo')::date >= %(start)s::date)
  and (%(end)s::date is null or (u.at at time zone 'Europe/Oslo')::date <= %(end)s::date)
  and v.evidence_id = %(object)s
"""
_MEDIA: Final = """
select a.value->>'blob', min(v.seen) from threads_version v
join threads_utterance u on u.id = v.utterance_id
cross join lateral jsonb_array_elements(v.attachments) a
where v.attachments <> '[]'::jsonb and coalesce(a.value->>'blob', '') <> ''
  and ((u.channel_id = any(%(open)s) and not u.private) or u.channel_id = any(%(full)s))
  and (%(start)s::date is null or (u.at at time zone 'Europe/Oslo')::date >= %(start)s::date)
  and (%(end)s::date is null or (u.at at time zone 'Europe/Oslo')::date <= %(end)s::date)
group by 1 order by 1
"""
_LARGEST: Final = 1 << 30  # bytes of pictures and films in one file
_NAMESPACE: Final = "7a2e7f0e-7d0c-5f0f-9d39-6d9f0b2f6a11"


def export_warc(out: Path, selection: Selection, *, store: Store, keys: Keys) -> dict[str, Any]:
    """The collection in `out`, absent or empty. With dates: the records of utterances of those days, and pictures."""
    parameters = selection.parameters() | {"sealed": selection.viewer.sees_everything}
    dated = selection.start is not None or selection.end is not None
    found = {"files": 0, "records": 0, "opened": 0}
    damaged = 0
    with folder_beside(out) as side, reading(), _Index() as index:
        (side / "archive").mkdir()
        (side / "indexes").mkdir()
        for row in _objects(parameters):
            try:
                content = _right(store, keys, row)
            except (StoreError, EvidenceError):
                damaged += 1
                continue
            wanted = _offsets(parameters, row.id) if dated else None
            name = f"{row.day.isoformat()}-{row.id:08d}.warc.gz"
            written = _copy(side / "archive" / name, content, wanted, index)
            found["files"] += written > 0
            found["records"] += written
            found["opened"] += row.encrypted and written > 0
            selection.step(found["records"])
        media, lost = _pictures(side / "archive", parameters, store, index)
        index.write(side / "indexes" / "index.cdxj")
        restricted = selection.restricted()
        sealed = (
            0
            if selection.viewer.sees_everything
            else EvidenceObject.objects.filter(encrypted=True, replaced_by=None, removed_at=None).count()
        )
    left_out = {"restricted": restricted, "sealed_objects": sealed, "damaged": damaged + lost}
    return {"folder": str(out), **found, "media": media, "index": "indexes/index.cdxj", "left_out": left_out}


def _objects(parameters: dict[str, Any]) -> Iterator[EvidenceObject]:
    with connection.cursor() as cursor:
        cursor.execute(_OBJECTS, parameters)
        ids = [row[0] for row in cursor.fetchall()]
    for start in range(0, len(ids), 500):
        yield from EvidenceObject.objects.filter(pk__in=ids[start : start + 500]).order_by("day", "id")


def _right(store: Store, keys: Keys, row: EvidenceObject) -> bytes:
    """The WARC file itself. EvidenceError when the stored bytes are not those that were written."""
    if sha256(store.get(row.path)).digest() != bytes(row.digest):
        raise EvidenceError(f"The object {row.path} is damaged.")
    return plaintext(store, keys, row)


def _offsets(parameters: dict[str, Any], object_id: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, parameters | {"object": object_id})
        return {row[1] for row in cursor.fetchall()}


def _copy(path: Path, content: bytes, wanted: set[int] | None, index: "_Index") -> int:
    """Copy an object's records, all or those at `wanted`; the first one tells of the file. How many were copied."""
    if wanted is not None and not wanted:
        return 0
    count = place = 0
    with path.open("wb") as out:
        for record in records(content):
            information = record.headers.get("WARC-Type") == "warcinfo"
            if not (information or wanted is None or record.offset in wanted):
                continue
            out.write(content[record.offset : record.offset + record.length])
            if not information:
                index.add(record, path.name, place)
                count += 1
            place += record.length
    if not count:
        path.unlink()
    return count


def _pictures(folder: Path, parameters: dict[str, Any], store: Store, index: "_Index") -> tuple[int, int]:
    """Pictures and films as records of their own. (how many, how many were gone from the store)"""
    with connection.cursor() as cursor:
        cursor.execute(_MEDIA, parameters)
        wanted = cursor.fetchall()
    types = dict(Media.objects.values_list("digest", "media_type"))
    count = lost = 0
    out: BinaryIO | None = None
    name, place, part = "", 0, 0
    try:
        for digest, seen in wanted:
            try:
                content = store.get(media_key(digest))
            except StoreError:
                lost += 1
                continue
            if out is None or place > _LARGEST:
                if out is not None:
                    out.close()
                part, place = part + 1, 0
                name = f"media-{part:05d}.warc.gz"
                out = (folder / name).open("wb")
            member = resource(
                content,
                digest=sha256(content).digest(),
                record_id=str(UUID(derived_text(_NAMESPACE, "m", digest))),
                uri=f"urn:sha256:{digest}",
                date=rfc3339(seen),
                media_type=types.get(digest, ""),
            )
            out.write(member)
            (record,) = records(member)
            index.add(record, name, place)
            place += record.length
            count += 1
    finally:
        if out is not None:
            out.close()
    return count, lost


class _Index:
    """CDXJ lines wait in a database on disk and come out sorted: memory does not grow with the collection."""

    def __enter__(self) -> "_Index":
        self._folder = tempfile.TemporaryDirectory(prefix="ordskifte-cdxj-")
        self._rows = sqlite3.connect(str(Path(self._folder.name) / "index"), isolation_level=None)
        self._rows.execute("pragma synchronous = off")
        self._rows.execute("pragma journal_mode = off")
        self._rows.execute("create table line (text blob)")
        self._rows.execute("begin")
        return self

    def __exit__(self, *_error: object) -> None:
        self._rows.close()
        self._folder.cleanup()

    def add(self, record: Record, name: str, place: int) -> None:
        uri = record.headers.get("WARC-Target-URI", "")
        if record.headers.get("WARC-Type") == "request" or not uri:
            return
        mime, status = _kind(record)
        stamp = re.sub(r"\D", "", record.headers.get("WARC-Date", ""))[:14]
        about = {
            "url": uri,
            "mime": mime,
            "status": status,
            "digest": f"sha256:{sha256(record.payload).hexdigest()}",
            "length": str(record.length),
            "offset": str(place),
            "filename": name,
        }
        line = f"{surt(uri)} {stamp} {json.dumps(about, ensure_ascii=False)}"
        self._rows.execute("insert into line values (?)", (line.encode(),))

    def write(self, path: Path) -> None:
        self._rows.execute("commit")
        with path.open("wb") as out:
            for (line,) in self._rows.execute("select text from line order by text"):
                out.write(line + b"\n")


def _kind(record: Record) -> tuple[str, str]:
    if record.headers.get("WARC-Type") != "response":
        return record.headers.get("Content-Type", "application/octet-stream").partition(";")[0], "200"
    head = record.payload.partition(b"\r\n\r\n")[0].decode("latin-1")
    found = re.search(r"(?im)^content-type:\s*([^;\s]+)", head)
    status = head.split(" ", 2)[1] if head.startswith("HTTP/") and " " in head else "200"
    return (found[1] if found else "application/octet-stream"), status


def surt(uri: str) -> str:
    """The sort-friendly form of an address (com,example)/path; what is no web address stands as it is."""
    if not uri.startswith(("http://", "https://")):
        return uri.replace(" ", "%20")
    try:
        parts = urlsplit(uri)
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return uri.replace(" ", "%20")
    turned = ",".join(reversed(host.removeprefix("www.").split(".")))
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{turned}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")
