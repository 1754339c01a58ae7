"""Rows for tests of pages and reads: a body, its people, and what was said, written by the product's own act."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import transaction

from ordskifte.base.clock import rfc3339
from ordskifte.base.ids import utterance_id
from ordskifte.base.keys import create_keys, load_keys
from ordskifte.base.store import FolderStore
from ordskifte.channels.contract import Arrival, Author, Kind
from ordskifte.listen.intake import take_in
from ordskifte.listen.prepare import Preparing
from ordskifte.people.models import Body, Grant, Person, Unit
from ordskifte.plan.models import Channel
from ordskifte.records.sequencer import sequence_all
from ordskifte.threads.media import media_key
from ordskifte.threads.models import Media, Utterance, Version

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
_number = count(1)


def make_body(name: str = "Eksempel kommune") -> Body:
    """The one body, made when it is not there."""
    found, _ = Body.objects.get_or_create(defaults={"name": name, "created_at": NOW})
    return found


def make_person(
    *roles: str,
    name: str = "Ingrid Solli",
    unit: Unit | None = None,
    channel: Channel | None = None,
    language: str = "nb",
) -> Person:
    """A person with roles for the body, or for one unit or channel."""
    make_body()
    email = f"person{next(_number)}@example.org"
    person = Person.objects.create(email=email, name=name, language=language, created_at=NOW)
    for role in roles:
        Grant.objects.create(
            person=person, role=role, unit=unit, channel_id=channel.id if channel else None, given_at=NOW
        )
    return person


def make_unit(name: str = "", *, sensitive: bool = False) -> Unit:
    return Unit.objects.create(name=name or f"Enhet {next(_number)}", sensitive=sensitive)


def make_channel(
    name: str = "", *, kind: str = "mastodon", unit: Unit | None = None, practice: bool = False
) -> Channel:
    n = next(_number)
    return Channel.objects.create(
        name=name or f"Kanal {n}",
        kind=kind,
        external_id=f"konto-{n}",
        handle=f"@kanal{n}",
        url=f"https://social.example/@kanal{n}",
        unit=unit,
        practice=practice,
        created_at=NOW,
    )


def say(
    channel: Channel,
    text: str,
    *,
    by: str = "Nabo i Strandgata",
    ours: bool = False,
    at: datetime = NOW,
    edited: datetime | None = None,
    external_id: str = "",
    parent: Utterance | str | None = None,
    kind: str = "",
    title: str = "",
    summary: str = "",
    language: str = "nb",
    private: bool = False,
    permalink: str = "",
    attachments: Sequence[dict[str, str]] = (),
    raw: bytes = b"",
) -> Utterance:
    """Take in one version of an utterance; the same `external_id` again is another version of it.

    `parent`: what it answers, or the external id of something never seen. `raw`: the bytes as received, made from the
    text when not given. Numbers in it are masked and sealed as always.
    """
    external_id = external_id or f"post-{next(_number)}"
    store = home_store()
    prepared = Preparing(channel.id, at=NOW).prepare(
        Arrival(
            external_id=external_id,
            kind=cast(Kind, kind or ("reply" if parent else "post")),
            author=Author(external_id=by, handle=by, name=by) if by else None,
            ours=ours,
            text=text,
            raw=raw or json.dumps({"id": external_id, "text": text}).encode("utf-8", "surrogatepass"),
            raw_type="application/json",
            file="outbox.json",
            where=f"item {next(_number)}",
            version_key=rfc3339(edited or at),
            parent_id=parent.external_id if isinstance(parent, Utterance) else parent,
            title=title,
            summary=summary,
            published=at,
            edited=edited,
            seen=NOW,
            language=language,
            visibility="private" if private else "public",
            permalink=permalink,
        ),
        attachments=[dict(one) for one in attachments],
    )
    with transaction.atomic():
        take_in(
            [prepared],
            [],
            channel=channel.id,
            actor="system:test",
            at=NOW,
            store=store,
            keys=load_keys(settings.HOME),
            wholes={},
        )
    return Utterance.objects.select_related("author", "channel").get(pk=utterance_id(channel.id, external_id))


def edit(utterance: Utterance, text: str, *, after: timedelta = timedelta(minutes=12)) -> Utterance:
    """Another version of an utterance."""
    author = utterance.author
    return say(
        utterance.channel,
        text,
        by=author.name if author else "",
        ours=utterance.ours,
        at=utterance.at,
        edited=utterance.at + after,
        external_id=utterance.external_id,
        kind=utterance.kind,
    )


def delete(utterance: Utterance, *, after: timedelta = timedelta(hours=1)) -> Utterance:
    """The author deleted it on the platform."""
    author = utterance.author
    return say(
        utterance.channel,
        "",
        by=author.name if author else "",
        ours=utterance.ours,
        at=utterance.at,
        edited=utterance.at + after,
        external_id=utterance.external_id,
        kind="deletion",
    )


def home_store() -> FolderStore:
    """The store of this run's home, with the home's keys made."""
    create_keys(settings.HOME, origin="eksempel.example/ordskifte")
    return FolderStore(Path(settings.HOME.store_place))


def keep_media(content: bytes, media_type: str) -> str:
    """Put a picture or file in the store; returns its digest."""
    digest = sha256(content).hexdigest()
    home_store().put(media_key(digest), content)
    Media.objects.get_or_create(digest=digest, defaults={"media_type": media_type, "size": len(content)})
    return digest


def latest_version(utterance: Utterance) -> Version:
    return Version.objects.get(pk=Utterance.objects.values_list("current_id", flat=True).get(pk=utterance.pk))


def number_entries() -> int:
    """Let the sequencer number everything that waits; returns the ledger's size."""
    home_store()
    keys = load_keys(settings.HOME)
    return sequence_all(signing=keys.signing, origin=keys.origin, clock=lambda: NOW)
