"""What a package is made of: frozen values in the standard's own words, handed in by whoever knows the case.

Names are those of Noark 5 (metadata catalogue), written as Python writes names. Times are aware, dates are local dates.
`mapper`, `registreringer` and `endringer` may be generators: they are read once, in order, and never held.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Literal
from uuid import UUID

Skille = Literal["skarpt", "mykt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arkivskaper:
    """The body. `arkivskaper_id` is its organisation number."""

    arkivskaper_id: str
    arkivskaper_navn: str
    beskrivelse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skjerming:
    """What is shielded, by which law, where. `ord` are the words themselves: they stand in no public output."""

    tilgangsrestriksjon: str
    skjermingshjemmel: str
    skjerming_metadata: tuple[str, ...]  # codes of M502
    skjerming_dokument: str = ""
    skjermingsvarighet: int | None = None  # years
    skjerming_opphoerer_dato: date | None = None
    ord: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kassasjon:
    """A decision about disposal. For what is kept for ever it is left out."""

    kassasjonsvedtak: str
    bevaringstid: int  # years
    kassasjonsdato: date
    kassasjonshjemmel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UtfoertKassasjon:
    kassert_dato: datetime
    kassert_av: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merknad:
    merknadstekst: str
    merknadsdato: datetime
    merknad_registrert_av: str
    merknadstype: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Konvertering:
    konvertert_dato: datetime
    konvertert_av: str
    konvertert_fra_format: str
    konvertert_til_format: str
    konverteringsverktoey: str = ""
    konverteringskommentar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokumentobjekt:
    """One file. `filnavn` is its name in the package; `innhold` opens its bytes, which are read once."""

    system_id: UUID
    versjonsnummer: int
    variantformat: str
    filnavn: str
    innhold: Callable[[], BinaryIO]
    opprettet_dato: datetime
    opprettet_av: str
    puid: str = ""  # fmt/476
    konverteringer: tuple[Konvertering, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokumentbeskrivelse:
    system_id: UUID
    dokumenttype: str
    tittel: str
    opprettet_dato: datetime
    opprettet_av: str
    tilknyttet_registrering_som: str
    dokumentnummer: int
    tilknyttet_dato: datetime
    tilknyttet_av: str
    dokumentstatus: str = "Dokumentet er ferdigstilt"
    beskrivelse: str = ""
    merknader: tuple[Merknad, ...] = ()
    kassasjon: Kassasjon | None = None
    utfoert_kassasjon: UtfoertKassasjon | None = None  # then without files
    skjerming: Skjerming | None = None
    dokumentobjekter: tuple[Dokumentobjekt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Korrespondansepart:
    """Who sent or received. A natural person is marked: the name is out of public search after twelve months."""

    korrespondanseparttype: str
    korrespondansepart_navn: str
    fysisk_person: bool = False
    administrativ_enhet: str = ""
    saksbehandler: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    part_navn: str
    part_rolle: str
    part_id: str = ""
    fysisk_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Avskrivning:
    """A question written off, with what answered it."""

    avskrivningsdato: date
    avskrevet_av: str
    avskrivningsmaate: str
    referanse_avskrives_av_journalpost: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traad:
    """Own metadata of a thread (`ordskifte-some.xsd`)."""

    plattform: str
    konto: str
    traad_id: str
    instans: str = ""
    permalenke: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ytring:
    """Own metadata of an utterance (`ordskifte-some.xsd`)."""

    innlegg_id: str
    innholdstype: str
    synlighet: str
    publisert_tidspunkt: datetime
    fangst_tidspunkt: datetime
    fangst_metode: str
    raadata_sha256: str
    versjon_id: UUID | None = None  # ours, as `ordskifte prove` takes it
    foreldre_id: str = ""
    permalenke: str = ""
    forfatter_plattform_id: str = ""
    forfatter_verifisert: bool | None = None
    redigert_tidspunkt: datetime | None = None
    slettet_tidspunkt: datetime | None = None
    slettet_av: str = ""
    modereringshjemmel: str = ""
    maalform: str = ""
    alternativ_tekst: tuple[str, ...] = ()
    hovedbok_innfoersel: int | None = None  # number of the ledger's entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrering:
    """An utterance that is archived and not journalled."""

    system_id: UUID
    tittel: str
    opprettet_dato: datetime
    opprettet_av: str
    arkivert_dato: datetime
    arkivert_av: str
    registrerings_id: str = ""
    offentlig_tittel: str = ""  # neutral; without it the title with its shielded words as *****
    beskrivelse: str = ""
    forfatter: tuple[str, ...] = ()
    parter: tuple[Part, ...] = ()
    ytring: Ytring | None = None
    merknader: tuple[Merknad, ...] = ()
    svar_paa: tuple[UUID, ...] = ()  # kryssreferanse to other records
    korrespondanseparter: tuple[Korrespondansepart, ...] = ()
    kassasjon: Kassasjon | None = None
    skjerming: Skjerming | None = None
    dokumentbeskrivelser: tuple[Dokumentbeskrivelse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Journalpost(Registrering):
    """An utterance or an act in the journal."""

    journalaar: int
    journalsekvensnummer: int
    journalpostnummer: int
    journalposttype: str
    journaldato: date
    journalstatus: str = "Arkivert"
    dokumentets_dato: date | None = None
    mottatt_dato: datetime | None = None
    sendt_dato: datetime | None = None
    forfallsdato: date | None = None
    offentlighetsvurdert_dato: date | None = None
    journalenhet: str = ""
    administrativ_enhet: str = ""
    saksbehandler: str = ""
    avskrivninger: tuple[Avskrivning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arkivnotat(Registrering):
    """An internal note, archived without a number."""

    dokumentets_dato: date | None = None
    mottatt_dato: datetime | None = None
    sendt_dato: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mappe:
    """A thread that is archived only."""

    system_id: UUID
    mappe_id: str
    tittel: str
    opprettet_dato: datetime
    opprettet_av: str
    avsluttet_dato: datetime
    avsluttet_av: str
    registreringer: Iterable[Registrering]
    offentlig_tittel: str = ""
    beskrivelse: str = ""
    traad: Traad | None = None
    parter: tuple[Part, ...] = ()
    merknader: tuple[Merknad, ...] = ()
    kassasjon: Kassasjon | None = None
    skjerming: Skjerming | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saksmappe(Mappe):
    """A thread with something in the journal."""

    saksaar: int
    sakssekvensnummer: int
    saksdato: date
    administrativ_enhet: str
    saksansvarlig: str
    saksstatus: str = "Avsluttet"
    journalenhet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Klasse:
    """A purpose or function. It holds subclasses or mapper, never both."""

    system_id: UUID
    klasse_id: str
    tittel: str
    opprettet_dato: datetime
    opprettet_av: str
    beskrivelse: str = ""
    kassasjon: Kassasjon | None = None
    skjerming: Skjerming | None = None
    underklasser: "tuple[Klasse, ...]" = ()
    mapper: Iterable[Mappe] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Klassifikasjonssystem:
    system_id: UUID
    tittel: str
    opprettet_dato: datetime
    opprettet_av: str
    klasser: tuple[Klasse, ...]
    klassifikasjonstype: str = "Funksjonsbasert, hierarkisk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arkivdel:
    """A closed period."""

    system_id: UUID
    tittel: str
    opprettet_dato: datetime
    opprettet_av: str
    avsluttet_dato: datetime
    avsluttet_av: str
    klassifikasjonssystem: Klassifikasjonssystem
    beskrivelse: str = ""
    arkivdelstatus: str = "Avsluttet periode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arkiv:
    system_id: UUID
    tittel: str
    opprettet_dato: datetime
    opprettet_av: str
    avsluttet_dato: datetime
    avsluttet_av: str
    arkivskapere: tuple[Arkivskaper, ...]
    arkivdel: Arkivdel
    beskrivelse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endring:
    """A line of the change log. No value is written as a text that says so: the standard takes no empty ones."""

    referanse_arkivenhet: UUID
    referanse_metadata: str
    endret_dato: datetime
    endret_av: str
    tidligere_verdi: str
    ny_verdi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uttrekk:
    """A whole package: the archive, its changes, and what arkivuttrekk.xml says of it."""

    arkiv: Arkiv
    endringer: Iterable[Endring]
    periode_start: date
    periode_slutt: date
    inngaaende_skille: Skille = "skarpt"
    utgaaende_skille: Skille = "skarpt"
    system_navn: str = "Ordskifte"
    system_type: str = "Fagsystem for sosiale medier (Noark 5)"
