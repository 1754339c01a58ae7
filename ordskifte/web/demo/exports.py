"""The export files of Eksempel kommune, as its platforms would have given them out: the same bytes every time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from ordskifte.web.demo.conversations import TODAY, conversations
from ordskifte.web.demo.writers.facebook import facebook_export
from ordskifte.web.demo.writers.mastodon import mastodon_archive, received_activities
from ordskifte.web.demo.writers.packing import zipped
from ordskifte.web.demo.writers.wordpress import wordpress_export
from ordskifte.web.demo.writers.x import x_archive

NOW: Final = datetime.combine(TODAY, time(8), UTC)
FIRST: Final = datetime(2024, 11, 1, tzinfo=UTC)
"""When the first export of the site and of Mastodon was taken out: what was changed later is a version more."""


@dataclass(frozen=True, slots=True)
class DemoChannel:
    """One channel of the demo: its name, its unit, and its export files by name."""

    name: str
    kind: str
    unit: str
    files: tuple[tuple[str, Callable[[], bytes]], ...]


def _mastodon(until: datetime) -> Callable[[], bytes]:
    return lambda: zipped(mastodon_archive(conversations("mastodon"), until=until))


def _site(until: datetime) -> Callable[[], bytes]:
    return lambda: wordpress_export(conversations("wordpress"), until=until)


def _facebook(said: str, page: str) -> Callable[[], bytes]:
    return lambda: zipped(facebook_export(conversations(said), page=page))


CHANNELS: Final = (
    DemoChannel(
        "Mastodon",
        "mastodon",
        "Kommunikasjon",
        (
            ("archive-20241101-eksempelkommune.zip", _mastodon(FIRST)),
            ("archive-20260312-eksempelkommune.zip", _mastodon(NOW)),
            ("received-20260312.json", lambda: received_activities(conversations("mastodon"))),
        ),
    ),
    DemoChannel(
        "Nettsiden",
        "wordpress",
        "Kommunikasjon",
        (("eksempel.WordPress.2024-11-01.xml", _site(FIRST)), ("eksempel.WordPress.2026-03-12.xml", _site(NOW))),
    ),
    DemoChannel(
        "Facebook",
        "facebook",
        "Kommunikasjon",
        (("facebook-eksempelkommune-2026-03-12.zip", _facebook("facebook", "Eksempel kommune")),),
    ),
    DemoChannel(
        "X",
        "x",
        "Kommunikasjon",
        (("twitter-2025-01-02-eksempelkommune.zip", lambda: zipped(x_archive(conversations("x")))),),
    ),
    DemoChannel(
        "Barneverntjenesten",
        "facebook",
        "Barnevern",
        (("facebook-barnevern-2026-03-12.zip", _facebook("barnevern", "Barneverntjenesten i Eksempel")),),
    ),
)
