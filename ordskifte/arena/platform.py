"""What our side does to the arena as a platform: post, edit, hide, delete, block. Each is the same when done twice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ordskifte.arena.models import Post, Resident
from ordskifte.arena.scenes import answered, was_hidden
from ordskifte.arena.writing import alter, changing
from ordskifte.language.personal_data import mask
from ordskifte.plan.models import Channel

LONGEST = 2000


@transaction.atomic
def post_as_us(
    channel: Channel, text: str, *, mark: UUID, language: str, parent_id: int | None, at: datetime
) -> Post | None:
    """Our post or reply; the same mark again is the same post. None when what it answers is not there."""
    with changing(channel.id) as change:
        if known := Post.objects.filter(channel=channel, mark=mark).first():
            return known
        parent = None
        if parent_id is not None:
            parent = Post.objects.filter(channel=channel, pk=parent_id, deleted_at=None).first()
            if parent is None:
                return None
        made = Post.objects.create(
            channel=channel,
            change=change,
            scene=parent.scene if parent else None,
            parent=parent,
            text=mask(text)[0],
            language=language[:5],
            mark=mark,
            created_at=at,
        )
    if made.scene_id:
        answered(made, at=at)
    return made


@transaction.atomic
def hide(post: Post, *, at: datetime) -> None:
    """Others no longer see it; the citizen does, and sees that it is hidden."""
    if post.hidden_at is None:
        alter(post, hidden_at=at)
        was_hidden(post, at=at)


@transaction.atomic
def show_again(post: Post) -> None:
    """What was hidden is seen again."""
    if post.hidden_at is not None:
        alter(post, hidden_at=None)


@transaction.atomic
def delete(post: Post, *, at: datetime) -> None:
    """It is gone from the arena."""
    if post.deleted_at is None:
        alter(post, deleted_at=at)
        was_hidden(post, at=at)


@transaction.atomic
def edit(post: Post, text: str, *, at: datetime) -> None:
    """Our own words become others."""
    if post.resident_id is None and post.text != text:
        alter(post, text=mask(text)[0], changed_at=at, version=post.version + 1)


@transaction.atomic
def block(resident: Resident, *, until: datetime | None, at: datetime) -> None:
    """The citizen can write no more, for a while or until we let them."""
    Resident.objects.filter(pk=resident.pk).update(blocked_at=at, blocked_until=until)


@transaction.atomic
def unblock(resident: Resident) -> None:
    """They can write again."""
    Resident.objects.filter(pk=resident.pk).update(blocked_at=None, blocked_until=None)
