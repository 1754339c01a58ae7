import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.values import Mappe, Skjerming, Uttrekk
from ordskifte.records.noark5.write.package import NOT_DELIVERABLE, Written, write_package
from tests.records.noark5.shared import beside, shared
from tests.records.noark5.test_check import refused
from tests.records.noark5.world import (
    AT,
    PERSON,
    SHIELDING,
    answer,
    archive,
    archived,
    case,
    change,
    dokument,
    extraction,
    id_of,
    many,
    objekt,
    only,
    opening,
    pdf,
    question,
)


@pytest.fixture
def schemas() -> Path | None:
    """The official files where they are; a package without them is checked as far as it goes."""
    return beside("noark5/5.5")


def written(uttrekk: Uttrekk, tmp_path: Path, schemas: Path | None, **more: Any) -> Written:
    return write_package(uttrekk, tmp_path / "package", schemas=schemas, **more)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_package_has_no_error_in_our_checker(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(), tmp_path, schemas)
    assert refused(check_package(done.folder)) == {}
    assert (done.mapper, done.registreringer, done.journalposter, done.dokumentfiler) == (2, 5, 3, 6)
    assert (done.endringer, done.changes_outside, done.left_out) == (2, 0, 0)


@pytest.mark.shared
def test_every_file_validates_against_the_official_schemas_and_ours(tmp_path: Path) -> None:
    done = written(extraction(), tmp_path, shared("noark5/5.5"))
    report = check_package(done.folder)
    assert (report["N5.03"].count, report["N5.03"].errors) == (5, 0)
    assert (report["O.02"].count, report["O.03"].count, report["O.03"].errors) == (6, 4, 0)
    assert done.deliverable


@pytest.mark.shared
def test_the_checker_knows_our_own_metadata_by_its_schema(tmp_path: Path) -> None:
    done = written(extraction(), tmp_path, shared("noark5/5.5"))
    path = done.folder / "arkivstruktur.xml"
    path.write_text(path.read_text().replace("<s:synlighet>alle", "<s:synlighet>kanskje", 1))
    assert set(refused(check_package(done.folder))) == {"N5.02", "O.03"}


def test_without_the_official_files_the_package_is_marked(tmp_path: Path) -> None:
    done = written(extraction(), tmp_path, None)
    assert not done.deliverable
    assert "kan ikke leveres" in (done.folder / NOT_DELIVERABLE).read_text()
    assert not list(done.folder.glob("arkivstruktur.xsd"))


def test_the_same_values_give_the_same_bytes(tmp_path: Path, schemas: Path | None) -> None:
    first = write_package(extraction(), tmp_path / "a", schemas=schemas)
    second = write_package(extraction(), tmp_path / "b", schemas=schemas)
    assert tree(first.folder) == tree(second.folder)


def test_the_journals_stand_in_the_order_of_their_numbers(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(), tmp_path, schemas)
    for name in ("loependeJournal.xml", "offentligJournal.xml"):
        text = (done.folder / name).read_text()
        assert re.findall(r"<journalsekvensnummer>(\d+)", text) == ["10", "11", "12"]
        assert "<journalStartDato>2026-03-02</journalStartDato>\n<journalSluttDato>2026-03-03<" in text


def test_a_soft_period_states_its_own_dates(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(inngaaende_skille="mykt"), tmp_path, schemas)
    assert "<journalStartDato>2026-01-01<" in (done.folder / "loependeJournal.xml").read_text()
    assert refused(check_package(done.folder)) == {}


def test_nothing_shielded_stands_in_the_public_journal(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(), tmp_path, schemas)
    public = (done.folder / "offentligJournal.xml").read_text()
    assert PERSON not in public
    assert "Storgata" not in public
    assert "Spørsmål fra ***** om byggesak i *****" in public
    assert "Per Aas" in public
    assert PERSON in (done.folder / "loependeJournal.xml").read_text()


def test_old_names_are_left_out_when_a_day_is_given(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(), tmp_path, schemas, names_on=date(2027, 3, 4))
    assert "Per Aas" not in (done.folder / "offentligJournal.xml").read_text()
    assert "Per Aas" in (done.folder / "loependeJournal.xml").read_text()


def test_there_are_no_empty_elements(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(), tmp_path, schemas)
    for path in done.folder.glob("*.xml"):
        assert not re.search(r"<([A-Za-z:]+)[^>]*>\s*</\1>|<[^>?]*/>", path.read_text()), path.name


def test_text_xml_cannot_hold_is_marked_and_the_rest_is_kept(tmp_path: Path, schemas: Path | None) -> None:
    title = "Spørsmål \x00\x0b\ud800\ufffe <b> & 'mer' 👩🏽‍🚀 ᚠ"
    done = written(only(answer(tittel=title)), tmp_path, schemas)
    assert refused(check_package(done.folder)) == {}
    text = (done.folder / "arkivstruktur.xml").read_text()
    assert "<tittel>Spørsmål \ufffd\ufffd\ufffd\ufffd &lt;b&gt; &amp; 'mer' 👩🏽‍🚀 ᚠ</tittel>" in text


