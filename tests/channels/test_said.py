"""Our words as each platform writes them, and theirs as we read them, without a server."""

from datetime import UTC, datetime

import pytest

from ordskifte.channels import bluesky_said, mediawiki_said, wordpress_said
from ordskifte.channels.mastodon_said import says

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
MARK = "0b9f2c1e-5a5e-4c43-9f7d-0d6c1f1f6a11"
HOSTILE = '<script>alert("x")</script> {{Delete}} [[Kategori:X]] ~~~~'


def test_a_link_is_placed_by_its_bytes_and_the_dot_after_it_is_not_a_part() -> None:
    text = "Brøyting: https://kommune.example/vei. #Brøyting"
    link, tag = bluesky_said.facets(text)
    data = text.encode()
    where = [data[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode() for one in (link, tag)]
    assert where == ["https://kommune.example/vei", "#Brøyting"]
    assert tag["features"][0]["tag"] == "Brøyting"


def test_a_number_after_a_sharp_is_no_hashtag() -> None:
    assert bluesky_said.facets("Vi er #1, se a.example/#del") == []


def test_the_name_of_a_record_follows_from_its_mark_and_grows_with_time() -> None:
    first = bluesky_said.key_of(MARK, AT)
    assert first == bluesky_said.key_of(MARK, AT)
    assert len(first) == 13
    assert set(first) <= set("234567abcdefghijklmnopqrstuvwxyz")
    assert first < bluesky_said.key_of(MARK, AT.replace(hour=10))
    assert first != bluesky_said.key_of("7c9e6679-7425-40de-944b-e07fc1f90ae7", AT)


def test_our_words_are_shown_on_a_blog_and_never_run() -> None:
    html = wordpress_said.html_of(
        f"{HOSTILE}\n\nSe https://a.example/?a=1&b=2.", MARK, [("7", "https://a/x.png", 'Et "kart"')]
    )
    assert "<script>" not in html
    assert '<a href="https://a.example/?a=1&amp;b=2">' in html
    assert 'alt="Et &quot;kart&quot;"' in html
    assert html.endswith(f"<!-- ordskifte {MARK} -->")


def test_a_post_without_a_title_gets_its_first_line() -> None:
    assert wordpress_said.title_of("", "Veien stenges\nfredag") == "Veien stenges"
    assert len(wordpress_said.title_of("", "ord " * 100)) <= 80


def test_our_words_are_shown_on_a_wiki_and_never_obeyed() -> None:
    text = mediawiki_said.wikitext(f"{HOSTILE}\n* punkt '''fet'''", [("A.png", "Kart | [[over]] veien")])
    for sign in ("{{", "[[Kategori", "~~~~", "'''fet", "\n*"):
        assert text.count(sign) == text.count(f"<nowiki>{sign}") or f"<nowiki>{sign.strip()}" in text
    assert "<nowiki><</nowiki>script" in text
    assert text.endswith("[[File:A.png|thumb|alt=Kart over veien|Kart over veien]]")


@pytest.mark.parametrize(
    ("before", "after", "put", "taken"),
    [
        ("", "== Spørsmål ==\n\nNår?", "== Spørsmål ==\n\nNår?", ""),
        ("A\nB", "A\nB\n: C", ": C", ""),
        ("A\n: C\nB", "A\nB", "", ": C"),
        ("A\nB\nC", "A\nX\nC", "X", "B"),
        ("A\nA", "A\nA\nA", "A", ""),
        ("A", "A", "", ""),
    ],
)
def test_what_a_revision_put_in_and_took_out_is_one_piece(before: str, after: str, put: str, taken: str) -> None:
    assert mediawiki_said.added(before, after) == (put, taken)
    assert not put or put in after


def test_a_talk_page_is_read_without_heading_indent_and_signature() -> None:
    signature = "[[Bruker:Kari|Kari]] ([[Brukerdiskusjon:Kari|diskusjon]]) 12. mar. 2026 kl. 10:00 (CET)"
    block = f"== Spørsmål ==\n\n: Når åpner veien? {signature}"
    assert mediawiki_said.spoken(block) == ("Spørsmål", "Når åpner veien?")


def test_somebody_without_an_account_is_no_address() -> None:
    found = mediawiki_said.author({"user": "192.0.2.7", "userid": 0, "anon": True})
    assert found is not None
    assert "192.0.2.7" not in str(found)
    assert mediawiki_said.author({"user": "Kari", "userid": 3, "userhidden": True}) is None


def test_a_page_name_has_no_sign_that_no_page_may_have() -> None:
    assert mediawiki_said.title_of("", "Vei [stengt] | {nå} #1\nMer") == "Vei stengt nå 1"


def test_a_status_is_known_by_its_words_whatever_the_server_made_of_them() -> None:
    shown = '<p><span class="h-card"><a href="https://a.example/@kari">@<span>kari</span></a></span> Fredag kl. 12!</p>'
    assert says({"content": shown}, "@kari@a.example Fredag kl. 12!")
    assert not says({"content": shown}, "@kari@a.example Fredag kl. 13!")
