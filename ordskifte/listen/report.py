"""The report of an import: what became of every item, and what could not be read."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from ordskifte.base.clock import Clock
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.language.personal_data import mask
from ordskifte.listen.intake import Taken
from ordskifte.listen.models import Import, ImportFile, ImportProblem
from ordskifte.listen.reading import Batch, Doubt
from ordskifte.plan.models import Channel

MAX_LISTED = 100_000
"""Problems and remarks listed by name for one file, so that a broken gigabyte does not fill the database."""

Progress = Callable[[Import], None]


@dataclass(slots=True)
class Room:
    """What one run works with."""

    run: Import
    store: Store
    keys: Keys
    clock: Clock
    progress: Progress
    files: dict[str, ImportFile] = field(default_factory=dict)
    listed: dict[str, int] = field(default_factory=dict)
    read_before: int = 0


def sums_of(batch: Batch, taken: Taken) -> dict[str, dict[str, int]]:
    """What became of every item, per file: items = utterances + versions + duplicates + other + problems."""
    sums: dict[str, dict[str, int]] = {file: {"items": number} for file, number in batch.items.items()}

    def add(file: str, what: str) -> None:
        found = sums.setdefault(file, {})
        found[what] = found.get(what, 0) + 1

    left: set[str] = set(taken.fresh | taken.asides)
    if len(taken.first_versions) == len(batch.versions):  # most batches: every one a new utterance
        for file, number in Counter([one.file for one in batch.versions]).items():
            sums.setdefault(file, {})["utterances"] = number
    else:
        _count_each(batch, taken, left, add)
    for aside in batch.asides:
        if not aside.problem:
            add(aside.file, "other" if aside.id in left else "duplicates")
            left.discard(aside.id)
    for doubt in batch.doubts:
        if not doubt.remark:
            add(doubt.file, "problems")
    for kept in batch.media:
        if kept.digest in batch.fresh_media:
            first_file = next(iter(batch.items), None)
            if first_file is not None:
                add(first_file, "media")
    return sums


def _count_each(batch: Batch, taken: Taken, left: set[str], add: Callable[[str, str], None]) -> None:
    for one in batch.versions:
        new = one.version.id in left
        left.discard(one.version.id)
        first = one.version.id in taken.first_versions
        add(one.file, ("utterances" if first else "versions") if new else "duplicates")


def count(room: Room, shown: str, kind: str, channel: Channel | None, **sums: int) -> ImportFile:
    """Add to a file's counts, making its row when it is new."""
    file = room.files.get(shown)
    if file is None:
        file = ImportFile.objects.create(run=room.run, channel=channel, path=mask(shown)[0], kind=kind)
        room.files[shown] = file
    for what, number in sums.items():
        setattr(file, what, getattr(file, what) + number)
    return file


def note(
    room: Room, doubts: Iterable[Doubt], only: str | None = None, shown: Callable[[str], str] = lambda name: name
) -> None:
    """List problems and remarks by name, up to MAX_LISTED a file."""
    rows = []
    for doubt in doubts:
        name = only or shown(doubt.file)
        if room.listed.setdefault(name, 0) >= MAX_LISTED:
            continue
        room.listed[name] += 1
        file = room.files[name]
        if only is not None:
            file.problems += 1
            file.save()
        rows.append(
            ImportProblem(
                file=file,
                where=mask(doubt.where)[0],
                why=doubt.why,
                detail=mask(doubt.detail)[0],
                remark=doubt.remark,
                utterance_id=doubt.utterance or None,
            )
        )
    ImportProblem.objects.bulk_create(rows)


def note_unreadable(
    room: Room, name: str, why: str, advice: str, *, kind: str = "", channel: Channel | None = None
) -> None:
    """A file that cannot be read, or not further: one item, one problem."""
    with transaction.atomic():
        count(room, name, kind, channel, items=1)
        note(room, [Doubt(name, "whole file", why, advice)], name)
