"""Jobs can be run twice, end in a state that a person sees, and tidy up after themselves."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from ordskifte.base.home import Home
from ordskifte.base.keys import create_keys
from ordskifte.listen.imports import start_import
from ordskifte.listen.models import Import
from ordskifte.records.models import Checkpoint, Pending
from ordskifte.worker.jobs import imports, ledger
from tests.exports import archive, note

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 11, 14, 50, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home")
    made.uploads.mkdir(parents=True)
    create_keys(made, origin="test.example/ledger")
    monkeypatch.setattr(settings, "HOME", made)
    return made


def uploaded(home: Home) -> tuple[Import, Path]:
    folder = home.uploads / str(uuid4())
    folder.mkdir()
    path = archive(folder, [note(1, "Når åpner svømmehallen?"), note(2, "Klokka ti.")])
    run = start_import(
        [path], actor="system:test", actor_name="", keep="own", legal_basis="§ 1", channel_name="", at=AT
    )
    return run, path


def test_every_job_that_is_deferred_by_name_is_known() -> None:
    names = {name for name in app.tasks if not name.startswith(("builtin", "procrastinate"))}
    assert {"run_import", "sequence", "rescue", "sweep", "stamp", "forget_jobs"} <= names


def test_an_import_from_the_page_is_carried_out_and_its_upload_taken_away(home: Home) -> None:
    run, path = uploaded(home)
    imports.run_import(str(run.id), [str(path)])
    run.refresh_from_db()
    assert (run.state, sum(file.utterances for file in run.files.all())) == ("done", 2)
    assert list(home.uploads.iterdir()) == []


def test_run_again_after_it_ended_an_import_does_nothing(home: Home) -> None:
    run, path = uploaded(home)
    imports.run_import(str(run.id), [str(path)])
    ended = Import.objects.values().get(pk=run.id)
    imports.run_import(str(run.id), [str(path)])
    assert Import.objects.values().get(pk=run.id) == ended


def test_an_import_that_breaks_ends_as_failed_where_the_person_sees_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, path = uploaded(home)
    (home.keys / "evidence.key").write_bytes(b"not a key of 32 bytes")
    Path(home.store_place).write_text("a file where the store should be")
    imports.run_import(str(run.id), [str(path)])
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.ended_at is not None
    assert run.failure.splitlines()[0] == imports.WRONG_INSIDE


def test_the_sequence_job_numbers_and_signs_what_waits(home: Home) -> None:
    uploaded(home)
    assert Pending.objects.exists()
    ledger.sequence()
    assert (Pending.objects.exists(), Checkpoint.objects.exists()) == (False, True)


def test_old_uploads_are_swept_unless_an_import_still_waits(home: Home) -> None:
    run, _ = uploaded(home)
    (home.uploads / "stray.zip").write_bytes(b"PK")
    for path in home.uploads.iterdir():
        os.utime(path, (1_000, 1_000))
    (home.uploads / "new.zip").write_bytes(b"PK")
    assert imports.sweep_uploads(home, before=2_000) == 0
    Import.objects.filter(pk=run.pk).update(ended_at=AT)
    assert imports.sweep_uploads(home, before=2_000) == 2
    assert [path.name for path in home.uploads.iterdir()] == ["new.zip"]


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("one/two/file.zip", "one"),
        ("file.zip", "file.zip"),
        ("", None),
        ("../store/object", None),
        ("/etc/passwd", None),
    ],
)
def test_only_what_lies_in_the_uploads_is_an_upload(path: str, folder: str | None) -> None:
    home = Home(Path("/home"))
    given = Path(os.path.normpath(home.uploads / path))
    assert imports.upload_folder(home, given) == (home.uploads / folder if folder else None)
