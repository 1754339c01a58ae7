"""Pages of imports: who may bring in, how a file is taken in, what is shown while it runs and afterwards."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.db import connection
from django.test import Client

from ordskifte.channels import reasons
from ordskifte.listen import uploads
from ordskifte.listen.imports import BROKEN_OFF, MAKE_ROOM, NOT_KEPT
from ordskifte.listen.models import Import, ImportFile, ImportProblem
from ordskifte.listen.uploads import safe_name
from ordskifte.people.models import Role
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW, make_channel, make_person, make_unit, number_entries, say

pytestmark = pytest.mark.django_db


def signed_in(*roles: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(make_person(*roles, language=language))
    return client


@pytest.fixture
def editor() -> Client:
    return signed_in(Role.EDITOR)


def uploaded() -> list[Path]:
    folder = settings.HOME.uploads
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


@pytest.fixture(autouse=True)
def no_leftovers() -> Any:
    for path in uploaded():
        path.unlink()


def file(name: str = "outbox.json", content: bytes = b"{}") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def jobs() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs order by id")
        return [{"task": task, **json.loads(args)} for task, args in cursor.fetchall()]


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ([Role.ADMINISTRATOR], 200),
        ([Role.OWNER], 200),
        ([Role.EDITOR], 200),
        ([Role.ARCHIVIST], 200),
        ([Role.CASEWORKER, Role.MODERATOR, Role.DPO, Role.AUDITOR], 403),
        ([], 403),
    ],
)
def test_only_those_with_the_role_bring_in(roles: list[str], status: int) -> None:
    client = signed_in(*roles)
    run = make_run()
    assert client.get("/desk/imports/").status_code == status
    assert client.get(f"/desk/imports/{run.id}/").status_code == status
    answers = {200: (302, 302), 403: (403, 403)}[status]
    posted = client.post("/desk/imports/", {"files": file()}).status_code
    assert (posted, client.post(f"/desk/imports/{run.id}/stop/").status_code) == answers
    assert bool(uploaded()) == (status == 200)


def test_signed_out_uploads_nothing() -> None:
    answer = Client().post("/desk/imports/", {"files": file()})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/desk/imports/")
    assert uploaded() == []


def test_files_are_kept_in_the_home_and_a_job_reads_them(editor: Client) -> None:
    files = [file("tweets.js", b"window.YTD = []"), file("account.js", b"1")]
    answer = editor.post("/desk/imports/", {"files": files, "keep": "all", "channel_name": " X,  gammel "})
    run = Import.objects.get()
    assert answer["Location"] == f"/desk/imports/{run.id}/"
    assert (run.keep, run.channel_name, run.state, run.names) == (
        "all",
        "X, gammel",
        "waiting",
        ["tweets.js", "account.js"],
    )
    assert run.actor_name == "Ingrid Solli"
    assert {path.name: path.read_bytes() for path in uploaded()} == {
        "tweets.js": b"window.YTD = []",
        "account.js": b"1",
    }
    (job,) = jobs()
    assert (job["task"], job["import_id"]) == ("run_import", str(run.id))
    assert sorted(job["paths"]) == [str(path) for path in uploaded()]
    assert [entry.kind for entry in entries_of_record(run.id)] == ["import.started"]


def test_the_default_is_to_keep_our_own_words(editor: Client) -> None:
    page = editor.get("/desk/imports/").content.decode()
    assert 'name="keep" value="own" checked' in page
    assert "arkivforskrifta § 1" in page
    editor.post("/desk/imports/", {"files": file(), "keep": "nonsense"})
    assert Import.objects.get().keep == "own"


def test_names_with_paths_and_tricks_stay_in_their_folder(editor: Client) -> None:
    editor.post("/desk/imports/", {"files": [file("../../etc/passwd"), file("..\\..\\passwd"), file("\u202egpj.exe")]})
    names = sorted(path.name.rsplit("-", 1)[-1] for path in uploaded())
    assert names == ["gpj.exe", "passwd", "passwd"]
    assert len({path.parent for path in uploaded()}) == 1


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("a.zip", "a.zip"),
        ("../a.zip", "a.zip"),
        ("C:\\x\\arkiv 2026.tar.gz", "arkiv 2026.tar.gz"),
        (".bashrc", "bashrc"),
        ("..", "upload"),
        ("", "upload"),
        ("a\x00\n<b>?.json", "a___b__.json"),
        ("æ" * 400 + ".zip", "æ" * 60 + ".zip"),
        ("x" * 400, "x" * 120),
    ],
)
def test_a_name_is_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe
    assert os.sep not in safe_name(given)


def test_no_file_is_said_and_nothing_begins(editor: Client) -> None:
    answer = editor.post("/desk/imports/", {"keep": "later"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose a file first." in page
    assert 'value="later" checked' in page
    assert not Import.objects.exists()


def test_a_full_disk_is_said_before_anything_is_stored(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MARGIN", 1 << 60)
    answer = editor.post("/desk/imports/", {"files": [file(), file("b.json")]})
    assert answer.status_code == 507
    assert "The disk is too full for this file." in answer.content.decode()
    assert (uploaded(), Import.objects.count()) == ([], 0)


def test_a_disk_that_fills_up_leaves_nothing_behind(editor: Client) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this machine has no /dev/full")
    handler = uploads.StreamToHome(uploads.new_upload_folder())
    handler.new_file("files", "a.zip", "application/zip", None)
    handler._handle.close()
    handler._handle = full.open("wb", buffering=0)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x" * 4096, 0)
    assert handler.problem.startswith("Disken er full") or handler.problem.startswith("The disk is full")
    assert (handler.paths, handler.folder.exists()) == ([], False)


def test_a_form_from_elsewhere_is_refused_and_its_file_is_gone() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person(Role.EDITOR))
    assert client.post("/desk/imports/", {"files": file()}).status_code == 403
    assert (uploaded(), Import.objects.count()) == ([], 0)


def make_run(**more: Any) -> Import:
    given = {
        "actor": "system:command",
        "actor_name": "Ingrid Solli",
        "started_at": NOW,
        "state": "running",
        "names": ["mastodon.tar.gz"],
        "keep": "own",
        "legal_basis": "",
        "bytes_total": 200_000_000,
        "bytes_read": 50_000_000,
        "first_batch": 1,
    }
    return Import.objects.create(**{**given, **more})


def test_a_running_import_shows_how_far_it_has_come_and_asks_again(editor: Client) -> None:
    run = make_run()
    ImportFile.objects.create(
        run=run, path="outbox.json", kind="mastodon", items=1300, utterances=1200, media=3, problems=2
    )
    page = editor.get(f"/desk/imports/{run.id}/").content.decode()
    assert f'hx-get="/desk/imports/{run.id}/" hx-trigger="every 1s"' in page
    assert '<progress class="os-bar" data-tall id="pr" value="50000000" max="200000000">' in page
    assert "<dd>1,200</dd>" in page
    assert "Load the page again to see how far it has come</a></p></noscript>" in page
    part = editor.get(f"/desk/imports/{run.id}/", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().lstrip().startswith('<div id="import"')


def test_stopping_is_recorded_once_and_said(editor: Client) -> None:
    run = make_run()
    assert editor.post(f"/desk/imports/{run.id}/stop/")["Location"] == f"/desk/imports/{run.id}/"
    run.refresh_from_db()
    assert run.stop_asked
    assert [entry.kind for entry in entries_of_record(run.id)] == ["import.stop_asked"]
    assert "Stops after what is being written now." in editor.get(f"/desk/imports/{run.id}/").content.decode()
    ended = make_run(ended_at=NOW, state="done")
    editor.post(f"/desk/imports/{ended.id}/stop/")
    assert entries_of_record(ended.id) == []
    assert editor.get(f"/desk/imports/{run.id}/stop/").status_code == 405


def test_the_report_counts_every_item_and_names_the_problems(editor: Client) -> None:
    said = say(make_channel(), "hei")
    secret = say(make_channel(unit=make_unit(sensitive=True)), "følsomt")
    number_entries()
    run = make_run(state="done", ended_at=NOW + timedelta(seconds=2.1), last_batch=1)
    one = ImportFile.objects.create(
        run=run,
        path="a/<b>outbox.json",
        kind="mastodon",
        items=18_442,
        utterances=17_006,
        versions=611,
        other=823,
        problems=2,
    )
    ImportFile.objects.create(run=run, path="a/actor.json", kind="mastodon", items=1, other=1)
    ImportProblem.objects.create(file=one, where="item 4117", why=reasons.NOT_JSON, detail="<i>byte 8812</i>")
    for utterance in (said, secret):
        ImportProblem.objects.create(
            file=one, where="item 9860", why=reasons.BAD_DATE, remark=True, utterance_id=utterance.id
        )
    answer = editor.get(f"/desk/imports/{run.id}/", headers={"HX-Request": "true"})
    assert answer.status_code == 286  # htmx asks no more
    page = editor.get(f"/desk/imports/{run.id}/").content.decode()
    assert '<th scope="row">In all</th><td class="r">18,443</td><td class="r">17,006</td>' in page
    assert "a/&lt;b&gt;outbox.json" in page
    assert "2 problems, nothing was lost." in page
    assert "And 1 more." in page
    assert "&lt;i&gt;byte 8812&lt;/i&gt;" in page
    assert f'href="/desk/u/{said.id}/"' in page
    assert str(secret.id) not in page
    assert "in 2.1 s" in page


def test_an_import_without_problems_says_so(editor: Client) -> None:
    run = make_run(state="done", ended_at=NOW, last_batch=1)
    page = editor.get(f"/desk/imports/{run.id}/").content.decode()
    assert "No problems." in page
    assert "Recorded, waits for its number" in page


def test_a_failed_import_says_what_happened(editor: Client) -> None:
    run = make_run(state="failed", ended_at=NOW, failure="The zip is <cut> short.")
    page = editor.get(f"/desk/imports/{run.id}/").content.decode()
    assert "The zip is &lt;cut&gt; short." in page


def test_a_store_that_keeps_nothing_is_said_in_the_readers_language() -> None:
    said = "The store cannot write evidence/1: No space left on device."
    run = make_run(state="failed", ended_at=NOW, failure=f"{NOT_KEPT}\n{MAKE_ROOM}\n{said}")
    page = signed_in(Role.EDITOR, language="nb").get(f"/desk/imports/{run.id}/").content.decode()
    assert "Lageret kunne ikke ta vare på det som kom inn." in page
    assert "Lag plass på disken, og prøv igjen." in page
    assert said in page


def test_what_went_wrong_is_said_in_the_readers_language() -> None:
    run = make_run(state="stopped", ended_at=NOW, failure=BROKEN_OFF)
    one = ImportFile.objects.create(run=run, path="a.zip", kind="", items=1, problems=1)
    ImportProblem.objects.create(
        file=one, where="whole file", why=reasons.CUT_ZIP, detail=reasons.DOWNLOAD_AGAIN_OR_UNPACK
    )
    page = signed_in(Role.EDITOR, language="nb").get(f"/desk/imports/{run.id}/").content.decode()
    assert "Kommandoen ble avbrutt." in page
    assert "Dette er ikke en hel zip-fil" in page
    assert "Last ned eksporten på nytt." in page


def test_earlier_imports_are_listed_newest_first(editor: Client) -> None:
    make_run(state="done", ended_at=NOW, names=["eldst.zip"])
    make_run(started_at=NOW + timedelta(days=1), names=["nyest.zip"])
    page = editor.get("/desk/imports/").content.decode()
    assert page.index("nyest.zip") < page.index("eldst.zip")


def test_an_import_that_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get(f"/desk/imports/{uuid4()}/").status_code == 404
    assert editor.post(f"/desk/imports/{uuid4()}/stop/").status_code == 404
