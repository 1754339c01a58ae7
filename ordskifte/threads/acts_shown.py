"""The record of a thread in words: what was done, by whom, with the number of its entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ordskifte.people.names import actor_names
from ordskifte.threads.entries import NumberedEntry
from ordskifte.threads.reading import ShownVersion, Spoken, ThreadView

SHOWN: Final = 30

NAMED: Final[dict[str, str | Promise]] = {}
"""Acts of the packages above in words; each fills in its own when the program starts (`AppConfig.ready`)."""


@dataclass(frozen=True, slots=True)
class ActShown:
    """One line of the record."""

    at: datetime
    what: str
    who: str  # "" for what somebody outside did on the platform
    number: int | None


def acts_shown(view: ThreadView) -> list[ActShown]:
    """The newest acts of the thread's page. One query, for names."""
    entries = view.acts[:SHOWN]
    names = actor_names({entry.actor for entry in entries})
    versions = {version.row.id: (spoken, version) for spoken in view.spoken for version in spoken.versions}
    return [
        ActShown(entry.at, _what(entry, versions), "" if entry.kind == "version" else names[entry.actor], entry.number)
        for entry in entries
        if entry.kind != "version" or entry.record_id in versions
    ]


def _what(entry: NumberedEntry, versions: dict[UUID, tuple[Spoken, ShownVersion]]) -> str:
    if entry.kind == "version":
        spoken, version = versions[entry.record_id]
        author = spoken.row.author
        values = {"name": (author.name or author.handle) if author else _("Unknown author"), "n": version.place}
        if version.row.kind == "deletion":
            return _("%(name)s deleted an utterance") % values
        return _("%(name)s changed an utterance (version %(n)s)") % values
    if entry.kind == "evidence.opened":
        return _("Opened what we received. Reason: %(reason)s") % {"reason": entry.details.get("reason", "")}
    if entry.kind == "erased":
        return _("Content erased")
    return str(NAMED.get(entry.kind, entry.kind))
