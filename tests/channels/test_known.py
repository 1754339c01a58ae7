"""What is known of lately: an edit and a change back are versions of now, what stands as it was is nothing new."""

from datetime import UTC, datetime, timedelta
from typing import Any

from ordskifte.channels.contract import Arrival, Author
from ordskifte.channels.known import MOST, Known, deletion

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def arrival(text: str = "Når brøyter dere?", name: str = "1", **more: Any) -> Arrival:
    return Arrival(
        external_id=name, kind="comment", author=Author("kari"), ours=False, text=text, raw=b"{}",
        raw_type="application/json", file="comments", where=name, published=AT, **more,
    )  # fmt: skip


def test_what_stands_as_it_was_is_nothing_new_also_after_a_restart() -> None:
    known = Known(None)
    assert known.take(arrival(), seen=AT) == arrival()
    assert Known(known.saved).take(arrival(), seen=AT) is None


def test_a_change_without_a_time_of_its_own_is_one_of_now() -> None:
    known, later = Known(None), AT + timedelta(hours=1)
    known.take(arrival(), seen=AT)
    changed = known.take(arrival("Når brøyter dere i Strandgata?"), seen=later)
    assert changed is not None
    assert (changed.edited, changed.version_key, changed.published) == (later, "2026-03-12T10:00:00Z", AT)


def test_a_change_with_a_time_of_its_own_keeps_it() -> None:
    known, edited = Known(None), AT + timedelta(minutes=5)
    known.take(arrival(), seen=AT)
    changed = known.take(arrival("Nå?", edited=edited, version_key="7"), seen=AT + timedelta(hours=1))
    assert changed is not None
    assert (changed.edited, changed.version_key) == (edited, "7")


def test_what_is_changed_back_is_another_version_again() -> None:
    known = Known(None)
    keys = []
    for minutes, status in ((0, ""), (1, "hold"), (2, "")):
        taken = known.take(arrival(extra={"status": status}), seen=AT + timedelta(minutes=minutes))
        assert taken is not None
        keys.append(taken.version_key)
    assert len(set(keys)) == 3


def test_only_the_newest_are_remembered() -> None:
    known = Known(None)
    for number in range(MOST + 5):
        known.take(arrival(name=str(number)), seen=AT)
    assert [name for name, _digest in known.saved] == [str(number) for number in range(5, MOST + 5)]


def test_a_broken_cursor_knows_nothing() -> None:
    assert Known("x").ids == Known([1, "2"]).ids == []


def test_a_deletion_has_the_bytes_that_say_so() -> None:
    gone = deletion(
        "comment-7", raw=b'{"code":"gone"}', raw_type="application/json", file="comments", seen=AT, why="spam"
    )
    assert (gone.kind, gone.raw, gone.extra) == ("deletion", b'{"code":"gone"}', {"reason": "spam"})
