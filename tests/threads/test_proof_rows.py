"""What rows of utterances and threads say follows from the versions, and a change of any of it is found."""

from datetime import timedelta

import pytest
from django.db import connection

from ordskifte.threads.models import Utterance
from ordskifte.threads.proof_rows import inconsistencies
from tests.factories import NOW, make_channel, say

pytestmark = pytest.mark.django_db

CHANGES = (
    "versions = versions + 1",
    "current_id = gen_random_uuid()",
    "deleted = not deleted",
    "kind = 'review'",
    "author_id = gen_random_uuid()",
    "author_id = null",
    "parent_id = gen_random_uuid()",
    "parent_id = null",
    "at = at + interval '1 second'",
    "private = not private",
    "ours = not ours",
)


def said(versions: int) -> Utterance:
    channel = make_channel()
    top = say(channel, "Når åpner biblioteket?")
    for number in range(versions):
        answer = say(
            channel,
            f"Klokka {10 + number}.",
            external_id="svar",
            parent=top,
            ours=True,
            edited=NOW + timedelta(minutes=number) if number else None,
        )
    return answer


@pytest.mark.parametrize("versions", [1, 2])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_utterance_is_named(versions: int, change: str) -> None:
    answer = said(versions)
    assert inconsistencies() == []
    with connection.cursor() as cursor:
        cursor.execute(f"update threads_utterance set {change} where id = %s", [answer.id])
    assert ("The utterance's row does not fit its versions.", str(answer.id)) in inconsistencies()


@pytest.mark.parametrize("versions", [1, 2])
def test_a_version_that_is_gone_or_moved_is_named(versions: int) -> None:
    answer = said(versions)
    with connection.cursor() as cursor:
        cursor.execute("update threads_version set utterance_id = gen_random_uuid() where id = %s", [answer.current_id])
    found = inconsistencies()
    assert ("The utterance's row does not fit its versions.", str(answer.id)) in found
    assert ("The version belongs to no utterance.", str(answer.current_id)) in found


def test_one_version_said_to_be_two_and_two_said_to_be_one_are_named() -> None:
    one, two = said(1), said(2)
    Utterance.objects.filter(pk=one.pk).update(versions=2)
    Utterance.objects.filter(pk=two.pk).update(versions=1)
    named = {where for what, where in inconsistencies() if what == "The utterance's row does not fit its versions."}
    assert named == {str(one.pk), str(two.pk)}
