"""`python -m bench [--only imports|pages|desk|deposits|deposit]`, and how much of each: figures as one JSON value."""

import json
from pathlib import Path

import click

from bench import deposit, deposits, desk, imports, pages


@click.command()
@click.option("--items", default=200_000, show_default=True, help="Items in the large archive.")
@click.option("--rounds", default=3, show_default=True, help="Runs each figure is the median of.")
@click.option("--utterances", default=1_000_000, show_default=True, help="Utterances behind the pages.")
@click.option(
    "--keep", type=click.Path(path_type=Path), help="A folder where the pages' home is kept for the next run."
)
@click.option("--entries", default=100_000, show_default=True, help="Journal entries of the deposit.")
@click.option("--only", type=click.Choice(["imports", "pages", "desk", "deposits", "deposit"]))
def main(items: int, rounds: int, utterances: int, entries: int, keep: Path | None, only: str | None) -> None:
    """Measure imports (against the floor and another tool), pages and desk (at a million utterances) and deposits."""
    found: dict[str, object] = {}
    if only in (None, "imports"):
        found["imports"] = imports.figures(count=items, rounds=rounds)
    if only in (None, "pages"):
        found["pages"] = pages.figures(count=utterances, kept=keep)
    if only in (None, "deposits"):
        found["deposits"] = deposits.figures(count=entries)
    if only in (None, "deposit"):
        found["deposit"] = deposit.figures(count=entries, kept=keep)
    if only in (None, "desk"):
        found["desk"] = desk.figures(count=utterances, kept=keep)
    click.echo(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
