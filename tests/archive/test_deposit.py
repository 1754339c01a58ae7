"""From rows to a Noark 5 package that our own checker takes."""

from pathlib import Path

import pytest

from tests.archive.depot import YEAR, archivist, deposited, errors, text_of
from tests.archive.office import decide, enter, open_period, question_and_answer
from tests.factories import delete, edit, make_channel, number_entries, say

pytestmark = pytest.mark.django_db


def test_a_question_and_its_answer_become_a_case_without_errors(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    number_entries()
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert (made.written.mapper, made.written.journalposter, made.written.dokumentfiler) == (1, 2, 4)
    structure = text_of(made.folder)
    assert f"<systemID>{asked.id}</systemID>" in structure
    assert f"<referanseAvskrivesAvJournalpost>{answered.id}</referanseAvskrivesAvJournalpost>" in structure


def test_a_thread_that_is_only_archived_becomes_a_mappe(tmp_path: Path) -> None:
    open_period()
    channel = make_channel()
    top = say(channel, "Vi åpner nytt bibliotek.", ours=True, by="Eksempel kommune")
    reply = say(channel, "Så bra!", parent=top)
    edit(reply, "Så flott!")
    delete(reply)
    for one in (top, reply):
        decide(one.id, outcome="archive")
    left = say(channel, "Første!", parent=top)
    decide(left.id, outcome="leave_out")
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert (made.written.registreringer, made.written.journalposter) == (2, 0)
    assert "slettetTidspunkt" in text_of(made.folder, "endringslogg.xml")
    assert str(left.id) not in text_of(made.folder)


def test_an_empty_period_is_a_package_too(tmp_path: Path) -> None:
    open_period()
    made = deposited(tmp_path / "out", viewer=archivist(), **YEAR)
    assert errors(made.folder) == {}
    assert made.written.registreringer == 0
