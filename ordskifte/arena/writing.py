"""The one place that writes into the arena: a change at a time on each channel, in the order it can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from ordskifte.arena.models import Post, Resident, Scene
from ordskifte.plan.models import Channel


@contextmanager
def changing(channel_id: UUID) -> Iterator[int]:
    """The number of the next change; nobody else writes on the channel until the transaction ends.

    So what is read up to a change is all there is up to it, and no reader's cursor passes something by.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 84))", [str(channel_id)])
        last = Post.objects.filter(channel_id=channel_id).aggregate(Max("change"))["change__max"] or 0
        yield last + 1


def write(
    channel: Channel,
    text: str,
    *,
    at: datetime,
    language: str,
    resident: Resident | None = None,
    scene: Scene | None = None,
    parent: Post | None = None,
    mark: UUID | None = None,
) -> Post:
    """A new post."""
    with changing(channel.id) as change:
        return Post.objects.create(
            channel=channel,
            change=change,
            resident=resident,
            scene=scene,
            parent=parent,
            text=text,
            language=language,
            mark=mark,
            created_at=at,
        )


def alter(post: Post, **changes: Any) -> None:
    """Change a post; those who read the channel see it again."""
    with changing(post.channel_id) as change:
        Post.objects.filter(pk=post.pk).update(change=change, **changes)
