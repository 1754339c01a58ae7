"""Bringing in one export: its readers, its channel, batch by batch."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from ordskifte.base.errors import OrdskifteError
from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Item, Reader
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.registry import claim_all
from ordskifte.channels.exports.source import Export, open_export
from ordskifte.language.personal_data import mask
from ordskifte.listen.ahead import Task, batches_of
from ordskifte.listen.intake import take_in
from ordskifte.listen.models import Import, ImportFile
from ordskifte.listen.reading import Batch, Doubt
from ordskifte.listen.report import Room, count, note, note_unreadable, sums_of
from ordskifte.plan.models import Channel
from ordskifte.plan.register import register_channel
from ordskifte.threads.models import Media


def stop_asked(run: Import) -> bool:
    """Whether a person has asked this import to stop."""
    return Import.objects.filter(pk=run.pk, stop_asked=True).exists()


def bring_in(path: Path, room: Room) -> None:
    """One export: every reader that has files in it."""
    try:
        export = open_export(path)
        claims = claim_all(export)
    except OrdskifteError as error:
        note_unreadable(room, path.name, str(error), error.advice)
        return
    for name, why in export.refused:
        count(room, f"{path.name}/{name}", "", None, items=1)
        note(room, [Doubt(f"{path.name}/{name}", name, why)], f"{path.name}/{name}")
    if not claims:
        note_unreadable(room, path.name, reasons.NOT_RECOGNISED, "")
        return
    run = room.run
    run.bytes_total += sum(export.size(name) for _, names in claims for name in names)
    for reader, names in claims:
        _import_claimed(path, export, reader, names, room)


def _import_claimed(path: Path, export: Export, reader: Reader, names: list[str], room: Room) -> None:
    at = room.clock()
    single = export.names() == [path.name]

    def shown(name: str) -> str:
        return path.name if single and name == path.name else f"{path.name}/{name}"

    try:
        account = _account(reader.read(export, names))
    except OrdskifteError as error:
        note_unreadable(room, shown(_member(error) or names[0]), str(error), error.advice, kind=reader.kind)
        return
    channel = _channel(account, reader.kind, path, room)
    for name in names:
        count(room, shown(name), reader.kind, channel)
    size = sum(export.size(name) for name in names)
    task = Task(path, reader.kind, names, channel.id, room.store.place, at, room.run.actor)
    try:
        with closing(batches_of(task, size=size)) as batches:
            for batch in batches:
                _write(batch, channel, room, at=at, kind=reader.kind, shown=shown)
                if stop_asked(room.run):
                    return
    except ReadError as error:
        note_unreadable(
            room, shown(error.name or names[-1]), str(error), error.advice, kind=reader.kind, channel=channel
        )
    room.read_before += size


def _member(error: OrdskifteError) -> str:
    return error.name if isinstance(error, ReadError) else ""


def _account(items: Iterator[Item]) -> Account | None:
    """Whose the export is, when it says so: that comes first."""
    first = next(items, None)
    return first if isinstance(first, Account) else None


def _channel(account: Account | None, kind: str, path: Path, room: Room) -> Channel:
    name = room.run.channel_name
    given = bool(name)
    if not name and account:
        name = mask(account.name or account.handle or account.external_id)[0]
    return register_channel(
        kind=kind,
        name=name or mask(path.stem)[0] or kind,
        actor=room.run.actor,
        at=room.clock(),
        external_id=mask(account.external_id)[0] if account else "",
        handle=mask(account.handle)[0] if account else "",
        url=mask(account.url)[0] if account else "",
        given=given,
    )


def _wait_for_no_disk() -> None:
    """Let this transaction's commit not wait until the disk has it: nothing is acknowledged yet.

    A machine that breaks down may lose the last second's batches, whole ones only, and the import goes on from there
    when it is run again. The commit that ends an import, and that of every checkpoint, does wait, and the database's
    log is one: all that was committed before is on the disk with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")


def _write(batch: Batch, channel: Channel, room: Room, *, at: datetime, kind: str, shown: Callable[[str], str]) -> None:
    """One batch in one transaction: media rows, evidence, versions, entries, and the report's counts."""
    with transaction.atomic():
        _wait_for_no_disk()
        taken = take_in(
            batch.versions,
            batch.asides,
            channel=channel.id,
            actor=room.run.actor,
            at=at,
            store=room.store,
            keys=room.keys,
            wholes=batch.wholes,
        )
        Media.objects.bulk_create(
            [Media(digest=kept.digest, media_type=kept.media_type, size=kept.size) for kept in batch.media],
            ignore_conflicts=True,
        )
        for file, sums in sums_of(batch, taken).items():
            count(room, shown(file), kind, channel, **sums)
        note(room, batch.doubts, None, shown)
        run = room.run
        run.bytes_read = min(room.read_before + batch.read, run.bytes_total)
        run.last_batch = taken.batch or run.last_batch
        run.save(update_fields=["bytes_total", "bytes_read", "last_batch"])
        ImportFile.objects.bulk_update(
            room.files.values(),
            ["items", "utterances", "versions", "duplicates", "other", "media", "problems"],
        )
    room.progress(room.run)
