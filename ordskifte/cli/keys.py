"""`ordskifte keys rotate`: a new signing key for the ledger, from now on."""

import json
from datetime import datetime
from functools import partial

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ordskifte.base.clock import now
from ordskifte.base.errors import OrdskifteError
from ordskifte.base.home import Home
from ordskifte.base.keys import load_keys, rotate_signing
from ordskifte.cli.session import opened


@click.group()
def command() -> None:
    """The ledger's signing key."""


@command.command("rotate")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")
@click.pass_obj
def rotate(home_option: str | None, yes: bool, as_json: bool) -> None:
    """Sign the ledger with a new key from now on. What the old one signed is checked with the old one, as before."""
    with opened(home_option) as session:
        from ordskifte.records.rotation import rotate_key

        if not yes and not _is_sure():
            raise OrdskifteError("No new key was made.", advice="Answer y, or give --yes.")
        moment, keys = now(), session.keys
        old, new = rotate_key(
            signing=keys.signing,
            origin=keys.origin,
            replace=partial(_replace, session.home, moment),
            actor="system:command",
            at=moment,
        )
    if as_json:
        click.echo(json.dumps({"old": old, "new": new}))
        return
    click.echo(f"The ledger is now signed with\n  {new}\nand was until now with\n  {old}")
    click.echo(
        "Give the new public key to those who hold the old one, make a backup, and copy the folder keys to the other"
        " machines where the web or a worker runs.",
        err=True,
    )


def _is_sure() -> bool:
    try:
        return click.confirm("The old key is gone afterwards. Make a new one?", err=True)
    except click.Abort:  # nobody there to ask
        return False


def _replace(home: Home, at: datetime) -> Ed25519PrivateKey:
    rotate_signing(home, at=at)
    return load_keys(home).signing
