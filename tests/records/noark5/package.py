"""A small, correct Noark 5 package, written by hand for the tests of the checker; each test damages one thing in it."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from tests.records.noark5.shared import beside

N5 = "http://www.arkivverket.no/standarder/noark5"
VSM = "urn:example:own"
AT = "2026-03-02T10:00:05+01:00"
SHIELDED = "Ola Eksempel"
SCHEMAS = (
    "arkivstruktur.xsd",
    "metadatakatalog.xsd",
    "endringslogg.xsd",
    "loependeJournal.xsd",
    "offentligJournal.xsd",
)


def id_of(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def pdf(text: str, *, part: str = "2", level: str = "A") -> bytes:
    """Bytes that say they are PDF/A, in XMP as it lies there uncompressed."""
    xmp = f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>" if part else ""
    return f"%PDF-1.7\n% {text}\n<x:xmpmeta>{xmp}</x:xmpmeta>\n%%EOF\n".encode()


OWN_SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{VSM}" elementFormDefault="qualified">
<xs:element name="number" type="xs:integer"/>
</xs:schema>
"""


def made(when: str = AT) -> str:
    return f"<opprettetDato>{when}</opprettetDato>\n<opprettetAv>Ordskifte</opprettetAv>\n"


def ended() -> str:
    return "<avsluttetDato>2027-01-01T00:00:00+01:00</avsluttetDato>\n<avsluttetAv>Kari</avsluttetAv>\n"


def document(name: str, path: str, data: bytes, *, number: int, puid: str) -> str:
    return f"""<dokumentbeskrivelse>
<systemID>{id_of(name)}</systemID>
<dokumenttype>Innlegg i sosiale medier</dokumenttype>
<dokumentstatus>Dokumentet er ferdigstilt</dokumentstatus>
<tittel>Innlegg</tittel>
{made()}<tilknyttetRegistreringSom>{"Hoveddokument" if number == 1 else "Vedlegg"}</tilknyttetRegistreringSom>
<dokumentnummer>{number}</dokumentnummer>
<tilknyttetDato>{AT}</tilknyttetDato>
<tilknyttetAv>Ordskifte</tilknyttetAv>
<dokumentobjekt>
<systemID>{id_of(name + "/o")}</systemID>
<versjonsnummer>1</versjonsnummer>
<variantformat>Arkivformat</variantformat>
<format>{path.rpartition(".")[2]}</format>
<formatDetaljer>{puid}</formatDetaljer>
{made()}<referanseDokumentfil>{path}</referanseDokumentfil>
<sjekksum>{sha256(data).hexdigest()}</sjekksum>
<sjekksumAlgoritme>SHA256</sjekksumAlgoritme>
<filstoerrelse>{len(data)}</filstoerrelse>
</dokumentobjekt>
</dokumentbeskrivelse>
"""


SHIELDING = """<skjerming>
<tilgangsrestriksjon>Unntatt offentlighet</tilgangsrestriksjon>
<skjermingshjemmel>Offl. § 13</skjermingshjemmel>
<skjermingMetadata>Skjerming tittel registrering - utvalgte ord</skjermingMetadata>
<skjermingMetadata>Skjerming navn avsender</skjermingMetadata>
</skjerming>
"""


def party(kind: str, name: str) -> str:
    return (
        f"<korrespondansepart>\n<korrespondanseparttype>{kind}</korrespondanseparttype>\n"
        f"<korrespondansepartNavn>{name}</korrespondansepartNavn>\n</korrespondansepart>\n"
    )


def _question() -> str:
    return f"""<registrering xsi:type="journalpost">
<systemID>{id_of("r1")}</systemID>
{made()}<arkivertDato>{AT}</arkivertDato>
<arkivertAv>Kari</arkivertAv>
{SHIELDING}{document("d1", "DOKUMENT/1.pdf", FILES["DOKUMENT/1.pdf"], number=1, puid="fmt/476")}\
{document("d2", "DOKUMENT/1.json", FILES["DOKUMENT/1.json"], number=2, puid="fmt/817")}\
<tittel>Spørsmål fra {SHIELDED}</tittel>
<offentligTittel>Spørsmål fra *****</offentligTittel>
<virksomhetsspesifikkeMetadata><o:number>7</o:number></virksomhetsspesifikkeMetadata>
{party("Avsender", SHIELDED)}{party("Mottaker", "Eksempel kommune")}<journalaar>2026</journalaar>
<journalsekvensnummer>11</journalsekvensnummer>
<journalpostnummer>1</journalpostnummer>
<journalposttype>Inngående dokument</journalposttype>
<journalstatus>Arkivert</journalstatus>
<journaldato>2026-03-02</journaldato>
<dokumentetsDato>2026-03-02</dokumentetsDato>
<avskrivning>
<avskrivningsdato>2026-03-03</avskrivningsdato>
<avskrevetAv>Kari</avskrevetAv>
<avskrivningsmaate>Besvart med e-post</avskrivningsmaate>
<referanseAvskrivesAvJournalpost>{id_of("r2")}</referanseAvskrivesAvJournalpost>
</avskrivning>
</registrering>
"""


