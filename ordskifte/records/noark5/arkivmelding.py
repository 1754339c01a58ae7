"""Fiks Arkiv: one journal entry, and its case when that is new, as an arkivmelding; and the receipt that comes back.

The case system gives the numbers, so the message has none. Every unit carries our external key: the same message twice
is one entry over there, and what was made is found again by the key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, Final
from uuid import UUID
from xml.sax.saxutils import quoteattr

from lxml import etree

from ordskifte.records.noark5.errors import MessageError
from ordskifte.records.noark5.public import Shield, is_name_shielded, public_title
from ordskifte.records.noark5.values import (
    Avskrivning,
    Dokumentbeskrivelse,
    Dokumentobjekt,
    Journalpost,
    Klasse,
    Korrespondansepart,
    Merknad,
    Saksmappe,
    Skjerming,
)
from ordskifte.records.noark5.write.xml import DECLARATION, XSI, day, leaf, must, number, text, when

_BASE: Final = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv"
OPPRETT: Final = f"{_BASE}/arkivmelding/opprett/v1"
KVITTERING: Final = f"{_BASE}/arkivmelding/opprett/kvittering/v1"
KATALOG: Final = f"{_BASE}/metadatakatalog/v1"
_BLOCK: Final = 1 << 20
_LARGEST: Final = 5_000_000
_LARGEST_FILE: Final = (1 << 31) - 1  # the schema's filstoerrelse is an int
_MIME: Final = {
    "pdf": "application/pdf",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "mp4": "video/mp4",
    "txt": "text/plain",
}
Koder = Mapping[str, str]  # the standard's word -> the code the body's case system wants


@dataclass(frozen=True, slots=True)
class Fil:
    """A file that goes with the message, under the name the message knows it by."""

    navn: str
    objekt: Dokumentobjekt
    sjekksum: str
    filstoerrelse: int

    def aapne(self) -> BinaryIO:
        return self.objekt.innhold()


@dataclass(frozen=True, slots=True)
class Melding:
    """A message and its files. `noekkel` is the entry's external key: a retry has the same one."""

    xml: bytes
    noekkel: str
    filer: tuple[Fil, ...]


def arkivmelding(
    post: Journalpost,
    sak: Saksmappe,
    klasse: Klasse | None = None,
    *,
    ny_sak: bool,
    sak_system_id: UUID | None = None,
    fagsystem: str = "Ordskifte",
    koder: Koder | None = None,
) -> Melding:
    """The message for one entry. With `ny_sak` its case is made first; else it goes into the case of an earlier receipt
    (`sak_system_id`), or the one with our key. MessageError for a file that no message can carry."""
    writer = _Writer(fagsystem, koder or {})
    files = tuple(files_of(post))
    names = {one.objekt.system_id: one for one in files}
    xml = (
        f'{DECLARATION}<arkivmelding xmlns="{OPPRETT}" xmlns:m="{KATALOG}" xmlns:xsi={quoteattr(XSI)}>\n'
        f"<system>{text(fagsystem)}</system>\n<antallFiler>{len(files)}</antallFiler>\n"
        + (writer.sak(sak, klasse) if ny_sak else "")
        + writer.journalpost(post, sak, klasse, names, sak_system_id)
        + "</arkivmelding>\n"
    )
    return Melding(xml.encode(), str(post.system_id), files)


def media_type(name: str) -> str:
    """By the name's ending."""
    return _MIME.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def files_of(post: Journalpost) -> Iterator[Fil]:
    """The files of an entry, measured."""
    for dokument in post.dokumentbeskrivelser:
        for objekt in dokument.dokumentobjekter:
            digest, size = sha256(), 0
            with objekt.innhold() as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
            if size > _LARGEST_FILE:
                raise MessageError(f"{objekt.filnavn} is too large for a message ({size} bytes).")
            yield Fil(objekt.filnavn, objekt, digest.hexdigest(), size)


