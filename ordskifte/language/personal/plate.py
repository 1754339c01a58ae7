"""Number plates: two letters and four or five digits, where the text speaks of a vehicle or the letters are for electric cars."""

import re
from collections.abc import Iterator
from typing import Final

from ordskifte.language.personal.found import Found
from ordskifte.language.reading import Reading

PLATE: Final = "A vehicle's number plate; the register of vehicles gives the owner's name to anyone."

_PLATE = re.compile(
    r"(?<![\w-])([a-hj-lnpr-vx-z]{2})[ \u00a0-]?(\d{5}|\d{4}|\d{2} ?\d{3})(?![\w/-])(?! ?(?:kr|kroner))"
)
_VEHICLE = re.compile(
    r"\b(?:bil\w*|kjør\w*|kjør|køyr\w*|parker\w*|sperr\w*|reg\.? ?nr\w*|regnr\w*|registreringsnummer\w*|skilt\w*|nummerskilt\w*|audi\w*|tesla\w*|volvo\w*|bmw\w*|vw|golf|toyota\w*|mercedes\w*|ford|nissan|leaf|skoda|polestar|peugeot|opel|mazda|kia|"
    r"hyundai|moped\w*|mc|motorsykk\w*|varebil\w*|lastebil\w*|tilhenger\w*|tilhengar\w*|henger\w*|scooter\w*|traktor\w*|fortauet|handikapplass\w*|hc-plass\w*|innkjørsel\w*|oppkjørsel\w*|innkjørsla|fortau|gangfelt\w*|taxi\w*|drosje\w*|buss\w*|stasjonsvogn\w*|sjåfør\w*|fort|råkjør\w*|car|van|truck|plate|driver|driving|parked|plates|stjålet|stolen|snudde|rygga|rygget|tauet|p-bot|parkeringsgebyr\w*|parkeringsbot\w*|"
    r"smadret|krasj\w*|kolliderte|påkjør\w*|bulk\w*|elbil\w*|elsykkel\w*|motorvogn\w*|vogn|stopp\w*|tomgang)\b"
)
_NOT = re.compile(r"\b(?:skipsnummer|imo|kurs|rom|modell|varenr|art|ns|iso|en|postboks|tlf|saks?)\W{0,3}$")
_ELECTRIC = frozenset("ea eb ec ed ee ef eh ek el ev ej ep".split())


def find(reading: Reading) -> Iterator[Found]:
    plain = reading.plain
    for found in _PLATE.finditer(plain):
        start, end = found.span()
        letters = found[1]
        around = plain[max(0, start - 80) : start] + " " + plain[end : end + 80]
        if _NOT.search(plain[max(0, start - 20) : start]) or "skip" in around:
            continue
        if letters in ("kl", "nr", "kr", "fv", "rv", "ca", "ns", "pr", "ad", "st"):
            continue
        if _VEHICLE.search(around) or (letters in _ELECTRIC and len(found[2]) >= 5):
            yield Found("regnr", start, end, "personal.plate")
