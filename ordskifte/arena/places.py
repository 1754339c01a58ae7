"""Where the arena is: its addresses, and the secret by which our own client is let in."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from ordskifte.plan.models import Channel

INSIDE = "http://localhost"
"""The arena is a part of the same program: this address is never looked up, only handed to it."""


def public_path(channel: Channel) -> str:
    return f"/ovelse/{channel.external_id}/"


def api_address(channel: Channel) -> str:
    """Where our client asks."""
    return f"{INSIDE}{public_path(channel)}api/"


def link_to(channel: Channel, post_id: int) -> str:
    """The address of a post, as people open it."""
    return f"{settings.ORIGIN or INSIDE}{public_path(channel)}{post_id}/"


def secret(channel: Channel) -> str:
    """What our client shows: follows from the home's own key, and is stored nowhere."""
    return salted_hmac("ordskifte.arena", str(channel.id), algorithm="sha256").hexdigest()