def test_the_closing_of_the_series_is_always_in_the_log(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(endringer=()), tmp_path, schemas)
    log = (done.folder / "endringslogg.xml").read_text()
    assert done.endringer == 1
    assert f"<referanseArkivenhet>{id_of('series')}" in log


def test_changes_of_what_is_not_in_the_package_are_left_out_and_counted(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(endringer=(change("question"), change("elsewhere"))), tmp_path, schemas)
    assert (done.endringer, done.changes_outside) == (2, 1)
    assert refused(check_package(done.folder)) == {}


def test_an_archive_without_entries_has_no_journals(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(archive((archived(),)), endringer=()), tmp_path, schemas)
    assert not (done.folder / "loependeJournal.xml").exists()
    assert refused(check_package(done.folder)) == {}


def test_an_archive_without_anything_is_a_package_too(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(archive(()), endringer=()), tmp_path, schemas)
    assert (done.mapper, done.dokumentfiler) == (0, 0)
    assert set(refused(check_package(done.folder))) <= {"N5.42", "N5.44", "N5.45"}
    assert refused(check_package(done.folder)) == {}


# -- profiles


def test_the_puid_profile_has_the_puid_as_format(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(), tmp_path, schemas, profile="puid")
    text = (done.folder / "arkivstruktur.xml").read_text()
    assert "<format>fmt/476</format>" in text
    assert "formatDetaljer" not in text
    assert set(refused(check_package(done.folder))) == {"N5.29"}  # Arkade compares with the extension


def test_the_pdfa1b_profile_takes_only_pdfa1b(tmp_path: Path, schemas: Path | None) -> None:
    from tests.records.noark5.world import documents

    done = written(
        only(answer(dokumentbeskrivelser=documents("answer", puid="fmt/354", mark="1b"))),
        tmp_path,
        schemas,
        profile="pdfa1b",
    )
    assert (done.dokumentfiler, done.left_out) == (1, 1)
    report = check_package(done.folder)
    assert refused(report) == {}
    assert report["O.11"].counts == {"PDF/A-1b": 1}
    assert "<antallVedlegg>0</antallVedlegg>" in (done.folder / "arkivstruktur.xml").read_text()


def test_the_pdfa1b_profile_refuses_another_main_document(tmp_path: Path, schemas: Path | None) -> None:
    with pytest.raises(ExportError, match=r"is not PDF/A-1b"):
        written(extraction(), tmp_path, schemas, profile="pdfa1b")
    assert list(tmp_path.iterdir()) == []


def test_production_formats_stay_at_home(tmp_path: Path, schemas: Path | None) -> None:
    record = id_of("answer")
    docx = replace(objekt(record, 3, "docx", b"PK", "fmt/412"), variantformat="Produksjonsformat")
    main = dokument(record, 1, "Svar", docx, objekt(record, 1, "pdf", pdf("x"), "fmt/476"))
    done = written(only(answer(dokumentbeskrivelser=(main,))), tmp_path, schemas)
    assert (done.dokumentfiler, done.left_out) == (1, 1)


# -- what is refused


def _naive() -> Uttrekk:
    return only(answer(mottatt_dato=datetime(2026, 1, 1)))  # noqa: DTZ001 - the point of it


def _with(**more: Any) -> Uttrekk:
    return only(answer(**more))


def _mixed() -> Uttrekk:
    arkiv = archive()
    (top,) = arkiv.arkivdel.klassifikasjonssystem.klasser
    system = replace(arkiv.arkivdel.klassifikasjonssystem, klasser=(replace(top, mapper=(archived(),)),))
    return extraction(replace(arkiv, arkivdel=replace(arkiv.arkivdel, klassifikasjonssystem=system)))


def _twice(path: str) -> Uttrekk:
    record = id_of("answer")
    first, second = objekt(record, 1, "pdf", pdf("1"), "fmt/476"), objekt(record, 2, "pdf", pdf("2"), "fmt/476")
    return _with(
        dokumentbeskrivelser=(dokument(record, 1, "A", replace(first, filnavn=path), replace(second, filnavn=path)),)
    )


