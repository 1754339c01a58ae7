"""Authors that are new, or call themselves something new, with their ledger entries."""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_bytes
from typing import Any
from uuid import UUID

from ordskifte.records.ledger.leaf import leaf_body, row_commitment
from ordskifte.threads.copying import uuid_array
from ordskifte.threads.lines import Leaf
from ordskifte.threads.values import NewAuthor, author_row

Said = tuple[NewAuthor, str, str]
"""An author, when a version of theirs was said (text that sorts as time), and its id."""

_UPSERT = """
insert into threads_author (id, channel_id, external_id, handle, name, url, ours, salt)
values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (id) do update set
    handle = excluded.handle, name = excluded.name, url = excluded.url, ours = excluded.ours, salt = excluded.salt
"""


def record_authors(cursor: Any, said: Iterable[Said], *, channel: str, actor: str, at: datetime) -> list[Leaf]:
    """Write them in the caller's transaction; the newest version of the batch decides what an author is called."""
    latest: dict[str, tuple[str, str, NewAuthor]] = {}
    for author, moment, version in said:
        known = latest.get(author.id)
        if known is None or known[0] < moment or (known[0] == moment and known[1] < version):
            latest[author.id] = (moment, version, author)
    if not latest:
        return []
    cursor.execute(
        "select id::text, handle, name, url, ours from threads_author where id = any(%s::uuid[])", [uuid_array(latest)]
    )
    stored = {found[0]: tuple(found[1:]) for found in cursor.fetchall()}
    leaves: list[Leaf] = []
    values = []
    for _, _, author in latest.values():
        if stored.get(author.id) == (author.handle, author.name, author.url, author.ours):
            continue
        salt = token_bytes(32)
        row = row_commitment(salt, author_row(author, channel=channel))
        leaves.append(("author", UUID(author.id), leaf_body("author", at=at, actor=actor, record=author.id, row=row)))
        values.append(
            (author.id, channel, author.external_id, author.handle, author.name, author.url, author.ours, salt)
        )
    if values:
        cursor.executemany(_UPSERT, values)
    return leaves
