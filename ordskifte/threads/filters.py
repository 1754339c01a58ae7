"""The filters of the thread list, from an address and back to one."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone

WHO: Final = ("ours", "theirs", "alone")
FLAGS: Final = ("media", "edited", "deleted")
LANGUAGES: Final = ("nb", "nn", "no", "se", "sma", "smj", "en", "sv", "da", "de", "pl", "uk", "ar", "so")


@dataclass(frozen=True, slots=True)
class Filters:
    """`who`: "ours" something by the body in it, "theirs" something by others, "alone" nothing by the body yet.

    `since` and `until` are local dates, both included, of the last thing said.
    """

    channels: tuple[UUID, ...] = ()
    since: date | None = None
    until: date | None = None
    who: str = ""
    language: str = ""
    media: bool = False
    edited: bool = False
    deleted: bool = False

    @property
    def any(self) -> bool:
        return self != Filters()

    def without(self, name: str) -> "Filters":
        """The same filters with one of them taken away."""
        return replace(self, **{name: getattr(Filters(), name)})

    def query(self) -> str:
        """The filters as the query of an address, "" when there are none."""
        pairs = [("channel", str(channel)) for channel in self.channels]
        pairs += [(name, value.isoformat()) for name in ("since", "until") if (value := getattr(self, name))]
        pairs += [(name, value) for name in ("who", "language") if (value := getattr(self, name))]
        pairs += [(name, "1") for name in FLAGS if getattr(self, name)]
        return urlencode(pairs)

    def q(self) -> Q:
        """What a Thread must fulfil, its channel aside."""
        found = Q()
        if self.since:
            found &= Q(last_at__gte=_midnight(self.since))
        if self.until and self.until < date.max:
            found &= Q(last_at__lt=_midnight(self.until + timedelta(days=1)))
        if self.who:
            found &= {"ours": Q(ours__gt=0), "theirs": Q(utterances__gt=F("ours")), "alone": Q(ours=0)}[self.who]
        if self.language:
            found &= Q(
                languages__overlap=[self.language, f"{self.language}-NO", f"{self.language}-US", f"{self.language}-GB"]
            )
        for name, column in (("media", "has_media"), ("edited", "edited"), ("deleted", "deleted")):
            if getattr(self, name):
                found &= Q(**{column: True})
        return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def filters_of(query: QueryDict) -> Filters:
    """What an address asks for; what cannot be read is left out."""
    who, language = query.get("who", ""), query.get("language", "")
    return Filters(
        channels=tuple(sorted({found for text in query.getlist("channel")[:100] if (found := _uuid(text))})),
        since=_date(query.get("since", "")),
        until=_date(query.get("until", "")),
        who=who if who in WHO else "",
        language=language if language in LANGUAGES else "",
        **{name: query.get(name) == "1" for name in FLAGS},
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2999 else None
