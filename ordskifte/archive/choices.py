"""What the body has chosen about keeping: how long things wait, and where they are stored."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.models import KeepChoice
from ordskifte.base.text import storable
from ordskifte.records.entry import record_act

HOME_COUNTRY = "NO"
ABROAD_BASIS = "arkivlova 1992 § 9"


def choice() -> KeepChoice:
    """The newest choice; the program's defaults where the body has made none. One query."""
    return KeepChoice.objects.order_by("-at").first() or KeepChoice()


def abroad(one: KeepChoice) -> list[str]:
    """Countries outside Norway that the archive, or its backup, lies in."""
    return sorted({one.country, one.backup_country} - {HOME_COUNTRY})


@transaction.atomic
def choose(
    *,
    purge_days: int,
    warn_days: int,
    place: str,
    country: str,
    backup_place: str,
    backup_country: str,
    responsible: str,
    by: str,
    at: datetime,
) -> KeepChoice:
    """A new choice. What was left out cannot go before it can no longer be undone."""
    if not 7 <= purge_days <= 3650:
        raise ArchiveError(_("What is left out is purged after 7 to 3650 days."))
    if not 1 <= warn_days <= 365:
        raise ArchiveError(_("Warn after 1 to 365 days."))
    countries = [one.strip().upper() for one in (country, backup_country)]
    if any(len(one) != 2 or not one.isascii() or not one.isalpha() for one in countries):
        raise ArchiveError(_("Write the country as two letters: NO, SE, DE."))
    said = [storable(" ".join(one.split()))[:200] for one in (place, backup_place, responsible)]
    made = KeepChoice.objects.create(
        purge_days=purge_days,
        warn_days=warn_days,
        place=said[0],
        country=countries[0],
        backup_place=said[1],
        backup_country=countries[1],
        responsible=said[2],
        by=by,
        at=at,
    )
    details: dict[str, object] = {"purge_days": purge_days, "warn_days": warn_days, "countries": countries}
    record_act("keep.chosen", actor=by, at=at, record=made.id, details=details)
    return made
