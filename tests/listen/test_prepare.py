"""The quick look at an item's bytes never lets a personal number pass, and titles are the first words."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.language.personal_data import has_number
from ordskifte.listen.prepare import is_plain
from ordskifte.threads.lines import TITLE_LENGTH, title_of

NUMBER = "05909441023"
ID = "1000000000000000007"
DIGITS = (NUMBER, "059094 41023", "05.90.94-41023", "059094", "41023", ID, ID[:14], "2026-03-11T14:50:00Z", "12", "0")
BETWEEN = (" ", "-", ".", "/", "\n", "\\n", "\\u0020", "<b>", "&nbsp;", "&#48;", "\u200b", '"', "x", "år", "\\", "%20")
PIECES = st.sampled_from([*DIGITS, *BETWEEN])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_plain_bytes_hold_no_number(text: str) -> None:
    if is_plain(text.encode(), (ID, f"https://social.example/statuses/{ID[:14]}")):
        assert not has_number(text)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_knowing_ids_only_ever_spares_a_second_look(text: str) -> None:
    if is_plain(text.encode()):
        assert is_plain(text.encode(), (ID, "12", "x", ""))


@pytest.mark.parametrize("ident", ["05909441023", "0590944102305", "tag:x,2026:05909441023", "٠٥٩٠٩٤٤١٠٢٣٠٥٩٠"])
def test_a_short_id_or_one_in_other_digits_is_not_taken_out(ident: str) -> None:
    assert not is_plain(b'{"id": "05909441023"}', (ident,))


@given(st.text(alphabet=" \t\n\xa0\u2003\x1cabcøå😀…", max_size=TITLE_LENGTH + 20))
def test_a_title_is_the_words_with_single_spaces(text: str) -> None:
    words = " ".join(text[:1000].split())
    if len(words) > TITLE_LENGTH:
        words = words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    assert title_of(SimpleNamespace(title="", summary="", text=text)) == words
