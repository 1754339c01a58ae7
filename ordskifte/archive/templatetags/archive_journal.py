"""Template tags of the journal's pages: numbers, parties, kinds and states in words."""

from typing import Any, Final
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ordskifte.archive.delivering import choice
from ordskifte.archive.journal_queries import entries_in_thread
from ordskifte.archive.journal_rules import READERS
from ordskifte.people.access import viewer_for
from ordskifte.records.models import JournalEntry, Party
from ordskifte.records.noark5.public import PublicParty
from ordskifte.ui.said import visible

register = template.Library()
_PARTIES: Final[dict[str, Promise]] = {
    "Avsender": _("From"),
    "Mottaker": _("To"),
    "Intern avsender": _("Made by"),
    "Intern mottaker": _("To, inside"),
    "sender": _("From"),
    "recipient": _("To"),
    "internal_sender": _("Made by"),
    "internal_recipient": _("To, inside"),
}
_KINDS: Final[dict[str, Promise]] = {"in": _("Incoming"), "out": _("Outgoing"), "internal": _("Internal")}
_MANNERS: Final[dict[str, Promise]] = {
    "answered": _("answered"),
    "phone": _("answered by telephone"),
    "noted": _("noted"),
    "oriented": _("taken as information"),
}
_STATES: Final[dict[str, Promise]] = {
    "under_handling": _("Under handling"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
    "waiting": _("Waits"),
    "sent": _("Sent, no receipt yet"),
    "received": _("Received"),
    "refused": _("Stands still"),
    "open": _("Open"),
    "granted": _("Given"),
    "partly": _("Given in part"),
    "withdrawn": _("Withdrawn"),
}
_FIELDS: Final[dict[str, Promise]] = {
    "words": _("Some words"),
    "title": _("The title"),
    "text": _("The whole text"),
    "author": _("Who wrote it"),
    "pictures": _("Pictures and files"),
    "whole": _("Everything"),
}


@register.simple_tag(takes_context=True)
def journalled(context: dict[str, Any], thread: UUID, record: UUID) -> JournalEntry | None:
    """The entry that an utterance became, for those who may read the journal. One query for each thread of a page."""
    request = context.get("request")
    if request is None or not viewer_for(request).has(*READERS):
        return None
    known: dict[UUID, dict[UUID, JournalEntry]] = request.__dict__.setdefault("_journalled", {})
    if thread not in known:
        known[thread] = entries_in_thread(thread)
    return known[thread].get(record)


@register.simple_tag
def journal_is_open() -> bool:
    """Whether the body shows its journal in public. One query."""
    chosen = choice()
    return chosen is not None and chosen.public


@register.filter
def place_taken(code: str) -> str:
    """Where in an utterance something was taken out."""
    return str(_("In the text")) if code == "text" else field_name(code)


@register.filter
def case_number(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}"


@register.filter
def party_kind(part: PublicParty | Party) -> str:
    kind = part.kind if isinstance(part, Party) else part.korrespondanseparttype
    return str(_PARTIES.get(kind, kind))


@register.filter
def party_line(part: PublicParty | Party) -> str:
    """ "From Anonym ulv"."""
    name = part.name if isinstance(part, Party) else part.korrespondansepart_navn
    return f"{party_kind(part)} {visible(name)}"


@register.filter
def entry_kind(entry: JournalEntry) -> str:
    return str(_KINDS.get(entry.kind, entry.kind))


@register.filter
def manner(code: str) -> str:
    return str(_MANNERS.get(code, code))


@register.filter
def state_name(code: str) -> str:
    return str(_STATES.get(code, code))


@register.filter
def field_name(code: str) -> str:
    return str(_FIELDS.get(code, code))


@register.filter
def called(entry: JournalEntry) -> str:
    """ "2026/7-3", by whichever journal numbered it; "" until it has a number."""
    place = entry.number_in_case if entry.number is not None else entry.external_number_in_case
    number = entry.case.called
    return f"{number}-{place}" if number and place is not None else ""


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def lookup(key: str, table: dict[str, str]) -> str:
    return table.get(key, key)


@register.filter
def page_link(number: int, request: HttpRequest) -> str:
    """The address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
