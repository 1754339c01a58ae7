import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from ordskifte.records.noark5.errors import SchemaError
from ordskifte.records.noark5.schemas import install, installed, known_sets, look_in, named
from tests.records.noark5.shared import shared

pytestmark = pytest.mark.shared


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own with the Noark 5 and DIAS schemas."""
    target = tmp_path / "from"
    for part in ("5.5", "dias"):
        shutil.copytree(shared("noark5") / part, target / part, copy_function=shutil.copyfile)
    return target


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    return path


def test_a_home_without_schemas_has_none(home: Path) -> None:
    assert installed(home, "noark5-5.5") is None


def test_the_sets_that_are_there_are_installed_unchanged(folder: Path, home: Path) -> None:
    assert [one.name for one in install(look_in(folder), home)] == ["noark5-5.5", "dias"]
    place = installed(home, "noark5-5.5")
    assert place == home / "schemas" / "noark5-5.5"
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in place.iterdir()} == named("noark5-5.5").files
    assert installed(home, "fiks-arkiv") is None


def test_all_four_sets_are_found_beside_the_repository(home: Path) -> None:
    found = look_in(shared("."))
    assert (found.wrong, found.missing, found.extra) == ((), (), ())
    assert install(found, home) == list(known_sets())


def test_installing_again_replaces_what_was_there(folder: Path, home: Path) -> None:
    install(look_in(folder), home)
    (home / "schemas" / "dias" / "DIAS_METS.xsd").write_bytes(b"spoiled")
    assert installed(home, "dias") is None
    install(look_in(folder), home)
    assert installed(home, "dias")
    assert sorted(path.name for path in (home / "schemas").iterdir()) == ["dias", "noark5-5.5"]


def test_a_changed_file_is_named_and_nothing_is_installed(folder: Path, home: Path) -> None:
    with (folder / "5.5" / "endringslogg.xsd").open("ab") as out:
        out.write(b"\n")
    with pytest.raises(SchemaError, match=r"endringslogg\.xsd is not the official file"):
        install(look_in(folder), home)
    assert list(home.iterdir()) == []


def test_a_missing_file_is_named_and_nothing_is_installed(folder: Path, home: Path) -> None:
    (folder / "5.5" / "metadatakatalog.xsd").unlink()
    with pytest.raises(SchemaError, match=r"metadatakatalog\.xsd of noark5-5\.5 is missing"):
        install(look_in(folder), home)
    assert list(home.iterdir()) == []


def test_a_stranger_among_them_is_named_and_left_alone(folder: Path, home: Path) -> None:
    stranger = folder / "dias" / "other.xsd"
    stranger.write_text("<x/>")
    found = look_in(folder)
    assert found.extra == (stranger,)
    install(found, home)
    assert not (home / "schemas" / "dias" / "other.xsd").exists()


def test_links_are_not_followed(folder: Path, home: Path) -> None:
    path = folder / "dias" / "DIAS_METS.xsd"
    path.rename(folder.parent / "DIAS_METS.xsd")
    path.symlink_to(folder.parent / "DIAS_METS.xsd")
    with pytest.raises(SchemaError, match=r"DIAS_METS\.xsd of dias is missing"):
        install(look_in(folder), home)


def test_a_folder_with_none_of_them_says_where_they_are_published(tmp_path: Path, home: Path) -> None:
    with pytest.raises(SchemaError) as refused:
        install(look_in(tmp_path), home)
    assert "nasjonalarkivet/schemas" in refused.value.advice


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="is not a folder"):
        look_in(tmp_path / "nowhere")
