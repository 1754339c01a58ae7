"""The search page: what it shows, what it hides, and ids that find their page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ordskifte.listen.models import Import
from ordskifte.people.models import Role
from tests.factories import NOW, edit, make_channel, make_person, number_entries, say

pytestmark = pytest.mark.django_db


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_person(*roles, language="en"))
    return client


@pytest.fixture
def editor() -> Client:
    return signed_in(Role.EDITOR)


def found(client: Client, **query: str) -> str:
    answer = client.get("/desk/search/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_search_is_for_those_inside() -> None:
    assert Client().get("/desk/search/?q=x").status_code == 302
    assert signed_in().get("/desk/search/?q=x").status_code == 403


def test_without_a_question_the_page_tells_how_to_ask(editor: Client) -> None:
    page = found(editor)
    assert '<details class="os-more" open>' in page
    assert "the words in this order" in page


def test_hits_are_marked_and_carry_their_proof(editor: Client) -> None:
    said = say(make_channel("Mastodon"), "Når skal dere brøyte Strandgata?")
    number_entries()
    page = found(editor, q="brøyte")
    assert "1 hit<" in page
    assert "<mark>brøyte</mark> Strandgata" in page
    assert f'href="/desk/u/{said.id}/"' in page
    assert "Proved, no. " in page
    assert "March 2026</h2>" in page


def test_hostile_words_found_are_harmless(editor: Client) -> None:
    say(make_channel(), "<script>alert('brøyte')</script>", by="<img src=x onerror=alert(1)>")
    page = found(editor, q="brøyte -<b>")
    assert "&lt;script&gt;alert(&#x27;<mark>brøyte</mark>" in page
    assert "<img src=x" not in page
    assert "<script>alert" not in page


def test_an_older_version_says_which_it_was(editor: Client) -> None:
    edit(say(make_channel(), "Idiotisk planlegging"), "Elendig planlegging")
    assert "Hit in version 1 of 2" in found(editor, q="idiotisk")


def test_private_words_are_found_by_their_own_only(editor: Client) -> None:
    say(make_channel(), "hemmelig brøyting", private=True, kind="message")
    assert "No hits for “hemmelig”" in found(editor, q="hemmelig")
    assert "1 hit<" in found(signed_in(Role.ARCHIVIST), q="hemmelig")


def test_filters_beside_the_field_narrow_down(editor: Client) -> None:
    one, other = make_channel('Kanal "en"'), make_channel("Kanal to")
    say(one, "brøyting her", at=NOW)
    say(other, "brøyting der", at=NOW - timedelta(days=30))
    assert "2 hits<" in found(editor, q="brøyting")
    assert "der</p>" in found(editor, q="brøyting", channel=str(other.id))
    page = found(editor, q="brøyting", since="2026-03-01", until="2026-03-12")
    assert "1 hit<" in page
    assert 'value="2026-03-01"' in page
    assert "1 hit<" in found(editor, channel=str(one.id))


def test_pages_go_on_after_the_last_hit(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ordskifte.web.search.SHOWN", 2)
    for n in range(3):
        say(make_channel(), f"brøyting {n}", at=NOW - timedelta(days=n))
    first = found(editor, q="brøyting")
    address = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = editor.get(address).content.decode()
    assert (first.count('class="os-hit"'), second.count('class="os-hit"')) == (2, 1)
    assert "<mark>brøyting</mark> 2" in second
    assert "To the newest" in second


def test_nothing_found_offers_the_near_spelling(editor: Client) -> None:
    for _ in range(3):
        say(make_channel(), "brøyting av vei")
    page = found(editor, q="brøytng")
    assert "No hits for “brøytng”" in page
    assert "Did you mean" in page
    assert "Try fewer words" in found(editor, q="zzzzqqqq")


def test_other_spellings_are_named_and_can_be_left_out(editor: Client) -> None:
    say(make_channel(), "veien er glatt")
    page = found(editor, q="veg")
    assert "We also look for" in page
    assert "exact=1" in page
    exact = found(editor, q="veg", exact="1")
    assert "Only exactly as you wrote it." in exact
    assert "No hits" in exact


def test_more_than_can_be_counted_is_said_so(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ordskifte.threads.search.LATEST", 2)
    for _ in range(3):
        say(make_channel(), "brøyting")
    page = found(editor, q="brøyting")
    assert "More than 1,000 hits" in page
    assert "Narrow down, or read the newest." in page


def test_every_id_finds_its_page(editor: Client) -> None:
    channel = make_channel()
    said = edit(say(channel, "én"), "to")
    run = Import.objects.create(actor="", started_at=NOW, state="done", keep="own", legal_basis="")
    at = f"/desk/threads/{said.thread_id}/?from={said.id}#u-{said.id}"
    for asked, address in {
        str(said.id): at,
        said.id.hex.upper(): at,
        f" {said.current_id} ": f"/desk/u/{said.id}/versions/?version={said.current_id}#v-{said.current_id}",
        str(run.id): f"/desk/imports/{run.id}/",
        str(channel.id): f"/desk/threads/?channel={channel.id}",
    }.items():
        assert editor.get("/desk/search/", {"q": asked})["Location"] == address
    assert "No hits" in found(editor, q=str(uuid4()))


@pytest.mark.parametrize(
    "query", ["\x00", '"', "-", "author:", "x" * 5000, "\ud800", "' or 1=1", "after:2026-99-99", "%"]
)
def test_any_text_is_a_question(editor: Client, query: str) -> None:
    answer = editor.get("/desk/search/", {"q": query.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200


@pytest.mark.parametrize("after", ["x", str(uuid4()), "\x00"])
def test_an_odd_place_is_no_fault(editor: Client, after: str) -> None:
    assert editor.get("/desk/search/", {"q": "hei", "after": after}).status_code == 200
