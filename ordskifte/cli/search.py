"""`ordskifte search QUERY`: what was said, over all versions, as a person may see it."""

import json
import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click
from rich.console import Console
from rich.text import Text

from ordskifte.base.clock import now, rfc3339
from ordskifte.base.errors import OrdskifteError
from ordskifte.cli.session import opened

if TYPE_CHECKING:
    from ordskifte.people.viewer import Viewer
    from ordskifte.threads.search import Found, Hit

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # what may command a terminal


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True, help="How many at most.")
@click.option("--after", type=click.UUID, help="Go on after this utterance, the last one of the page before.")
@click.option("--as", "person", metavar="PERSON", help="E-mail or id of who is looking. Without: nothing restricted.")
@click.option("--exact", is_flag=True, help="No other spellings.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output, and nothing else.")
@click.pass_obj
def command(
    home_option: str | None,
    query: tuple[str, ...],
    limit: int,
    after: UUID | None,
    person: str | None,
    exact: bool,
    as_json: bool,
) -> None:
    """Search: words (all of them), "phrases", -without, start*, author:, @handle, channel:, before:, after:."""
    with opened(home_option):
        from ordskifte.threads.search import search

        found = search(
            " ".join(query), viewer=viewer_called(person), limit=limit, after=after, exact=exact, today=now().date()
        )
    if as_json:
        click.echo(json.dumps([shown(hit) for hit in found.hits], ensure_ascii=False))
    else:
        _print(found)


def shown(hit: "Hit") -> dict[str, Any]:
    """A hit as the command prints it in JSON."""
    return {
        "id": str(hit.utterance_id),
        "channel": hit.channel_name,
        "external_id": hit.external_id,
        "author": {
            "id": str(hit.author_id) if hit.author_id else None,
            "handle": hit.author_handle,
            "name": hit.author_name,
        },
        "published": rfc3339(hit.published) if hit.published else None,
        "text": hit.text,
        "versions": hit.versions,
        "matched_version": hit.matched_version,
        "deleted": hit.deleted,
    }


def viewer_called(person: str | None) -> "Viewer":
    """Who is looking. OrdskifteError when there is no such person, or none who may come in."""
    from ordskifte.people.models import Person
    from ordskifte.people.viewer import NOBODY, viewer_of

    if person is None:
        return NOBODY
    try:
        wanted = Person.objects.filter(id=UUID(person))
    except ValueError:
        wanted = Person.objects.filter(email__iexact=person)
    found = wanted.first()
    if found is None or not found.is_active:
        raise OrdskifteError(f"Nobody called {person} has access.", advice="`ordskifte person list` shows who has.")
    return viewer_of(found)


def _print(found: "Found") -> None:
    console = Console(highlight=False)
    for hit in found.hits:
        console.print(Text(_head(hit), style="bold"))
        console.print(_marked(hit))
        console.print(Text(str(hit.utterance_id), style="dim"), end="\n\n")
    if not found.hits:
        click.echo("Nothing found." + (f" Did you mean: {found.suggestion}" if found.suggestion else ""), err=True)
        return
    total = "more than 1,000" if found.more else str(found.total)
    click.echo(f"{len(found.hits)} of {total}, newest first.", err=True)
    if found.also:
        click.echo(f"Also searched: {', '.join(found.also)}", err=True)
    if found.next_after:
        click.echo(f"Go on with --after {found.next_after}", err=True)


def _head(hit: "Hit") -> str:
    parts = [
        rfc3339(hit.at),
        hit.channel_name,
        hit.author_name or hit.author_handle,
        "deleted" if hit.deleted else "",
        f"version {hit.matched_version} of {hit.versions}" if hit.versions > 1 else "",
        hit.title,
    ]
    return _CONTROLS.sub("\ufffd", "  ".join(part for part in parts if part))


def _marked(hit: "Hit") -> Text:
    """The text with its marks; one character stands for each that is taken out, so the places hold."""
    text = Text(_CONTROLS.sub("\ufffd", hit.text))
    for start, end in hit.marks:
        text.stylize("reverse", start, end)
    return text
