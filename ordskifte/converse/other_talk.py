"""A person's other talk: not shown, unless a caseworker or archivist opens it for a stated purpose, with an entry.

On the one channel only: nobody's talk is gathered across channels into a profile (design.md 5).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Opened
from ordskifte.language.personal_data import mask
from ordskifte.people.viewer import Viewer
from ordskifte.records.entry import record_act
from ordskifte.threads.models import Utterance, Version
from ordskifte.threads.rules import reach_of

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class OtherTalk:
    """What the same account said elsewhere on the channel, newest first; `more` when there is more than is shown."""

    rows: tuple[tuple[Utterance, Version], ...]
    more: bool


@transaction.atomic
def open_other_talk(viewer: Viewer, utterance: Utterance, purpose: str, *, by: UUID, at: datetime) -> OtherTalk:
    """Write down who looks and why, then look."""
    said = mask(storable(purpose).strip())[0][:500]
    if not said:
        raise ConverseError(_("Say what you need it for."))
    if utterance.author_id is None or utterance.ours:
        raise ConverseError(_("Nobody knows who said this."))
    Opened.objects.create(by_id=by, what="other_talk", utterance=utterance, purpose=said, at=at)
    details = {"purpose": said}
    record_act("other_talk.opened", actor=f"person:{by}", at=at, record=utterance.pk, details=details)
    tag = SearchQuery(f"'{_tag(utterance.author_id)}'", search_type="raw", config="simple")
    inside = Version.objects.filter(search=tag).values("utterance_id")  # in the search index: authors have none
    rows = list(
        Utterance.objects.filter(reach_of(viewer).q(), pk__in=inside, author_id=utterance.author_id, deleted=False)
        .exclude(thread_id=utterance.thread_id)
        .select_related("thread")
        .order_by("-at", "-id")[: SHOWN + 1]
    )
    current = Version.objects.only("text", "title", "language").in_bulk([row.current_id for row in rows])
    return OtherTalk(tuple((row, current[row.current_id]) for row in rows[:SHOWN]), len(rows) > SHOWN)


def _tag(author: UUID) -> str:
    """The lexeme of an author, as `threads.values.search_tags` writes it."""
    return f"~a{str(author)[:8]}{str(author)[9:13]}"
