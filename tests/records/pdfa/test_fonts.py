"""Fonts come into a home byte for byte, all that are needed or none."""

from hashlib import sha256
from pathlib import Path

import pytest

from ordskifte.records.pdfa import fonts
from ordskifte.records.pdfa.fonts import FontError, Pinned, install

NEEDED = {"NotoSans-Regular.ttf": b"regular", "NotoColorEmoji.ttf": b"emoji"}
EXTRA = {"NotoSansThai-Regular.ttf": b"thai"}


@pytest.fixture(autouse=True)
def ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short list instead of the real one."""
    known = {name: frozenset({sha256(content).hexdigest()}) for name, content in {**NEEDED, **EXTRA}.items()}
    monkeypatch.setattr(fonts, "pinned", lambda: Pinned(("fonts-noto-core",), frozenset(NEEDED), known))


def folder(tmp_path: Path, content: dict[str, bytes]) -> Path:
    place = tmp_path / "from" / "truetype"
    place.mkdir(parents=True)
    for name, data in content.items():
        (place / name).write_bytes(data)
    return place.parent


def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_all_that_is_right_is_installed(tmp_path: Path) -> None:
    place = home(tmp_path)
    done = install(place, folder(tmp_path, {**NEEDED, **EXTRA, "Other.ttf": b"x"}))
    assert (done.installed, done.missing, done.wrong) == (tuple(sorted({**NEEDED, **EXTRA})), (), ())
    assert {path.name: path.read_bytes() for path in (place / "fonts").iterdir()} == {**NEEDED, **EXTRA}


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    done = install(home(tmp_path), folder(tmp_path, NEEDED))
    assert done.missing == ("NotoSansThai-Regular.ttf",)


def test_other_bytes_are_left_out_and_named(tmp_path: Path) -> None:
    place = home(tmp_path)
    done = install(place, folder(tmp_path, {**NEEDED, "NotoSansThai-Regular.ttf": b"changed"}))
    assert [path.name for path in done.wrong] == ["NotoSansThai-Regular.ttf"]
    assert sorted(path.name for path in (place / "fonts").iterdir()) == sorted(NEEDED)


@pytest.mark.parametrize(
    "content", [{}, {"NotoSans-Regular.ttf": b"regular"}, {**NEEDED, "NotoSans-Regular.ttf": b"other"}]
)
def test_without_a_needed_one_nothing_is_installed(tmp_path: Path, content: dict[str, bytes]) -> None:
    place = home(tmp_path)
    with pytest.raises(FontError, match="Nothing was installed"):
        install(place, folder(tmp_path, content))
    assert list(place.iterdir()) == []


def test_a_new_set_takes_the_place_of_the_old(tmp_path: Path) -> None:
    place = home(tmp_path)
    install(place, folder(tmp_path, {**NEEDED, **EXTRA}))
    other = tmp_path / "other"
    other.mkdir()
    install(place, folder(other, NEEDED))
    assert sorted(path.name for path in (place / "fonts").iterdir()) == sorted(NEEDED)
    assert [path.name for path in place.iterdir()] == ["fonts"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="There is no folder"):
        install(home(tmp_path), tmp_path / "nowhere")
