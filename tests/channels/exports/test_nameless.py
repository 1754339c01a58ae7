from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels.exports import nameless
from ordskifte.channels.exports.nameless import Nameless

AT = datetime(2024, 2, 1, 8, tzinfo=UTC)


def test_the_same_things_in_the_same_order_get_the_same_ids() -> None:
    one, other = Nameless(), Nameless()
    for _ in range(3):
        assert one.id_for("post", author="kari", at=AT) == other.id_for("post", author="kari", at=AT)


def test_equal_things_are_told_apart_by_their_order() -> None:
    given_ = Nameless()
    first, second = (given_.id_for("post", author="kari", at=AT) for _ in range(2))
    assert first.split("-") == [second.split("-")[0], "1"]
    assert second.endswith("-2")


def test_what_is_remembered_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameless, "_MOST", 2)
    given_ = Nameless()
    ids = [given_.id_for("post", author=author, at=AT)[-2:] for author in ("a", "b", "b", "c", "b", "a")]
    assert ids == ["-1", "-1", "-2", "-1", "-3", "-1"]


@given(
    st.lists(
        st.tuples(st.text(max_size=3), st.text(max_size=3), st.none() | st.just(AT), st.text(max_size=3)), unique=True
    )
)
def test_different_things_have_different_ids(things: list[tuple[str, str, datetime | None, str]]) -> None:
    given_ = Nameless()
    ids = {given_.id_for(kind, author=author, at=at, parent=parent) for kind, author, at, parent in things}
    assert len(ids) >= len({thing for thing in things if "\x00" not in "".join([thing[0], thing[1], thing[3]])})
