"""What was read a moment ago is read once; never longer than its age, and never of something that has changed."""

from datetime import UTC, datetime, timedelta

from ordskifte.base.recent import Recent

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Reading:
    """Counts how often it was read."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_what_is_known_is_not_read_again() -> None:
    kept: Recent[str, int] = Recent(timedelta(seconds=2))
    read = Reading()
    assert [kept.get("a", read, at=AT), kept.get("a", read, at=AT + timedelta(seconds=1.9))] == [1, 1]


def test_it_is_read_again_when_it_is_old() -> None:
    kept: Recent[str, int] = Recent(timedelta(seconds=2))
    read = Reading()
    assert [kept.get("a", read, at=AT), kept.get("a", read, at=AT + timedelta(seconds=2))] == [1, 2]


def test_what_was_read_later_answers_no_earlier_question() -> None:
    kept: Recent[str, int] = Recent(timedelta(seconds=2))
    read = Reading()
    assert [kept.get("a", read, at=AT), kept.get("a", read, at=AT - timedelta(seconds=1))] == [1, 2]


def test_it_is_read_again_when_what_it_was_read_of_has_changed() -> None:
    kept: Recent[str, int] = Recent(timedelta(seconds=2))
    read = Reading()
    assert [kept.get("a", read, at=AT, stamp=1), kept.get("a", read, at=AT, stamp=2)] == [1, 2]


def test_one_key_answers_for_no_other() -> None:
    kept: Recent[str, int] = Recent(timedelta(seconds=2))
    read = Reading()
    assert [kept.get("a", read, at=AT), kept.get("b", read, at=AT), kept.get("a", read, at=AT)] == [1, 2, 1]


def test_it_never_keeps_more_than_so_many() -> None:
    kept: Recent[int, int] = Recent(timedelta(seconds=2), most=3)
    read = Reading()
    for key in range(10):
        kept.get(key, read, at=AT)
    assert len(kept._kept) <= 3


def test_everything_can_be_forgotten() -> None:
    kept: Recent[str, int] = Recent(timedelta(seconds=2))
    read = Reading()
    kept.get("a", read, at=AT)
    Recent.forget_all()
    assert kept.get("a", read, at=AT) == 2
