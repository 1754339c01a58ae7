"""The operator's verbs for persons, in a home of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import ordskifte, place, python

MAKE = "import sys\nfrom ordskifte.cli.session import opened\nwith opened(sys.argv[1], create=True):\n    pass\n"
PASSWORD = "kveldsol over fjorden 7\n"


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with place() as folder:
        made = python(MAKE, folder / "home")
        assert made.status == 0, made.err
        yield folder / "home"


def test_an_installation_gets_its_people(home: Path) -> None:
    def person(*arguments: str, text: str = "") -> tuple[int, str, str]:
        done = ordskifte("--home", home, "person", *arguments, text=text)
        return done.status, done.out, done.err

    status, _, said = person("first-admin", "ada@eksempel.no", "Ada Admin", "--password-stdin", text="short\n")
    assert (status, said.count("\n"), said.startswith("Error: ")) == (2, 1, True)

    named = ("--password-stdin", "--body", "Eksempel kommune")
    assert person("first-admin", "ada@eksempel.no", "Ada Admin", *named, text=PASSWORD) == (
        0,
        "Ada Admin is the administrator and signs in as ada@eksempel.no.\n",
        "",
    )
    status, out, said = person("first-admin", "bo@eksempel.no", "Bo", "--password-stdin", text=PASSWORD)
    assert (status, out, said) == (
        2,
        "",
        "Error: There is an administrator already. Ask them for an invitation.\n",
    )

    invited = ordskifte(
        "--home", home, "person", "invite", "kim@eksempel.no", "Kim Kollega", "--role", "editor", "--json"
    )
    assert invited.value["link"].startswith("/sign-in/invitation/")
    glass = ordskifte("--home", home, "person", "break-glass", "--json")
    assert (glass.value["account"], len(glass.value["password"])) == ("break-glass", 35)

    listed = ordskifte("--home", home, "person", "list", "--json").value
    assert [(one["email"], one["active"], [role["role"] for role in one["roles"]]) for one in listed] == [
        ("ada@eksempel.no", True, ["administrator"]),
        ("break-glass@ordskifte.invalid", True, ["administrator"]),
        ("kim@eksempel.no", False, ["editor"]),
    ]


def test_a_home_that_is_not_there_is_named(home: Path) -> None:
    done = ordskifte("--home", home.parent / "nowhere", "person", "list")
    assert (done.status, done.out) == (2, "")
    assert str(home.parent / "nowhere") in done.err