REFUSED: dict[str, tuple[Any, str]] = {
    "a code that is in no list": (lambda: _with(journalposttype="Tråd"), "which is not in the standard's list"),
    "a title of nothing": (lambda: _with(tittel=" \n"), "tittel of .* has no value"),
    "a time without zone": (_naive, "has no time zone"),
    "an open case": (lambda: extraction(archive((case(saksstatus="Under behandling"),))), "is “Under behandling”"),
    "an unfinished entry": (lambda: _with(journalstatus="Journalført"), "is “Journalført”"),
    "an open series": (
        lambda: extraction(replace(archive(), arkivdel=replace(archive().arkivdel, arkivdelstatus="Aktiv periode"))),
        "is not closed",
    ),
    "a class with both": (_mixed, "has both subclasses and threads"),
    "an id used twice": (
        lambda: only(answer(), answer(journalsekvensnummer=13, dokumentbeskrivelser=())),
        "is used twice",
    ),
    "a number used twice": (lambda: only(answer(), question(journalsekvensnummer=12)), "12/2026 is used twice"),
    "an entry without a party": (lambda: _with(korrespondanseparter=()), "has no correspondence party"),
    "an entry outside a case": (
        lambda: extraction(archive((replace(archived(), registreringer=(answer(),)),))),
        "does not stand in a case",
    ),
    "two files of one name": (lambda: _twice("b.pdf"), "want the file b.pdf"),
    "a file outside": (lambda: _twice("../b.pdf"), "cannot stand in a package"),
    "a file with letters of its own": (lambda: _twice("å.pdf"), "cannot stand in a package"),
    "a shielding of nothing": (
        lambda: _with(
            skjerming=Skjerming(tilgangsrestriksjon="U", skjermingshjemmel="Offl. § 13", skjerming_metadata=())
        ),
        "skjermingMetadata of",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_lawful_package_is_refused_and_nothing_is_left(what: str, tmp_path: Path) -> None:
    make, said = REFUSED[what]
    with pytest.raises(ExportError, match=said):
        write_package(make(), tmp_path / "package", schemas=None)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ExportError, match="is not an empty folder"):
        write_package(extraction(), tmp_path, schemas=None)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    assert (write_package(extraction(), tmp_path / "package", schemas=None).folder / "arkivuttrekk.xml").is_file()


def test_a_changed_schema_file_is_not_delivered(tmp_path: Path) -> None:
    official = beside("noark5/5.5")
    if official is None:
        pytest.skip("official schema files are not here")
    copy = tmp_path / "schemas"
    copy.mkdir()
    for path in official.glob("*.xsd"):
        (copy / path.name).write_bytes(path.read_bytes())
    with (copy / "addml.xsd").open("ab") as out:
        out.write(b" ")
    with pytest.raises(ExportError, match="is not the official file"):
        write_package(extraction(), tmp_path / "package", schemas=copy)
    assert not (tmp_path / "package").exists()


class Stopped(Exception):
    pass


def test_an_error_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Mappe]:
        yield case()
        raise Stopped

    with pytest.raises(Stopped):
        write_package(extraction(archive(broken())), tmp_path / "package", schemas=None)
    assert list(tmp_path.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from ordskifte.records.noark5.write.package import write_package
from tests.records.noark5.world import archive, extraction, many
def slow():
    for at, one in enumerate(many(1000)):
        if at == 5:
            print("half", flush=True)
            sys.stdin.read()
        yield one
write_package(extraction(archive(slow()), endringer=()), Path(sys.argv[1]), schemas=None)
"""


def test_a_killed_export_leaves_no_package_and_the_next_one_finishes(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    out = tmp_path / "package"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, out],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
        cwd=root,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
    assert not out.exists()
    assert write_package(extraction(), out, schemas=None).registreringer == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package"]


MEMORY = """
import resource, sys
from pathlib import Path
from ordskifte.records.noark5.write.package import write_package
from ordskifte.records.noark5.check.run import check_package
from tests.records.noark5.world import archive, extraction, many
out = Path(sys.argv[1])
write_package(extraction(archive(many(int(sys.argv[2]))), endringer=()), out, schemas=None)
check_package(out)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]

    def most(name: str, number: int) -> int:
        ran = subprocess.run(
            [sys.executable, "-c", MEMORY, tmp_path / name, str(number)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(root)},
            cwd=root,
        )
        return int(ran.stdout)

    assert most("large", 4_000) - most("small", 100) < 40_000  # kilobytes; the tables on disk have a cache


def test_a_generator_is_read_once(tmp_path: Path, schemas: Path | None) -> None:
    done = written(extraction(archive(many(50)), endringer=()), tmp_path, schemas)
    assert (done.mapper, done.journalposter, done.dokumentfiler) == (5, 50, 100)
    assert refused(check_package(done.folder)) == {}


def test_the_bytes_of_a_document_are_those_that_were_given(tmp_path: Path) -> None:
    record = id_of("answer")
    data = os.urandom(3_000_000)
    one = replace(objekt(record, 1, "json", b"", "fmt/817"), innhold=opening(data))
    done = written(only(answer(dokumentbeskrivelser=(dokument(record, 1, "Stor", one),))), tmp_path, None)
    (path,) = (done.folder / "DOKUMENT").rglob("*.json")
    assert path.read_bytes() == data
    text = (done.folder / "arkivstruktur.xml").read_text()
    assert f"<sjekksum>{sha256(data).hexdigest()}</sjekksum>" in text
    assert "<filstoerrelse>3000000</filstoerrelse>" in text


def test_times_keep_their_zone(tmp_path: Path) -> None:
    done = written(extraction(), tmp_path, None)
    assert AT.tzinfo is UTC
    assert "<mottattDato>2026-03-02T09:12:05+00:00</mottattDato>" in (done.folder / "arkivstruktur.xml").read_text()
    assert SHIELDING.ord
