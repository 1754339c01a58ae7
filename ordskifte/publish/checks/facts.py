"""The post says the same as our registers: opening hours, places, and the other written form (R89)."""

import re
from datetime import time
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.plan.working_time import WorkingTime
from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post, PostText

_OPEN: Final = re.compile(
    r"\b(?:åpent|åpen|åpner|åpningstid\w*|ope|open|opnar|opningstid\w*|opening hours|betjent|telefontid\w*)\b"
    r"(?:[^.!?\n]|kl\.){0,60}?(?P<from>\d{1,2})(?:[.:](?P<fm>\d\d))?\s*(?:–|-|—|til|to)\s*(?:kl\.?\s*)?"
    r"(?P<to>\d{1,2})(?:[.:](?P<tm>\d\d))?(?!\d|[.:]\d)",
    re.IGNORECASE,
)
_DAYS: Final = (
    ("mandag", "måndag", "monday"),
    ("tirsdag", "tysdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "laurdag", "saturday"),
    ("søndag", "sundag", "sunday"),
)
_PHONE: Final = re.compile(
    r"(?<!\d)(?:\+47[\s ]?)?(?:\d{2}[\s ]\d{2}[\s ]\d{2}[\s ]\d{2}|\d{3}[\s ]\d{2}[\s ]\d{3}|\d{8})(?!\d)"
)
_FIGURES: Final = re.compile(r"\d+")


def facts(post: Post) -> list[Finding]:
    found = [finding for one in post.texts for finding in (*_hours(one, post), *_places(one, post))]
    found += _forms(post.texts)
    return list(dict.fromkeys(found))


def _hours(one: PostText, post: Post) -> list[Finding]:
    found = []
    for said in _OPEN.finditer(one.text):
        span = _span(said)
        if span is None:
            continue
        days = [day for day, names in enumerate(_DAYS) if any(name in said[0].casefold() for name in names)]
        registered = _registered(post.hours, days)
        if not registered or span in registered or _of_a_place(said, one, post):
            continue
        known = ", ".join(sorted({_written(one) for one in registered})[:4])
        what = _("“%(words)s” is not in our registered opening hours") % {"words": said[0]}
        how = _("Registered: %(hours)s. Mend the one that is wrong, so that we do not say two things.") % {
            "hours": known
        }
        found.append(Finding("facts", "warn", what, how, *said.span()))
    return found


def _span(said: re.Match[str]) -> tuple[time, time] | None:
    try:
        return (
            time(int(said["from"]) % 24, int(said["fm"] or 0)),
            time(int(said["to"]) % 24, int(said["tm"] or 0)),
        )
    except ValueError:
        return None


def _registered(hours: tuple[tuple[str, WorkingTime], ...], days: list[int]) -> set[tuple[time, time]]:
    """Every span that stands in the register, and what a split day is from first to last."""
    found: set[tuple[time, time]] = set()
    for _whose, times in hours:
        for day, spans in times.weekdays.items():
            if spans and (not days or day in days):
                found |= set(spans) | {(min(one for one, _ in spans), max(two for _, two in spans))}
        if not days:
            for spans in times.special.values():
                found |= set(spans)
    return found


def _of_a_place(said: re.Match[str], one: PostText, post: Post) -> bool:
    """Whether the words are a place's own hours as the register has them."""
    figures = _FIGURES.findall(said[0])
    return any(
        place.hours and _FIGURES.findall(place.hours) == figures for place in post.places if place.named_in(one.text)
    )


def _written(span: tuple[time, time]) -> str:
    return "–".join(f"{one.hour}.{one.minute:02d}" if one.minute else str(one.hour) for one in span)


def _places(one: PostText, post: Post) -> list[Finding]:
    found = []
    folded = one.text.casefold()
    for place in post.places:
        name = next((name for name in place.names if len(name) > 5 and name.casefold() in folded), "")
        if not name:
            continue
        if place.dead:
            what = _("“%(name)s” is no longer in use") % {"name": name}
            found.append(Finding("facts", "warn", what, _("Choose another place from the register.")))
        ours = _digits(place.phone)
        said = [phone for phone in _PHONE.findall(one.text)]
        others = {_digits(other.phone) for other in post.places}
        for phone in said:
            if len(ours) >= 5 and _digits(phone)[-8:] != ours[-8:] and _digits(phone)[-8:] not in others:
                what = _("%(name)s has another phone number in the register") % {"name": name}
                how = _("Registered: %(phone)s.") % {"phone": place.phone}
                found.append(Finding("facts", "warn", what, how))
    return found


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _forms(texts: tuple[PostText, ...]) -> list[Finding]:
    """Bokmål and nynorsk say the same figures: dates, times, sums."""
    forms: dict[str, set[str]] = {}
    for one in texts:
        if one.language in ("nb", "nn"):
            forms.setdefault(one.language, set()).update(_FIGURES.findall(one.text))
    if len(forms) < 2 or forms["nb"] == forms["nn"]:
        return []
    figures = ", ".join(sorted(forms["nb"] ^ forms["nn"])[:5])
    what = _("Bokmål and nynorsk do not have the same figures: %(figures)s") % {"figures": figures}
    return [Finding("facts", "warn", what, _("Read the two side by side."))]
