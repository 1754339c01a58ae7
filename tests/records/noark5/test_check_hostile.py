"""Packages that are no packages, are cut off, or want to do harm."""

import os
from pathlib import Path

import pytest

from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.errors import PackageError
from tests.records.noark5.package import OWN_SCHEMA, VSM, Package
from tests.records.noark5.test_check import checked, refused, structure

BOMB = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>\n<arkiv>&b;</arkiv>'


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("x")
    with pytest.raises(PackageError, match="holds no Noark 5 package"):
        check_package(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"")
    with pytest.raises(PackageError, match="is not a folder"):
        check_package(tmp_path / "a.tar")


def test_a_package_in_the_content_of_a_dias_folder_is_found(tmp_path: Path) -> None:
    Package().write(tmp_path / "7f" / "content")
    assert refused(check_package(tmp_path)) == {}
    assert refused(check_package(tmp_path / "7f")) == {}


@pytest.mark.parametrize(
    ("name", "data", "test"),
    [
        ("arkivstruktur.xml", b'<?xml version="1.0"?>\n<arkiv><systemID>', "N5.03"),
        ("arkivstruktur.xml", b"", "N5.03"),
        ("arkivstruktur.xml", b"plain text", "N5.03"),
        ("arkivstruktur.xml", b'<?xml version="1.0" encoding="UTF-8"?><arkiv>\xe5</arkiv>', "N5.03"),
        ("arkivstruktur.xml", b'<?xml version="1.0"?><arkiv>&nowhere;</arkiv>', "N5.03"),
        ("arkivstruktur.xml", b'<?xml version="1.0"?><arkiv/><arkiv/>', "N5.03"),
        ("arkivstruktur.xml", b'<?xml version="1.0"?><a><b></a></b>', "N5.03"),
        ("arkivstruktur.xml", BOMB.encode(), "O.01"),
        ("arkivstruktur.xml", b"<!-- x -->\n<!DOCTYPE arkiv SYSTEM 'file:///etc/passwd'><arkiv/>", "O.01"),
        ("arkivstruktur.xml", '<?xml version="1.0" encoding="UTF-16"?><arkiv/>'.encode("utf-16"), "O.01"),
        ("arkivstruktur.xml", b'<?xml version="1.0" encoding="ISO-8859-1"?><arkiv>\xe5</arkiv>', "O.01"),
        ("arkivstruktur.xml", b'<?xml version="1.1"?><arkiv/>', "O.01"),
        ("arkivuttrekk.xml", BOMB.encode(), "O.01"),
        ("arkivuttrekk.xml", b"<addml>", "N5.03"),
        ("loependeJournal.xml", b"<loependeJournal>", "N5.03"),
        ("endringslogg.xml", b"<endringslogg>", "N5.61"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, data: bytes, test: str, tmp_path: Path) -> None:
    report = checked(Package(changed={name: data}), tmp_path)
    assert test in refused(report)
    assert not report.ok


def test_text_deeper_than_any_structure_is_refused(tmp_path: Path) -> None:
    deep = b"<arkiv>" * 5_000
    assert "N5.03" in refused(checked(Package(changed={"arkivstruktur.xml": deep}), tmp_path))


def test_tests_that_need_the_structure_say_that_they_were_not_run(tmp_path: Path) -> None:
    report = checked(Package(hidden={"arkivstruktur.xml"}), tmp_path)
    assert refused(report) == {"N5.01": 1}
    assert [note.key for note in report["N5.16"].notes] == ["not_run"]


@pytest.mark.parametrize("path", ["/etc/hostname.pdf", "DOKUMENT/../../x.pdf", "C:/x.pdf", "..\\\\x.pdf"])
def test_a_reference_out_of_the_package_is_not_opened(path: str, tmp_path: Path) -> None:
    package = structure("DOKUMENT/under/3.pdf", path)
    del package.documents["DOKUMENT/under/3.pdf"]
    assert refused(checked(package, tmp_path)) == {"O.13": 1}


def test_a_link_among_the_documents_is_not_followed(tmp_path: Path) -> None:
    folder = Package().write(tmp_path / "package")
    (folder / "DOKUMENT" / "1.json").unlink()
    os.symlink("/etc/hostname", folder / "DOKUMENT" / "1.json")
    assert refused(check_package(folder)) == {"O.13": 1}


@pytest.mark.parametrize(
    "schema",
    [
        OWN_SCHEMA.replace(
            "<xs:element", '<xs:import namespace="urn:x" schemaLocation="http://x.example/x.xsd"/><xs:element'
        ),
        OWN_SCHEMA.replace("<xs:element", '<xs:include schemaLocation="../../../etc/passwd"/><xs:element'),
        OWN_SCHEMA.replace("<xs:schema", "<!DOCTYPE x><xs:schema", 1),
        OWN_SCHEMA.replace("xs:integer", "xs:nothing"),
        "<not-a-schema/>",
        "",
    ],
)
def test_a_schema_of_the_package_that_may_not_be_used_is_named(schema: str, tmp_path: Path) -> None:
    report = checked(Package(own_schema=schema), tmp_path)
    assert set(refused(report)) <= {"O.03", "O.04"}
    assert report["O.03"].errors


def test_own_metadata_without_any_schema_is_an_error(tmp_path: Path) -> None:
    report = checked(Package(own_schema=None).edit(f" {VSM} own.xsd", ""), tmp_path)
    assert refused(report) == {"O.03": 1}


def test_an_undescribed_package_is_looked_at_all_the_same(tmp_path: Path) -> None:
    folder = Package().write(tmp_path / "package")
    (folder / "arkivuttrekk.xml").unlink()
    assert refused(check_package(folder)) == {"N5.01": 1}


def test_a_file_name_that_is_no_utf8_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    folder = Package().write(tmp_path / "package")
    Path(os.fsdecode(os.fsencode(folder / "DOKUMENT") + b"/\xff.txt")).write_bytes(b"x")
    report = check_package(folder)
    assert set(refused(report)) == {"N5.28", "N5.33"}
    assert report["N5.33"].findings[0].where == "DOKUMENT/\ufffd.txt"
