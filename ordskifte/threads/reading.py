"""One thread as it is read: utterances in order with their replies under them, versions, pictures and proofs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Left, Length, RowNumber

from ordskifte.people.viewer import Viewer
from ordskifte.threads.entries import NumberedEntry, entries_about
from ordskifte.threads.models import Media, Thread, Utterance, Version
from ordskifte.threads.rules import reach_of

SHOWN: Final = 50
"""Utterances on one page of a thread."""

SHOWN_VERSIONS: Final = 4
"""The newest versions of an utterance that its thread shows; the page of versions has them all."""

SHOWN_TEXT: Final = 20_000
"""Characters of a text that a thread shows; the page of versions has the rest."""

INLINE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Media types a page shows as pictures; anything else is offered as a file."""

Step = Literal["start", "from", "after", "before", "end"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, film or file of a version. `digest` is "" when the export did not hold its bytes."""

    digest: str
    media_type: str
    size: int
    alt: str
    name: str
    url: str

    @property
    def inline(self) -> bool:
        return bool(self.digest) and self.media_type in INLINE


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version as a page shows it: its text may be cut."""

    row: Version
    text: str
    cut: bool
    place: int  # 1 is the first version
    number: int | None  # of its entry in the ledger; None until it is numbered
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance on the page. `versions` are newest first; `level` says how far in it stands (0, 1, 2)."""

    row: Utterance
    versions: tuple[ShownVersion, ...]
    level: int
    answers: Utterance | None  # what it answers, when its place on the page does not show it

    @property
    def current(self) -> ShownVersion:
        return self.versions[0]

    @property
    def standing(self) -> ShownVersion | None:
        """The newest version that says something: what stood there before a deletion."""
        return next((version for version in self.versions if version.row.kind != "deletion"), None)

    @property
    def earlier(self) -> tuple[ShownVersion, ...]:
        """Versions before the one that stands, newest first."""
        said = [version for version in self.versions if version.row.kind != "deletion"]
        return tuple(said[1:])


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A page of a thread. `before` and `after`: utterances to go on from, where there is more on that side."""

    thread: Thread
    spoken: tuple[Spoken, ...]
    before: UUID | None
    after: UUID | None
    acts: tuple[NumberedEntry, ...]  # what was done in it, newest first; an utterance's first version is not an act


@dataclass(frozen=True, slots=True)
class Talk:
    """Utterances as they are read, wherever they stand. `entries`: all that the ledger says of them, newest first."""

    spoken: tuple[Spoken, ...]
    before: UUID | None
    after: UUID | None
    entries: tuple[NumberedEntry, ...]
    first: frozenset[UUID]  # versions that made an utterance: they are no acts

    @property
    def acts(self) -> tuple[NumberedEntry, ...]:
        return tuple(one for one in self.entries if not (one.kind == "version" and one.record_id in self.first))


def thread_page(viewer: Viewer, thread_id: UUID, *, step: Step = "start", at: UUID | None = None) -> ThreadView | None:
    """A thread for one who may see it, else None. The number of queries does not depend on what is in it."""
    reach = reach_of(viewer)
    thread = Thread.objects.filter(reach.q(), pk=thread_id).select_related("channel__unit").first()
    if thread is None:
        return None
    visible = Q(private=False) | Q(channel_id__in=reach.full)
    talk = talk_of(Utterance.objects.filter(visible, thread=thread), also=[thread.id], step=step, at=at)
    return ThreadView(thread=thread, spoken=talk.spoken, before=talk.before, after=talk.after, acts=talk.acts)


def talk_of(
    found: QuerySet[Utterance], *, also: Iterable[UUID] = (), step: Step = "start", at: UUID | None = None
) -> Talk:
    """A page of these utterances with versions, pictures and entries; `also`: other records whose entries are told."""
    rows, before, after = _page_of(found.select_related("author"), step, at)
    versions = _versions_of([row.id for row in rows])
    entries = entries_about([*also, *(row.id for row in rows), *(v.id for one in versions.values() for v in one)])
    numbers: dict[UUID | None, int | None] = {
        entry.record_id: entry.number for entry in reversed(entries) if entry.kind == "version"
    }
    media = _media_of(version for one in versions.values() for version in one)
    shown = {row.id: shown_versions(row, versions.get(row.id, []), numbers, media) for row in rows}
    return Talk(
        spoken=tuple(_in_order(rows, shown)),
        before=before,
        after=after,
        entries=entries,
        first=frozenset(one[-1].row.id for row in rows if (one := shown[row.id]) and one[-1].place == 1),
    )


def _page_of(
    found: QuerySet[Utterance], step: Step, at: UUID | None
) -> tuple[list[Utterance], UUID | None, UUID | None]:
    """A page of rows in order of time, and where it goes on: (rows, before, after)."""
    back = step in ("before", "end")
    anchor = found.select_related(None).filter(pk=at).only("at", "id").first() if at else None
    if anchor and step in ("from", "after"):
        beyond = Q(at=anchor.at, id__gte=anchor.id) if step == "from" else Q(at=anchor.at, id__gt=anchor.id)
        found = found.filter(Q(at__gt=anchor.at) | beyond, at__gte=anchor.at)
    elif anchor and step == "before":
        found = found.filter(Q(at__lt=anchor.at) | Q(at=anchor.at, id__lt=anchor.id), at__lte=anchor.at)
    rows = list(found.order_by("-at", "-id")[: SHOWN + 1] if back else found.order_by("at", "id")[: SHOWN + 1])
    more, rows = len(rows) > SHOWN, rows[:SHOWN]
    if back:
        rows.reverse()
    if not rows:
        return rows, None, None
    inside = anchor is not None
    before = rows[0].id if (more if back else inside) else None
    after = rows[-1].id if (inside if back else more) else None
    return rows, before, after


def _versions_of(utterances: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """The newest versions of each utterance, newest first, with `shown` (cut text) and `length`. One query."""
    newest = Window(RowNumber(), partition_by=F("utterance_id"), order_by=[F("at").desc(), F("id").desc()])
    rows = (
        Version.objects.filter(utterance_id__in=utterances)
        .annotate(place=newest, shown=Left("text", SHOWN_TEXT), length=Length("text"))
        .filter(place__lte=SHOWN_VERSIONS)
        .select_related("evidence")
        .defer("text", "search", "tags", "alts")
        .order_by("utterance_id", "place")
    )
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.utterance_id, []).append(row)
    return found


def _media_of(versions: Iterable[Any]) -> dict[str, Media]:
    digests = {one.get("blob", "") for version in versions for one in version.attachments} - {""}
    return Media.objects.in_bulk(digests)


def shown_versions(
    utterance: Utterance, versions: Sequence[Any], numbers: Mapping[UUID | None, int | None], media: Mapping[str, Media]
) -> tuple[ShownVersion, ...]:
    """Rows annotated with `shown` and `length`, newest first, as a page shows them."""
    return tuple(
        ShownVersion(
            row=version,
            text=version.shown,
            cut=version.length > SHOWN_TEXT,
            place=utterance.versions - version.place + 1,
            number=numbers.get(version.id),
            attachments=tuple(_attachment(one, media) for one in version.attachments),
        )
        for version in versions
    )


def _attachment(one: Mapping[str, str], media: Mapping[str, Media]) -> Attachment:
    kept = media.get(one.get("blob", ""))
    return Attachment(
        digest=kept.digest if kept else "",
        media_type=kept.media_type if kept else one.get("media_type", ""),
        size=kept.size if kept else 0,
        alt=one.get("alt", ""),
        name=one.get("name", ""),
        url=one.get("url", ""),
    )


def _in_order(rows: Sequence[Utterance], shown: Mapping[UUID, tuple[ShownVersion, ...]]) -> Iterable[Spoken]:
    """Replies under what they answer, else by time. A parent on another page is named instead."""
    here = {row.id: row for row in rows}
    elsewhere = Utterance.objects.select_related("author").in_bulk(
        {row.parent_id for row in rows if row.parent_id and row.parent_id not in here}
    )
    replies: dict[UUID | None, list[Utterance]] = {}
    for row in rows:
        replies.setdefault(row.parent_id if row.parent_id in here else None, []).append(row)
    waiting = [(row, 0) for row in reversed(replies.get(None, []))]
    above: UUID | None = None
    placed: set[UUID] = set()
    while waiting:
        row, depth = waiting.pop()
        if row.id in placed:
            continue
        placed.add(row.id)
        parent = here.get(row.parent_id) or elsewhere.get(row.parent_id) if row.parent_id else None
        away = parent is not None and parent.id not in here
        unclear = parent is not None and (away or (depth > 2 and parent.id != above))
        yield Spoken(row, shown[row.id], min(depth + away, 2), parent if unclear else None)
        above = row.id
        waiting += [(reply, depth + 1) for reply in reversed(replies.get(row.id, []))]
    # Two that answer each other stand under nothing: they come last, by time.
    for row in rows:
        if row.id not in placed:
            yield Spoken(row, shown[row.id], 0, here.get(row.parent_id) if row.parent_id else None)
