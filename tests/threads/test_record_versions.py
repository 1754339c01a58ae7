"""What the one act that writes utterances keeps true of the rows around them."""

import pytest
from django.db import IntegrityError, connection, transaction

from ordskifte.threads.models import Author
from ordskifte.threads.record_authors import record_authors
from ordskifte.threads.values import NewAuthor
from tests.factories import NOW, make_channel, say

pytestmark = pytest.mark.django_db


def delete(channel_id: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from plan_channel where id = %s", [channel_id])


def test_a_channel_that_holds_threads_cannot_be_deleted() -> None:
    channel = make_channel()
    say(channel, "Når åpner biblioteket?", by="")
    with pytest.raises(IntegrityError, match="still holds threads"):
        delete(channel.id)


def test_an_empty_channel_can_be_deleted() -> None:
    channel = make_channel()
    delete(channel.id)
    assert not type(channel).objects.filter(pk=channel.pk).exists()


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_the_newest_version_of_a_batch_decides_what_its_author_is_called(order: tuple[int, ...]) -> None:
    old, new = (NewAuthor("3f9c1e2a-0000-8000-8000-00000000000a", "nabo", "@nabo", name, "", False) for name in "ab")
    said = [
        (old, "2026-03-11T08:00:00", "v1"),
        (new, "2026-03-11T08:00:01", "v2"),
        (old, "2026-03-11T08:00:01.5", "v3"),
    ]
    channel = make_channel()
    with transaction.atomic(), connection.cursor() as cursor:
        record_authors(cursor, [said[at] for at in order], channel=str(channel.id), actor="system:test", at=NOW)
    assert Author.objects.get().name == "a"
