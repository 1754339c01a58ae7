"""`ordskifte check`: files from ours or anyone's hand checked offline: no database, no network."""

import json
import sqlite3
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from ordskifte.base.clock import now, rfc3339
from ordskifte.base.home import chosen_home
from ordskifte.records.ledger.check import Proved, check_proof
from ordskifte.records.ledger.errors import NotProved
from ordskifte.records.ledger.proof import LARGEST_FILE, parse_proof
from ordskifte.records.ledger.timestamp import load_certificates
from ordskifte.records.noark5.check.report import as_json as report_value
from ordskifte.records.noark5.check.report import as_lines, as_page
from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.errors import PackageError

_NOT_PROVED = 1
_WITH_ERRORS = 1
_LONGEST_KEY = 1_000  # characters


@click.group()
def command() -> None:
    """Check a file or a package with nothing else than what is given."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key", required=True, help="The ledger's public key (`ordskifte verify --key`), or a file that holds it."
)
@click.option("--content", type=click.Path(path_type=Path), help="The bytes that are said to be what was received.")
@click.option("--tsa", type=click.Path(path_type=Path), help="The time-stamping authority's certificates (PEM).")
@click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")
@click.pass_context
def proof(context: click.Context, file: Path, key: str, content: Path | None, tsa: Path | None, as_json: bool) -> None:
    """Check a proof FILE: was this entry in the ledger when its checkpoint was signed?"""
    given = parse_proof(_read(file, LARGEST_FILE + 1))
    try:
        proved = check_proof(
            given,
            _key(key),
            content_digest=_digest(content) if content else None,
            certificates=load_certificates(tsa.read_bytes()) if tsa else (),
        )
    except NotProved as error:
        if as_json:
            click.echo(json.dumps({"ok": False, "why": str(error)}, ensure_ascii=False))
        else:
            click.echo(f"Not proved. {error}")
        context.exit(_NOT_PROVED)
    if as_json:
        click.echo(json.dumps(_as_json(proved), ensure_ascii=False))
    else:
        _say(proved)


@command.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page that can be read and sent.")
@click.option("--language", type=click.Choice(["nb", "nn", "en"]), help="Of the findings. Default: en, the page nb.")
@click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")
@click.pass_context
def noark5(context: click.Context, folder: Path, html: Path | None, language: str | None, as_json: bool) -> None:
    """Check a Noark 5 package, made by anyone, by Arkade's test numbers and our own."""
    try:
        report = check_package(folder.absolute(), home=chosen_home(context.obj).path)
    except sqlite3.Error as error:
        raise PackageError(f"The check has no room to work in: {error}.", advice="Make room in TMPDIR.") from error
    if html:
        with html.open("w", encoding="utf-8", errors="replace") as out:
            out.writelines(as_page(report, language or "nb", at=rfc3339(now())))
    if as_json:
        click.echo(json.dumps(report_value(report, language or "en"), ensure_ascii=False))
    else:
        for line in as_lines(report, language or "en"):
            click.echo(line)
        click.echo("No errors." if report.ok else "The package has errors.")
    if not report.ok:
        context.exit(_WITH_ERRORS)


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as handle:
        return handle.read(most)


def _key(text: str) -> str:
    """A key as it is given, or the first line of the file that holds it."""
    path = Path(text)
    try:
        held = path.is_file()
    except (OSError, ValueError):  # a key can be no file name at all
        held = False
    return _read(path, _LONGEST_KEY).decode("utf-8", "replace").strip().partition("\n")[0] if held else text


def _digest(path: Path) -> bytes:
    digest = sha256()
    with path.open("rb") as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.digest()


def _as_json(proved: Proved) -> dict[str, Any]:
    return {"ok": True} | asdict(proved) | {"stamped": rfc3339(proved.stamped) if proved.stamped else None}


def _say(proved: Proved) -> None:
    click.echo(f"Proved: entry {proved.entry} of the ledger {proved.origin}, when it held {proved.size:,} entries.")
    click.echo(f"It says: {proved.kind}, {proved.at}" + (f", record {proved.record}." if proved.record else "."))
    click.echo(_CONTENT[proved.content].format(digest=proved.raw_digest))
    if proved.stamped:
        checked = "" if proved.stamp_checked else " (its signature was not checked: give --tsa)"
        click.echo(f"A time-stamping authority saw the checkpoint at {rfc3339(proved.stamped)}{checked}.")


_CONTENT = {
    "matches": "The content is exactly what was received (SHA-256 {digest}).",
    "bound": "What was received has SHA-256 {digest}. Give --content to compare a file with it.",
    "erased": "The content is erased; only the entry is left.",
    "none": "The entry is not about received content.",
}