class _Writer:
    def __init__(self, fagsystem: str, koder: Koder) -> None:
        self._fagsystem, self._koder = fagsystem, koder

    def sak(self, one: Saksmappe, klasse: Klasse | None) -> str:
        hide = Shield(one.skjerming.ord if one.skjerming else ())
        shown = public_title(one.tittel, one.offentlig_tittel, one.skjerming, "mappe", hide)
        return (
            '<mappe xsi:type="saksmappe">\n'
            + must("tittel", one.tittel, one.system_id)
            + leaf("offentligTittel", shown)
            + leaf("beskrivelse", one.beskrivelse)
            + self._kode("dokumentmedium", "Elektronisk arkiv")
            + "".join(self._merknad(merknad) for merknad in one.merknader)
            + self._skjerming(one.skjerming)
            + self._klassifikasjon(klasse)
            + self._noekkel("referanseEksternNoekkel", str(one.system_id))
            + day("saksdato", one.saksdato)
            + _navn("administrativEnhet", one.administrativ_enhet)
            + _navn("saksansvarlig", one.saksansvarlig)
            + "</mappe>\n"
        )

    def journalpost(
        self,
        one: Journalpost,
        sak: Saksmappe,
        klasse: Klasse | None,
        files: Mapping[UUID, Fil],
        sak_system_id: UUID | None,
    ) -> str:
        owner = one.system_id
        shown = public_title(
            one.tittel, one.offentlig_tittel, one.skjerming, "registrering", Shield.of(one, sak, klasse)
        )
        return (
            '<registrering xsi:type="journalpost">\n'
            + self._forelder(sak, sak_system_id)
            + self._skjerming(one.skjerming)
            + "".join(self._dokument(dokument, files) for dokument in one.dokumentbeskrivelser)
            + must("tittel", one.tittel, owner)
            + leaf("offentligTittel", shown)
            + leaf("beskrivelse", one.beskrivelse)
            + "".join(leaf("forfatter", name) for name in one.forfatter)
            + self._kode("dokumentmedium", "Elektronisk arkiv")
            + "".join(self._merknad(merknad) for merknad in one.merknader)
            + "".join(self._kryssreferanse(other) for other in one.svar_paa)
            + "".join(self._part(part, one, first=at == 0) for at, part in enumerate(one.korrespondanseparter))
            + self._noekkel("referanseEksternNoekkel", str(owner))
            + self._kode("journalposttype", one.journalposttype)
            + self._kode("journalstatus", "Journalført")
            + day("journaldato", one.journaldato)
            + day("dokumentetsDato", one.dokumentets_dato)
            + when("mottattDato", one.mottatt_dato, owner)
            + when("sendtDato", one.sendt_dato, owner)
            + day("forfallsdato", one.forfallsdato)
            + day("offentlighetsvurdertDato", one.offentlighetsvurdert_dato)
            + leaf("journalenhet", one.journalenhet)
            + "</registrering>\n"
        )

    def _forelder(self, sak: Saksmappe, system_id: UUID | None) -> str:
        inside = (
            leaf("m:systemID", str(system_id))
            if system_id
            else self._noekkel("m:referanseEksternNoekkel", str(sak.system_id))
        )
        return f"<referanseForelderMappe>\n{inside}</referanseForelderMappe>\n"

    def _dokument(self, one: Dokumentbeskrivelse, files: Mapping[UUID, Fil]) -> str:
        return (
            "<dokumentbeskrivelse>\n"
            + self._kode("dokumenttype", one.dokumenttype)
            + self._kode("dokumentstatus", one.dokumentstatus)
            + must("tittel", one.tittel, one.system_id)
            + leaf("beskrivelse", one.beskrivelse)
            + self._kode("tilknyttetRegistreringSom", one.tilknyttet_registrering_som)
            + number("dokumentnummer", one.dokumentnummer)
            + self._skjerming(one.skjerming)
            + "".join(self._objekt(objekt, files[objekt.system_id]) for objekt in one.dokumentobjekter)
            + self._noekkel("referanseEksternNoekkel", str(one.system_id))
            + "</dokumentbeskrivelse>\n"
        )

    def _objekt(self, one: Dokumentobjekt, file: Fil) -> str:
        extension = one.filnavn.rpartition(".")[2].lower()
        return (
            "<dokumentobjekt>\n"
            + number("versjonsnummer", one.versjonsnummer)
            + self._kode("variantformat", one.variantformat)
            + self._kode("format", one.puid or extension)
            + leaf("mimeType", media_type(one.filnavn))
            + leaf("filnavn", one.filnavn)
            + leaf("referanseDokumentfil", file.navn)
            + leaf("sjekksum", file.sjekksum)
            + "<sjekksumAlgoritme>SHA256</sjekksumAlgoritme>\n"
            + number("filstoerrelse", file.filstoerrelse)
            + "</dokumentobjekt>\n"
        )

    def _part(self, part: Korrespondansepart, post: Journalpost, *, first: bool) -> str:
        shielded = "true" if is_name_shielded(part, post.skjerming) else "false"
        return (
            "<korrespondansepart>\n"
            + self._kode("korrespondanseparttype", part.korrespondanseparttype)
            + must("korrespondansepartNavn", part.korrespondansepart_navn, post.system_id)
            + _navn("administrativEnhet", part.administrativ_enhet)
            + _navn("saksbehandler", part.saksbehandler)
            + leaf("erSkjermet", shielded)
            + leaf("erPersonnavn", "true" if part.fysisk_person else "false")
            + ("".join(self._avskrivning(one) for one in post.avskrivninger) if first else "")
            + "</korrespondansepart>\n"
        )

    def _avskrivning(self, one: Avskrivning) -> str:
        other = one.referanse_avskrives_av_journalpost
        inside = self._noekkel("m:referanseEksternNoekkel", str(other)) if other else ""
        reference = f"<referanseAvskrivesAvJournalpost>\n{inside}</referanseAvskrivesAvJournalpost>\n" if other else ""
        return (
            "<avskrivning>\n"
            + day("avskrivningsdato", one.avskrivningsdato)
            + _navn("avskrevetAv", one.avskrevet_av)
            + self._kode("avskrivningsmaate", one.avskrivningsmaate)
            + reference
            + "</avskrivning>\n"
        )

    def _kryssreferanse(self, other: UUID) -> str:
        inside = self._noekkel("m:referanseEksternNoekkel", str(other))
        return f"<kryssreferanse>\n<referanseTilRegistrering>\n{inside}</referanseTilRegistrering>\n</kryssreferanse>\n"

    def _merknad(self, one: Merknad) -> str:
        return (
            "<merknad>\n"
            + must("merknadstekst", one.merknadstekst, "a remark")
            + self._kode("merknadstype", one.merknadstype)
            + when("merknadsdato", one.merknadsdato, "a remark")
            + leaf("merknadRegistrertAv", one.merknad_registrert_av)
            + "</merknad>\n"
        )

    def _skjerming(self, one: Skjerming | None) -> str:
        if one is None:
            return ""
        return (
            "<skjerming>\n"
            + self._kode("tilgangsrestriksjon", one.tilgangsrestriksjon)
            + must("skjermingshjemmel", one.skjermingshjemmel, "a shielding")
            + day("skjermingOpphoererDato", one.skjerming_opphoerer_dato)
            + "</skjerming>\n"
        )

    def _klassifikasjon(self, klasse: Klasse | None) -> str:
        if klasse is None:
            return ""
        inside = must("klasseID", klasse.klasse_id, klasse.system_id) + leaf("tittel", klasse.tittel)
        return f"<klassifikasjon>\n{inside}</klassifikasjon>\n"

    def _noekkel(self, name: str, value: str) -> str:
        inside = leaf("m:fagsystem", self._fagsystem) + leaf("m:noekkel", value)
        return f"<{name}>\n{inside}</{name}>\n"

    def _kode(self, name: str, value: str) -> str:
        if not value:
            return ""
        kode = self._koder.get(value, value)
        description = leaf("m:beskrivelse", value if kode != value else "")
        return f"<{name}>\n{leaf('m:kode', kode)}{description}</{name}>\n"