def _answer() -> str:
    return f"""<registrering xsi:type="journalpost">
<systemID>{id_of("r2")}</systemID>
{made("2026-03-03T08:00:00+01:00")}<arkivertDato>{AT}</arkivertDato>
<arkivertAv>Kari</arkivertAv>
{document("d3", "DOKUMENT/2.pdf", FILES["DOKUMENT/2.pdf"], number=1, puid="fmt/476")}\
<tittel>Svar</tittel>
<merknad>
<merknadstekst>Sendt som svar i tråden</merknadstekst>
<merknadsdato>{AT}</merknadsdato>
<merknadRegistrertAv>Kari</merknadRegistrertAv>
</merknad>
<kryssreferanse>
<referanseTilRegistrering>{id_of("r1")}</referanseTilRegistrering>
</kryssreferanse>
{party("Avsender", "Eksempel kommune")}{party("Mottaker", "Ola E.")}<journalaar>2026</journalaar>
<journalsekvensnummer>12</journalsekvensnummer>
<journalpostnummer>2</journalpostnummer>
<journalposttype>Utgående dokument</journalposttype>
<journalstatus>Arkivert</journalstatus>
<journaldato>2026-03-03</journaldato>
<sendtDato>2026-03-03T08:00:00+01:00</sendtDato>
</registrering>
"""


FILES = {
    "DOKUMENT/1.pdf": pdf("spørsmålet"),
    "DOKUMENT/1.json": b'{"id": "1101"}',
    "DOKUMENT/2.pdf": pdf("svaret"),
    "DOKUMENT/under/3.pdf": pdf("arkivert"),
}


def _structure() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<arkiv xmlns="{N5}/arkivstruktur" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:o="{VSM}"\
 xsi:schemaLocation="{N5}/arkivstruktur arkivstruktur.xsd {VSM} own.xsd">
<systemID>{id_of("arkiv")}</systemID>
<tittel>Eksempel kommune</tittel>
{made()}{ended()}<arkivskaper>
<arkivskaperID>999999999</arkivskaperID>
<arkivskaperNavn>Eksempel kommune</arkivskaperNavn>
</arkivskaper>
<arkivdel>
<systemID>{id_of("arkivdel")}</systemID>
<tittel>Sosiale medier 2026</tittel>
<arkivdelstatus>Avsluttet periode</arkivdelstatus>
{made()}{ended()}<klassifikasjonssystem>
<systemID>{id_of("system")}</systemID>
<tittel>Funksjoner</tittel>
{made()}<klasse>
<systemID>{id_of("k0")}</systemID>
<klasseID>0</klasseID>
<tittel>Kommunikasjon</tittel>
{made()}<klasse>
<systemID>{id_of("k1")}</systemID>
<klasseID>0.1</klasseID>
<tittel>Innbyggere</tittel>
{made()}<mappe xsi:type="saksmappe">
<systemID>{id_of("m1")}</systemID>
<mappeID>2026/7</mappeID>
<tittel>Tråd om byggesak</tittel>
{made()}{ended()}<referanseArkivdel>{id_of("arkivdel")}</referanseArkivdel>
{_question()}{_answer()}<saksaar>2026</saksaar>
<sakssekvensnummer>7</sakssekvensnummer>
<saksdato>2026-03-02</saksdato>
<administrativEnhet>Kommunikasjon</administrativEnhet>
<saksansvarlig>Kari</saksansvarlig>
<saksstatus>Avsluttet</saksstatus>
</mappe>
<mappe>
<systemID>{id_of("m2")}</systemID>
<mappeID>T-9</mappeID>
<tittel>Egen publisering</tittel>
{made()}{ended()}<registrering>
<systemID>{id_of("r3")}</systemID>
{made("2026-04-01T08:00:00+02:00")}<arkivertDato>{AT}</arkivertDato>
<arkivertAv>Kari</arkivertAv>
{document("d4", "DOKUMENT/under/3.pdf", FILES["DOKUMENT/under/3.pdf"], number=1, puid="fmt/476")}\
<tittel>Innlegg om snøbrøyting</tittel>
</registrering>
</mappe>
</klasse>
<klasse>
<systemID>{id_of("k2")}</systemID>
<klasseID>0.2</klasseID>
<tittel>Presse</tittel>
{made()}</klasse>
</klasse>
</klassifikasjonssystem>
</arkivdel>
</arkiv>
"""


def _entry(name: str, *, public: bool, number: int, title: str, day: str, parties: str) -> str:
    title_of = "offentligTittel" if public else "tittel"
    return f"""<journalregistrering>
