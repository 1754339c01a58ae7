"""Telephone numbers of people: eight digits as Norwegians group them, or with a country's code.

A number that belongs to an office is none: five digits, 800 and 81x, and a number that stands behind an office's name.
"""

import re
from collections.abc import Iterator
from typing import Final

from ordskifte.language.personal.digits import Run, windows
from ordskifte.language.personal.found import Found, after, before
from ordskifte.language.reading import Reading

PHONE: Final = "A person's telephone number."

_GROUPED = ((2, 2, 2, 2), (3, 2, 3), (8,), (3, 3, 2), (4, 4), (2, 3, 3))
_CALL = re.compile(
    r"(?:\btlf|telefon|\bmob(?:il)?\b|mobil(?:en|nr|nummer)|\bring|\bsms|\bvipps|nummeret|\bnr mitt|nummer|\bphone|\bcall|\btext|\bnå meg|nås på|å nå|kontakt meg|treffes på|whatsapp|cell|\btlfnr|tekst)"
    r"[^\d+]{0,28}$"
)
_OTHER = re.compile(
    r"(?:\bsaks?|\bsaken|\bvedtak\w*|\bref\w*|\borg\w*|\bfaktura\w*|\bkunde\w*|\bordre\w*|\bkid\w*|\bkonto\w*|\bvare\w*|\bmåler\w*|\bgnr|\bbnr|\bid|\bean|\bissn|\bisbn|\butm\s?\d*|\bskips\w*|\bserie\w*|\bdok\w*|\bjournal\w*|\barkiv\w*|\bprosjekt\w*|\bplan\w*|\bpris\w*|\bkroner|\bkr|\bkostet|\bkoster|\bpost\w*nr|versjon|\bcase|\bmed nummer|\bbuss\w*|\bsøknad\w*|\bavtale\w*|\bskap\w*|\bhydrant\w*|\blykt\w*|\bstolpe\w*|\bmast\w*|\bhøyde\w*|\bkoordinat\w*|\bnord|\bøst|\bbillett\w*|\bgavekort\w*|\bpakke\w*|\bsporing\w*|\bregistrering\w*|\bchassis\w*)"
    r"[-.: ]{0,3}(?:nr|nummer|no|number|id|n°)?[^\d\w]{0,4}(?:(?:er|på|var|is)\s){0,1}$"
)
_OFFICE = re.compile(
    r"(?:servicetorg|servicekontor|servicesenter|innbyggertorg|innbyggartorg|sentralbord|kommune|legevakt|legekontor|resepsjon|bibliotek|kulturhus|rådhus|kundeservice|kundesenter|vakttelefon|vakta|vakten|"
    r"politi|brannvesen|nødnummer|nav\b|kontoret|barnevernsvakt|krisesenter|krisetelefon|helsestasjon|sykehjem|sjukeheim|skolen?\b|skulen?\b|barnehage|tannklinikk|feiervesen|teknisk|driftssentral|billettkontor|svømmehall|symjehall|mattilsyn|statsforvalter|office|council|town hall|library|veterinær|apotek|redaksjon|rektor på|dyrevern|viltnemnd|kirkekontor|menighet|frivilligsentral|hotell|pizzeria|butikk|firma|verksted|vegvesen|trafikksentral|vegtrafikksentral)"
    r"[^\d]{0,40}$"
)
_OWN = re.compile(
    r"(?:\bmin|\bmitt|\bmeg|\bmi|\bmæ|\bhans|\bhennes|\bhjemme|\bheime|\bmy|\bme\b|\bprivat\w*|sønn|mor|far|\bhos|nummeret til)[^\d]{0,24}$"
)
_UNIT = re.compile(
    r"\s?(?:kr|kroner|,-|nok|liter|meter|km|kg|tonn|m[23²³]|kwh|mill|mrd|innbygg|personer|stk|år|euro|dollar|€|\$|%|poeng|stemmer)"
)


def find(reading: Reading, runs: list[Run]) -> Iterator[Found]:
    for run in runs:
        yield from _in_run(reading, run)


def _in_run(reading: Reading, run: Run) -> Iterator[Found]:
    digits = run.digits
    if run.plus or digits.startswith("00"):
        country = digits[2:] if digits.startswith("00") else digits
        if 9 <= len(country) <= 14 and not _OFFICE.search(before(reading, run.start, 60)):
            yield Found("telefon", run.start, run.end, "personal.phone")
        return
    for lengths in _GROUPED:
        for start, end, number in windows(run, lengths):
            if _is_phone(reading, run, lengths, (start, end, number)):
                yield Found("telefon", start, end, "personal.phone")
                if len(digits) <= 16:
                    return


def _last_words(ahead: str) -> str:
    """What follows the digits that came before, and the end of those: no label reaches further back."""
    for at in range(len(ahead) - 1, -1, -1):
        if ahead[at].isdigit():
            return ahead[max(0, at - _LABEL_WITH_DIGITS) :]
    return ahead


_LABEL_WITH_DIGITS = 7  # "utm 33"


def _is_phone(reading: Reading, run: Run, lengths: tuple[int, ...], window: tuple[int, int, str]) -> bool:
    start, end, number = window
    if number[0] in "018" or len(set(number)) == 1 or "/" in run.separators:
        return False
    ahead = _last_words(before(reading, start, 60))
    if _OTHER.search(ahead) or _UNIT.match(after(reading, end)):
        return False
    if start > 0 and (reading.plain[start - 1].isalpha() or reading.plain[start - 1] in "#§=_"):
        return False
    if end < len(reading.plain) and (reading.plain[end].isalnum() or reading.plain[end] in "/%"):
        return False
    if _OFFICE.search(ahead) and not _OWN.search(ahead):
        return False
    if _CALL.search(ahead):
        return True
    if len(run.digits) > 8 and lengths == (8,):
        return False
    if lengths in ((2, 3, 3), (4, 4), (3, 3, 2)):
        return False
    if len(run.groups) != len(lengths):
        return False
    return number[0] in "49" or (lengths == (2, 2, 2, 2) and number[0] in "23567" and "." not in run.separators)
