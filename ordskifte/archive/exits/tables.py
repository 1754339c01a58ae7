"""CSV as RFC 4180 has it, one row for each version, with a description that Frictionless tools read (Data Package).

A cell that a spreadsheet would carry out as a formula gets an apostrophe before it (OWASP, CSV injection).
"""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ordskifte.archive.deposit import reading
from ordskifte.archive.exits.selection import Selection
from ordskifte.archive.records_of import RecordOf, VersionOf
from ordskifte.base.clock import rfc3339
from ordskifte.records.models import KeepDecision
from ordskifte.records.noark5.write.package import folder_beside

FILE: Final = "utterances.csv"
_FIELDS: Final = {
    "utterance": ("string", "Our id of the utterance"),
    "version": ("string", "Our id of the version"),
    "version_number": ("integer", "1 is the first"),
    "channel": ("string", "Our name of the channel"),
    "platform": ("string", "Kind of channel"),
    "thread": ("string", "Our id of the thread"),
    "answers": ("string", "Our id of what it answers"),
    "platform_id": ("string", "The platform's id"),
    "kind": ("string", "post, comment, reply, message, deletion ..."),
    "ours": ("boolean", "Said by the body"),
    "private": ("boolean", "A private message"),
    "author": ("string", "Name as it was seen last"),
    "handle": ("string", "Handle as it was seen last"),
    "published": ("datetime", "UTC"),
    "edited": ("datetime", "UTC"),
    "received": ("datetime", "UTC"),
    "language": ("string", "As declared"),
    "visibility": ("string", "public, unlisted, followers, private"),
    "title": ("string", ""),
    "summary": ("string", "Content warning"),
    "text": ("string", "Personal numbers are masked"),
    "permalink": ("string", ""),
    "pictures": ("integer", "Pictures, films and files"),
    "sha256": ("string", "Of the bytes as received"),
    "ledger_entry": ("integer", "Number in the ledger"),
    "erased": ("datetime", "When the content was erased"),
    "decision": ("string", "journal, archive, leave_out"),
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(cell: str) -> str:
    """As a spreadsheet shows it and never carries it out."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def export_csv(out: Path, selection: Selection) -> dict[str, Any]:
    """utterances.csv and datapackage.json in `out`, absent or empty."""
    rows = 0
    with folder_beside(out) as side, reading():
        with (side / FILE).open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
            writer.writerow(_FIELDS)
            for row in _rows(selection.records()):
                writer.writerow(row)
                rows += 1
        (side / "datapackage.json").write_text(json.dumps(_package(), ensure_ascii=False, indent=1), encoding="utf-8")
        restricted = selection.restricted()
    return {"folder": str(out), "file": FILE, "rows": rows, "left_out": {"restricted": restricted}}


def _rows(records: Iterable[RecordOf]) -> Iterator[list[str]]:
    batch: list[RecordOf] = []
    for record in records:
        batch.append(record)
        if len(batch) == 500:
            yield from _batch(batch)
            batch = []
    yield from _batch(batch)


def _batch(records: list[RecordOf]) -> Iterator[list[str]]:
    ids = [one.record_id for one in records]
    standing = KeepDecision.objects.filter(record_id__in=ids, ended_at=None).values_list("record_id", "outcome")
    outcomes = dict(standing)
    for record in records:
        for number, version in enumerate(record.versions, start=1):
            yield [safe(cell) for cell in _row(record, version, number, outcomes.get(record.record_id, ""))]


def _row(record: RecordOf, version: VersionOf, number: int, outcome: str) -> list[str]:
    return [
        str(record.record_id),
        str(version.id),
        str(number),
        record.channel.name,
        record.channel.kind,
        str(record.thread_id),
        str(record.parent_id or ""),
        record.external_id,
        version.kind,
        str(record.ours).lower(),
        str(record.private).lower(),
        record.author_name,
        record.author_handle,
        _time(version.published),
        _time(version.edited),
        _time(version.seen),
        version.language,
        version.visibility,
        version.title,
        version.summary,
        version.text,
        version.permalink,
        str(len(version.attachments)),
        version.raw_digest,
        "" if version.entry is None else str(version.entry),
        _time(version.erased_at),
        outcome,
    ]


def _time(at: datetime | None) -> str:
    return rfc3339(at) if at else ""


def _package() -> dict[str, Any]:
    fields = [
        {"name": name, "type": kind, **({"description": said} if said else {})}
        for name, (kind, said) in _FIELDS.items()
    ]
    return {
        "profile": "tabular-data-package",
        "name": "ordskifte-utterances",
        "resources": [
            {
                "name": "utterances",
                "path": FILE,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
                "schema": {"fields": fields, "primaryKey": "version"},
            }
        ],
    }
