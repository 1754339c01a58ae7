"""What someone may have meant when nothing was found."""

import re
from collections import Counter

from django.db import connection

from ordskifte.language.spelling import vocabulary
from ordskifte.threads.rules import Reach

_TEXTS = 2_000  # newest texts that the viewer may see, and how much of each
_LATEST_TEXTS = """
select left(v.text, 300)
  from threads_utterance u join threads_version v on v.id = u.current_id
 where (u.channel_id = any(%s) and not u.private) or u.channel_id = any(%s)
 order by u.at desc, u.id desc
 limit %s
"""
_WORD = re.compile(r"[^\W\d_]{3,40}")


def nearest_spelling(query: str, reach: Reach) -> str:
    """The query with each unknown word made the nearest one in the newest texts; "" when that changes nothing."""
    known = _known_words(reach)
    suggestion = _WORD.sub(lambda found: _nearest(found[0], known), query[:200])
    return suggestion if suggestion.lower() != query[:200].lower() else ""


def _known_words(reach: Reach) -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute(_LATEST_TEXTS, [list(reach.open), list(reach.full), _TEXTS])
        words = Counter(word.lower() for (text,) in cursor.fetchall() for word in _WORD.findall(text))
    return words if not words else words + Counter(dict.fromkeys(vocabulary(), 1))


def _nearest(word: str, known: Counter[str]) -> str:
    """The known word with one change (two from six letters on), the commonest of the nearest; else the word itself."""
    lower = word.lower()
    if lower in known:
        return word
    most = 1 if len(lower) < 6 else 2
    best = min(
        (
            (distance, -count, other)
            for other, count in known.items()
            if abs(len(other) - len(lower)) <= most and (distance := _distance(lower, other, most)) <= most
        ),
        default=None,
    )
    return best[2] if best else word


def _distance(one: str, other: str, most: int) -> int:
    """How many letters to add, take away, change or swap with the next; `most` + 1 when more than `most`."""
    if len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, letter in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != letter))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == letter:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
