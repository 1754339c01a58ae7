"""The documentation says what the program does: verbs, settings, addresses, links, and commands that run."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click
import pytest

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Arrival, Author, Problem, Reader
from ordskifte.channels.exports.registry import READERS
from ordskifte.channels.exports.source import open_export
from ordskifte.cli.main import VERBS
from tests.acceptance.command import environment

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_SETTING = re.compile(r"\b(ORDSKIFTE_[A-Z][A-Z_]*[A-Z]|DATABASE_(?:OWNER_)?URL)\b")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def marked_blocks(text: str, mark: str) -> list[str]:
    """The fenced blocks that stand under `<!-- mark -->`."""
    return re.findall(rf"<!-- {mark} -->\n```\w*\n(.*?)```", text, re.DOTALL)


def commands(group: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A verb's commands, its own and those inside it."""
    if isinstance(group, click.Group):
        for inner in group.commands.values():
            yield from commands(inner, f"{name} {inner.name}")
    else:
        yield name, group


def code_settings() -> set[str]:
    return {
        found
        for path in (ROOT / "ordskifte").rglob("*.py")
        for found in _SETTING.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_heading(verb: str) -> None:
    headings = {name.strip() for line in _HEADING.findall(page("reference/verbs.md")) for name in line.split(",")}
    assert verb in headings


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_is_documented(verb: str) -> None:
    everything = " ".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))
    for name, command in commands(import_module(f"ordskifte.cli.{VERBS[verb]}").command, verb):
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert max(option.opts, key=len) in everything, f"{name} {option.opts}"


def test_no_verb_is_documented_that_does_not_exist() -> None:
    headings = [name.strip() for line in _HEADING.findall(page("reference/verbs.md"))[1:] for name in line.split(",")]
    assert set(headings) == set(VERBS)


def test_the_settings_in_the_code_and_in_the_page_are_the_same() -> None:
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", page("reference/settings.md"), re.MULTILINE))
    assert described == code_settings()


@pytest.mark.parametrize("kind", [kind for kind, _ in READERS])
def test_every_reader_is_in_the_table_of_imports(kind: str) -> None:
    assert re.search(rf"^\|[^|]*`{kind}`", page("reference/import.md"), re.MULTILINE)


def test_every_address_of_the_api_is_in_its_page() -> None:
    from ordskifte.web.api.routes import api

    described = {
        found.split("?")[0] for found in re.findall(r"^\| `(/api/[^`]+)` \|", page("reference/api.md"), re.MULTILINE)
    }
    assert described == set(api.get_openapi_schema()["paths"])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_leads_somewhere(path: Path) -> None:
    for target in _LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, part = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), target
        if part:
            anchors = {_anchor(heading) for heading in _HEADING.findall(there.read_text(encoding="utf-8"))}
            assert part in anchors, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_page_can_be_reached_from_the_first() -> None:
    seen, waiting = set(), [DOCS / "index.md"]
    while waiting:
        at = waiting.pop()
        if at in seen or not at.is_file():
            continue
        seen.add(at)
        links = _LINK.findall(at.read_text(encoding="utf-8"))
        waiting += [(at.parent / link.split("#")[0]).resolve() for link in links if link.split("#")[0].endswith(".md")]
    assert set(DOCS.rglob("*.md")) <= seen


def guest_book() -> Reader:
    """The reader of the how-to page, as it stands there."""
    (source,) = marked_blocks(page("howto/add-a-reader.md"), "reader")
    space: dict[str, Any] = {"__name__": "gjestebok"}
    exec(compile(source, "add-a-reader.md", "exec"), space)
    return cast(Reader, space["GjestebokReader"]())


GREETING = (
    '{"gjestebok": 1, "nr": 7, "fra": "Kari Bråten", "tid": "2026-03-11T15:50:00+01:00", "hilsen": "Hei på dere"}\n'
)


def test_the_reader_in_the_how_to_reads(tmp_path: Path) -> None:
    file = tmp_path / "hilsener.dat"
    file.write_text(GREETING + GREETING.replace('"nr": 7', '"nr": 8').replace("}", ', "svar_på": 7}'), encoding="utf-8")
    export = open_export(file)
    reader = guest_book()
    assert reader.claim(export) == ["hilsener.dat"]
    first, second = reader.read(export, ["hilsener.dat"])
    assert first == Arrival(
        external_id="7",
        kind="post",
        author=Author(external_id="Kari Bråten", name="Kari Bråten"),
        ours=False,
        text="Hei på dere",
        raw=GREETING.encode(),
        raw_type="application/json",
        file="hilsener.dat",
        where="row 1",
        published=datetime(2026, 3, 11, 14, 50, tzinfo=UTC),
    )
    assert isinstance(second, Arrival)
    assert (second.kind, second.parent_id) == ("reply", "7")


def test_the_reader_in_the_how_to_names_what_is_bad_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "hilsener.dat"
    bad = [b'{"gjestebok": 1, "nr": \n', b"\xff\xfe\n", b"[]\n", b'{"gjestebok": 1, "nr": 9, "tid": "i g\xc3\xa5r"}\n']
    file.write_bytes(b"".join([*bad, b"x" * (MAX_ITEM + 1) + b"\n", GREETING.encode()]))
    items = list(guest_book().read(open_export(file), ["hilsener.dat"]))
    assert [item.why for item in items if isinstance(item, Problem)][:3] == [
        reasons.NOT_JSON,
        reasons.NOT_JSON,
        reasons.NO_ID,
    ]
    said = [item for item in items if isinstance(item, Arrival)]
    assert [(one.external_id, one.remarks) for one in said] == [("9", (reasons.BAD_DATE,)), ("7", ())]


def test_the_reader_in_the_how_to_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "gjestebok.json").write_text("[1, 2]")
    assert guest_book().claim(open_export(tmp_path)) == []


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(number) for number in re.findall(r"^(\d+)\.", text, re.MULTILINE)] == list(range(1, 16))
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in text
    assert text.rstrip().endswith(
        "All other changes or additions to this Appendix require the production of a new EUPL version."
    )


def test_the_first_hour_runs_as_it_is_written() -> None:
    """Every marked command of the page, in one shell, in a folder of its own that looks like a clone."""
    folder = Path(tempfile.mkdtemp(prefix="ordskifte-first-hour-"))  # pytest's own folders are private
    folder.chmod(0o711)
    try:
        (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
        script = "\n".join(marked_blocks(page("first-hour.md"), "run"))
        done = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", script],
            cwd=folder,
            env=environment() | {"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Everything fits." in done.stdout
        assert (folder / "hit.proof.json").is_file()
    finally:
        shutil.rmtree(folder)
