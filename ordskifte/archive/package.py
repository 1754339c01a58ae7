"""What a request for access is answered with: the thread with its context and acts, in full and redacted side by side.

The redacted variant is made from the full one and the shieldings that stand, and nothing else. Each place where
something was taken out is logged: where, how much and by which law, never what.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ordskifte.archive.journal_values import journal_values
from ordskifte.archive.models import AccessRequest
from ordskifte.archive.shielding import shieldings
from ordskifte.base.text import storable
from ordskifte.converse.models import Measure
from ordskifte.records.models import Case, CaseThread, JournalEntry, Shielding
from ordskifte.records.noark5.public import HIDDEN, Shield
from ordskifte.threads.models import Utterance, Version


@dataclass(frozen=True, slots=True)
class Taken:
    """One place where something was taken out."""

    record_id: UUID
    place: str
    start: int | None
    length: int | None
    basis: str
    shielding_id: UUID


@dataclass(frozen=True, slots=True)
class Piece:
    """One utterance in full, and as it leaves."""

    record_id: UUID
    thread_id: UUID
    called: str  # the entry's number; "" when it is context only
    the_one: bool
    ours: bool
    at: datetime
    author: str
    text: str
    pictures: tuple[str, ...]
    acts: tuple[str, ...]
    red_author: str = ""
    red_text: str = ""
    red_pictures: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    pieces: tuple[Piece, ...]
    case: Case | None
    title: str = ""
    red_title: str = ""
    taken: tuple[Taken, ...] = field(default=())


def package_of(request: AccessRequest) -> Package:
    """A fixed number of queries. A request that names nothing has an empty package: a person finds what is meant."""
    case = request.entry.case if request.entry else request.case
    if case is None:
        return Package((), None)
    entries = list(JournalEntry.objects.filter(case=case).select_related("case", "case__record_class", "case__period"))
    threads = list(CaseThread.objects.filter(case=case).values_list("thread_id", flat=True))
    said = list(Utterance.objects.filter(thread_id__in=threads).select_related("author").order_by("at", "id"))
    versions = Version.objects.in_bulk([one.current_id for one in said])
    measures: dict[UUID, list[Measure]] = {}
    for measure in Measure.objects.filter(utterance__in=said).order_by("made_at"):
        measures.setdefault(measure.utterance_id, []).append(measure)
    of_record = {one.record_id: one for one in entries}
    valued = journal_values(entries)
    words = valued[0].words if valued else ()
    standing = shieldings([*(one.id for one in said), case.id])
    wanted = {request.entry.record_id} if request.entry else set(of_record)
    everyone = _basis([one for many in standing.values() for one in many])
    pieces = []
    for one in said:
        version = versions.get(one.current_id)
        entry = of_record.get(one.id)
        if version is None or (one.private and entry is None):
            continue  # a private message that is in no journal is no part of what was asked for
        pieces.append(
            _piece(one, version, entry, standing.get(one.id, []), words, everyone, measures.get(one.id, []), wanted)
        )
    hide = Shield(words)
    return Package(
        tuple(pieces), case, case.title, hide(case.title), tuple(taken for one in pieces for taken in one.taken)
    )


def _basis(shielded: Sequence[Shielding]) -> Shielding | None:
    return shielded[0] if shielded else None


def _piece(
    one: Utterance,
    version: Version,
    entry: JournalEntry | None,
    shielded: Sequence[Shielding],
    words: Sequence[str],
    other: Shielding | None,
    measures: Sequence[Measure],
    wanted: set[UUID],
) -> Piece:
    author = (one.author.name or one.author.handle) if one.author else ""
    text = "\n".join(filter(None, (version.title, version.summary, version.text)))
    pictures = tuple(
        str(each.get("alt") or each.get("name") or each.get("media_type") or "–") for each in version.attachments
    )
    red_text, taken = _redact(text, shielded, words, other, one.id)
    red_author, red_pictures = Shield(words)(author), tuple(Shield(words)(each) for each in pictures)
    for each in shielded:
        if each.field in ("author", "whole") and author:
            red_author = HIDDEN
            taken.append(Taken(one.id, "author", None, None, each.basis, each.id))
        if each.field in ("pictures", "whole") and pictures:
            red_pictures = (HIDDEN,) * len(pictures)
            taken.append(Taken(one.id, "pictures", None, None, each.basis, each.id))
    if red_author != author and not any(each.place == "author" for each in taken) and other:
        taken.append(Taken(one.id, "author", None, None, other.basis, other.id))
    return Piece(
        record_id=one.id,
        thread_id=one.thread_id,
        called=f"{entry.case.called}-{entry.number_in_case}" if entry else "",
        the_one=one.id in wanted,
        ours=one.ours,
        at=one.at,
        author=author,
        text=text,
        pictures=pictures,
        acts=tuple(each.kind for each in measures if each.state in ("done", "reversed", "ended")),
        red_author=red_author,
        red_text=red_text,
        red_pictures=red_pictures,
        taken=tuple(taken),
        private=one.private,
    )


def _redact(
    text: str, shielded: Sequence[Shielding], words: Sequence[str], other: Shielding | None, record_id: UUID
) -> tuple[str, list[Taken]]:
    """The text as it leaves, and where something was taken out of it."""
    whole = next((one for one in shielded if one.field in ("text", "whole")), None)
    if whole is not None:
        taken = [Taken(record_id, "text", 0, len(text), whole.basis, whole.id)] if text else []
        return (HIDDEN if text else ""), taken
    found: list[Taken] = []
    for start, length in spans(text, words):
        word = text[start : start + length]
        because = next((one for one in shielded if Shield(one.words)(word) != word), other)
        if because is not None:
            found.append(Taken(record_id, "text", start, length, because.basis, because.id))
    return Shield(words)(text), found


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where in a text the words stand: (start, length)."""
    return Shield(words).spans(storable(text))
