"""`ordskifte prove ID`: a proof file that anyone can check with nothing but the ledger's public key."""

import json
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from ordskifte.cli.session import opened
from ordskifte.records.errors import ProofError
from ordskifte.records.ledger.proof import Proof, dump_proof

if TYPE_CHECKING:
    from ordskifte.records.prove import Opening


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write it. Default: ID.proof.json, here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")
@click.pass_context
def command(context: click.Context, id_: str, out: Path | None, as_json: bool) -> None:
    """Write the proof of an utterance (its newest version), a version, an author or an entry's number."""
    target = (out or Path(f"{id_}.proof.json")).absolute()
    with opened(context.obj) as session:
        from ordskifte.base.clock import now
        from ordskifte.records.sequencer import sequence_pending

        sequence_pending(signing=session.keys.signing, origin=session.keys.origin, at=now())
        proof = _proof(id_)
    target.write_bytes(dump_proof(proof))
    if as_json:
        said = {"file": str(target), "entry": proof.entry, "record": proof.record, "erased": proof.erased}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo(f"Entry {proof.entry} is proved in {target}.")
        if proof.erased:
            click.echo("The content is erased: the proof is of the entry alone.")


def _proof(asked: str) -> Proof:
    from ordskifte.records.prove import prove_entry, prove_record, record_of

    if asked.isascii() and asked.isdecimal():
        number = int(asked[:19])
        record = record_of(number)
        return prove_entry(number, opening_of(record) if record else None)
    try:
        found = UUID(asked)
    except ValueError as error:
        raise ProofError(
            f"{asked} is neither an id nor the number of an entry.", advice="`ordskifte search --json` shows ids."
        ) from error
    return prove_record(*record_and_opening(found))


def record_and_opening(found: UUID) -> "tuple[UUID, Opening | None]":
    """The version that an id stands for (an utterance's newest), or the id itself, with what opens its commitment."""
    from ordskifte.threads.models import Utterance

    utterance = Utterance.objects.filter(pk=found).values_list("current_id", flat=True).first()
    record = utterance or found
    return record, opening_of(record)


def opening_of(record: UUID) -> "Opening | None":
    """What opens a version's commitment; None when it is erased, or is no version."""
    from ordskifte.records.prove import Opening
    from ordskifte.threads.models import Version

    salt, digest = Version.objects.filter(pk=record).values_list("salt", "raw_digest").first() or (None, None)
    return Opening(bytes(salt), bytes(digest)) if salt and digest else None
