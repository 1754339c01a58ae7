"""Our words in the standard's: codes of kinds, statuses and shielding (Noark 5, annex 1)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from ordskifte.records.models import Shielding
from ordskifte.records.noark5.values import Skjerming

ENTRY_KINDS: Final = {
    "in": "Inngående dokument",
    "out": "Utgående dokument",
    "internal": "Organinternt dokument uten oppfølging",
}
PARTY_KINDS: Final = {
    "sender": "Avsender",
    "recipient": "Mottaker",
    "copy": "Kopimottaker",
    "internal_sender": "Intern avsender",
    "internal_recipient": "Intern mottaker",
}
CLOSED_HOW: Final = {
    "answered": "Besvart med e-post",  # in writing and electronically: the closest of the standard's five
    "phone": "Besvart på telefon",
    "noted": "Tatt til etterretning",
    "oriented": "Tatt til orientering",
}
CONTENT_KINDS: Final = {
    "post": "innlegg",
    "comment": "kommentar",
    "reply": "svar",
    "message": "melding",
    "review": "omtale",
    "page": "side",
    "share": "deling",
    "link": "deling",
}
VISIBILITIES: Final = {"public": "alle", "unlisted": "alle", "followers": "følgere", "private": "deltakere"}
DOCUMENT_TYPE: Final = "Brev"
NUMBER_BASIS: Final = "offentleglova § 26 femte ledd"  # personal numbers may be kept from the public


def skjerming(
    rows: Sequence[Shielding], *, kind: str = "in", title: str = "", about: str = "registrering"
) -> Skjerming | None:
    """What stands shielded of a record or a case. `kind`: of its entry, which says whose name the author's is."""
    if not rows:
        return None
    fields = {one.field for one in rows}
    words = [word for one in rows for word in one.words]
    codes: list[str] = []
    if "whole" in fields:
        codes.append("Midlertidig skjerming")
    if fields & {"words", "title"}:
        codes.append(f"Skjerming tittel {about} - utvalgte ord")
    if "title" in fields and title:
        words.append(title)
    if "author" in fields:
        codes.append("Skjerming navn part i sak" if about == "mappe" else _name_code(kind))
    document = _document_code(fields)
    if not codes:
        codes.append("Skjerming tittel dokumentbeskrivelse")
    years = [one.years for one in rows if one.years is not None]
    latest = max(one.at for one in rows)
    return Skjerming(
        tilgangsrestriksjon=rows[0].restriction,
        skjermingshjemmel="; ".join(dict.fromkeys(one.basis for one in rows)),
        skjerming_metadata=tuple(dict.fromkeys(codes)),
        skjerming_dokument=document if about != "mappe" else "",
        skjermingsvarighet=max(years) if years else None,
        skjerming_opphoerer_dato=date(latest.year + max(years), 12, 31) if years else None,
        ord=tuple(dict.fromkeys(words)),
    )


def _name_code(kind: str) -> str:
    return "Skjerming navn mottaker" if kind == "out" else "Skjerming navn avsender"


def _document_code(fields: set[str]) -> str:
    if fields & {"text", "whole"}:
        return "Skjerming av hele dokumentet"
    return "Skjerming av deler av dokumentet" if fields & {"words", "pictures", "author"} else ""


def numbers_shielded() -> Skjerming:
    """Of received bytes that hold a personal number: never in an unshielded file."""
    return Skjerming(
        tilgangsrestriksjon="Unntatt offentlighet",
        skjermingshjemmel=NUMBER_BASIS,
        skjerming_metadata=("Skjerming tittel dokumentbeskrivelse",),
        skjerming_dokument="Skjerming av hele dokumentet",
    )
