"""The demo's conversation texts, and how they are read."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from ordskifte.language.personal_data import mask
from ordskifte.web.demo.cards import CARDS
from ordskifte.web.demo.conversations import Said, Words, conversations, read, synthetic_number
from ordskifte.web.demo.pictures import PICTURES

FILES = ("mastodon", "facebook", "wordpress", "x", "barnevern")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 1, day, hour, minute, tzinfo=UTC)


def said(text: str) -> list[Said]:
    return read(text.strip().splitlines())


def test_a_thread_is_read_with_its_answers_changes_and_deletions() -> None:
    post, question, answer, late = said(
        """
# 2025-01-08 07:30 kommune {nn}
= Det er kaldt
Minus 22.

Kle på deg.
[snow-plough-map.png] Et kart
> 07:58 Stian Fosse
Rørene frøs.
~ 08:00
Rørene frøs i natt.
x +1 09:00
>> 08:20 kommune
Vi kommer.
> +2 08:45 Hilde Rønning
Fint.
"""
    )
    assert (post.author, post.ours, post.parent, post.root, post.language) == ("kommune", True, None, None, "nn")
    assert post.versions == [Words(at(8, 6, 30), "Minus 22.\n\nKle på deg.", "Det er kaldt")]
    assert (post.picture, post.alt) == ("snow-plough-map.png", "Et kart")
    assert [words.text for words in question.versions] == ["Rørene frøs.", "Rørene frøs i natt."]
    assert (question.at, question.versions[1].at, question.deleted) == (at(8, 6, 58), at(8, 7), at(9, 8))
    assert (question.parent, question.root, question.language) == (post, post, "nb")
    assert (answer.parent, answer.root, answer.at) == (question, post, at(8, 7, 20))
    assert (late.parent, late.at) == (post, at(10, 7, 45))
    assert [one.number for one in (post, question, answer, late)] == [1, 2, 3, 4]


def test_summer_time_is_kept() -> None:
    (post,) = said("# 2025-07-01 08:00 kommune\nHei")
    assert post.at == datetime(2025, 7, 1, 6, tzinfo=UTC)


def test_the_newest_words_at_a_moment_are_found() -> None:
    (post,) = said("# 2025-01-08 07:30 kommune\nFør\n~ 08:00\nEtter")
    assert [post.words(moment).text for moment in (at(8, 6, 45), at(8, 7), at(9, 0))] == ["Før", "Etter", "Etter"]


@pytest.mark.parametrize(
    "text",
    [
        "Hei",  # nobody has said anything yet
        "# 07:30 kommune\nHei",  # no date
        "# 2025-01-08 07:30\nHei",  # nobody
        "# 2025-01-08 07:30 kommune\nHei\n>> 08:00 Kari\nSvar på ingen",
        "> 08:00 Kari\nSvar på ingen",
    ],
)
def test_a_text_that_cannot_be_read_names_the_line(text: str) -> None:
    with pytest.raises(ValueError, match="line"):
        said(text)


@pytest.mark.parametrize("seed", [1, 2, 59, 300, 4711])
def test_a_synthetic_number_is_one_the_masking_knows(seed: int) -> None:
    number = synthetic_number(seed)
    assert int(number[2:4]) > 80
    assert mask(f"Nummeret er {number}.")[1] == 1


def test_no_personal_number_stands_in_our_files() -> None:
    from importlib.resources import files

    for name in FILES:
        text = files("ordskifte.web.demo").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
        assert mask(text) == (text, 0)


@pytest.mark.parametrize("name", FILES)
def test_answers_come_after_what_they_answer(name: str) -> None:
    for one in conversations(name):
        assert one.parent is None or one.at > one.parent.at, (one.author, one.versions[0])
        assert all(before.at < after.at for before, after in pairwise(one.versions))
        assert one.deleted is None or one.deleted > one.versions[-1].at


@pytest.mark.parametrize("name", FILES)
def test_every_picture_is_drawn_and_has_an_alt_text(name: str) -> None:
    for one in conversations(name):
        assert bool(one.picture) == bool(one.alt)
        assert not one.picture or one.picture in {**PICTURES, **CARDS}


def test_the_platforms_limits_are_kept() -> None:
    assert max(len(words.text) for one in conversations("mastodon") for words in one.versions) <= 500
    assert max(len(words.text) for one in conversations("x") for words in one.versions) <= 280


def test_there_is_enough_to_show() -> None:
    everything = [one for name in FILES for one in conversations(name)]
    assert 400 <= len(everything) <= 600
    assert {one.language for one in everything} == {"nb", "nn", "en", "se"}
    assert sum(len(one.versions) > 1 for one in everything) >= 6
    assert sum(one.deleted is not None for one in everything) >= 5
    assert {mark for one in everything for mark in one.marks} >= {"spam", "fjernet", "privat"}
    years = {(one.at.year, one.at.month) for one in everything}
    assert years >= {(2024, month) for month in range(3, 13)} | {(2025, month) for month in range(1, 13)}