def _navn(name: str, value: str) -> str:
    return f"<{name}>\n{leaf('m:navn', value)}</{name}>\n" if value else ""


# -- the receipt


@dataclass(frozen=True, slots=True)
class Mottatt:
    """A unit the case system has made, or had already (`fantes`), with the numbers it gave."""

    system_id: str
    fantes: bool
    noekkel: str = ""
    mappe_id: str = ""
    registrerings_id: str = ""
    saksaar: int | None = None
    sakssekvensnummer: int | None = None
    journalaar: int | None = None
    journalsekvensnummer: int | None = None
    journalpostnummer: int | None = None


@dataclass(frozen=True, slots=True)
class Feilet:
    """A unit the case system refused."""

    feil_id: str
    feilmelding: str


@dataclass(frozen=True, slots=True)
class Kvittering:
    """What came back for a case, an entry or both."""

    mappe: Mottatt | Feilet | None
    registrering: Mottatt | Feilet | None

    @property
    def ok(self) -> bool:
        return not isinstance(self.mappe, Feilet) and isinstance(self.registrering, Mottatt)


def read_kvittering(data: bytes) -> Kvittering:
    """A receipt from outside. MessageError when it is none."""
    if len(data) > _LARGEST or b"<!DOCTYPE" in data[:10_000]:
        raise MessageError("The receipt is too large or declares a document type.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise MessageError(f"The receipt cannot be read as XML: {' '.join(str(error).split())[:200]}.") from None
    if root.tag != f"{{{KVITTERING}}}arkivmeldingKvittering":
        raise MessageError("That is no receipt of Fiks Arkiv (arkivmeldingKvittering).")
    found = Kvittering(_unit(root, "mappe"), _unit(root, "registrering"))
    if found.mappe is None and found.registrering is None:
        raise MessageError("The receipt says nothing of a case or an entry.")
    return found


def _unit(root: Any, name: str) -> Mottatt | Feilet | None:
    failed = root.find(f"{{*}}{name}Feilet")
    if failed is not None:
        return Feilet(_text(failed, "feilId"), _text(failed, "feilmelding"))
    made = root.find(f"{{*}}{name}Kvittering")
    if made is None:
        return None
    system_id = _text(made, "systemID")
    if not system_id:
        raise MessageError(f"The receipt gives no systemID for its {name}.")
    return Mottatt(
        system_id=system_id,
        fantes=_text(made, "opprettetEllerEksisterende") == "Eksisterende",
        noekkel=(made.findtext("{*}referanseEksternNoekkel/{*}noekkel") or "").strip(),
        mappe_id=_text(made, "mappeID"),
        registrerings_id=_text(made, "registreringsID"),
        saksaar=_number(made, "saksaar"),
        sakssekvensnummer=_number(made, "sakssekvensnummer"),
        journalaar=_number(made, "journalaar"),
        journalsekvensnummer=_number(made, "journalsekvensnummer"),
        journalpostnummer=_number(made, "journalpostnummer"),
    )


def _text(element: Any, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _number(element: Any, name: str) -> int | None:
    value = _text(element, name)
    if value and not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise MessageError(f"The receipt's {name} is “{value[:50]}”, which is no number.")
    return int(value) if value else None
