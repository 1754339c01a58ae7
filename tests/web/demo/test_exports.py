"""The demo's export files: the platforms' own forms, the same bytes every time, read whole by the real readers."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from ordskifte.channels.contract import Account, Arrival, Other, Problem
from ordskifte.channels.exports.registry import claim_all, unclaimed
from ordskifte.channels.exports.source import open_export
from ordskifte.web.demo.__main__ import main
from ordskifte.web.demo.cards import CARDS, picture_of
from ordskifte.web.demo.conversations import conversations
from ordskifte.web.demo.exports import CHANNELS
from ordskifte.web.demo.pictures import HIGH, PICTURES, WIDE

FILES = [(channel.kind, name, made) for channel in CHANNELS for name, made in channel.files]
each_file = pytest.mark.parametrize(("kind", "name", "made"), FILES, ids=[name for _, name, _ in FILES])


def arrivals(path: Path) -> tuple[str, list[Arrival]]:
    """Kind and arrivals of an export; a problem fails the test."""
    export = open_export(path)
    claims = claim_all(export)
    assert len(claims) == 1
    reader, names = claims[0]
    items = list(reader.read(export, names))
    assert [item for item in items if isinstance(item, Problem)] == []
    assert all(isinstance(item, Account | Arrival | Other) for item in items)
    assert all(name.endswith(".png") for name in unclaimed(export, claims))
    return reader.kind, [item for item in items if isinstance(item, Arrival)]


@each_file
def test_the_bytes_are_the_same_every_time(kind: str, name: str, made: Callable[[], bytes]) -> None:
    assert made() == made()


@each_file
def test_the_real_reader_reads_all_of_it(kind: str, name: str, made: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(made())
    found, said = arrivals(tmp_path / name)
    assert found == ("activitystreams" if name.endswith(".json") else kind)
    assert said
    assert all(one.published for one in said if one.kind != "deletion")
    assert [one.remarks for one in said if one.remarks] == []


@each_file
def test_every_picture_that_is_named_is_there(kind: str, name: str, made: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(made())
    _, said = arrivals(tmp_path / name)
    attached = [attachment for one in said for attachment in one.attachments]
    assert all(attachment.alt or kind == "facebook" for attachment in attached)
    if name.endswith(".zip"):
        inside = set(ZipFile(tmp_path / name).namelist())
        assert {attachment.path for attachment in attached} <= inside | {""}
        assert any(attachment.path for attachment in attached)


def read_channel(channel: str, folder: Path) -> dict[str, Arrival]:
    """The last version of everything in a channel's files, by external id."""
    found: dict[str, Arrival] = {}
    for name, made in next(one.files for one in CHANNELS if one.name == channel):
        (folder / name).write_bytes(made())
        for one in arrivals(folder / name)[1]:
            if one.kind != "deletion" or one.external_id not in found:
                found[one.external_id] = one
    return found


@pytest.mark.parametrize(
    ("channel", "source"), [("Mastodon", "mastodon"), ("Nettsiden", "wordpress"), ("X", "x"), ("Facebook", "facebook")]
)
def test_every_word_of_the_conversations_comes_out_of_the_reader(channel: str, source: str, tmp_path: Path) -> None:
    texts = [" ".join(one.text.split()) for one in read_channel(channel, tmp_path).values()]
    missing = [
        wanted
        for one in conversations(source)
        if not any((wanted := " ".join(one.versions[-1].text.split())) in text for text in texts)
    ]
    assert missing == []


def test_both_sides_of_a_mastodon_thread_hang_together(tmp_path: Path) -> None:
    found = read_channel("Mastodon", tmp_path)
    crack = next(one for one in found.values() if one.text.startswith("@eksempelkommune Sprekken ved Svartberget"))
    answer = next(one for one in found.values() if one.text.startswith("Takk, Magnus. Gå unna berget"))
    assert (crack.ours, answer.ours, answer.parent_id) == (False, True, crack.external_id)
    assert (crack.author and crack.author.name, crack.visibility) == ("Magnus Eide", "public")
    assert sum(one.visibility == "private" for one in found.values()) == 6
    assert {one.parent_id for one in found.values() if one.parent_id} <= set(found)


def test_messages_to_the_child_welfare_service_are_private_and_two_sided(tmp_path: Path) -> None:
    found = [one for one in read_channel("Barneverntjenesten", tmp_path).values() if one.kind == "message"]
    assert {one.visibility for one in found} == {"private"}
    assert len({one.thread_id for one in found}) == 2
    assert sorted({one.author.name for one in found if one.author and one.ours}) == ["Barneverntjenesten i Eksempel"]


@pytest.mark.parametrize("name", sorted({**PICTURES, **CARDS}))
def test_a_picture_is_a_png_of_its_size(name: str) -> None:
    with Image.open(BytesIO(picture_of(name))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (WIDE, HIGH))


def test_an_unknown_picture_is_refused() -> None:
    with pytest.raises(KeyError):
        picture_of("nobody.png")


def test_the_command_writes_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "examples")]) == 0
    assert sorted(path.name for path in (tmp_path / "examples").iterdir()) == sorted(name for _, name, _ in FILES)
    assert "archive-20260312-eksempelkommune.zip  (Mastodon)" in capsys.readouterr().out


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err == "Usage: python -m ordskifte.web.demo FOLDER\n"
