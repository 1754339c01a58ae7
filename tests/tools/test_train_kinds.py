"""The table of kinds is what the script makes of the texts that lie here."""

from ordskifte.language.kinds import TABLE
from tools.train_kinds import table, tuning


def test_the_table_is_made_from_the_texts_here() -> None:
    assert table() == TABLE.read_text(encoding="utf-8"), "run tools/train_kinds.py"


def test_the_same_half_is_learnt_from_every_time() -> None:
    assert [tuning(f"a00{n}") for n in range(1, 7)] == [False, True, True, False, False, False]
