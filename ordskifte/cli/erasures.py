"""`ordskifte erasures FILE`: the list of what was erased, for a restored backup; `--apply` erases it again."""

from datetime import UTC, datetime
from pathlib import Path

import click
import orjson

from ordskifte.base.clock import now
from ordskifte.base.errors import HomeError
from ordskifte.cli.session import opened


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]), help="Only later ones. Times are UTC."
)
@click.option("--apply", "again", is_flag=True, help="Read FILE and erase what it names, after a backup was restored.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as one JSON object.")
@click.pass_obj
def command(home_option: str | None, file: Path, since: datetime | None, again: bool, as_json: bool) -> None:
    """Write the list of erasures to FILE. Keep it apart from the backups: `restore` asks for it."""
    with opened(home_option) as session:
        from ordskifte.archive import erasure_list
        from ordskifte.records.sequencer import sequence_all

        if again:
            rows = erasure_list.read(file.read_bytes())
            done = erasure_list.apply(rows, at=now(), store=session.store, keys=session.keys)
            sequence_all(signing=session.keys.signing, origin=session.keys.origin, clock=now)
            said = {"listed": len(rows), "erased": done}
        else:
            if file.exists():
                raise HomeError(f"{file} is there already.", advice="Choose another name.")
            content = erasure_list.written(since.replace(tzinfo=UTC) if since else None, at=now())
            file.write_bytes(content)
            said = {"listed": len(erasure_list.read(content)), "erased": 0}
    if as_json:
        click.echo(orjson.dumps(said))
    elif again:
        click.echo(f"{said['erased']} of {said['listed']} erased again; the rest is erased, or not here.")
    else:
        click.echo(f"{file}: {said['listed']} erasures.")
