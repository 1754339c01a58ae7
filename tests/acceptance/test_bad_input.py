"""What people may drop in by mistake or by malice: a clear message, exit 1 or 2, nothing lost, nothing half-written."""

import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ordskifte.base.postgres import Embedded
from tests.acceptance.command import ordskifte as command
from tests.exports import archive, note

Make = Callable[[Path], Path]


def _x(folder: Path, tweets: list[dict[str, Any]] | bytes, name: str = "tweets.js") -> Path:
    body = tweets if isinstance(tweets, bytes) else json.dumps([{"tweet": one} for one in tweets]).encode()
    (folder / name).write_bytes(b"window.YTD.tweets.part0 = " + body)
    return folder / name


def _tweet(number: int, text: str, at: str = "Mon Mar 02 10:00:00 +0000 2026") -> dict[str, Any]:
    return {"id_str": str(1_900_000_000_000_000_000 + number), "full_text": text, "created_at": at}


def truncated_zip(folder: Path) -> Path:
    whole = archive(folder / "whole", [note(1, "hei")])
    path = folder / "cut.zip"
    with zipfile.ZipFile(path, "w") as target:
        for file in whole.rglob("*"):
            target.write(file, file.relative_to(whole))
    path.write_bytes(path.read_bytes()[:-60])
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
        target.open("outbox.json", "w") as to,
    ):
        for _ in range(100):
            to.write(b" " * 1_000_000)
    return path


def traversal(folder: Path) -> Path:
    path = folder / "out.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("../../ute.js", "window.YTD.tweets.part0 = []")
    return path


def link(folder: Path) -> Path:
    (folder / "links").mkdir()
    os.symlink("/etc/passwd", folder / "links" / "tweets.js")
    return folder / "links"


def wrong_encoding(folder: Path) -> Path:
    return _x(folder, '[{"tweet": {"id_str": "1", "full_text": "blåbær'.encode("latin-1") + b'\xff"}}]')


def enormous_item(folder: Path) -> Path:
    return _x(folder, [_tweet(1, "a" * 17_000_000), _tweet(2, "liten")])


def deep_json(folder: Path) -> Path:
    return _x(folder, b'[{"tweet": {"id_str": "1", "full_text": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}]")


def entity_bomb(folder: Path) -> Path:
    path = folder / "feed.xml"
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    path.write_text(
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]><rss version="2.0"><channel><title>&a9;</title></channel></rss>'
    )
    return path


def same_id(folder: Path) -> Path:
    return _x(folder, [_tweet(3, "det ene"), _tweet(3, "det andre")])


def old_date(folder: Path) -> Path:
    return _x(folder, [_tweet(4, "gammel", "Wed Dec 31 10:00:00 +0000 1969")])


def far_date(folder: Path) -> Path:
    return _x(folder, [_tweet(5, "langt fram", "Sun Feb 07 10:00:00 +0000 2106")])


def lone_surrogate(folder: Path) -> Path:
    return _x(folder, b'[{"tweet": {"id_str": "6", "full_text": "halv \\ud83d her"}}]')


def nul(folder: Path) -> Path:
    return _x(folder, b'[{"tweet": {"id_str": "7", "full_text": "f\\u0000r"}}]')


def turned(folder: Path) -> Path:
    return _x(folder, [_tweet(8, "lyn\u202eskjult")])


def long_word(folder: Path) -> Path:
    return _x(folder, [_tweet(9, "ordet " + "x" * 1_000_000)])


def scripts(folder: Path) -> Path:
    path = folder / "outbox.json"
    item = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "type": "Note",
        "id": "https://a.example/1",
        "content": '<p onclick="alert(1)">Hei<script>alert(2)</script><img src=x onerror="alert(3)"></p>',
    }
    path.write_text(json.dumps(item))
    return path


def empty(folder: Path) -> Path:
    (folder / "tweets.js").write_bytes(b"")
    return folder / "tweets.js"


def picture(folder: Path) -> Path:
    (folder / "tweets.js").write_bytes(b"\x89PNG\r\n\x1a\n" + zlib.compress(b"ikke json") * 20)
    return folder / "tweets.js"


ALL: list[Make] = [
    truncated_zip, zip_bomb, traversal, link, wrong_encoding, enormous_item, deep_json, entity_bomb, same_id, old_date,
    far_date, lone_surrogate, nul, turned, long_word, scripts, empty, picture,
]  # fmt: skip


@pytest.fixture
def awake(home: Path) -> Any:
    """The home with its database up, so that each command need not start it."""
    with Embedded(home):
        yield home


def test_each_gives_a_clear_message_and_the_next_import_works(awake: Path, place: Path) -> None:
    for make in ALL:
        folder = place / make.__name__
        folder.mkdir()
        done = command("--home", str(awake), "import", str(make(folder)), "--json")
        assert done.returncode in (1, 2), (make.__name__, done.returncode, done.stdout[-500:], done.stderr[-500:])
        assert "Traceback" not in done.stderr, make.__name__
        report = json.loads(done.stdout) if done.stdout.strip() else {"files": []}
        said = [one["why"] for file in report["files"] for one in (*file["problems"], *file["remarks"])]
        assert said or report.get("failure") or done.stderr.strip(), make.__name__
        for file in report["files"]:
            counted = sum(file[name] for name in ("utterances", "versions", "duplicates", "other")) + len(
                file["problems"]
            )
            assert file["items"] == counted, (make.__name__, file)
    good = command("--home", str(awake), "import", str(archive(place / "good", [note(1, "Vi brøyter")])), "--json")
    assert good.returncode == 0, good.stdout
    verified = command("--home", str(awake), "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert not (place.parent / "ute.js").exists()
