"""A whole package, written beside where it is to lie and moved there when nothing is left to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final, TextIO

from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.schemas import named
from ordskifte.records.noark5.values import Arkivdel, Dokumentbeskrivelse, Endring, Uttrekk
from ordskifte.records.noark5.write.description import Listed, description_xml
from ordskifte.records.noark5.write.documents import Documents, Profile
from ordskifte.records.noark5.write.journal import Drawer, keep_entry, write_journal
from ordskifte.records.noark5.write.structure import N5, Counts, StructureWriter
from ordskifte.records.noark5.write.xml import DECLARATION, must, when

OWN_SCHEMA: Final = "ordskifte-some.xsd"
NOT_DELIVERABLE: Final = "IKKE-LEVERBAR.txt"
_WHY: Final = (
    "Pakken kan ikke leveres: de offisielle skjemafilene mangler.\n"
    "Hent dem, kjør «ordskifte schemas install --from DIR», og eksporter på nytt.\n"
)
_COPY: Final = 1 << 20
Ahead = Callable[[Dokumentbeskrivelse], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written. `left_out` are files the profile has no place for, `changes_outside` changes of other units."""

    folder: Path
    mapper: int
    registreringer: int
    journalposter: int
    dokumentfiler: int
    endringer: int
    left_out: int
    changes_outside: int
    deliverable: bool


def write_package(
    uttrekk: Uttrekk,
    out: Path,
    *,
    schemas: Path | None,
    profile: Profile = "default",
    names_on: date | None = None,
    announce: Callable[[Ahead], None] | None = None,
) -> Written:
    """Write the package to `out`, which is absent or an empty folder.

    `schemas` is where the official files are installed; without them the package is made and marked as not
    deliverable. `names_on` leaves names of natural persons out of the public journal as a search of that day must.
    `announce` is given a function that takes documents some way ahead of their records: their files are copied
    meanwhile.
    Raises ExportError, and then leaves nothing behind.
    """
    with folder_beside(out) as side, Drawer() as drawer, Documents(side, profile) as documents:
        if announce is not None:
            announce(documents.ahead)
        with _file(side, "arkivstruktur.xml") as handle:
            writing = StructureWriter(
                handle,
                documents,
                profile=profile,
                seen=drawer.unit,
                journalled=keep_entry(drawer, on=names_on),
            )
            writing.arkiv(uttrekk.arkiv)
        drawer.refuse_doubles()
        changes, outside = _write_log(side, uttrekk, drawer)
        numbers = _write_journals(side, uttrekk, drawer, writing.counts)
        digests = _copy_schemas(side, schemas, journals=bool(numbers))
        files = _listed(side, writing.counts, changes, digests, journals=bool(numbers))
        described = description_xml(uttrekk, writing.counts, files, documents=documents.count)
        (side / "arkivuttrekk.xml").write_text(described, encoding="utf-8", newline="")
    counts = writing.counts
    return Written(
        folder=out,
        mapper=counts.mapper,
        registreringer=counts.registreringer,
        journalposter=counts.journalposter,
        dokumentfiler=documents.count,
        endringer=changes,
        left_out=counts.left_out,
        changes_outside=outside,
        deliverable=schemas is not None,
    )


def closing_of(arkivdel: Arkivdel) -> Endring:
    """The change that closing a series is (annex 3: M051 is logged at every change)."""
    return Endring(
        referanse_arkivenhet=arkivdel.system_id,
        referanse_metadata="arkivdelstatus",
        endret_dato=arkivdel.avsluttet_dato,
        endret_av=arkivdel.avsluttet_av,
        tidligere_verdi="Aktiv periode",
        ny_verdi=arkivdel.arkivdelstatus,
    )


def _write_log(side: Path, uttrekk: Uttrekk, drawer: Drawer) -> tuple[int, int]:
    """(changes written, changes left out because their unit is not in the package)."""
    count = outside = 0
    with _file(side, "endringslogg.xml") as out:
        out.write(f'{DECLARATION}<endringslogg xmlns="{N5}/endringslogg">\n')
        for one in _changes(uttrekk):
            if not drawer.has(one.referanse_arkivenhet):
                outside += 1
                continue
            count += 1
            owner = f"the change of {one.referanse_arkivenhet}"
            out.write(
                f"<endring>\n<referanseArkivenhet>{one.referanse_arkivenhet}</referanseArkivenhet>\n"
                + must("referanseMetadata", one.referanse_metadata, owner)
                + when("endretDato", one.endret_dato, owner)
                + must("endretAv", one.endret_av, owner)
                + must("tidligereVerdi", one.tidligere_verdi, owner)
                + must("nyVerdi", one.ny_verdi, owner)
                + "</endring>\n"
            )
        out.write("</endringslogg>\n")
    return count, outside


