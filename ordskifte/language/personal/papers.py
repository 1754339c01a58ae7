"""Numbers of identity papers: passport, driving licence, DUF (twelve digits, a foreigner's number with the immigration
authorities), and a national number that has its name before it but a digit wrong."""

import re
from collections.abc import Iterator
from typing import Final

from ordskifte.language.personal.found import Found
from ordskifte.language.reading import Reading

PASSPORT: Final = "The number of a passport, an identity card or a driving licence."
DUF: Final = "A DUF number, by which the immigration authorities know a person."
MISTYPED: Final = "Eleven digits called a national number; a digit may be wrong, but they point at someone."

_PASSPORT = re.compile(
    r"(?:\bpass(?:et|nummer\w*|nr)?|passport|id-?kort\w*|nasjonalt id|førerkort\w*|førarkort\w*|førerkortnummer\w*|driving licen[cs]e|residence permit|oppholdskort\w*|opphaldskort\w*)(?:[^\d\n]{0,20}?)\b([a-z]{0,3} ?(?:\d{6,9}|\d{2} \d{2} \d{6} \d|\d{3} \d{3} \d{2,3}))(?![\w])"
)
_DUF = re.compile(
    r"\bduf\w*-?(?:nr|nummer\w*)?(?:[^\d\n]{0,20}?)(\d{4} ?\d{6} ?\d{2}|\d{12}|\d{6} ?\d{6}|\d{10,12})(?!\d)"
)
_LABELLED = re.compile(
    r"(?:\bfødsels?-?(?:nummer\w*|nr)|\bpersonnummer\w*|\bpersonnr|\bf\.? ?nr|\bpnr|\b[dh]-?(?:nummer\w*|nr)|national id|\bssn|identitetsnummer\w*)(?:[^\d\n]{0,24}?)(?<!\d)(\d{6}[ .\-]?\d{5}|\d{2}[. ]\d{2}[. ]\d{2}[ .\-]{0,2}\d{5})(?!\d)"
)


def find(reading: Reading) -> Iterator[Found]:
    plain = reading.plain
    if not any(char in plain for char in "0123456789"):
        return
    for found in _PASSPORT.finditer(plain):
        yield Found("pass", found.start(1), found.end(1), "personal.passport")
    for found in _DUF.finditer(plain):
        yield Found("duf", found.start(1), found.end(1), "personal.duf")
    for found in _LABELLED.finditer(plain):
        label = found[0].lstrip()
        kind = "dnr" if label.startswith("d") else "hnr" if label.startswith("h") else "fnr"
        if len(set(found[1])) > 3:
            yield Found(kind, found.start(1), found.end(1), "personal.mistyped")
