import re
import tarfile
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree

from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.dias.schema import dias_schema
from ordskifte.records.noark5.dias.sip import Sip, write_sip
from ordskifte.records.noark5.dias.values import Innlevering
from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.write.package import write_package
from tests.records.noark5.shared import shared
from tests.records.noark5.test_check import refused
from tests.records.noark5.world import extraction

pytestmark = pytest.mark.shared
NAME = UUID("7f0e8f0c-52a5-4a31-9f1c-0a4f1f3c2b11")
SUBMISSION = Innlevering(
    uuid=NAME,
    tidspunkt=datetime(2027, 2, 1, 12, 0, tzinfo=UTC),
    etikett='Sosiale medier 2026 <Eksempel & co>, "alt"',
    arkivskaper="Eksempel kommune",
    avsender="Eksempel kommune",
    eier="Eksempel kommune",
    depot="IKA Eksempel",
    avtale="2027-1",
    periode_start=date(2026, 1, 1),
    periode_slutt=date(2026, 12, 31),
    system_versjon="0.1.0",
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(extraction(), tmp_path / "package", schemas=shared("noark5/5.5")).folder


@pytest.fixture
def sip(package: Path, tmp_path: Path) -> Sip:
    return write_sip(package, tmp_path / "sip", SUBMISSION, schemas=shared("noark5/dias"))


@pytest.fixture
def unpacked(sip: Sip, tmp_path: Path) -> Path:
    with tarfile.open(sip.tar) as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
    return tmp_path / "unpacked" / str(NAME)


def test_the_layout_is_that_of_dias(unpacked: Path) -> None:
    assert sorted(path.name for path in unpacked.parent.iterdir()) == [str(NAME)]
    assert sorted(path.name for path in unpacked.iterdir()) == [
        *("administrative_metadata", "content", "descriptive_metadata", "dias-mets.xml", "dias-mets.xsd"),
    ]
    assert sorted(path.name for path in (unpacked / "administrative_metadata").iterdir()) == [
        *("addml.xml", "addml.xsd", "dias-premis.xml", "dias-premis.xsd"),
    ]


def test_the_package_in_it_is_the_one_that_was_packed(unpacked: Path) -> None:
    assert refused(check_package(unpacked)) == {}


@pytest.mark.parametrize(
    ("path", "schema"),
    [("dias-mets.xml", "DIAS_METS.xsd"), ("administrative_metadata/dias-premis.xml", "DIAS_PREMIS.xsd")],
)
def test_the_metadata_validate(path: str, schema: str, unpacked: Path) -> None:
    dias_schema(shared("noark5/dias"), schema).assertValid(etree.parse(str(unpacked / path)))


def test_the_submission_description_validates_and_names_the_tar(sip: Sip) -> None:
    dias_schema(shared("noark5/dias"), "submissionDescription.xsd").assertValid(etree.parse(str(sip.description)))
    assert sip.digest == sha256(sip.tar.read_bytes()).hexdigest()
    text = sip.description.read_text()
    assert f'CHECKSUM="{sip.digest}"' in text
    assert f'SIZE="{sip.tar.stat().st_size}"' in text
    assert f"file:{NAME}.tar" in text


def test_a_damaged_list_does_not_validate(unpacked: Path) -> None:
    path = unpacked / "dias-mets.xml"
    path.write_text(path.read_text().replace(' TYPE="SIP"', ' TYPE="ZIP"'))
    assert not dias_schema(shared("noark5/dias"), "DIAS_METS.xsd").validate(etree.parse(str(path)))


def test_every_file_is_listed_with_its_digest_and_size(unpacked: Path, sip: Sip) -> None:
    listed = {
        found[2]: (found[1], int(found[0]))
        for found in re.findall(
            r'<file ID="[^"]+" MIMETYPE="[^"]+" SIZE="(\d+)" CREATED="[^"]+" CHECKSUM="([0-9a-f]{64})"[^>]*>\s*'
            r'<FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="file:([^"]+)"/>',
            (unpacked / "dias-mets.xml").read_text(),
        )
    }
    real = {
        path.relative_to(unpacked).as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
        for path in unpacked.rglob("*")
        if path.is_file() and path.name != "dias-mets.xml"
    }
    assert listed == real
    assert sip.files == len(real) + 1


def test_the_same_package_and_submission_give_the_same_bytes(package: Path, sip: Sip, tmp_path: Path) -> None:
    again = write_sip(package, tmp_path / "again", SUBMISSION, schemas=shared("noark5/dias"))
    assert again.digest == sip.digest
    assert again.description.read_bytes() == sip.description.read_bytes()


def test_only_the_two_files_are_made(sip: Sip) -> None:
    assert sorted(path.name for path in sip.tar.parent.iterdir()) == [f"{NAME}.tar", f"{NAME}.xml"]


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is no Noark 5 package"):
        write_sip(tmp_path, tmp_path / "sip", SUBMISSION, schemas=shared("noark5/dias"))
    assert list(tmp_path.iterdir()) == []


def test_an_error_in_the_middle_leaves_nothing(package: Path, tmp_path: Path) -> None:
    naive = replace(SUBMISSION, tidspunkt=datetime(2027, 1, 1))  # noqa: DTZ001 - the point of it
    with pytest.raises(ExportError, match="has no time zone"):
        write_sip(package, tmp_path / "sip", naive, schemas=shared("noark5/dias"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package"]
