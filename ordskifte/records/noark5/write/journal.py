"""The two journals: entries held on disk in the structure's order, written in the order of their numbers (6.4.30)."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO
from uuid import UUID

from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.public import PublicEntry, public_entry
from ordskifte.records.noark5.values import Arkivskaper, Journalpost, Klasse, Saksmappe
from ordskifte.records.noark5.write.xml import DECLARATION, code, day, leaf, must, number

N5: Final = "http://www.arkivverket.no/standarder/noark5"
_BATCH: Final = 500
_IN_TITLE: Final = ("Skjerming tittel registrering",)


class Drawer:
    """Where entries and ids wait on disk while the structure is written. A context manager."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="ordskifte-export-")
        self._database = sqlite3.connect(Path(self._folder.name) / "drawer.db", isolation_level=None)
        for pragma in ("journal_mode=off", "synchronous=off", "temp_store=file", "cache_size=-24000"):
            self._database.execute(f"pragma {pragma}")
        self._database.execute("create table entry (year integer, number integer, day text, running text, public text)")
        self._database.execute("create table unit (id blob)")
        self._entries: list[tuple[int, int, str, str, str]] = []
        self._units: list[tuple[bytes]] = []
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def unit(self, id_: UUID) -> None:
        self._units.append((id_.bytes,))
        if len(self._units) >= _BATCH * 20:
            self._write()

    def entry(self, post: Journalpost, running: str, public: str) -> None:
        place = (post.journalaar, post.journalsekvensnummer, post.journaldato.isoformat(), running, public)
        self._entries.append(place)
        if len(self._entries) >= _BATCH:
            self._write()

    def refuse_doubles(self) -> None:
        """ExportError when an id or an entry's number is used twice."""
        self._write()
        self._database.execute("create index by_number on entry (year, number)")
        self._database.execute("create index by_id on unit (id)")
        for (id_,) in self._database.execute("select id from unit group by id having count(*) > 1 limit 1"):
            raise ExportError(f"The systemID {UUID(bytes=id_)} is used twice.")
        twice = "select year, number from entry group by year, number having count(*) > 1 limit 1"
        for year, number_ in self._database.execute(twice):
            raise ExportError(f"The journal number {number_}/{year} is used twice.")

    def has(self, id_: UUID) -> bool:
        """Whether a unit is in the package; asked after `refuse_doubles`."""
        return self._database.execute("select 1 from unit where id = ? limit 1", (id_.bytes,)).fetchone() is not None

    def span(self) -> tuple[date, date] | None:
        """The first and the last journal date."""
        first, last = self._database.execute("select min(day), max(day) from entry").fetchone()
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None

    def entries(self, *, public: bool) -> Iterator[str]:
        column = "public" if public else "running"
        for (text,) in self._database.execute(f"select {column} from entry order by year, number"):  # noqa: S608 - one of two
            yield text

    def _write(self) -> None:
        self._database.execute("begin")
        self._database.executemany("insert into entry values (?, ?, ?, ?, ?)", self._entries)
        self._database.executemany("insert into unit values (?)", self._units)
        self._database.execute("commit")
        self._entries.clear()
        self._units.clear()


def keep_entry(drawer: Drawer, *, on: date | None) -> Callable[[Journalpost, Saksmappe, Klasse, int], None]:
    """What the structure's writer calls for every entry."""

    def keep(post: Journalpost, sak: Saksmappe, klasse: Klasse, attachments: int) -> None:
        if not post.korrespondanseparter:
            raise ExportError(
                f"The journal entry {post.system_id} has no correspondence party.",
                advice="The journals need one for every entry; an internal document has an internal sender.",
            )
        public = public_entry(post, sak, klasse, on=on)
        drawer.entry(post, running_xml(post, sak, klasse, attachments), public_xml(public))

    return keep


def write_journal(
    out: TextIO,
    name: str,
    entries: Iterable[str],
    *,
    span: tuple[date, date],
    count: int,
    skapere: Iterable[Arkivskaper],
) -> None:
    """One journal with its head."""
    out.write(f'{DECLARATION}<{name} xmlns="{N5}/{name}">\n<journalhode>\n')
    out.write(day("journalStartDato", span[0]) + day("journalSluttDato", span[1]))
    out.write(number("antallJournalposter", count))
    for skaper in skapere:
        out.write(
            "<arkivskaper>\n"
            + must("arkivskaperID", skaper.arkivskaper_id, name)
            + must("arkivskaperNavn", skaper.arkivskaper_navn, name)
            + "</arkivskaper>\n"
        )
    out.write("</journalhode>\n")
    for entry in entries:
        out.write(entry)
    out.write(f"</{name}>\n")


