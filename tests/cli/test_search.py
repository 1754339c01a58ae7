"""`ordskifte search` as a person runs it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import ordskifte, place, python

FILL = """
import os, sys
os.environ["ORDSKIFTE_DB_ROLE"] = "owner"
from datetime import timedelta
from ordskifte.cli.session import opened
with opened(sys.argv[1], create=True, body_name="Eksempel kommune") as session:
    from ordskifte.people.models import Role
    from tests.factories import delete, edit, make_channel, make_person, make_unit, say, NOW
    channel = make_channel("Biblioteket")
    edit(say(channel, "Veien er stengt", by="Kari", external_id="p1"), "Veien er åpen")
    delete(say(channel, "Vegen, \\x1b[31mraud\\x07", by="", external_id="p2", at=NOW - timedelta(days=1)))
    say(make_channel("Vern", unit=make_unit(sensitive=True)), "Veien til barnevernet", external_id="p3")
    person = make_person(Role.ARCHIVIST)
    print(person.email, person.id)
"""


@pytest.fixture(scope="module")
def home() -> Iterator[tuple[Path, str, str]]:
    """A home with three utterances, and the e-mail and id of its archivist."""
    with place() as folder:
        made = python(FILL, folder / "home")
        assert made.status == 0, made.err
        email, pk = made.out.split()
        yield folder / "home", email, pk


def test_hits_come_as_json(home: tuple[Path, str, str]) -> None:
    ran = ordskifte("--home", home[0], "search", "veien", "--json")
    assert (ran.status, ran.err) == (0, "")
    first, second = ran.value
    assert {name: first[name] for name in first if name not in ("id", "author")} == {
        "channel": "Biblioteket",
        "external_id": "p1",
        "published": "2026-03-12T09:00:00Z",
        "text": "Veien er åpen",
        "versions": 2,
        "matched_version": 2,
        "deleted": False,
    }
    assert set(first["author"]) == {"id", "handle", "name"}
    assert first["author"]["name"] == "Kari"
    assert (second["author"], second["deleted"], second["matched_version"]) == (
        {"id": None, "handle": "", "name": ""},
        True,
        1,
    )
    assert list(first) == [
        "id", "channel", "external_id", "author", "published", "text", "versions", "matched_version", "deleted",
    ]  # fmt: skip
    next_page = ordskifte("--home", home[0], "search", "veien", "--json", "--limit", "1", "--after", first["id"])
    assert next_page.value == [second]


def test_nothing_found_is_an_empty_list_and_all_well(home: tuple[Path, str, str]) -> None:
    ran = ordskifte("--home", home[0], "search", "enhjørning", "--json")
    assert (ran.status, ran.out, ran.err) == (0, "[]\n", "")
    ran = ordskifte("--home", home[0], "search", "stegnt")
    assert (ran.status, ran.out, ran.err) == (0, "", "Nothing found. Did you mean: stengt\n")


def test_what_is_shielded_is_seen_only_by_who_may(home: tuple[Path, str, str]) -> None:
    folder, email, pk = home
    assert ordskifte("--home", folder, "search", "barnevernet", "--json").value == []
    for person in (email, email.upper(), pk):
        hits = ordskifte("--home", folder, "search", "barnevernet", "--as", person, "--json").value
        assert [hit["text"] for hit in hits] == ["Veien til barnevernet"]
    ran = ordskifte("--home", folder, "search", "veien", "--as", "ukjent@example.org", "--json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Error: Nobody called ukjent@example.org has access.")


def test_for_a_person_the_text_is_printed_without_commands_to_the_terminal(home: tuple[Path, str, str]) -> None:
    ran = ordskifte("--home", home[0], "search", "vegen", "--exact")
    assert "Vegen, �[31mraud�" in ran.out
    assert "\x1b" not in ran.out
    assert "deleted  version 1 of 2" in ran.out
    assert "1 of 1, newest first." in ran.err


def test_words_need_no_quoting_and_a_minus_is_no_option(home: tuple[Path, str, str]) -> None:
    hits = ordskifte("--home", home[0], "search", "er", "veien", "-raud", '"veien er"', "--json").value
    assert [hit["external_id"] for hit in hits] == ["p1"]
    assert ordskifte("--home", home[0], "search", "vegen", "--exact", "--json").value[0]["external_id"] == "p2"


def test_without_a_home_it_says_where_it_looked() -> None:
    with place() as folder:
        ran = ordskifte("--home", folder / "none", "search", "vei", "--json")
    assert (ran.status, ran.out) == (2, "")
    assert str(folder / "none") in ran.err
    assert "Traceback" not in ran.err
