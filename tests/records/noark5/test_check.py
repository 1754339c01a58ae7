"""For every test that can make an error there is a package that only this test refuses."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ordskifte.records.noark5.check.outcome import Report
from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.check.words import titles
from tests.records.noark5.package import AT, FILES, SHIELDED, VSM, Package, id_of, party, pdf
from tests.records.noark5.shared import shared

NEVER = {  # Arkade only counts these
    *("N5.04", "N5.05", "N5.06", "N5.07", "N5.08", "N5.09", "N5.11", "N5.13", "N5.14", "N5.18", "N5.20", "N5.21"),
    *("N5.23", "N5.24", "N5.26", "N5.34", "N5.35", "N5.36", "N5.37", "N5.38", "N5.39", "N5.40", "N5.41", "N5.43"),
    *("N5.46", "N5.64"),
}
KASSASJON = (
    "<kassasjon>\n<kassasjonsvedtak>Kasseres</kassasjonsvedtak>\n<bevaringstid>5</bevaringstid>\n"
    "<kassasjonsdato>2031-01-01</kassasjonsdato>\n</kassasjon>\n"
)
SUBCLASS = (
    f"<klasse>\n<systemID>{id_of('k9')}</systemID>\n<klasseID>9</klasseID>\n<tittel>Under</tittel>\n"
    f"<opprettetDato>{AT}</opprettetDato>\n<opprettetAv>Ordskifte</opprettetAv>\n</klasse>\n"
)


def checked(package: Package, folder: Path) -> Report:
    return check_package(package.write(folder / "package"))


def refused(report: Report) -> dict[str, int]:
    return {id_: one.errors for id_, one in report.tests.items() if one.errors}


def structure(old: str, new: str) -> Package:
    return Package().edit(old, new)


def public(old: str, new: str) -> Package:
    package = Package()
    assert package.public is not None
    assert old in package.public
    package.public = package.public.replace(old, new, 1)
    return package


def both_journals(change: Callable[[str], str]) -> Package:
    package = Package()
    assert package.running is not None
    assert package.public is not None
    package.running, package.public = change(package.running), change(package.public)
    return package


def log(old: str, new: str) -> Package:
    package = Package()
    assert package.log is not None
    assert old in package.log
    package.log = package.log.replace(old, new, 1)
    return package


def with_document(path: str, data: bytes) -> Package:
    """The last document of the package is another file."""
    package = structure("DOKUMENT/under/3.pdf", path)
    old = FILES["DOKUMENT/under/3.pdf"]
    package.edit(sha256(old).hexdigest(), sha256(data).hexdigest())
    extension = path.rpartition(".")[2]
    at = package.structure.index(f"<referanseDokumentfil>{path}")
    head, tail = package.structure[:at], package.structure[at:]
    begin = head.rindex("<format>")
    head = head[:begin] + head[begin:].replace("<format>pdf", f"<format>{extension}")
    package.structure = head + tail.replace(f"<filstoerrelse>{len(old)}", f"<filstoerrelse>{len(data)}", 1)
    del package.documents["DOKUMENT/under/3.pdf"]
    package.documents[path] = data
    return package


def swapped(text: str) -> str:
    """A journal whose entries stand in the other order."""
    first, second = re.findall(r"<journalregistrering>.*?</journalregistrering>\n", text, re.DOTALL)
    return text.replace(first + second, second + first)


def without_last(text: str) -> str:
    """A journal that has lost its last entry, and says so."""
    at = text.rindex("<journalregistrering>")
    end = text.index("</journalregistrering>\n", at) + len("</journalregistrering>\n")
    return (text[:at] + text[end:]).replace("<antallJournalposter>2", "<antallJournalposter>1")


def lost_entry() -> Package:
    package = Package()
    assert package.public is not None
    package.public = without_last(package.public)
    return package


def mixed_records() -> Package:
    """The record stands directly in a class, beside a subclass."""
    package = Package()
    begin = package.structure.index(f"<mappe>\n<systemID>{id_of('m2')}")
    end = package.structure.index("</mappe>\n", begin) + len("</mappe>\n")
    record = re.search(r"<registrering>.*?</registrering>\n", package.structure[begin:end], re.DOTALL)
    assert record
    package.structure = package.structure[:begin] + package.structure[end:]
    at = package.structure.index("<klasseID>0.2")
    end_of_class = package.structure.index("</klasse>", at)
    package.structure = package.structure[:end_of_class] + SUBCLASS + record[0] + package.structure[end_of_class:]
    return package


def prefixed() -> Package:
    package = Package()
    package.structure = package.structure.replace("xmlns:xsi=", "xmlns:x=").replace("xsi:", "x:")
    return package


CLASS_WITH_FOLDERS = f"</mappe>\n</klasse>\n<klasse>\n<systemID>{id_of('k2')}"

DAMAGED: dict[str, Callable[[], Package]] = {
    "N5.01": lambda: Package(hidden={"endringslogg.xml"}),
    "N5.02": lambda: Package(digests={"endringslogg.xml": "0" * 64}),
    "N5.03": lambda: structure("<versjonsnummer>1<", "<versjonsnummer>en<"),
    "N5.10": lambda: Package(numbers={"mappe": "3"}),
    "N5.12": lambda: structure(CLASS_WITH_FOLDERS, CLASS_WITH_FOLDERS.replace("</klasse>", SUBCLASS + "</klasse>", 1)),
    "N5.15": lambda: structure("<saksstatus>Avsluttet", "<saksstatus>Under behandling"),
    "N5.16": lambda: Package(numbers={"registrering": "2"}),
    "N5.17": lambda: structure("<journalposttype>Inngående dokument", "<journalposttype> "),
    "N5.19": mixed_records,
    "N5.22": lambda: structure("<journalstatus>Arkivert", "<journalstatus>Journalført"),
    "N5.25": lambda: structure("Dokumentet er ferdigstilt", "Dokumentet er under redigering"),
    "N5.27": lambda: structure("<opprettetDato>2026-03-03T08", "<opprettetDato>2026-13-03T08"),
    "N5.28": lambda: Package(facts={"antallDokumentfiler": "5"}),
    "N5.29": lambda: structure("<format>json<", "<format>fmt/817<"),
    "N5.30": lambda: Package(documents={**FILES, "DOKUMENT/1.json": b'{"id": "1102"}'}),
    "N5.32": lambda: Package(documents={k: v for k, v in FILES.items() if k != "DOKUMENT/1.json"}),
    "N5.33": lambda: Package(documents={**FILES, "DOKUMENT/stray.txt": b"x"}),
    "N5.42": lambda: Package(facts={"inneholderSkjermetInformasjon": "false"}),
    "N5.44": lambda: structure(
        f"<referanseArkivdel>{id_of('arkivdel')}</referanseArkivdel>\n",
        f"<referanseArkivdel>{id_of('arkivdel')}</referanseArkivdel>\n{KASSASJON}",
    ),
    "N5.45": lambda: Package(facts={"omfatterDokumenterSomErKassert": "true"}),
    "N5.47": lambda: structure(id_of("d3/o"), id_of("d4/o")),
    "N5.48": lambda: structure(f"<referanseArkivdel>{id_of('arkivdel')}", f"<referanseArkivdel>{id_of('nowhere')}"),
    "N5.51": lambda: structure(
        "<saksstatus>Avsluttet</saksstatus>\n",
        "<saksstatus>Avsluttet</saksstatus>\n"
        f"<referanseSekundaerKlassifikasjon>{id_of('nowhere')}</referanseSekundaerKlassifikasjon>\n",
    ),
    "N5.59": lost_entry,
    "N5.60": lambda: public("<journalSluttDato>2026-03-03", "<journalSluttDato>2026-03-04"),
    "N5.61": lambda: log("</endringslogg>", ""),
    "N5.62": lambda: log(id_of("r1"), id_of("nowhere")),
    "N5.63": lambda: structure("<tittel>Tråd om byggesak", "<tittel> "),
    "O.01": lambda: Package(log='<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE endringslogg>\n<endringslogg/>'),
    "O.02": lambda: Package(more={"addml.xsd": b"<x/>"}),
    "O.03": lambda: structure("<o:number>7", "<o:number>seven"),
    "O.04": lambda: structure(f" {VSM} own.xsd", ""),
    "O.05": lambda: structure("Besvart med e-post", "Besvart i sosiale medier"),
    "O.06": lambda: structure(f"<filstoerrelse>{len(FILES['DOKUMENT/1.json'])}", "<filstoerrelse>15"),
    "O.07": lambda: both_journals(lambda text: text.replace(id_of("r2"), id_of("r9"))),
    "O.08": lambda: Package(numbers={"endring": "2"}),
    "O.09": lambda: both_journals(swapped),
    "O.10": lambda: log("<tidligereVerdi>Journalført", "<tidligereVerdi> "),
    "O.11": lambda: with_document("DOKUMENT/3.pdf", pdf("uten merke", part="")),
    "O.12": lambda: with_document("DOKUMENT/3.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    "O.13": lambda: structure("DOKUMENT/1.json", "../../../etc/hosts.json"),
    "O.14": lambda: structure(party("Avsender", "Eksempel kommune") + party("Mottaker", "Ola E."), ""),
    "O.15": lambda: Package(facts={"endDate": "2026-03-02"}),
    "O.16": lambda: structure("<arkivdelstatus>Avsluttet periode", "<arkivdelstatus>Aktiv periode"),
    "O.17": lambda: public("Spørsmål fra *****", f"Spørsmål fra {SHIELDED}"),
    "O.18": lambda: Package(more={"other.xml": b"<x/>"}),
    "O.19": prefixed,
    "O.20": lambda: structure(f"<referanseTilRegistrering>{id_of('r1')}", f"<referanseTilRegistrering>{id_of('m2')}"),
}
NEEDS_SCHEMAS = {"N5.03", "O.02", "O.03"}


def test_a_correct_package_has_no_error(tmp_path: Path) -> None:
    assert refused(checked(Package(), tmp_path)) == {}


def test_every_test_that_can_make_an_error_is_here() -> None:
    assert set(DAMAGED) == set(titles()) - NEVER


@pytest.mark.parametrize("id_", DAMAGED)
def test_only_this_test_refuses_it(id_: str, tmp_path: Path) -> None:
    if id_ in NEEDS_SCHEMAS:
        shared("noark5/5.5")
    package = DAMAGED[id_]()
    if id_ == "O.13":  # what nobody refers to any more is not there either
        del package.documents["DOKUMENT/1.json"]
    found = refused(checked(package, tmp_path))
    assert list(found) == [id_], found


def test_more_findings_than_are_listed_are_counted(tmp_path: Path) -> None:
    many = {f"DOKUMENT/stray{number}.txt": b"x" for number in range(300)}
    report = checked(Package(documents={**FILES, **many}), tmp_path)
    assert (report["N5.33"].errors, len(report["N5.33"].findings)) == (300, 200)


def test_the_counts_are_those_of_the_structure(tmp_path: Path) -> None:
    report = checked(Package(), tmp_path)
    assert report["N5.10"].counts == {"saksmappe": 1, "mappe": 1}
    assert report["N5.16"].counts == {"journalpost": 2, "registrering": 1}
    assert report["N5.13"].counts == {id_of("k1"): 2}
    assert (report["N5.08"].count, report["N5.09"].count, report["N5.26"].count) == (3, 1, 4)
    assert report["N5.59"].counts == {"arkivstruktur.xml": 2, "loependeJournal.xml": 2, "offentligJournal.xml": 2}


def test_an_entry_without_a_main_document_is_counted(tmp_path: Path) -> None:
    package = structure("<tilknyttetRegistreringSom>Hoveddokument", "<tilknyttetRegistreringSom>Vedlegg")
    assert checked(package, tmp_path)["N5.17"].counts["uten hoveddokument"] == 1


def test_an_empty_file_is_counted_and_is_no_error_of_that_test(tmp_path: Path) -> None:
    report = checked(with_document("DOKUMENT/3.txt", b""), tmp_path)
    assert report["N5.64"].counts == {"DOKUMENT/3.txt": 1}
    assert refused(report) == {}


def test_a_file_referred_to_twice_is_counted(tmp_path: Path) -> None:
    package = structure("DOKUMENT/under/3.pdf", "DOKUMENT/2.pdf")
    package.edit(sha256(FILES["DOKUMENT/under/3.pdf"]).hexdigest(), sha256(FILES["DOKUMENT/2.pdf"]).hexdigest())
    package.edit(
        f"<filstoerrelse>{len(FILES['DOKUMENT/under/3.pdf'])}", f"<filstoerrelse>{len(FILES['DOKUMENT/2.pdf'])}"
    )
    report = checked(package, tmp_path)
    assert report["N5.34"].counts == {"DOKUMENT/2.pdf": 2}
    assert refused(report) == {"N5.33": 1}


def test_backslashes_in_references_are_read_as_arkade_reads_them(tmp_path: Path) -> None:
    assert refused(checked(structure("DOKUMENT/under/3.pdf", "DOKUMENT\\under\\3.pdf"), tmp_path)) == {}


def test_a_puid_that_is_not_what_the_file_says_is_an_error(tmp_path: Path) -> None:
    assert refused(checked(structure("fmt/476", "fmt/354"), tmp_path)) == {"O.11": 1}


def test_a_file_that_is_not_what_its_name_says_is_an_error(tmp_path: Path) -> None:
    assert refused(checked(with_document("DOKUMENT/3.png", b"GIF89a"), tmp_path)) == {"O.12": 1}


def test_the_name_of_a_shielded_sender_may_not_stand_in_public(tmp_path: Path) -> None:
    name = "<korrespondansepartNavn>*****"
    assert refused(checked(public(name, name.replace("*****", SHIELDED)), tmp_path)) == {"O.17": 1}


def test_a_reference_to_another_period_is_counted_and_is_no_error(tmp_path: Path) -> None:
    old = f"<referanseTilRegistrering>{id_of('r1')}"
    report = checked(structure(old, old.replace(id_of("r1"), id_of("elsewhere"))), tmp_path)
    assert refused(report) == {}
    assert [(note.key, note.args) for note in report["O.20"].notes] == [("elsewhere", ("1",))]
