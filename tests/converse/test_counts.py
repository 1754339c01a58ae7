"""What the rail counts is kept for a moment, never across what somebody may see, and never after a change."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ordskifte.base.clock import now
from ordskifte.converse.conversations import take
from ordskifte.converse.models import Conversation
from ordskifte.converse.news import announce, turn
from ordskifte.converse.queries import counts
from ordskifte.people.models import Role
from ordskifte.people.viewer import viewer_of
from tests.converse.world import ask
from tests.factories import make_channel, make_person, make_unit

pytestmark = pytest.mark.django_db


def test_two_who_see_the_same_share_one_counting_but_not_what_is_theirs() -> None:
    one = ask()
    me, other = make_person(Role.MODERATOR), make_person(Role.MODERATOR)
    at = now()
    counts(viewer_of(me), at=at)
    with CaptureQueriesContext(connection) as found:
        counts(viewer_of(other), at=at)
    assert not [query for query in found if "GROUP BY" in query["sql"]]
    take(one.pk, by=me.pk, at=at)
    assert [counts(viewer_of(person), at=at).views["mine"] for person in (me, other)] == [1, 0]


def test_what_one_may_see_is_never_counted_for_another() -> None:
    secret = ask(private=True)
    inside, outside = make_person(Role.MODERATOR, channel=secret.channel), make_person(Role.MODERATOR)
    at = now()
    assert counts(viewer_of(inside), at=at).views["needs"] == 1
    assert counts(viewer_of(outside), at=at).views["needs"] == 0
    unit = make_unit("Barnevern", sensitive=True)
    open_ = ask(channel=make_channel())
    Conversation.objects.filter(pk=open_.pk).update(unit=unit)
    announce("changed", [open_.pk])
    there = make_person(Role.CASEWORKER, unit=unit)
    assert counts(viewer_of(there), at=at).views["needs"] == 1
    assert counts(viewer_of(outside), at=at).units == ()


def test_an_act_is_counted_at_once() -> None:
    one = ask()
    person = make_person(Role.MODERATOR)
    at = now()
    assert counts(viewer_of(person), at=at).views["unassigned"] == 1
    take(one.pk, by=person.pk, at=at)
    assert counts(viewer_of(person), at=at).views["unassigned"] == 0


@pytest.mark.django_db(transaction=True)
def test_what_was_counted_before_a_commit_is_old_after_it() -> None:
    with transaction.atomic():
        announce("changed", [])
        inside = turn()
    assert turn() > inside
