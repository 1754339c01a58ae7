"""All versions of one utterance, a page at a time: a wiki page may have thousands."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import Left, Length, RowNumber

from ordskifte.threads.entries import entries_about
from ordskifte.threads.models import Media, Utterance, Version
from ordskifte.threads.reading import ShownVersion, shown_versions

PAGE: Final = 10
WHOLE_TEXT: Final = 1_000_000
"""Characters. More than this is read as what we received."""


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Pairs of (a version, the one before it or None), newest first. `older`: the place to go on from."""

    pairs: tuple[tuple[ShownVersion, ShownVersion | None], ...]
    older: int | None
    newer: bool


def versions_page(utterance: Utterance, *, after: int = 0) -> VersionsPage:
    """The page that goes on after the `after` newest. The caller has checked who may see the utterance."""
    newest = Window(RowNumber(), order_by=[F("at").desc(), F("id").desc()])
    rows: list[Any] = list(
        Version.objects.filter(utterance=utterance)
        .annotate(place=newest, shown=Left("text", WHOLE_TEXT), length=Length("text"))
        .filter(place__gt=max(after, 0), place__lte=max(after, 0) + PAGE + 1)
        .select_related("evidence")
        .defer("text", "search", "tags", "alts")
        .order_by("place")
    )
    entries = entries_about(row.id for row in rows)
    numbers: dict[UUID | None, int | None] = {e.record_id: e.number for e in reversed(entries) if e.kind == "version"}
    digests = {one.get("blob", "") for row in rows for one in row.attachments} - {""}
    shown = shown_versions(utterance, rows, numbers, Media.objects.in_bulk(digests))
    before = (*shown[1:], None)
    more = len(shown) > PAGE
    return VersionsPage(
        pairs=tuple(zip(shown[:PAGE], before, strict=False)),
        older=max(after, 0) + PAGE if more else None,
        newer=after > 0,
    )


def place_of_version(version: Version) -> int:
    """How many versions of the same utterance are newer than this one."""
    siblings = Version.objects.filter(utterance_id=version.utterance_id)
    return siblings.filter(at__gt=version.at).count() + siblings.filter(at=version.at, id__gt=version.id).count()