<saksmappe>
<saksaar>2026</saksaar>
<sakssekvensnummer>7</sakssekvensnummer>
<{title_of}>Tråd om byggesak</{title_of}>
</saksmappe>
<journalpost>
<systemID>{id_of(name)}</systemID>
<journalaar>2026</journalaar>
<journalsekvensnummer>{number}</journalsekvensnummer>
<journalpostnummer>{number - 10}</journalpostnummer>
<{title_of}>{title}</{title_of}>
<journaldato>{day}</journaldato>
{parties}</journalpost>
</journalregistrering>
"""


def _journal(name: str, *, public: bool) -> str:
    who = "*****" if public else SHIELDED
    first = _entry(
        "r1",
        public=public,
        number=11,
        title=f"Spørsmål fra {who}",
        day="2026-03-02",
        parties=party("Avsender", who) + party("Mottaker", "Eksempel kommune"),
    )
    second = _entry(
        "r2", public=public, number=12, title="Svar", day="2026-03-03", parties=party("Avsender", "Eksempel kommune")
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{name} xmlns="{N5}/{name}">
<journalhode>
<journalStartDato>2026-03-02</journalStartDato>
<journalSluttDato>2026-03-03</journalSluttDato>
<antallJournalposter>2</antallJournalposter>
<arkivskaper>
<arkivskaperID>999999999</arkivskaperID>
<arkivskaperNavn>Eksempel kommune</arkivskaperNavn>
</arkivskaper>
</journalhode>
{first}{second}</{name}>
"""


