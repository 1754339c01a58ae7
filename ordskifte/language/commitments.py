"""What we promise in passing (R86): "we will come back on Tuesday" in our own words, with the date it names.

Rules in three languages, no model: a phrase by which one binds oneself, in a sentence that neither asks nor denies, and
the moment it names. A binding phrase without a moment is a commitment without a date. Wall clock is Europe/Oslo.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

OSLO: Final = ZoneInfo("Europe/Oslo")
DAY_ENDS: Final = time(16, 0)
"""When a day that was named without a time of day is over."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Where in the text it stands, and when it falls due; None when no moment was named."""

    start: int
    end: int
    due: datetime | None


_WE = r"(?:vi|jeg|eg|me|we|i)"
_DO_NB = (
    r"(?:kommer|kjem)\s+(?:\w+\s+){0,2}(?:tilbake|attende)|(?:svarer|svarar|svare)\b|(?:sjekker|sjekkar|sjekke)\b"
    r"|(?:undersøker|undersøkjer|undersøke)\b|(?:gir|gjev)\s+(?:\w+\s+){0,2}(?:svar|beskjed|tilbakemelding)"
    r"|(?:tar|tek)\s+(?:\w+\s+)?(?:kontakt|det\s+opp|dette\s+opp)|(?:ringer|ringjer|ringe)\b"
    r"|(?:følger|følgjer|følge)\s+(?:\w+\s+){0,2}opp|(?:retter|rettar|rette)\b|(?:fikser|fiksar|fikse)\b"
    r"|(?:ordner|ordnar|ordne)\b|(?:sender|sende)\b|(?:oppdaterer|oppdatere)\b|(?:legger|legg|legge)\s+(?:\w+\s+){0,2}ut"
    r"|(?:strør|brøyter|brøytar|tømmer|tømer|rydder|ryddar|reparerer)\b|(?:varsler|varslar|melder)\b"
)
_DO_EN = (
    r"(?:come|get|be)\s+back\b|reply\b|answer\b|check\b|look\s+into\b|call\b|contact\b|follow\s+up\b|fix\b|correct\b"
    r"|send\b|update\b|let\s+you\s+know\b|publish\b|return\b|clear\b|repair\b|get\s+in\s+touch\b"
)
_BINDING: Final = re.compile(
    rf"\b(?:{_WE}\s+(?:(?:skal|vil)\s+(?:\w+\s+){{0,3}}?\w+|{_DO_NB})"
    rf"|(?:kommer|kjem)\s+(?:vi|jeg|eg|me)\s+(?:\w+\s+){{0,2}}(?:tilbake|attende)|(?:svarer|svarar)\s+(?:vi|jeg|eg|me)\b"
    rf"|(?:da|så|dag|morgen|morgon|uke|veke|\w+dag)\s+(?:skal|vil|gir|gjev|sender|sjekker|sjekkar|ringer|tar|tek)\s+(?:vi|jeg|eg|me)\b"
    rf"|(?:we|i)(?:\s+(?:will|shall)|['’]ll|\s+(?:are|am)\s+going\s+to)\s+(?:\w+\s+)?(?:{_DO_EN})"
    r"|(?:du|de|dere|dykk)\s+(?:får|vil\s+få|skal\s+få)\s+(?:\w+\s+)?(?:svar|beskjed)|(?:du|dere|de)\s+(?:hører|høyrer)\s+(?:frå|fra)\s+oss"
    r"|you\s*(?:will|['’]ll)\s+(?:hear\s+from\s+us|get\s+(?:an\s+)?(?:answer|reply))"
    r"|(?:blir|være|vere|vera|er)\s+(?:\w+\s+)?(?:ferdig|klar|fiksa|rettet|retta)e?\b|(?:will\s+be|be)\s+(?:ready|finished|done|fixed|repaired)\b)",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(
    r"tilbake|attende|svar|beskjed|tilbakemelding|hører|høyrer|oppdater|back|reply|answer|hear from|let you know"
    r"|in touch|update",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(r"\b(?:ikke|ikkje|aldri|kan\s+ikke|not|never|cannot|won['’]t|can['’]t)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?:[^.!?\n]|\.(?=\S)|(?<=\bkl)\.|(?<=\d)\.(?=\s*[a-zæøå\d]))+[.!?]*")

_DAYS: Final = {
    name: at
    for at, names in enumerate(
        (
            ("mandag", "måndag", "monday"),
            ("tirsdag", "tysdag", "tuesday"),
            ("onsdag", "wednesday"),
            ("torsdag", "thursday"),
            ("fredag", "friday"),
            ("lørdag", "laurdag", "saturday"),
            ("søndag", "sundag", "sunday"),
        )
    )
    for name in names
}
_MONTHS: Final = {
    name: at
    for at, names in enumerate(
        (
            ("januar", "january"), ("februar", "february"), ("mars", "march"), ("april",), ("mai", "may"),
            ("juni", "june"), ("juli", "july"), ("august",), ("september",), ("oktober", "october"),
            ("november",), ("desember", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_NUMBERS: Final = {
    "en": 1, "ein": 1, "et": 1, "eit": 1, "ett": 1, "ei": 1, "one": 1, "a": 1, "an": 1, "to": 2, "two": 2, "tre": 3,
    "three": 3, "fire": 4, "four": 4, "fem": 5, "five": 5, "seks": 6, "six": 6, "sju": 7, "syv": 7, "seven": 7,
    "åtte": 8, "eight": 8, "ni": 9, "nine": 9, "ti": 10, "ten": 10, "fjorten": 14, "fourteen": 14,
}  # fmt: skip
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LENGTH: Final = re.compile(
    rf"\b(?:om|innen|innan|i\s+løpet\s+av|in|within)\s+(?:(?:de|dei|the)\s+)?(?:(?:neste|next)\s+)?{_COUNT}\s+(?:(?:virke|arbeids|yrke)|working\s+|business\s+)?"
    r"(?P<unit>minutt\w*|minutes?|timer?|timar?|hours?|dag(?:er|ar|en)?|days?|uke(?:r|n)?|veke(?:r|n)?|weeks?)\b",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b(?P<d>\d{1,2})(?:\.|st|nd|rd|th)?\s+(?P<m>" + "|".join(_MONTHS) + r")\b(?:\s+(?P<y>20\d\d))?"
    r"|\b(?P<m2>" + "|".join(_MONTHS) + r")\s+(?P<d2>\d{1,2})\b(?:st|nd|rd|th)?"
    r"|\b(?P<d3>\d{1,2})[./](?P<m3>\d{1,2})[./]?(?P<y3>20\d\d)?(?![\d.]*\d)",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"\b(?:kl\.?|klokka|klokken|at|by|before|før|innen|innan)\s*(?P<h>[01]?\d|2[0-3])(?:[.:](?P<min>[0-5]\d))?\s*(?P<pm>[ap]\.?m\b\.?)?(?![\d.]*\d|\s*(?:[a-zæøå]*dag|time|tima|uke|veke|min|day|hour|week|\.?\s*(?:"
    + "|".join(_MONTHS)
    + r")))",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(rf"\b(?P<next>neste|next)?\s*\b(?P<day>{'|'.join(_DAYS)})\b", re.IGNORECASE)
_MONTH_END: Final = re.compile(
    rf"\b(?:i\s+løpet\s+av|innen\s+utgangen\s+av|innan\s+utgangen\s+av|by\s+the\s+end\s+of|in|during)\s+(?P<m>måneden|månaden|the\s+month|{'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)
_PHRASES: Final = (  # (pattern, days ahead), tried in order
    (r"\b(?:i\s+over\s*mor(?:gen|gon)|overi?\s*mor(?:gen|gon)|day\s+after\s+tomorrow)\b", 2),
    (r"\b(?:i\s*mor(?:gen|gon|ra)|imorgen|tomorrow)\b", 1),
    (
        r"\b(?:i\s+dag|idag|i\s+løpet\s+av\s+dagen|i\s+ettermiddag|today|this\s+afternoon|by\s+the\s+end\s+of\s+the\s+day)\b",
        0,
    ),
)
_EVENING: Final = re.compile(r"\b(?:i\s+kveld|ikveld|tonight|this\s+evening)\b", re.IGNORECASE)
_THIS_WEEK: Final = re.compile(
    r"\b(?:før\s+hel(?:ga|gen|gja)|before\s+the\s+weekend|(?:i\s+løpet\s+av|denne)\s+(?:uk[ae]n?|vek[ae]n?)|this\s+week)\b",
    re.IGNORECASE,
)
_NEXT_WEEK: Final = re.compile(
    r"\b(?:(?:i\s+)?neste\s+(?:uke|veke)|over\s+hel(?:ga|gen|gja)|next\s+week)\b", re.IGNORECASE
)


def find_commitments(text: str, *, at: datetime) -> tuple[Commitment, ...]:
    """Every commitment in a text of ours that was, or will be, sent at `at`; in order, one for a sentence."""
    local = at.astimezone(OSLO)
    found = []
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        binding = None if words.rstrip().endswith("?") else _BINDING.search(words)
        if binding is None or _DENIES.search(words[binding.start() : binding.end() + 12]):
            continue
        due = _due(words, local)
        if due is None and not _STRONG.search(binding[0]):
            continue
        lead = len(words) - len(words.lstrip())
        found.append(Commitment(sentence.start() + lead, sentence.start() + len(words.rstrip()), due))
    return tuple(found)


def _due(words: str, now: datetime) -> datetime | None:
    """The moment a sentence names, after `now`."""
    if length := _LENGTH.search(words):
        return _after(length, now)
    day = _day(words, now.date())
    clock = _clock(words)
    if day is None and clock is None:
        return datetime.combine(now.date(), time(22), OSLO) if _EVENING.search(words) else None
    due = datetime.combine(day or now.date(), clock or DAY_ENDS, OSLO)
    if due <= now:  # "at nine", said at ten: the next morning; "today", said late: before the day is over
        due = datetime.combine(now.date(), time(23, 59), OSLO) if clock is None else due + timedelta(days=1)
    return due


def _after(length: re.Match[str], now: datetime) -> datetime:
    word, unit = length["n"].lower(), length["unit"].lower()
    count = int(word) if word.isdigit() else _NUMBERS[word]
    if unit.startswith("min"):
        return now + timedelta(minutes=count)
    if unit.startswith(("tim", "hour")):
        return now + timedelta(hours=count)
    days = count * (7 if unit.startswith(("uke", "veke", "week")) else 1)
    if re.search(r"virke|arbeids|yrke|working|business", length[0], re.IGNORECASE):
        return datetime.combine(_working_days(now.date(), days), DAY_ENDS, OSLO)
    return datetime.combine(now.date() + timedelta(days=days), DAY_ENDS, OSLO)


def _working_days(day: date, count: int) -> date:
    """That many days on, weekends left out; holidays are the calendar's, which knows them."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _day(words: str, today: date) -> date | None:
    for pattern, ahead in _PHRASES:
        if re.search(pattern, words, re.IGNORECASE):
            return today + timedelta(days=ahead)
    if (stated := _DATE.search(words)) and (found := _stated(stated, today)):
        return found
    if weekday := _WEEKDAY.search(words):
        ahead = (_DAYS[weekday["day"].lower()] - today.weekday() - 1) % 7 + 1
        if weekday["next"]:
            ahead = _DAYS[weekday["day"].lower()] - today.weekday() + 7
        return today + timedelta(days=ahead)
    if _NEXT_WEEK.search(words):
        return today + timedelta(days=4 - today.weekday() + 7)
    if _THIS_WEEK.search(words):
        return today + timedelta(days=max(4 - today.weekday(), 0))
    if month := _MONTH_END.search(words):
        number = _MONTHS.get(month["m"].lower(), today.month)
        year = today.year + (number < today.month)
        return date(year, number, calendar.monthrange(year, number)[1])
    return None


def _stated(found: re.Match[str], today: date) -> date | None:
    """A date in figures or with its month; without a year it is the next one."""
    number = int(found["d"] or found["d2"] or found["d3"])
    name = found["m"] or found["m2"]
    month = _MONTHS[name.lower()] if name else int(found["m3"])
    year = int(found["y"] or found["y3"] or today.year)
    try:
        day = date(year, month, number)
    except ValueError:
        return None
    if day < today and not (found["y"] or found["y3"]):
        try:
            day = date(year + 1, month, number)
        except ValueError:
            return None
    return day if day >= today else None


def _clock(words: str) -> time | None:
    found = _CLOCK.search(words)
    if found is None:
        return None
    hour = int(found["h"])
    half = (found["pm"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    if not half and found["min"] is None and re.match(r"(?:at|by|before|før|innen|innan)\b", found[0], re.IGNORECASE):
        return time(hour) if 7 <= hour <= 22 else None  # "by 2" says too little
    return time(hour, int(found["min"] or 0))
