"""The other ways out, read again by others: Python's csv, warcio, our own import."""

import csv
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from ordskifte.archive.exits.as2 import export_activitystreams
from ordskifte.archive.exits.selection import Selection
from ordskifte.archive.exits.tables import export_csv, safe
from ordskifte.archive.exits.warcs import export_warc, surt
from ordskifte.base.keys import load_keys
from ordskifte.listen.imports import import_paths
from ordskifte.people.viewer import NOBODY
from ordskifte.threads.models import Utterance, Version
from tests.archive.depot import archivist
from tests.factories import NOW, delete, edit, home_store, keep_media, make_channel, number_entries, say
from tests.records.pdfa.documents import picture

pytestmark = pytest.mark.django_db


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "utterances.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_csv_has_a_row_for_each_version_and_no_formula(tmp_path: Path) -> None:
    channel = make_channel()
    said = say(channel, '=HYPERLINK("https://evil.example","trykk")\nlinje "to"')
    edit(said, "Rettet")
    number_entries()
    export_csv(tmp_path / "out", Selection(viewer=NOBODY))
    first, second = rows_of(tmp_path / "out")
    assert first["text"] == '\'=HYPERLINK("https://evil.example","trykk")\nlinje "to"'
    assert (second["text"], second["version_number"], second["utterance"]) == ("Rettet", "2", str(said.id))
    assert b"\r\n" in (tmp_path / "out" / "utterances.csv").read_bytes()
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in described["resources"][0]["schema"]["fields"]] == list(first)


@pytest.mark.parametrize("cell", ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_practice_and_what_one_may_not_see_stay(tmp_path: Path) -> None:
    say(make_channel("Øving", practice=True), "Bare øving")
    private = say(make_channel("Innboksen"), "Privat sak", private=True, kind="message")
    made = export_csv(tmp_path / "open", Selection(viewer=NOBODY))
    assert (made["rows"], made["left_out"]["restricted"]) == (0, 1)
    export_csv(tmp_path / "all", Selection(viewer=archivist()))
    assert [row["utterance"] for row in rows_of(tmp_path / "all")] == [str(private.id)]


def test_dates_are_local_and_both_counted(tmp_path: Path) -> None:
    channel = make_channel()
    inside = say(channel, "Nyttår", at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))  # 1 January in Oslo
    say(channel, "Før", at=datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
    export_csv(tmp_path / "out", Selection(viewer=NOBODY, start=date(2026, 1, 1), end=date(2026, 1, 1)))
    assert [row["utterance"] for row in rows_of(tmp_path / "out")] == [str(inside.id)]


def test_activitystreams_come_back_as_the_same_utterances(tmp_path: Path) -> None:
    channel = make_channel("Vår konto")
    base = "https://social.example/statuses"
    top = say(channel, "Vi <b>brøyter</b> & strør", ours=True, by="konto", external_id=f"{base}/1")
    asked = say(channel, "Når?\n\nI dag?", parent=top, external_id=f"{base}/2", summary="Vær")
    edit(asked, "Når, altså?")
    gone = say(channel, "Tull", parent=top, external_id=f"{base}/3")
    delete(gone)
    number_entries()
    made = export_activitystreams(tmp_path / "out", Selection(viewer=NOBODY))
    assert (made["channels"], made["activities"]) == (1, 5)
    (folder,) = (tmp_path / "out").iterdir()
    store = home_store()
    keys = load_keys(settings.HOME)
    import_paths([folder], store=store, keys=keys, clock=lambda: NOW, keep="later", channel_name="Igjen")

    def told(name: str) -> set[tuple[str, str, str]]:
        found = Version.objects.filter(utterance__channel__name=name)
        return set(found.values_list("utterance__external_id", "text", "summary"))

    assert told("Igjen") == told("Vår konto")
    again = {one.external_id: one for one in Utterance.objects.filter(channel__name="Igjen")}
    assert again[f"{base}/2"].parent_id == again[f"{base}/1"].id
    assert again[f"{base}/1"].ours
    assert again[f"{base}/3"].deleted


def test_the_collection_is_read_and_checked_by_warcio(tmp_path: Path) -> None:
    channel = make_channel()
    digest = keep_media(picture(), "image/png")
    attached = {"blob": digest, "media_type": "image/png", "alt": "Vei", "name": "", "url": ""}
    said = say(
        channel, "Se her", raw=b'{"a": "1"}', permalink="https://www.social.example/a?b=2&a=1", attachments=[attached]
    )
    say(channel, "Nummeret mitt er 05909441023")
    number_entries()
    store, keys = home_store(), load_keys(settings.HOME)
    made = export_warc(tmp_path / "open", Selection(viewer=NOBODY), store=store, keys=keys)
    assert (made["records"], made["media"], made["left_out"]["sealed_objects"]) == (1, 1, 1)
    made = export_warc(tmp_path / "all", Selection(viewer=archivist()), store=store, keys=keys)
    assert (made["records"], made["opened"]) == (2, 1)
    files = sorted((tmp_path / "all" / "archive").iterdir())
    for verb in ("check", "index"):
        ran = subprocess.run([sys.executable, "-m", "warcio.cli", verb, *files], capture_output=True, check=False)
        assert ran.returncode == 0, ran.stdout
    lines = (tmp_path / "all" / "indexes" / "index.cdxj").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert any(line.startswith("example,social)/a?a=1&b=2 20260312090000 ") for line in lines)
    assert str(said.id) not in "".join(lines)


def test_dates_choose_the_records(tmp_path: Path) -> None:
    channel = make_channel()
    say(channel, "I fjor", at=datetime(2025, 3, 1, tzinfo=UTC), raw=b'{"old": 1}')
    say(channel, "I år", raw=b'{"new": 1}')
    store, keys = home_store(), load_keys(settings.HOME)
    selection = Selection(viewer=NOBODY, start=date(2026, 1, 1))
    assert export_warc(tmp_path / "out", selection, store=store, keys=keys)["records"] == 1


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("https://WWW.Example.no:8443/Sti?b=1&a=2", "no,example:8443)/sti?a=2&b=1"),
        ("http://example.no", "no,example)/"),
        ("urn:uuid:1 2", "urn:uuid:1%202"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_sort_keys_are_those_of_web_archives(uri: str, key: str) -> None:
    assert surt(uri) == key