def _log() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<endringslogg xmlns="{N5}/endringslogg">
<endring>
<referanseArkivenhet>{id_of("r1")}</referanseArkivenhet>
<referanseMetadata>journalstatus</referanseMetadata>
<endretDato>2026-03-05T08:00:00+01:00</endretDato>
<endretAv>Kari</endretAv>
<tidligereVerdi>Journalført</tidligereVerdi>
<nyVerdi>Arkivert</nyVerdi>
</endring>
</endringslogg>
"""


@dataclass
class Package:
    """Its files, and what arkivuttrekk.xml says. Numbers and checksums follow unless they are stated."""

    structure: str = field(default_factory=_structure)
    running: str | None = field(default_factory=lambda: _journal("loependeJournal", public=False))
    public: str | None = field(default_factory=lambda: _journal("offentligJournal", public=True))
    log: str | None = field(default_factory=_log)
    own_schema: str | None = OWN_SCHEMA
    documents: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    version: str = "5.0"
    facts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # "mappe", "registrering", "endring", "loependeJournal", …
    digests: dict[str, str] = field(default_factory=dict)  # file -> what is stated instead of its digest
    hidden: set[str] = field(default_factory=set)  # files that are listed but not written
    unlisted: set[str] = field(default_factory=set)  # files that are written but not listed
    changed: dict[str, bytes] = field(default_factory=dict)  # file -> bytes instead, after digests were taken
    schemas: bool = True
    more: dict[str, bytes] = field(default_factory=dict)

    def edit(self, old: str, new: str, count: int = 1) -> "Package":
        """Replace text in the structure; it must be there."""
        assert old in self.structure, old
        self.structure = self.structure.replace(old, new, count)
        return self

    def write(self, folder: Path) -> Path:
        """Into `folder`, which is made."""
        folder.mkdir(parents=True)
        files = dict(self._files())
        for path, data in {**self.documents, **files, **self.more}.items():
            if path not in self.hidden:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        (folder / "arkivuttrekk.xml").write_bytes(self._description(files).encode())
        for name, data in self.changed.items():
            (folder / name).write_bytes(data)
        return folder

    def _files(self) -> dict[str, bytes]:
        texts = {
            "arkivstruktur.xml": self.structure,
            "endringslogg.xml": self.log,
            "loependeJournal.xml": self.running,
            "offentligJournal.xml": self.public,
            "own.xsd": self.own_schema,
        }
        files = {name: text.encode() for name, text in texts.items() if text is not None}
        official = beside("noark5/5.5")
        if self.schemas and official:
            for name in (*SCHEMAS, "addml.xsd"):
                files[name] = (official / name).read_bytes()
        return files

    def _description(self, files: dict[str, bytes]) -> str:
        facts = {
            "inneholderSkjermetInformasjon": "true",
            "omfatterDokumenterSomErKassert": "false",
            "inneholderDokumenterSomSkalKasseres": "false",
            "inneholderVirksomhetsspesifikkeMetadata": "true",
            "antallDokumentfiler": str(len(self.documents)),
            "inngaaendeSkille": "skarpt",
            "utgaaendeSkille": "skarpt",
            "startDate": "2026-01-01",
            "endDate": "2026-12-31",
            **self.facts,
        }
        objects = self._objects(files)
        flags = "".join(_property(name, facts[name]) for name in (*list(facts)[:5],) if facts[name])
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<addml xmlns="http://www.arkivverket.no/standarder/addml" name="Noark 5-arkivuttrekk">
<dataset>
<reference><context><additionalElements>
<additionalElement name="recordCreators"><additionalElements><additionalElement name="recordCreator"><value>Eksempel kommune</value></additionalElement></additionalElements></additionalElement>
<additionalElement name="systemType"><value>Fagsystem</value></additionalElement>
<additionalElement name="systemName"><value>Ordskifte</value></additionalElement>
<additionalElement name="archive"><value>Eksempel kommune</value></additionalElement>
</additionalElements></context><content><additionalElements><additionalElement name="archivalPeriod"><properties>
{_property("startDate", facts["startDate"])}{_property("endDate", facts["endDate"])}</properties></additionalElement></additionalElements></content></reference>
<dataObjects><dataObject name="Noark 5-arkivuttrekk"><properties><property name="info"><properties>
<property name="type"><value>Noark 5</value><properties>{_property("version", self.version)}</properties></property>
<property name="additionalInfo"><properties><property name="periode"><properties>
{_property("inngaaendeSkille", facts["inngaaendeSkille"])}{_property("utgaaendeSkille", facts["utgaaendeSkille"])}</properties></property>
{flags}</properties></property></properties></property></properties>
<dataObjects>{objects}</dataObjects></dataObject></dataObjects></dataset></addml>
"""  # noqa: E501 - XML of the package

    def _objects(self, files: dict[str, bytes]) -> str:
        counted = {
            "arkivstruktur": {
                "mappe": str(len(re.findall("<mappe[ >]", self.structure))),
                "registrering": str(len(re.findall("<registrering[ >]", self.structure))),
            },
            "endringslogg": {"endring": str((self.log or "").count("<endring>"))},
            "loependeJournal": {"journalregistrering": str((self.running or "").count("<journalregistrering>"))},
            "offentligJournal": {"journalregistrering": str((self.public or "").count("<journalregistrering>"))},
        }
        out = []
        for name, numbers in counted.items():
            file = f"{name}.xml"
            if file not in files or file in self.unlisted:
                continue
            schemas = [f"{name}.xsd", "metadatakatalog.xsd", *(["own.xsd"] if name == "arkivstruktur" else [])]
            parts = [self._file(file, files[file])]
            for schema in schemas:
                if schema in files and schema not in self.unlisted:
                    inside = self._file(schema, files[schema])
                    parts.append(f'<property name="schema"><properties>{inside}</properties></property>')
            stated = "".join(
                f'<property name="numberOfOccurrences"><value>{what}</value><properties>'
                f"{_property('value', self.numbers.get(what, self.numbers.get(name, number)))}</properties></property>"
                for what, number in numbers.items()
            )
            parts.append(f'<property name="info"><properties>{stated}</properties></property>')
            out.append(f'<dataObject name="{name}"><properties>{"".join(parts)}</properties></dataObject>')
        return "".join(out)

    def _file(self, name: str, data: bytes) -> str:
        digest = self.digests.get(name, sha256(data).hexdigest())
        checksum = (
            '<property name="checksum"><properties>'
            f"{_property('algorithm', 'SHA-256')}{_property('value', digest)}</properties></property>"
        )
        return (
            f'<property name="file"><properties>{_property("name", name)}{checksum if digest else ""}'
            "</properties></property>"
        )


def _property(name: str, value: str) -> str:
    return f'<property name="{name}"><value>{value}</value></property>'
