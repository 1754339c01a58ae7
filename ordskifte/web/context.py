"""What the frame of every page shows: the body, the rooms, where to search, and the time it was made."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from ordskifte.archive.rules import READERS as ARCHIVE_READERS
from ordskifte.base.clock import now
from ordskifte.converse.moderation.rules import READERS
from ordskifte.people.access import viewer_for
from ordskifte.people.models import Body, Role
from ordskifte.publish.crisis import crisis_now

IMPORTERS = (Role.ADMINISTRATOR, Role.OWNER, Role.EDITOR, Role.ARCHIVIST)

_ROOMS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # name, view, icon, who needs it (nobody named: all)
    (_("Inbox"), "converse:inbox", "Inbox", ()),
    (_("Measures"), "moderation:measures", "XMarkOctagon", READERS),
    (_("Publishing"), "publish:drafts", "Paperplane", ()),
    (_("Threads"), "threads:list", "Chat", ()),
    (_("Archive"), "archive:desk", "Archive", ARCHIVE_READERS),
    (_("Search"), "web:search", "MagnifyingGlass", ()),
    (_("Bring in"), "listen:imports", "InboxDown", IMPORTERS),
    (_("Channels"), "web:channels", "Megaphone", ()),
    (_("People"), "people", "PersonGroup", (Role.ADMINISTRATOR,)),
    (_("Proof"), "web:ledger", "SealCheckmark", ()),
)


_PARTS = {
    "alarms": "people/alarms.html",
    "languages": "people/language_switch.html",
    "crisis": "publish/banner.html",
    "voice": "archive/in_journal.html",
}
"""Parts of the frame that packages above `ui` give it."""


@dataclass(frozen=True, slots=True)
class Room:
    """One room of the desk in the page's head."""

    name: str
    url: str
    icon: str
    current: bool


def rooms_for(request: HttpRequest) -> list[Room]:
    """The rooms this viewer may enter."""
    viewer = viewer_for(request)
    if not viewer.may_enter:
        return []
    return [
        Room(gettext(name), reverse(view), icon, _stands_in(request.path, view))
        for name, view, icon, roles in _ROOMS
        if not roles or viewer.has(*roles)
    ]


_INBOX = re.compile(r"/desk/(?:$|c/|tasks/|withdraw/|settings/(?:mail|rules)/)")
_PUBLISH = re.compile(r"/desk/(?:publish|outbox)/")
_MEASURES = re.compile(r"/desk/(?:measures|measure|complaints)/")


def _stands_in(path: str, view: str) -> bool:
    """Whether a page lies in a room. The inbox is at the desk's own address, under which all the others lie."""
    if view == "publish:drafts":
        return bool(_PUBLISH.match(path))
    if view == "moderation:measures":
        return bool(_MEASURES.match(path))
    return bool(_INBOX.match(path)) if view == "converse:inbox" else path.startswith(reverse(view))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Read only by the templates that show it; the public pages ask for no session."""
    asked = request.GET.get("lang")
    return {
        "body": SimpleLazyObject(Body.objects.first),
        "now": now(),
        "rooms": SimpleLazyObject(lambda: rooms_for(request)),
        "find_url": _address("web:search"),
        "parts": _PARTS,
        "crisis": SimpleLazyObject(crisis_now) if request.path.startswith("/desk/") else None,
        "lang": f"?lang={asked}" if asked and asked == get_language() else "",
    }


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
