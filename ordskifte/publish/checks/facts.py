"""The post says the same as our registers: opening hours, places, and the other written form (R89)."""

import re
from datetime import date, time
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.plan.working_time import OSLO, WorkingTime
from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post, PostText

_OPEN: Final = re.compile(
    r"\b(?:åpent|åpen|åpner|åpningstid\w*|ope|open|opnar|opningstid\w*|opening hours|betjent|telefontid\w*)\b"
    r"(?:[^.!?\n]|kl\.){0,60}?(?<!\d)(?P<from>\d{1,2})(?:[.:]?(?P<fm>\d\d))?\s*(?:–|-|—|til|to)\s*"
    r"(?:kl\.?\s*|klokka\s*)?(?P<to>\d{1,2})(?:[.:]?(?P<tm>\d\d))?(?!\d|[.:]\d|\.\s*[a-zæøå])",
    re.IGNORECASE,
)
_ONE_TIME: Final = re.compile(
    r"\b(?:(?P<opens>åpner|opnar|opens)|(?P<closes>stenger|stengjer|closes))\b(?:[^.!?\n]|kl\.){0,40}?"
    r"\b(?:kl\.?|klokka|klokken|at)\s*(?P<hour>\d{1,2})(?:[.:]?(?P<minute>\d\d))?(?!\d|[.:]\d|\s*(?:–|-|—|til\b))",
    re.IGNORECASE,
)
_MONTHS: Final = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_DATE: Final = re.compile(rf"\b(?P<day>\d{{1,2}})\.\s*(?P<month>{'|'.join(_MONTHS)})\b", re.IGNORECASE)
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
        registered = _registered(post.hours, _days_in(said[0]), _date_of(one.text, said, post))
        if span is not None and registered is not None and span not in registered and not _of_a_place(said, one, post):
            found.append(_differs(said, registered))
    for said in _ONE_TIME.finditer(one.text):
        registered = _registered(post.hours, _days_in(said[0]), _date_of(one.text, said, post))
        moment = _moment(said["hour"], said["minute"])
        if moment is None or registered is None:
            continue
        if moment not in {span[0] if said["opens"] else span[1] for span in registered}:
            found.append(_differs(said, registered))
    return found


def _differs(said: re.Match[str], registered: set[tuple[time, time]]) -> Finding:
    what = _("“%(words)s” is not in our registered opening hours") % {"words": said[0]}
    known = ", ".join(sorted({_written(one) for one in registered})[:4])
    how = _("Registered: %(hours)s. Mend the one that is wrong, so that we do not say two things.") % {"hours": known}
    if not registered:
        how = _("Registered: closed that day. Mend the one that is wrong, so that we do not say two things.")
    return Finding("facts", "warn", what, how, *said.span())


def _days_in(words: str) -> list[int]:
    return [day for day, names in enumerate(_DAYS) if any(name in words.casefold() for name in names)]


def _date_of(text: str, said: re.Match[str], post: Post) -> date | None:
    """A date in the same sentence, in the coming year."""
    start = max(text.rfind(". ", 0, said.start()), text.rfind("\n", 0, said.start())) + 1
    if text[max(start - 3, 0) : start - 1].strip().isdigit():  # the point of a date, not of a sentence
        start = max(text.rfind(". ", 0, start - 2), text.rfind("\n", 0, start - 2)) + 1
    named = _DATE.search(text, start, min(said.end() + 20, len(text)))
    if named is None:
        return None
    today = post.at.astimezone(OSLO).date()
    month = [one.casefold() for one in _MONTHS].index(named["month"].casefold()) + 1
    try:
        found = date(today.year, month, int(named["day"]))
        return found if found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


def _span(said: re.Match[str]) -> tuple[time, time] | None:
    opens, closes = _moment(said["from"], said["fm"]), _moment(said["to"], said["tm"])
    return (opens, closes) if opens is not None and closes is not None else None


def _moment(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour) % 24 if int(hour) <= 24 else 99, int(minute or 0))
    except ValueError:
        return None


def _registered(
    hours: tuple[tuple[str, WorkingTime], ...], days: list[int], on: date | None
) -> set[tuple[time, time]] | None:
    """Every span that stands in the register, and what a split day is from first to last. None: nothing is registered.

    On a date that is named: those of that day; none at all when it is closed.
    """
    if not any(times.weekdays for _whose, times in hours):
        return None
    found: set[tuple[time, time]] = set()
    for _whose, times in hours:
        every = (
            [times.hours_on(on)] if on else [spans for day, spans in times.weekdays.items() if not days or day in days]
        )
        if not on and not days:
            every += list(times.special.values())
        for spans in every:
            if spans:
                found |= set(spans) | {(min(one for one, _ in spans), max(two for _, two in spans))}
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
