"""The live channels there are. Kept by hand: a new channel is one line here. Every other kind is served by hand."""

from importlib import import_module
from typing import cast

from ordskifte.channels.live import Limits, LiveChannel

LIVE: dict[str, str] = {
    "arena": "ordskifte.channels.arena.ArenaChannel",
    "mastodon": "ordskifte.channels.mastodon.MastodonChannel",
    "bluesky": "ordskifte.channels.bluesky.BlueskyChannel",
    "mediawiki": "ordskifte.channels.mediawiki.MediawikiChannel",
    "wordpress": "ordskifte.channels.wordpress.WordpressChannel",
}
"""Kind -> where its class is."""

_ABILITY = {
    "post": "can_post",
    "reply": "can_reply",
    "edit": "can_edit",
    "delete": "can_delete",
    "hide": "can_hide",
    "unhide": "can_hide",
    "block": "can_block",
    "unblock": "can_block",
}


def live_class(kind: str) -> type[LiveChannel] | None:
    """The class of a live channel; None when channels of this kind are served by hand."""
    path = LIVE.get(kind)
    if path is None:
        return None
    module, name = path.rsplit(".", 1)
    return cast(type[LiveChannel], getattr(import_module(module), name))


def by_hand(kind: str) -> bool:
    """Whether a person posts by hand and pastes the link back."""
    return kind not in LIVE


def needs_connection(kind: str) -> bool:
    """Whether a person must connect a channel of this kind before it is live."""
    return bool(getattr(live_class(kind), "fields", ()))


def can(kind: str, action: str) -> bool:
    """Whether a channel of this kind can do this. By hand a person can do what the platform lets them."""
    found = live_class(kind)
    return found is None or bool(getattr(found, _ABILITY.get(action, ""), False))


def limits(kind: str) -> Limits:
    """What a channel of this kind takes."""
    found = live_class(kind)
    return found.limits if found else Limits()