def running_xml(post: Journalpost, sak: Saksmappe, klasse: Klasse, attachments: int) -> str:
    """The entry in the running journal: with everything, and what of it is shielded."""
    owner, shielding = post.system_id, post.skjerming
    metadata = shielding.skjerming_metadata if shielding else ()
    of_title = next((value for value in metadata if value.startswith(_IN_TITLE)), "")
    written_off = post.avskrivninger[0] if post.avskrivninger else None
    return (
        f"<journalregistrering>\n<klasse>\n{must('klasseID', klasse.klasse_id, owner)}"
        f"{must('tittel', klasse.tittel, owner)}</klasse>\n<saksmappe>\n"
        + must("mappeID", sak.mappe_id, owner)
        + number("saksaar", sak.saksaar)
        + number("sakssekvensnummer", sak.sakssekvensnummer)
        + must("tittel", sak.tittel, owner)
        + leaf("administrativEnhet", sak.administrativ_enhet)
        + leaf("saksansvarlig", sak.saksansvarlig)
        + "</saksmappe>\n<journalpost>\n"
        + leaf("systemID", str(owner))
        + leaf("registreringsID", post.registrerings_id)
        + number("journalaar", post.journalaar)
        + number("journalsekvensnummer", post.journalsekvensnummer)
        + number("journalpostnummer", post.journalpostnummer)
        + must("tittel", post.tittel, owner)
        + day("offentlighetsvurdertDato", post.offentlighetsvurdert_dato)
        + leaf("skjermingMetadata", of_title)
        + day("journaldato", post.journaldato)
        + day("dokumentetsDato", post.dokumentets_dato)
        + number("antallVedlegg", attachments)
        + (day("avskrivningsdato", written_off.avskrivningsdato) if written_off else "")
        + (code("avskrivningsmaate", written_off.avskrivningsmaate, owner) if written_off else "")
        + leaf("administrativEnhet", post.administrativ_enhet)
        + leaf("saksbehandler", post.saksbehandler)
        + leaf("journalenhet", post.journalenhet)
        + leaf(
            "referanseAvskrivesAvJournalpost",
            str(written_off.referanse_avskrives_av_journalpost or "") if written_off else "",
        )
        + leaf("tilgangsrestriksjon", shielding.tilgangsrestriksjon if shielding else "")
        + leaf("skjermingshjemmel", shielding.skjermingshjemmel if shielding else "")
        + "".join(
            "<korrespondansepart>\n"
            + code("korrespondanseparttype", part.korrespondanseparttype, owner)
            + must("korrespondansepartNavn", part.korrespondansepart_navn, owner)
            + leaf("skjermingMetadata", _name_shielding(part.korrespondanseparttype, metadata))
            + "</korrespondansepart>\n"
            for part in post.korrespondanseparter
        )
        + "</journalpost>\n</journalregistrering>\n"
    )


def public_xml(one: PublicEntry) -> str:
    """The entry in the public journal: nothing but what `public_entry` lets through."""
    return (
        "<journalregistrering>\n<klasse>\n"
        + leaf("klasseID", one.klasse_id)
        + leaf("tittel", one.klasse_tittel)
        + "</klasse>\n<saksmappe>\n"
        + leaf("mappeID", one.mappe_id)
        + number("saksaar", one.saksaar)
        + number("sakssekvensnummer", one.sakssekvensnummer)
        + leaf("offentligTittel", one.sakstittel)
        + leaf("administrativEnhet", one.saksansvarlig_enhet)
        + leaf("saksansvarlig", one.saksansvarlig)
        + "</saksmappe>\n<journalpost>\n"
        + leaf("systemID", one.system_id)
        + leaf("registreringsID", one.registrerings_id)
        + number("journalaar", one.journalaar)
        + number("journalsekvensnummer", one.journalsekvensnummer)
        + number("journalpostnummer", one.journalpostnummer)
        + leaf("offentligTittel", one.tittel)
        + day("journaldato", one.journaldato)
        + day("dokumentetsDato", one.dokumentets_dato)
        + day("avskrivningsdato", one.avskrivningsdato)
        + leaf("avskrivningsmaate", one.avskrivningsmaate)
        + leaf("administrativEnhet", one.administrativ_enhet)
        + leaf("saksbehandler", one.saksbehandler)
        + leaf("referanseAvskrivesAvJournalpost", one.avskrives_av)
        + leaf("tilgangsrestriksjon", one.tilgangsrestriksjon)
        + leaf("skjermingshjemmel", one.skjermingshjemmel)
        + "".join(
            "<korrespondansepart>\n"
            + leaf("korrespondanseparttype", part.korrespondanseparttype)
            + leaf("korrespondansepartNavn", part.korrespondansepart_navn)
            + "</korrespondansepart>\n"
            for part in one.parter
        )
        + "</journalpost>\n</journalregistrering>\n"
    )


def _name_shielding(kind: str, metadata: Iterable[str]) -> str:
    wanted = "Skjerming navn avsender" if kind in ("Avsender", "Intern avsender") else "Skjerming navn mottaker"
    return wanted if wanted in metadata else ""
