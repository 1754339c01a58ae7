"""eInnsyn: the public journal as its API takes it, made from what `public_entry` lets through and nothing else.

As the API describes its fields, `…Sensitiv` is the text with names of persons, searched for a year, and the field
without that word is the text without them, searched after it. Neither ever holds what is shielded. When the year is
over, both are without names.
"""

from datetime import date
from typing import Any, Final

from ordskifte.records.noark5.public import (
    HIDDEN,
    PublicEntry,
    PublicParty,
    name_is_searchable,
    public_entry,
)
from ordskifte.records.noark5.values import Journalpost, Klasse, Saksmappe

Payload = dict[str, Any]
_TYPES: Final = {
    "Inngående dokument": "inngaaende_dokument",
    "Utgående dokument": "utgaaende_dokument",
    "Organinternt dokument for oppfølging": "organinternt_dokument_for_oppfoelging",
    "Organinternt dokument uten oppfølging": "organinternt_dokument_uten_oppfoelging",
    "Saksframlegg": "saksframlegg",
}
_PARTIES: Final = {
    "Avsender": "avsender",
    "Mottaker": "mottaker",
    "Kopimottaker": "kopimottaker",
    "Gruppemottaker": "gruppemottaker",
    "Intern avsender": "intern_avsender",
    "Intern mottaker": "intern_mottaker",
}


def journalpost_payload(post: Journalpost, sak: Saksmappe, klasse: Klasse | None = None, *, on: date) -> Payload:
    """The body of POST /saksmappe/{id}/journalpost on a day."""
    one = public_entry(post, sak, klasse, on=on)
    searchable = name_is_searchable(post.journaldato, on)
    payload: Payload = {
        "systemId": one.system_id,
        "offentligTittel": one.tittel_uten_navn,
        "offentligTittelSensitiv": one.tittel if searchable else one.tittel_uten_navn,
        "journalaar": one.journalaar,
        "journalsekvensnummer": one.journalsekvensnummer,
        "journalpostnummer": one.journalpostnummer,
        "journalposttype": _TYPES.get(one.journalposttype, "ukjent"),
        "journaldato": one.journaldato.isoformat(),
        "korrespondansepart": [_party(part, searchable=searchable) for part in one.parter],
    }
    if one.dokumentets_dato:
        payload["dokumentetsDato"] = one.dokumentets_dato.isoformat()
    if one.administrativ_enhet:
        payload["administrativEnhet"] = one.administrativ_enhet
    if one.tilgangsrestriksjon:
        payload["skjerming"] = {
            "tilgangsrestriksjon": one.tilgangsrestriksjon,
            "skjermingshjemmel": one.skjermingshjemmel,
        }
    return payload


def saksmappe_payload(sak: Saksmappe, entry: PublicEntry) -> Payload:
    """The body of POST /arkivdel/{id}/saksmappe: the case as an entry of it shows it, without names of persons."""
    return {
        "systemId": str(sak.system_id),
        "offentligTittel": entry.sakstittel_uten_navn,
        "offentligTittelSensitiv": entry.sakstittel,
        "saksaar": entry.saksaar,
        "sakssekvensnummer": entry.sakssekvensnummer,
        "saksdato": sak.saksdato.isoformat(),
        **({"administrativEnhet": entry.saksansvarlig_enhet} if entry.saksansvarlig_enhet else {}),
    }


def _party(part: PublicParty, *, searchable: bool) -> Payload:
    bare = HIDDEN if part.fysisk_person else part.korrespondansepart_navn
    return {
        "korrespondansepartNavn": bare,
        "korrespondansepartNavnSensitiv": part.korrespondansepart_navn if searchable else bare,
        "korrespondanseparttype": _PARTIES.get(part.korrespondanseparttype, part.korrespondanseparttype),
    }
