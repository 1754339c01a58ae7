"""Pictures and films of what arrived: fetched once each, from open addresses alone, and told by their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from ordskifte.base.http import Door, DoorError
from ordskifte.base.store import Store
from ordskifte.channels.contract import Arrival
from ordskifte.listen.media import PREFIX, Kept, media_type
from ordskifte.plan.models import Channel
from ordskifte.threads.models import Media, Version

LARGEST: Final = 40 * 1024 * 1024  # bytes of one file
MOST: Final = 200  # files of one page of arrivals


@dataclass(slots=True)
class Gathered:
    """What was fetched, by address. An address that gave nothing stands with ("", "") and is not asked again."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    fresh: list[Kept] = field(default_factory=list)

    def of(self, url: str) -> tuple[str, str]:
        """(digest, media type by its bytes) of the file at an address; ("", "") when we have none."""
        return self.known.get(url, ("", ""))

    def keep(self) -> None:
        """The rows of what was fetched now. In the transaction of the arrivals that show it."""
        rows = [Media(digest=one.digest, media_type=one.media_type, size=one.size) for one in self.fresh]
        Media.objects.bulk_create(rows, ignore_conflicts=True)


def gather(channel: Channel, arrivals: Sequence[Arrival], *, door: Door, store: Store) -> Gathered:
    """Fetch what these arrivals show and we do not have. Nothing here stops an arrival: a file that fails is named."""
    wanted = dict.fromkeys(a.url for one in arrivals for a in one.attachments if a.url.startswith(("http:", "https:")))
    found = Gathered(_fetched_before(channel, arrivals))
    for url in [one for one in wanted if one not in found.known][:MOST]:
        found.known[url] = _fetch(url, found, door=door, store=store)
    return found


def _fetched_before(channel: Channel, arrivals: Sequence[Arrival]) -> dict[str, tuple[str, str]]:
    """The addresses that earlier versions of the same utterances showed, with what they gave then."""
    ids = [one.external_id for one in arrivals if one.attachments]
    rows = Version.objects.filter(utterance__channel=channel, utterance__external_id__in=ids) if ids else []
    return {
        one["url"]: (one.get("blob", ""), one.get("media_type", ""))
        for row in rows
        for one in row.attachments
        if one.get("url")
    }


def _fetch(url: str, found: Gathered, *, door: Door, store: Store) -> tuple[str, str]:
    try:
        answer = door.ask("GET", url, largest=LARGEST)
    except DoorError:
        return "", ""
    kind = media_type(answer.body[:16]) if answer.ok else ""
    if not kind:
        return "", ""
    digest, size, _new = store.take(BytesIO(answer.body), PREFIX)
    found.fresh.append(Kept(digest, kind, size))
    return digest, kind
