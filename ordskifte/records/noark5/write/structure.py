"""arkivstruktur.xml as a stream: what is open is closed again, and no unit is held after it is written."""

from collections.abc import Callable
from typing import Final, TextIO
from uuid import UUID

from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.public import Shield, public_title
from ordskifte.records.noark5.values import (
    Arkiv,
    Arkivdel,
    Arkivnotat,
    Dokumentbeskrivelse,
    Dokumentobjekt,
    Journalpost,
    Klasse,
    Klassifikasjonssystem,
    Mappe,
    Registrering,
    Saksmappe,
)
from ordskifte.records.noark5.write.documents import Documents, Profile, delivered, format_values
from ordskifte.records.noark5.write.parts import (
    OWN,
    avskrivninger,
    kassasjon,
    konverteringer,
    korrespondanseparter,
    merknader,
    parter,
    skjerming,
    traad,
    utfoert_kassasjon,
    ytring,
)
from ordskifte.records.noark5.write.xml import DECLARATION, XSI, code, day, leaf, must, number, when

N5: Final = "http://www.arkivverket.no/standarder/noark5"
Journalled = Callable[[Journalpost, Saksmappe, Klasse, int], None]


class Counts:
    """What arkivuttrekk.xml has to say of the structure."""

    def __init__(self) -> None:
        self.mapper = self.registreringer = self.journalposter = self.left_out = 0
        self.shielded = self.to_dispose = self.disposed = self.own = False


