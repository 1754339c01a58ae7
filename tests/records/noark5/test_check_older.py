"""Packages made by older systems: version 3.1 has other names for some things."""

from pathlib import Path

from tests.records.noark5.package import AT, N5, Package, id_of
from tests.records.noark5.test_check import checked, refused

PARTY = (
    "<sakspart>\n<sakspartNavn>Ola Eksempel</sakspartNavn>\n<sakspartRolle>Klager</sakspartRolle>\n</sakspart>\n"
    "<saksaar>"
)
SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" version="3.1"
 targetNamespace="{N5}/%s">
<xs:element name="%s" type="%s"/>
</xs:schema>
"""


def older() -> Package:
    package = Package(version="3.1", schemas=False)
    package.edit("<saksaar>", PARTY)
    package.edit("<registrering>", '<registrering xsi:type="basisregistrering">')
    package.edit(f"<dokumentobjekt>\n<systemID>{id_of('d4/o')}</systemID>\n", "<dokumentobjekt>\n")
    package.edit("<journalstatus>Arkivert", "<journalstatus>Utgår")
    return package


def test_an_older_package_is_read_and_counted(tmp_path: Path) -> None:
    report = checked(older(), tmp_path)
    assert refused(report) == {}
    assert report.version == "3.1"
    assert report["N5.16"].counts == {"journalpost": 2, "basisregistrering": 1}
    assert report["N5.35"].counts == {"mappe": 1}


def test_the_code_lists_of_another_version_are_not_used(tmp_path: Path) -> None:
    report = checked(older().edit("Besvart med e-post", "Besvart på telefaks"), tmp_path)
    assert refused(report) == {}
    assert [(note.key, note.args) for note in report["O.05"].notes] == [("old_version", ("3.1",))]


def test_without_its_schemas_the_test_says_that_it_was_not_run(tmp_path: Path) -> None:
    report = checked(older(), tmp_path)
    assert report["N5.03"].count == 0
    assert [note.key for note in report["N5.03"].notes] == ["no_schemas"]


def test_its_own_schemas_are_used_and_that_is_said(tmp_path: Path) -> None:
    package = older()
    package.more = {
        "endringslogg.xsd": (SCHEMA % ("endringslogg", "endringslogg", "xs:anyType")).encode(),
        "arkivstruktur.xsd": (SCHEMA % ("arkivstruktur", "arkiv", "xs:integer")).encode(),
    }
    package.unlisted = {"arkivstruktur.xsd", "endringslogg.xsd"}
    report = checked(package, tmp_path)
    assert [note.key for note in report["N5.03"].notes][:1] == ["own_old_schemas"]
    assert report["N5.03"].errors
    assert report["N5.03"].findings[0].where.startswith("arkivstruktur.xml")
    assert AT in package.structure
