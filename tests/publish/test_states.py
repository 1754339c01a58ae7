"""The graph of states: what is allowed, and that nothing else is."""

import itertools

import pytest

from ordskifte.publish.models import Outbox, State
from ordskifte.publish.states import BEGINS, EDGES, move
from tests.factories import make_channel
from tests.publish.conftest import put

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("of", "to"), list(itertools.product(State, State)))
def test_a_row_moves_along_the_edges_and_nowhere_else(of: State, to: State) -> None:
    row = put(make_channel())
    Outbox.objects.filter(pk=row.pk).update(state=of)
    if to in EDGES[of]:
        assert move(row.pk, of=[of], to=to)
        row.refresh_from_db()
        assert row.state == to
    else:
        with pytest.raises(RuntimeError):
            move(row.pk, of=[of], to=to)


def test_a_row_that_is_elsewhere_by_now_is_left_alone() -> None:
    row = put(make_channel())
    assert not move(row.pk, of=[State.CLAIMED], to=State.SENT)
    assert not move(row.pk, of=[State.SCHEDULED], to=State.CLAIMED, only={"claimed_by": "another"})
    row.refresh_from_db()
    assert row.state == State.SCHEDULED


def test_what_is_confirmed_is_the_end_and_everything_begins_at_a_beginning() -> None:
    assert EDGES[State.CONFIRMED] == frozenset()
    assert {State.WAITING, State.SCHEDULED} == BEGINS