def _changes(uttrekk: Uttrekk) -> Iterator[Endring]:
    """What is given, and the closing of the series unless it is among that: the log is never empty."""
    closing = closing_of(uttrekk.arkiv.arkivdel)
    closed = False
    for one in uttrekk.endringer:
        closed = closed or (one.referanse_arkivenhet, one.ny_verdi) == (closing.referanse_arkivenhet, closing.ny_verdi)
        yield one
    if not closed:
        yield closing


def _write_journals(side: Path, uttrekk: Uttrekk, drawer: Drawer, counts: Counts) -> int:
    """The number of entries; without any, no journals. Sharp periods state the dates of their entries (N5.60)."""
    found = drawer.span()
    if found is None:
        return 0
    sharp = uttrekk.inngaaende_skille == uttrekk.utgaaende_skille == "skarpt"
    span = found if sharp else (uttrekk.periode_start, uttrekk.periode_slutt)
    for name, public in (("loependeJournal", False), ("offentligJournal", True)):
        with _file(side, f"{name}.xml") as out:
            write_journal(
                out,
                name,
                drawer.entries(public=public),
                span=span,
                count=counts.journalposter,
                skapere=uttrekk.arkiv.arkivskapere,
            )
    return counts.journalposter


def _copy_schemas(side: Path, schemas: Path | None, *, journals: bool) -> dict[str, str]:
    """The official files, unchanged, and our own; name -> digest."""
    own = Path(__file__).parent.parent / OWN_SCHEMA
    digests = {OWN_SCHEMA: _copy(own, side)}
    if schemas is None:
        (side / NOT_DELIVERABLE).write_text(_WHY, encoding="utf-8")
        return digests
    for name, digest in named("noark5-5.5").files.items():
        if not journals and name in ("loependeJournal.xsd", "offentligJournal.xsd"):
            continue
        digests[name] = _copy(schemas / name, side)
        if digests[name] != digest:
            raise ExportError(f"{schemas / name} is not the official file.", advice="Run `ordskifte schemas install`.")
    return digests


def _copy(path: Path, folder: Path) -> str:
    data = path.read_bytes()
    (folder / path.name).write_bytes(data)
    return sha256(data).hexdigest()


def _listed(side: Path, counts: Counts, changes: int, digests: dict[str, str], *, journals: bool) -> Iterator[Listed]:
    """The files of arkivuttrekk.xml. A schema's digest stands where the schema is named first."""
    numbers: dict[str, tuple[tuple[str, int], ...]] = {
        "arkivstruktur": (("mappe", counts.mapper), ("registrering", counts.registreringer)),
        "endringslogg": (("endring", changes),),
    }
    if journals:
        entries = (("journalregistrering", counts.journalposter),)
        numbers |= {"loependeJournal": entries, "offentligJournal": entries}
    told: set[str] = set()
    for name, occurrences in numbers.items():
        wanted = [f"{name}.xsd", "metadatakatalog.xsd", *([OWN_SCHEMA] if name == "arkivstruktur" else [])]
        schemas = tuple((one, None if one in told else digests[one]) for one in wanted if one in digests)
        told.update(one for one, _digest in schemas)
        yield Listed(f"{name}.xml", _digest_of(side / f"{name}.xml"), schemas, occurrences)


def _digest_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as handle:
        while block := handle.read(_COPY):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _file(folder: Path, name: str) -> Iterator[TextIO]:
    with (folder / name).open("w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        yield out


@contextmanager
def folder_beside(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place at the end; after an error it is gone and `out` is as it was."""
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise ExportError(f"{out} is not an empty folder.", advice="Name a folder that does not exist yet.")
    if not out.parent.is_dir():
        raise ExportError(f"There is no folder {out.parent}.", advice="Make it first, or name another.")
    side = out.with_name(f".{out.name}.half-made")
    shutil.rmtree(side, ignore_errors=True)  # of a run that was killed
    side.mkdir()
    try:
        yield side
        os.sync()
        os.rename(side, out)
    except BaseException:
        shutil.rmtree(side, ignore_errors=True)
        raise
