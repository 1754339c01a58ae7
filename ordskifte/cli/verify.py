"""`ordskifte verify`: evidence, rows and ledger worked out again, and held against an older checkpoint."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from ordskifte.base.home import Home
from ordskifte.base.keys import retired_keys
from ordskifte.cli.session import Session, opened
from ordskifte.records.ledger.checkpoint import parse_checkpoint
from ordskifte.records.ledger.errors import NoteError
from ordskifte.records.ledger.note import LONGEST_NOTE, Signer, Verifier
from ordskifte.records.ledger.timestamp import load_certificates

if TYPE_CHECKING:
    from ordskifte.records.verify import Report

_FINDINGS = 1


@click.command()
@click.option(
    "--since", type=click.Path(path_type=Path), help="An older checkpoint (a signed note) to hold it against."
)
@click.option("--key", "show_key", is_flag=True, help="Print the ledger's public key, and do nothing else.")
@click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")
@click.pass_context
def command(context: click.Context, since: Path | None, show_key: bool, as_json: bool) -> None:
    """Work out the whole ledger again from entries, rows and evidence, and name everything that does not fit."""
    older = read_checkpoint(since) if since else None
    with opened(context.obj) as session:
        key = str(Signer(session.keys.origin, session.keys.signing).verifier)
        if show_key:
            click.echo(json.dumps({"key": key}) if as_json else key)
            return
        report = _verify(session, older, quiet=as_json)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _say(report)
    context.exit(0 if report.ok else _FINDINGS)


def read_checkpoint(path: Path) -> str:
    """The signed note in a file. NoteError when it is none."""
    with path.open("rb") as handle:
        content = handle.read(LONGEST_NOTE + 1)
    try:
        note = content.decode()
        parse_checkpoint(note)
    except (UnicodeDecodeError, NoteError) as error:
        raise NoteError(
            f"{path} is not a checkpoint.", advice="Give the signed note as it was published, with its last newline."
        ) from error
    return note


def _verify(session: Session, older: str | None, *, quiet: bool) -> "Report":
    from ordskifte.records.verify import Readers, verify
    from ordskifte.threads.models import Media
    from ordskifte.threads.proof_rows import inconsistencies, rows

    readers = Readers(
        rows=rows, media=lambda: Media.objects.values_list("digest", "size").iterator(), inconsistencies=inconsistencies
    )
    certificate = os.environ.get("ORDSKIFTE_TSA_CERT")
    console = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
    with console.status("Verifying ...") as status:
        return verify(
            session.store,
            session.keys,
            readers,
            since=older,
            former=_former(session.home, session.keys.origin),
            certificates=load_certificates(Path(certificate).read_bytes()) if certificate else (),
            progress=lambda what, count: status.update(f"Verifying: {count:,} {what}"),
        )


def _former(home: Home, origin: str) -> list[Verifier]:
    return [Verifier(origin, bytes.fromhex(key.public_key)) for key in retired_keys(home)]


def _say(report: "Report") -> None:
    click.echo(f"{report.entries:,} entries, {report.unnumbered:,} waiting for a number.")
    click.echo(f"{report.evidence_objects:,} evidence objects, {report.holes:,} lawful holes.")
    for finding in report.findings:
        click.echo(f"{finding.where}: {finding.what}")
    if report.ok:
        click.echo("Everything fits.")
    else:
        left = report.finding_count - len(report.findings)
        click.echo(f"{report.finding_count:,} findings" + (f", {left:,} of them not shown." if left else "."))
