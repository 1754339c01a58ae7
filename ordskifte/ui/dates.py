"""Dates, numbers and sizes as the reader's language writes them: "ons. 11. mars 14.50", "214 160", "1,2 MB"."""

from datetime import datetime, timedelta
from typing import Final

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

NARROW_SPACE: Final = "\u202f"
_PATTERNS: Final = {
    # clock, with weekday, with year, day alone, month heading, seconds too
    "nb": ("HH.mm", "EEE d. MMMM HH.mm", "d. MMMM y HH.mm", "d. MMMM y", "MMMM y", "d. MMMM y HH.mm.ss"),
    "en": ("HH:mm", "EEE d MMMM HH:mm", "d MMMM y HH:mm", "d MMMM y", "MMMM y", "d MMMM y HH:mm:ss"),
}

_LOCALES: Final = {code: Locale.parse(code) for code in ("nb", "nn", "en")}  # parsed once: a list has many dates


def _language() -> str:
    """One of nb, nn, en: the ones we write in."""
    code = (get_language() or "nb")[:2]
    return code if code in ("nb", "nn", "en") else "nb"


def _written(moment: datetime, which: int) -> str:
    language = _language()
    patterns = _PATTERNS["en" if language == "en" else "nb"]
    return str(format_datetime(timezone.localtime(moment), patterns[which], locale=_LOCALES[language]))


def when(moment: datetime, now: datetime) -> str:
    """A moment as people say it, seen from `now`: today, yesterday, this year with its weekday, else with the year."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    if local.date() == today:
        return gettext("today %(clock)s") % {"clock": _written(moment, 0)}
    if local.date() == today - timedelta(days=1):
        return gettext("yesterday %(clock)s") % {"clock": _written(moment, 0)}
    return _written(moment, 1 if local.year == today.year else 2)


def whole(moment: datetime) -> str:
    """A moment to the second, with its year: for proofs and reports."""
    return _written(moment, 5)


def day(moment: datetime) -> str:
    """ "11. mars 2026"."""
    return _written(moment, 3)


def month(moment: datetime) -> str:
    """ "Mars 2026", for headings."""
    text = _written(moment, 4)
    return text[:1].upper() + text[1:]


def number(value: int) -> str:
    """Thousands with a narrow space; with a comma in English."""
    separator = "," if _language() == "en" else NARROW_SPACE
    return f"{value:,}".replace(",", separator)


def size(count: int) -> str:
    """Bytes for people: "1 284 byte", "1,2 MB" (powers of 1000)."""
    if count < 10_000:
        return ngettext("%(number)s byte", "%(number)s bytes", count) % {"number": number(count)}
    units = ["kB", "MB", "GB", "TB"]
    value, unit = count / 1000, units.pop(0)
    while value >= 999.5 and units:
        value, unit = value / 1000, units.pop(0)
    written = format_decimal(value, format="0.#" if value < 100 else "0", locale=_LOCALES[_language()])
    return f"{written}{NARROW_SPACE}{unit}"


def lasted(seconds: float) -> str:
    """How long something took or will take: "2,1 s", "6 s", "4 min", "3 t 10 min"."""
    if seconds < 60:
        shown = format_decimal(seconds, format="0.#" if seconds < 10 else "0", locale=_LOCALES[_language()])
        return gettext("%(number)s s") % {"number": shown}
    minutes = round(seconds / 60)
    if minutes < 60:
        return gettext("%(number)s min") % {"number": minutes}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": number(minutes // 60), "minutes": minutes % 60}