class StructureWriter:
    """Writes one archive. `seen` gets every systemID, `journalled` every entry with its case, class and attachments."""

    def __init__(
        self,
        out: TextIO,
        documents: Documents,
        *,
        profile: Profile,
        seen: Callable[[UUID], None],
        journalled: Journalled,
    ) -> None:
        self._write = out.write
        self._documents, self._profile = documents, profile
        self._seen, self._journalled = seen, journalled
        self.counts = Counts()

    def arkiv(self, one: Arkiv) -> None:
        own = f'xmlns:s="{OWN}" xsi:schemaLocation="{N5}/arkivstruktur arkivstruktur.xsd {OWN} ordskifte-some.xsd"'
        self._write(f'{DECLARATION}<arkiv xmlns="{N5}/arkivstruktur" xmlns:xsi="{XSI}" {own}>\n')
        self._write(self._id(one.system_id) + must("tittel", one.tittel, one.system_id))
        self._write(leaf("beskrivelse", one.beskrivelse) + self._made(one) + self._ended(one))
        if not one.arkivskapere:
            raise ExportError(f"The archive {one.system_id} has no creator.")
        for skaper in one.arkivskapere:
            self._write(
                "<arkivskaper>\n"
                + must("arkivskaperID", skaper.arkivskaper_id, one.system_id)
                + must("arkivskaperNavn", skaper.arkivskaper_navn, one.system_id)
                + leaf("beskrivelse", skaper.beskrivelse)
                + "</arkivskaper>\n"
            )
        self._arkivdel(one.arkivdel)
        self._write("</arkiv>\n")

    def _arkivdel(self, one: Arkivdel) -> None:
        if one.arkivdelstatus != "Avsluttet periode":
            raise ExportError(
                f"The series “{one.tittel}” is not closed.", advice="Close the period; only a closed one is deposited."
            )
        self._write("<arkivdel>\n" + self._id(one.system_id) + must("tittel", one.tittel, one.system_id))
        self._write(leaf("beskrivelse", one.beskrivelse) + code("arkivdelstatus", one.arkivdelstatus, one.system_id))
        self._write(self._made(one) + self._ended(one))
        system = one.klassifikasjonssystem
        self._write("<klassifikasjonssystem>\n" + self._id(system.system_id))
        self._write(leaf("klassifikasjonstype", system.klassifikasjonstype))
        self._write(must("tittel", system.tittel, system.system_id) + self._made(system))
        if not system.klasser:
            raise ExportError(f"The classification system “{system.tittel}” has no classes.")
        for klasse in system.klasser:
            self._klasse(klasse)
        self._write("</klassifikasjonssystem>\n</arkivdel>\n")

    def _klasse(self, one: Klasse) -> None:
        owner = one.system_id
        self._write("<klasse>\n" + self._id(owner) + must("klasseID", one.klasse_id, owner))
        self._write(must("tittel", one.tittel, owner) + leaf("beskrivelse", one.beskrivelse) + self._made(one))
        self._write(self._restrictions(one))
        for klasse in one.underklasser:
            self._klasse(klasse)
        for mappe in one.mapper:
            if one.underklasser:
                raise ExportError(
                    f"The class {one.klasse_id} has both subclasses and threads.",
                    advice="Only classes without subclasses may hold threads.",
                )
            self._mappe(mappe, one)
        self._write("</klasse>\n")

    def _mappe(self, one: Mappe, klasse: Klasse) -> None:
        owner = one.system_id
        type_ = ' xsi:type="saksmappe"' if isinstance(one, Saksmappe) else ""
        self.counts.mapper += 1
        self._write(f"<mappe{type_}>\n")
        self._write(self._id(owner) + must("mappeID", one.mappe_id, owner) + must("tittel", one.tittel, owner))
        hide = Shield(one.skjerming.ord if one.skjerming else ())
        shown = public_title(one.tittel, one.offentlig_tittel, one.skjerming, "mappe", hide)
        self._write(leaf("offentligTittel", shown if shown != one.tittel else ""))
        self._write(leaf("beskrivelse", one.beskrivelse) + leaf("dokumentmedium", "Elektronisk arkiv"))
        self._write(self._made(one) + self._ended(one) + traad(one.traad, owner) + parter(one.parter, owner))
        self._write(merknader(one.merknader, owner) + self._restrictions(one))
        self.counts.own = self.counts.own or one.traad is not None
        for registrering in one.registreringer:
            self._registrering(registrering, one, klasse)
        if isinstance(one, Saksmappe):
            self._write(_sak(one))
        self._write("</mappe>\n")

    def _registrering(self, one: Registrering, mappe: Mappe, klasse: Klasse) -> None:
        owner = one.system_id
        self.counts.registreringer += 1
        self.counts.own = self.counts.own or one.ytring is not None
        type_ = {Journalpost: ' xsi:type="journalpost"', Arkivnotat: ' xsi:type="arkivnotat"'}.get(type(one), "")
        parts = [f"<registrering{type_}>\n", self._id(owner), self._made(one)]
        parts += [when("arkivertDato", one.arkivert_dato, owner), must("arkivertAv", one.arkivert_av, owner)]
        parts += [parter(one.parter, owner), self._restrictions(one)]
        written = [text for text in (self._dokument(dokument) for dokument in one.dokumentbeskrivelser) if text]
        parts += written
        parts += [leaf("registreringsID", one.registrerings_id), must("tittel", one.tittel, owner)]
        parts.append(leaf("offentligTittel", self._public_title(one, mappe, klasse)))
        parts.append(leaf("beskrivelse", one.beskrivelse))
        parts += [leaf("forfatter", name) for name in one.forfatter]
        parts += [leaf("dokumentmedium", "Elektronisk arkiv"), ytring(one.ytring, owner)]
        parts.append(merknader(one.merknader, owner))
        parts += [
            f"<kryssreferanse>\n{leaf('referanseTilRegistrering', str(other))}</kryssreferanse>\n"
            for other in one.svar_paa
        ]
        parts.append(korrespondanseparter(one.korrespondanseparter, owner))
        attachments = sum("<tilknyttetRegistreringSom>Vedlegg<" in text for text in written)
        if isinstance(one, Journalpost):
            if not isinstance(mappe, Saksmappe):
                raise ExportError(f"The journal entry {owner} does not stand in a case.")
            parts.append(_journalpost(one, attachments))
            self.counts.journalposter += 1
            self._journalled(one, mappe, klasse, attachments)
        elif isinstance(one, Arkivnotat):
            parts += [day("dokumentetsDato", one.dokumentets_dato), when("mottattDato", one.mottatt_dato, owner)]
            parts.append(when("sendtDato", one.sendt_dato, owner))
        parts.append("</registrering>\n")
        self._write("".join(parts))

    def _public_title(self, one: Registrering, mappe: Mappe, klasse: Klasse) -> str:
        """Only where it is another than the title."""
        if isinstance(one, Journalpost):
            hide = Shield.of(one, mappe if isinstance(mappe, Saksmappe) else None, klasse)
        else:
            hide = Shield(one.skjerming.ord if one.skjerming else ())
        shown = public_title(one.tittel, one.offentlig_tittel, one.skjerming, "registrering", hide)
        return shown if shown != one.tittel else ""

    def _dokument(self, one: Dokumentbeskrivelse) -> str:
        """A document description with its files; empty when the profile leaves all its files out."""
        objects = delivered(self._profile, one)
        self.counts.left_out += len(one.dokumentobjekter) - len(objects)
        if one.dokumentobjekter and not objects:
            return ""
        if one.utfoert_kassasjon and objects:
            raise ExportError(f"The document {one.system_id} is disposed of, but still has files.")
        owner = one.system_id
        self.counts.disposed = self.counts.disposed or one.utfoert_kassasjon is not None
        parts = ["<dokumentbeskrivelse>\n", self._id(owner), must("dokumenttype", one.dokumenttype, owner)]
        parts += [code("dokumentstatus", one.dokumentstatus, owner), must("tittel", one.tittel, owner)]
        parts += [leaf("beskrivelse", one.beskrivelse), self._made(one)]
        parts += [leaf("dokumentmedium", "Elektronisk arkiv")]
        parts.append(code("tilknyttetRegistreringSom", one.tilknyttet_registrering_som, owner))
        parts += [number("dokumentnummer", one.dokumentnummer), when("tilknyttetDato", one.tilknyttet_dato, owner)]
        parts += [must("tilknyttetAv", one.tilknyttet_av, owner), merknader(one.merknader, owner)]
        parts += [self._kassasjon(one), utfoert_kassasjon(one.utfoert_kassasjon, owner), self._skjerming(one)]
        parts += [self._objekt(objekt) for objekt in objects]
        parts.append("</dokumentbeskrivelse>\n")
        return "".join(parts)

    def _objekt(self, one: Dokumentobjekt) -> str:
        owner = one.system_id
        file = self._documents.copy(one)
        format_, details = format_values(self._profile, one.filnavn, one.puid)
        return (
            "<dokumentobjekt>\n"
            + self._id(owner)
            + number("versjonsnummer", one.versjonsnummer)
            + code("variantformat", one.variantformat, owner)
            + must("format", format_, owner)
            + leaf("formatDetaljer", details)
            + self._made(one)
            + leaf("referanseDokumentfil", file.sti)
            + leaf("sjekksum", file.sjekksum)
            + "<sjekksumAlgoritme>SHA256</sjekksumAlgoritme>\n"
            + number("filstoerrelse", file.filstoerrelse)
            + konverteringer(one.konverteringer, owner)
            + "</dokumentobjekt>\n"
        )

    # -- what many units have

    def _id(self, value: UUID) -> str:
        self._seen(value)
        return f"<systemID>{value}</systemID>\n"

    def _made(self, one: "Made") -> str:
        made = when("opprettetDato", one.opprettet_dato, one.system_id)
        return made + must("opprettetAv", one.opprettet_av, one.system_id)

    def _ended(self, one: Arkiv | Arkivdel | Mappe) -> str:
        ended = when("avsluttetDato", one.avsluttet_dato, one.system_id)
        return ended + must("avsluttetAv", one.avsluttet_av, one.system_id)

    def _restrictions(self, one: Klasse | Mappe | Registrering) -> str:
        return self._kassasjon(one) + self._skjerming(one)

    def _kassasjon(self, one: Klasse | Mappe | Registrering | Dokumentbeskrivelse) -> str:
        self.counts.to_dispose = self.counts.to_dispose or one.kassasjon is not None
        return kassasjon(one.kassasjon, one.system_id)

    def _skjerming(self, one: Klasse | Mappe | Registrering | Dokumentbeskrivelse) -> str:
        self.counts.shielded = self.counts.shielded or one.skjerming is not None
        return skjerming(one.skjerming, one.system_id)


