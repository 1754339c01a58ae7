"""Platforms a person serves by hand: where they live, and whether a link pasted back leads to a post there."""

from typing import Final
from urllib.parse import urlsplit

from ordskifte.channels import reasons

HOSTS: Final[dict[str, tuple[str, ...]]] = {
    "facebook": ("facebook.com", "fb.com", "fb.watch"),
    "instagram": ("instagram.com",),
    "threads": ("threads.net", "threads.com"),
    "x": ("x.com", "twitter.com"),
    "youtube": ("youtube.com", "youtu.be"),
    "linkedin": ("linkedin.com", "lnkd.in"),
    "tiktok": ("tiktok.com",),
    "snapchat": ("snapchat.com",),
    "bluesky": ("bsky.app",),
}
"""The hosts of platforms that have the same ones for everyone. Of others, the channel's own address decides."""

LONGEST: Final = 1000


def hosts_of(kind: str, channel_url: str) -> tuple[str, ...]:
    """The hosts a link to a post on this channel may have."""
    own = (urlsplit(channel_url).hostname or "").removeprefix("www.") if channel_url else ""
    return tuple(dict.fromkeys((*HOSTS.get(kind, ()), *((own,) if own else ()))))


def wrong_with(link: str, kind: str, channel_url: str) -> str:
    """Why a pasted link cannot be the receipt, as a fixed sentence; "" when it can.

    Where nobody knows the channel's host (no address in the register, no platform of everyone's) any host is taken.
    """
    if len(link) > LONGEST or not link.isprintable() or " " in link:
        return reasons.NOT_A_LINK
    try:
        parts = urlsplit(link)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return reasons.NOT_A_LINK
    if parts.scheme != "https" or "." not in host or parts.username or parts.password or port not in (None, 443):
        return reasons.NOT_A_LINK
    allowed = hosts_of(kind, channel_url)
    if allowed and not any(host == one or host.endswith(f".{one}") for one in allowed):
        return reasons.OTHER_HOST
    if not parts.path.strip("/") and not parts.query:
        return reasons.NO_POST
    return ""
