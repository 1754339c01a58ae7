"""A draft translation by Apertium where it is installed; a clear word where it is not."""

from pathlib import Path

import pytest

from ordskifte.publish.errors import DraftError
from ordskifte.publish.translating import installed, translate


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called apertium, first on the path."""
    program = folder / "apertium"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_words_the_machine_did_not_know_are_marked_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, '[ "$1" = nob-nno ] && sed "s/vannet/vatnet/; s/Nesveien/*Nesveien/"', monkeypatch)
    found = translate("Kok vannet i Nesveien.", "nb", "nn")
    assert (found.text, found.unknown) == ("Kok vatnet i *Nesveien.", ("Nesveien",))


def test_without_the_program_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not installed()
    with pytest.raises(DraftError, match="apt install apertium-nno-nob"):
        translate("Hei", "nb", "nn")


@pytest.mark.parametrize(
    ("text", "pair", "words"), [("Hei", ("nb", "en"), "Only bokmål"), (" ", ("nb", "nn"), "no text")]
)
def test_what_cannot_be_translated_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, pair: tuple[str, str], words: str
) -> None:
    stand_in(tmp_path, "cat", monkeypatch)
    with pytest.raises(DraftError, match=words):
        translate(text, *pair)


def test_a_program_that_fails_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "exit 3", monkeypatch)
    with pytest.raises(DraftError, match="translation failed"):
        translate("Hei", "nb", "nn")