Made = Arkiv | Arkivdel | Klassifikasjonssystem | Klasse | Mappe | Registrering | Dokumentbeskrivelse | Dokumentobjekt


def _sak(one: Saksmappe) -> str:
    owner = one.system_id
    if one.saksstatus not in ("Avsluttet", "Utgår"):
        raise ExportError(
            f"The case {one.mappe_id} is “{one.saksstatus}”.", advice="Close it, or leave it for the next period."
        )
    return (
        number("saksaar", one.saksaar)
        + number("sakssekvensnummer", one.sakssekvensnummer)
        + day("saksdato", one.saksdato)
        + must("administrativEnhet", one.administrativ_enhet, owner)
        + must("saksansvarlig", one.saksansvarlig, owner)
        + leaf("journalenhet", one.journalenhet)
        + code("saksstatus", one.saksstatus, owner)
    )


def _journalpost(one: Journalpost, attachments: int) -> str:
    owner = one.system_id
    if one.journalstatus not in ("Arkivert", "Utgår"):
        raise ExportError(
            f"The journal entry {owner} is “{one.journalstatus}”.", advice="Finish it, or leave it for the next period."
        )
    return (
        number("journalaar", one.journalaar)
        + number("journalsekvensnummer", one.journalsekvensnummer)
        + number("journalpostnummer", one.journalpostnummer)
        + code("journalposttype", one.journalposttype, owner)
        + code("journalstatus", one.journalstatus, owner)
        + day("journaldato", one.journaldato)
        + day("dokumentetsDato", one.dokumentets_dato)
        + when("mottattDato", one.mottatt_dato, owner)
        + when("sendtDato", one.sendt_dato, owner)
        + day("forfallsdato", one.forfallsdato)
        + day("offentlighetsvurdertDato", one.offentlighetsvurdert_dato)
        + number("antallVedlegg", attachments)
        + leaf("journalenhet", one.journalenhet)
        + avskrivninger(one.avskrivninger, owner)
    )
