"""The readers there are, in the order they are asked. Kept by hand: a new reader is one line here."""

from importlib import import_module
from typing import Final, cast

from ordskifte.channels.contract import Reader
from ordskifte.channels.exports.source import Export

READERS: Final = (
    ("mastodon", "ordskifte.channels.exports.mastodon.MastodonReader"),
    ("x", "ordskifte.channels.exports.x.XReader"),
    ("facebook", "ordskifte.channels.exports.facebook.FacebookReader"),
    ("instagram", "ordskifte.channels.exports.instagram.InstagramReader"),
    ("bluesky", "ordskifte.channels.exports.bluesky.BlueskyReader"),
    ("wordpress", "ordskifte.channels.exports.wordpress.WordpressReader"),
    ("mediawiki", "ordskifte.channels.exports.mediawiki.MediawikiReader"),
    ("youtube", "ordskifte.channels.exports.youtube.YoutubeReader"),
    ("activitystreams", "ordskifte.channels.exports.activitystreams.ActivityStreamsReader"),
    ("feed", "ordskifte.channels.exports.feed.FeedReader"),
)


def reader(kind: str) -> Reader:
    """A new reader of this kind. KeyError when there is none."""
    module, name = dict(READERS)[kind].rsplit(".", 1)
    return cast(Reader, getattr(import_module(module), name)())


def readers() -> list[Reader]:
    """A new reader of every kind, in the order they are asked."""
    return [reader(kind) for kind, _ in READERS]


def claim_all(export: Export) -> list[tuple[Reader, list[str]]]:
    """Each reader that has files here, with its files: a file goes to the first reader that claims it."""
    taken: set[str] = set()
    claims = []
    for one in readers():
        own = [name for name in one.claim(export) if name not in taken]
        if own:
            taken.update(own)
            claims.append((one, own))
    return claims


def unclaimed(export: Export, claims: list[tuple[Reader, list[str]]]) -> list[str]:
    """The files that no reader claimed: media, and what nobody knows."""
    taken = {name for _, own in claims for name in own}
    return [name for name in export.names() if name not in taken]
