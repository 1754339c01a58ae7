"""Which schemas are used, and what is said of them."""

from pathlib import Path

import pytest

from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.schemas import install, look_in
from tests.records.noark5.package import Package
from tests.records.noark5.shared import shared
from tests.records.noark5.test_check import refused

pytestmark = pytest.mark.shared


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    install(look_in(shared("noark5/5.5")), path)
    return path


def test_the_schemas_of_the_home_are_used_for_a_package_that_brings_none(home: Path, tmp_path: Path) -> None:
    package = Package(schemas=False).edit("<versjonsnummer>1<", "<versjonsnummer>en<")
    report = check_package(package.write(tmp_path / "package"), home=home)
    assert refused(report) == {"N5.03": 1}
    assert report["N5.03"].notes == []
    assert "versjonsnummer" in report["N5.03"].findings[0].args[0]


def test_own_metadata_are_checked_with_them_too(home: Path, tmp_path: Path) -> None:
    package = Package(schemas=False).edit("<o:number>7", "<o:number>seven")
    assert refused(check_package(package.write(tmp_path / "package"), home=home)) == {"O.03": 1}


def test_without_either_the_test_says_that_it_was_not_run(tmp_path: Path) -> None:
    package = Package(schemas=False).edit("<versjonsnummer>1<", "<versjonsnummer>en<")
    report = check_package(package.write(tmp_path / "package"), home=tmp_path / "nowhere")
    assert refused(report) == {}
    assert [note.key for note in report["N5.03"].notes] == ["no_schemas"]


def test_changed_schemas_of_a_package_are_named_and_not_used(home: Path, tmp_path: Path) -> None:
    loose = (shared("noark5/5.5") / "metadatakatalog.xsd").read_bytes().replace(b"xs:integer", b"xs:string")
    package = Package(changed={"metadatakatalog.xsd": loose}).edit("<versjonsnummer>1<", "<versjonsnummer>en<")
    found = refused(check_package(package.write(tmp_path / "package"), home=home))
    assert found == {"N5.02": 1, "N5.03": 1, "O.02": 1}


def test_a_file_with_no_end_of_errors_is_given_up_after_a_while(home: Path, tmp_path: Path) -> None:
    package = Package(schemas=False)
    record = package.structure.partition("<registrering>")[2].partition("</registrering>")[0]
    wrong = f"<registrering>{record.replace('<versjonsnummer>1<', '<versjonsnummer>en<')}</registrering>\n"
    package.edit("<registrering>", wrong * 2_000 + "<registrering>")
    outcome = check_package(package.write(tmp_path / "package"), home=home)["N5.03"]
    assert (outcome.errors > 1_000, outcome.errors < 1_100, len(outcome.findings)) == (True, True, 200)


def test_a_root_of_another_namespace_is_an_error_of_the_schema(home: Path, tmp_path: Path) -> None:
    package = Package(schemas=False)
    package.structure = package.structure.replace('/arkivstruktur" xmlns:xsi', '/noe-annet" xmlns:xsi')
    assert refused(check_package(package.write(tmp_path / "package"), home=home))["N5.03"]
