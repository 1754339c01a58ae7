"""Answers that were read a moment ago, kept in this process so that many who ask at once make one reading."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(eq=False)
class Recent(Generic[K, V]):
    """Keeps what was read for at most `age`, and only while `stamp` (what it was read of) stays the same.

    A key must hold everything the answer depends on, the asker's rights first of all.
    """

    age: timedelta
    most: int = 200  # keys; then all are forgotten
    _kept: dict[K, tuple[datetime, object, V]] = field(default_factory=dict)

    _all: ClassVar[list["Recent[object, object]"]] = []

    def __post_init__(self) -> None:
        Recent._all.append(self)  # type: ignore[arg-type]  # of any kind: only to forget

    def get(self, key: K, read: Callable[[], V], *, at: datetime, stamp: object = None) -> V:
        """What is known for the key, else what `read` gives. Threads may read the same twice; both are true."""
        found = self._kept.get(key)
        if found is not None and found[1] == stamp and timedelta(0) <= at - found[0] < self.age:
            return found[2]
        value = read()
        if len(self._kept) >= self.most:
            self._kept.clear()
        self._kept[key] = (at, stamp, value)
        return value

    def forget(self) -> None:
        self._kept.clear()

    @classmethod
    def forget_all(cls) -> None:
        """Everything kept in this process: for a database that is another one, as in tests."""
        for one in cls._all:
            one.forget()
