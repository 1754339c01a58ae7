"""The record of a conversation in words: what was done, by whom, with the number of its entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.converse.names import RESPONSES
from ordskifte.people.models import Person, Unit
from ordskifte.people.names import actor_names
from ordskifte.threads.acts_shown import NAMED
from ordskifte.threads.entries import NumberedEntry
from ordskifte.threads.reading import Talk
from ordskifte.ui.act_words import ACTS

SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class ActShown:
    """One line of the record. `more`: the fact of it, in small."""

    at: datetime
    what: str
    who: str  # "" for what somebody outside did on the platform
    number: int | None
    more: str = ""


def acts_shown(talk: Talk) -> list[ActShown]:
    """The newest acts of a page. Three queries, for names."""
    entries = talk.acts[:SHOWN]
    names = actor_names({entry.actor for entry in entries})
    named = _named(entries)
    spoken = {version.row.id: (one, version.place) for one in talk.spoken for version in one.versions}
    shown = []
    for entry in entries:
        who = names[entry.actor]
        if entry.kind == "version":
            if entry.record_id not in spoken:
                continue
            one, place = spoken[entry.record_id]
            author = one.row.author
            values = {"name": (author.name or author.handle) if author else _("Unknown author"), "n": place}
            deleted = next(v for v in one.versions if v.row.id == entry.record_id).row.kind == "deletion"
            what = _("%(name)s deleted an utterance") if deleted else _("%(name)s changed an utterance (version %(n)s)")
            shown.append(ActShown(entry.at, what % values, "", entry.number))
            continue
        what = str(ACTS.get(entry.kind) or NAMED.get(entry.kind, entry.kind))
        if entry.kind.startswith("conversation.arrived"):
            who = ""
        shown.append(ActShown(entry.at, what, who, entry.number, _more(entry, named)))
    return shown


def _named(entries: tuple[NumberedEntry, ...]) -> dict[str, str]:
    """Persons and units that the entries' facts name by id."""
    ids = {
        str(value) for entry in entries for key, value in entry.details.items() if key in ("assignee", "unit") and value
    }
    found = {str(key): name for key, name in Person.objects.filter(pk__in=ids).values_list("pk", "name")}
    return found | {str(key): name for key, name in Unit.objects.filter(pk__in=ids).values_list("pk", "name")}


def _more(entry: NumberedEntry, named: Mapping[str, str]) -> str:
    details = entry.details
    if entry.kind == "conversation.assigned":
        return named.get(str(details.get("assignee")), "")
    if entry.kind in ("conversation.handed_over", "conversation.moved_out"):
        return named.get(str(details.get("unit")), "")
    if entry.kind in ("conversation.closed", "conversation.answered"):
        said = str(RESPONSES.get(str(details.get("response_type", "")), ""))
        if details.get("in_time") is False:
            return _("%(response)s, after the deadline") % {"response": said}
        return said
    if entry.kind in ("reply.warnings_passed", "other_talk.opened"):
        return str(details.get("reason") or details.get("purpose") or "")
    if entry.kind == "conversation.undone":
        return str(ACTS.get(f"conversation.{details.get('act')}", ""))
    return ""
