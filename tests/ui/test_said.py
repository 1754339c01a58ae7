"""Foreign text on a page: escaped, masked, named, linked, and never run."""

import re
from html import unescape

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.ui.said import raw, said, visible

REL = 'rel="nofollow noopener noreferrer ugc"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hei & <b>hå</b>", "Hei &amp; &lt;b&gt;hå&lt;/b&gt;"),
        ('<script>alert("1")</script>', "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"),
        ("se javascript:alert(1) nå", "se javascript:alert(1) nå"),
        ("data:text/html,<b>", "data:text/html,&lt;b&gt;"),
        ("linje\r\nto\rtre", "linje\nto\ntre"),
        ("familien 👨\u200d👩\u200d👧", "familien 👨\u200d👩\u200d👧"),
    ],
)
def test_text_is_escaped_and_otherwise_left_alone(text: str, html: str) -> None:
    assert said(text) == html


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("se https://eksempel.example/a.", "https://eksempel.example/a", "."),
        ("(http://eksempel.example/b)", "http://eksempel.example/b", ")"),
        ("https://no.wikipedia.example/Oslo_(by) her", "https://no.wikipedia.example/Oslo_(by)", " her"),
        ("https://x.example/?a=1&b=2!", "https://x.example/?a=1&amp;b=2", "!"),
        ("HTTPS://X.EXAMPLE/»", "HTTPS://X.EXAMPLE/", "»"),
    ],
)
def test_web_addresses_become_marked_links_without_the_sentence_around_them(
    text: str, address: str, after: str
) -> None:
    assert said(text).endswith(f'<a href="{address}" {REL}>{address}</a>{after}')


def test_an_address_cannot_break_out_of_its_attribute() -> None:
    found = said("https://x.example/'onmouseover='alert(1)")
    assert found == f'<a href="https://x.example/&#x27;onmouseover=&#x27;alert(1)" {REL}>' + (
        "https://x.example/&#x27;onmouseover=&#x27;alert(1)</a>"
    )


def test_a_mask_is_drawn_and_named_once() -> None:
    with override("en"):
        assert said("nr ●●●●●● ●●●●●.") == (
            'nr <span class="os-shield"><span aria-hidden="true">●●●●●● ●●●●●</span>'
            '<span class="ds-sr-only">hidden personal number</span></span>.'
        )


def test_characters_that_turn_the_reading_direction_are_named() -> None:
    assert said("a\u202eb") == 'a<span class="os-hidden">⟦U+202E⟧</span>b'
    assert visible("  a\u2066 b\n c ") == "a⟦U+2066⟧ b c"
    assert raw("x\x00<y>") == 'x<span class="os-hidden">⟦U+0000⟧</span>&lt;y&gt;'


def test_an_address_ends_where_a_hidden_character_begins() -> None:
    assert said("https://a.example/\u202egpj.exe").startswith(
        f'<a href="https://a.example/" {REL}>https://a.example/</a>'
    )


def test_hits_are_marked_also_across_and_inside_links() -> None:
    assert said("brøyt veien", [(0, 5)]) == "<mark>brøyt</mark> veien"
    assert said("se http://brøyt.example/ nå", [(0, 2), (10, 15)]) == (
        f'<mark>se</mark> <a href="http://brøyt.example/" {REL}>http://<mark>brøyt</mark>.example/</a> nå'
    )
    assert said("ab", [(-5, 1), (1, 99)]) == "<mark>a</mark><mark>b</mark>"


ALLOWED = re.compile(
    r'<a href="https?://[^"<>\s]*" rel="nofollow noopener noreferrer ugc">|</a>|</?mark>'
    r'|<span class="(os-shield|os-hidden|ds-sr-only)">|<span aria-hidden="true">|</span>',
    re.IGNORECASE,
)


@given(
    st.text(st.sampled_from("ab<>\"'&●\u202e \n\r/:.()https://javascript:é\x00"), max_size=60),
    st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=4),
)
def test_nothing_but_our_own_tags_comes_out(text: str, hits: list[tuple[int, int]]) -> None:
    left = ALLOWED.sub("", said(text, sorted(hits)))
    assert "<" not in left
    assert ">" not in left
    assert '"' not in left


@given(st.text(max_size=80))
def test_no_word_is_lost(text: str) -> None:
    with override("en"):
        plain = re.sub(
            r"⟦U\+([0-9A-F]+)⟧", lambda found: chr(int(found[1], 16)), unescape(re.sub("<[^>]*>", "", said(text)))
        )
    assert plain.replace("hidden personal number", "") == re.sub("\r\n?", "\n", text)


def test_a_megabyte_of_one_word_is_shown() -> None:
    assert said("x" * 1_000_000) == "x" * 1_000_000
    assert len(said("http://" + "(" * 100_000 + ")" * 100_000)) > 400_000
