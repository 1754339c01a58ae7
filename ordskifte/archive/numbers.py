"""Numbers of cases and entries: gapless within the year, given under a row lock that the transaction holds to its end.

A transaction that is rolled back, or whose process is killed, gives its number back with everything else it did. Locks
are always taken in the same order (case before entry), so no two writers wait for each other.
"""

from typing import Literal

from django.db import connection, transaction

Series = Literal["case", "entry"]


def next_number(series: Series, year: int) -> int:
    """The next number in a series of a year. Nobody else gets one in it until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is given in the transaction of what it numbers")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into records_journalnumber (series, year, last) values (%s, %s, 1)"
            " on conflict (series, year) do update set last = records_journalnumber.last + 1 returning last",
            [series, year],
        )
        return int(cursor.fetchone()[0])
