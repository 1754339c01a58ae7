"""A small archive as values: a thread with a shielded question, an answer and an act, and one that is archived only."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid5

from ordskifte.records.noark5.values import (
    Arkiv,
    Arkivdel,
    Arkivnotat,
    Arkivskaper,
    Avskrivning,
    Dokumentbeskrivelse,
    Dokumentobjekt,
    Endring,
    Journalpost,
    Kassasjon,
    Klasse,
    Klassifikasjonssystem,
    Konvertering,
    Korrespondansepart,
    Mappe,
    Merknad,
    Part,
    Registrering,
    Saksmappe,
    Skjerming,
    Traad,
    UtfoertKassasjon,
    Uttrekk,
    Ytring,
)
from ordskifte.records.noark5.write.documents import document_name

AT = datetime(2026, 3, 2, 9, 12, 5, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)
BODY = "Eksempel kommune"
PERSON = "Ola Eksempel"
MADE: dict[str, Any] = {"opprettet_dato": AT, "opprettet_av": "Ordskifte"}
CLOSED: dict[str, Any] = {"avsluttet_dato": END, "avsluttet_av": "Kari Nordmann"}
FILED: dict[str, Any] = {"arkivert_dato": AT, "arkivert_av": "Kari Nordmann"}


def id_of(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def opening(data: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(data)


def pdf(text: str, mark: str = "2a") -> bytes:
    said = f"<pdfaid:part>{mark[0]}</pdfaid:part><pdfaid:conformance>{mark[1].upper()}</pdfaid:conformance>"
    return f"%PDF-1.7\n% {text}\n<x:xmpmeta>{said}</x:xmpmeta>\n%%EOF\n".encode()


def objekt(record: UUID, number: int, extension: str, data: bytes, puid: str, **more: Any) -> Dokumentobjekt:
    return Dokumentobjekt(
        system_id=uuid5(record, f"object {number}"),
        versjonsnummer=1,
        variantformat="Arkivformat",
        filnavn=document_name(record, number, 1, extension),
        innhold=opening(data),
        puid=puid,
        **MADE,
        **more,
    )


def dokument(record: UUID, number: int, title: str, *objects: Dokumentobjekt, **more: Any) -> Dokumentbeskrivelse:
    return Dokumentbeskrivelse(
        system_id=uuid5(record, f"document {number}"),
        dokumenttype="Innlegg i sosiale medier" if number == 1 else "Rådata fra plattformen",
        tittel=title,
        tilknyttet_registrering_som="Hoveddokument" if number == 1 else "Vedlegg",
        dokumentnummer=number,
        tilknyttet_dato=AT,
        tilknyttet_av="Ordskifte",
        dokumentobjekter=objects,
        **MADE,
        **more,
    )


def documents(name: str, *, puid: str = "fmt/476", mark: str = "2a") -> tuple[Dokumentbeskrivelse, ...]:
    record = id_of(name)
    return (
        dokument(record, 1, f"Innlegg {name}", objekt(record, 1, "pdf", pdf(name, mark), puid)),
        dokument(record, 2, "Rådata", objekt(record, 2, "json", b'{"id": 1}', "fmt/817")),
    )


def ytring(name: str, **more: Any) -> Ytring:
    return Ytring(
        innlegg_id=name,
        innholdstype="kommentar",
        synlighet="alle",
        publisert_tidspunkt=AT,
        fangst_tidspunkt=AT,
        fangst_metode="Mastodon-eksport",
        raadata_sha256="a" * 64,
        versjon_id=id_of(f"version {name}"),
        **more,
    )


SHIELDING = Skjerming(
    tilgangsrestriksjon="Unntatt offentlighet",
    skjermingshjemmel="Offl. § 13 jf. fvl. § 13 første ledd nr. 1",
    skjerming_metadata=("Skjerming tittel registrering - utvalgte ord", "Skjerming navn avsender"),
    skjerming_dokument="Skjerming av hele dokumentet",
    ord=("Storgata 1",),
)


def question(**more: Any) -> Journalpost:
    values: dict[str, Any] = {
        "system_id": id_of("question"),
        "registrerings_id": "2026/7-1",
        "tittel": f"Spørsmål fra {PERSON} om byggesak i Storgata 1",
        "ytring": ytring("1101", permalenke="https://m.example/@x/1101?a=1&b=2", alternativ_tekst=("Et bilde",)),
        "korrespondanseparter": (
            Korrespondansepart(korrespondanseparttype="Avsender", korrespondansepart_navn=PERSON, fysisk_person=True),
            Korrespondansepart(korrespondanseparttype="Mottaker", korrespondansepart_navn=BODY),
        ),
        "skjerming": SHIELDING,
        "dokumentbeskrivelser": documents("question"),
        "journalaar": 2026,
        "journalsekvensnummer": 11,
        "journalpostnummer": 1,
        "journalposttype": "Inngående dokument",
        "journaldato": date(2026, 3, 2),
        "dokumentets_dato": date(2026, 3, 2),
        "mottatt_dato": AT,
        "avskrivninger": (
            Avskrivning(
                avskrivningsdato=date(2026, 3, 3),
                avskrevet_av="Kari Nordmann",
                avskrivningsmaate="Besvart med e-post",
                referanse_avskrives_av_journalpost=id_of("answer"),
            ),
        ),
        **MADE,
        **FILED,
        **more,
    }
    return Journalpost(**values)


def answer(**more: Any) -> Journalpost:
    values: dict[str, Any] = {
        "system_id": id_of("answer"),
        "registrerings_id": "2026/7-2",
        "tittel": "Svar om byggesak",
        "ytring": ytring("1102", foreldre_id="1101", maalform="nb"),
        "svar_paa": (id_of("question"),),
        "korrespondanseparter": (
            Korrespondansepart(korrespondanseparttype="Avsender", korrespondansepart_navn=BODY),
            Korrespondansepart(
                korrespondanseparttype="Mottaker", korrespondansepart_navn="Per Aas", fysisk_person=True
            ),
        ),
        "dokumentbeskrivelser": documents("answer"),
        "journalaar": 2026,
        "journalsekvensnummer": 12,
        "journalpostnummer": 2,
        "journalposttype": "Utgående dokument",
        "journaldato": date(2026, 3, 3),
        "sendt_dato": AT,
        **MADE,
        **FILED,
        **more,
    }
    return Journalpost(**values)


def hidden(**more: Any) -> Journalpost:
    """The act of hiding a comment."""
    return answer(
        system_id=id_of("act"),
        registrerings_id="2026/7-3",
        tittel="Kommentar skjult",
        ytring=None,
        svar_paa=(id_of("question"),),
        journalsekvensnummer=10,
        journalpostnummer=3,
        journalposttype="Organinternt dokument uten oppfølging",
        journaldato=date(2026, 3, 2),
        dokumentets_dato=date(2026, 3, 2),
        sendt_dato=None,
        dokumentbeskrivelser=(),
        korrespondanseparter=(
            Korrespondansepart(korrespondanseparttype="Intern avsender", korrespondansepart_navn="Kari Nordmann"),
        ),
        merknader=(
            Merknad(
                merknadstekst="Punkt 3 i retningslinjene",
                merknadstype="Moderering",
                merknadsdato=AT,
                merknad_registrert_av="Kari Nordmann",
            ),
        ),
        **more,
    )


def case(*posts: Registrering, **more: Any) -> Saksmappe:
    values: dict[str, Any] = {
        "system_id": id_of("case"),
        "mappe_id": "2026/7",
        "tittel": "Tråd om byggesak",
        "registreringer": posts or (question(), answer(), hidden()),
        "traad": Traad(plattform="Mastodon", konto="@kommunen", traad_id="1100", instans="https://m.example"),
        "parter": (Part(part_navn="Naboen", part_rolle="Berørt"),),
        "saksaar": 2026,
        "sakssekvensnummer": 7,
        "saksdato": date(2026, 3, 2),
        "administrativ_enhet": "Kommunikasjon",
        "saksansvarlig": "Kari Nordmann",
        **MADE,
        **CLOSED,
        **more,
    }
    return Saksmappe(**values)


def archived() -> Mappe:
    record = id_of("own")
    picture = objekt(
        record,
        2,
        "png",
        b"\x89PNG\r\n\x1a\n picture",
        "fmt/11",
        konverteringer=(
            Konvertering(
                konvertert_dato=AT,
                konvertert_av="Ordskifte",
                konvertert_fra_format="fmt/567",
                konvertert_til_format="fmt/11",
                konverteringsverktoey="Pillow",
            ),
        ),
    )
    return Mappe(
        system_id=id_of("folder"),
        mappe_id="T-9",
        tittel="Innlegg om snøbrøyting",
        registreringer=(
            Registrering(
                system_id=record,
                tittel="Innlegg om snøbrøyting <i kveld> & i morgen",
                ytring=ytring("900"),
                dokumentbeskrivelser=(
                    dokument(record, 1, "Innlegg", objekt(record, 1, "pdf", pdf("own"), "fmt/476")),
                    dokument(record, 2, "Bilde", picture),
                ),
                kassasjon=Kassasjon(kassasjonsvedtak="Kasseres", bevaringstid=10, kassasjonsdato=date(2037, 1, 1)),
                **MADE,
                **FILED,
            ),
            Arkivnotat(
                system_id=id_of("note"),
                tittel="Notat",
                dokumentbeskrivelser=(
                    dokument(
                        id_of("note"),
                        1,
                        "Kassert notat",
                        utfoert_kassasjon=UtfoertKassasjon(kassert_dato=END, kassert_av="Kari Nordmann"),
                    ),
                ),
                **MADE,
                **FILED,
            ),
        ),
        **MADE,
        **CLOSED,
    )


def archive(mapper: Iterable[Mappe] | None = None) -> Arkiv:
    leaf = Klasse(
        system_id=id_of("leaf"),
        klasse_id="062.1",
        tittel="Dialog med innbyggere",
        mapper=mapper if mapper is not None else (case(), archived()),
        **MADE,
    )
    top = Klasse(system_id=id_of("top"), klasse_id="062", tittel="Kommunikasjon", underklasser=(leaf,), **MADE)
    return Arkiv(
        system_id=id_of("archive"),
        tittel="Eksempel kommune – sosiale medier",
        arkivskapere=(Arkivskaper(arkivskaper_id="999999999", arkivskaper_navn=BODY),),
        arkivdel=Arkivdel(
            system_id=id_of("series"),
            tittel="Sosiale medier 2026",
            klassifikasjonssystem=Klassifikasjonssystem(
                system_id=id_of("system"), tittel="Funksjoner", klasser=(top,), **MADE
            ),
            **MADE,
            **CLOSED,
        ),
        **MADE,
        **CLOSED,
    )


def change(name: str, *, unit: UUID | None = None) -> Endring:
    return Endring(
        referanse_arkivenhet=unit or id_of(name),
        referanse_metadata="tittel",
        endret_dato=AT,
        endret_av="Kari Nordmann",
        tidligere_verdi="Gammel tittel",
        ny_verdi="Ny tittel",
    )


def extraction(arkiv: Arkiv | None = None, **more: Any) -> Uttrekk:
    values: dict[str, Any] = {
        "arkiv": arkiv or archive(),
        "endringer": (change("question"),),
        "periode_start": date(2026, 1, 1),
        "periode_slutt": date(2026, 12, 31),
        **more,
    }
    return Uttrekk(**values)


def only(*posts: Registrering) -> Uttrekk:
    """An archive with one case that holds these."""
    return extraction(archive((case(*posts),)), endringer=())


def many(number: int) -> Iterator[Mappe]:
    """Cases with ten entries each, `number` entries in all; made while they are read."""
    for at in range(number // 10):
        posts = tuple(
            replace(
                question() if inner % 2 else answer(),
                system_id=id_of(f"{at}/{inner}"),
                svar_paa=(),
                avskrivninger=(),
                journalsekvensnummer=at * 10 + inner + 1,
                dokumentbeskrivelser=documents(f"{at}/{inner}"),
            )
            for inner in range(10)
        )
        yield case(*posts, system_id=id_of(f"case {at}"), mappe_id=f"2026/{at}", sakssekvensnummer=at)
