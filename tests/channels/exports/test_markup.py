import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels.exports.markup import html_to_text

LONG_LINK = (
    '<p>Se <a href="https://www.eksempel.example/sak/2024/117" target="_blank" rel="nofollow">'
    '<span class="invisible">https://www.</span><span class="ellipsis">eksempel.example/sak/</span>'
    '<span class="invisible">2024/117</span></a> for mer.</p>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Møte i kveld &amp; i morgen</p>", "Møte i kveld & i morgen"),
        ("<p>\n  To   linjer\n i kilden </p>", "To linjer i kilden"),
        ("<p>en<br>to<br />tre<br/>fire</p><p>ny</p>", "en\nto\ntre\nfire\n\nny"),
        ("<p>en <br> to</p>", "en\nto"),
        ("bare tekst", "bare tekst"),
        ("bare\ntekst &lt;her&gt;", "bare tekst <her>"),
        (LONG_LINK, "Se https://www.eksempel.example/sak/2024/117 for mer."),
        ('<a href="https://eksempel.example/sak">les saken</a>.', "les saken (https://eksempel.example/sak)."),
        ('<a href="https://eksempel.example/a?b=1&amp;c=2"> her </a>nå', "her (https://eksempel.example/a?b=1&c=2) nå"),
        ("<a href=https://eksempel.example/>eksempel.example</a>", "eksempel.example"),
        ("<a href='https://eksempel.example/lang/vei'>eksempel.example/lan…</a>", "https://eksempel.example/lang/vei"),
        ('<a href="https://eksempel.example/a"></a>', "https://eksempel.example/a"),
        ('<a href="mailto:post@eksempel.example">post@eksempel.example</a>', "post@eksempel.example"),
        ('<a href="javascript:alert(1)">trykk</a>', "trykk"),
        ('<a href="/sak">saken</a>', "saken"),
        ("<a>uten adresse</a>", "uten adresse"),
        ('<a href="https://a.example/@kari" class="u-url mention">@<span>kari</span></a> hei', "@kari hei"),
        ('<a href="https://a.example/kari" class="mention">Kari</a> hei', "Kari hei"),
        ('<a href="https://a.example/t/bad" rel="tag">#<span>badevann</span></a>', "#badevann"),
        (
            '<a href="https://a.example/1">en<a href="https://a.example/2">to</a>',
            "en (https://a.example/1)to (https://a.example/2)",
        ),
        ('<a href="https://a.example/1">aldri lukket', "aldri lukket (https://a.example/1)"),
        ('<img src="x.jpg" alt="Hund &amp; katt">', "Hund & katt"),
        ("<img alt=sol><img>", "sol"),
        ("før<script>alert('</p>')</script>etter<style>p{}</style>!", "føretter!"),
        ("før<script>aldri lukket <p>tekst", "før"),
        ("<!-- skjult <p>tekst</p> -->synlig<!-- aldri lukket", "synlig"),
        ("<!doctype html><?xml?>synlig", "synlig"),
        ("<ul><li>en</li><li>to</li></ul>slutt", "en\nto\n\nslutt"),
        ("<h1>Tittel</h1><div>en</div><div>to</div>", "Tittel\n\nen\nto"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>en\n  to</pre>", "en\nto"),
        ("a < b og c > d", "a < b og c > d"),
        ("<p>uten slutt", "uten slutt"),
        ("<P CLASS=x>STORE</P>", "STORE"),
        ("&nbsp;hardt&nbsp;mellomrom", "\xa0hardt\xa0mellomrom".strip()),
        ("&#128522; &ukjent;", "😊 &ukjent;"),
        ("", ""),
    ],
)
def test_html_as_a_reader_sees_it(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_line_breaks_in_the_source_may_be_kept() -> None:
    assert html_to_text("en\n\n\n\nto <b>tre</b>\nfire", keep_newlines=True) == "en\n\nto tre\nfire"
    assert html_to_text("en\nto", keep_newlines=True) == "en\nto"
    assert html_to_text("<p>en\nto</p>", keep_newlines=True) == "en\nto"


@given(st.text(alphabet="<>/!-= \"'&;apbrscriptimghel\n", max_size=200))
def test_no_html_makes_it_fail_or_leaves_a_script(html: str) -> None:
    text = html_to_text(html)
    assert text == text.strip() or "\xa0" in text
    assert "<script>" not in html_to_text(f"<script>{html}</script>")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x1c\x1d\x1e\x1f\x85"), max_size=50))
def test_plain_text_comes_through_escaped_or_not(text: str) -> None:
    import html

    escaped = html.escape(text)
    assert html_to_text(f"<p>{escaped}</p>") == html_to_text(f"<div>{escaped}</div>")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000,
        '<a href="x' * 100_000,
        "<a '" * 250_000,
        "<" * 1_000_000,
        "<a " + "a" * 1_000_000 + ">",
        "<a " + "a " * 500_000 + ">",
        "<!--" * 250_000,
        "&a" * 500_000 + "<",
        "<script>" * 100_000,
        "<pre>" + " " * 1_000_000 + "x",
        "<a href=" * 100_000,
        "x" * 1_000_000,
        "\n" * 1_000_000 + "<i>",
    ],
)
def test_a_megabyte_of_anything_is_one_pass(html: str) -> None:
    assert len(html_to_text(html)) <= len(html)  # a second pass over each tag would not end here
