"""What is typed into the search field."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.threads.search_query import Query, Term, parse_query


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # the zone is given


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("vei skole", Query(wanted=((Term("vei"),), (Term("skole"),)))),
        ('"på grunn av" snø', Query(wanted=((Term("på grunn av", "phrase"),), (Term("snø"),)))),
        ('vei -buss -"gratis parkering"', Query(((Term("vei"),),), (Term("buss"), Term("gratis parkering", "phrase")))),
        ("vei OR gate ELLER bru", Query(wanted=((Term("vei"), Term("gate"), Term("bru")),))),
        ("vei | gate", Query(wanted=((Term("vei"), Term("gate")),))),
        ("vei or gate", Query(wanted=((Term("vei"),), (Term("or"),), (Term("gate"),)))),
        ("Kommun*", Query(wanted=((Term("kommun", "start"),),))),
        ("ko* *", Query(wanted=((Term("ko"),),))),
        ('author:"Kari Nord" @ola', Query(authors=("Kari Nord", "@ola"))),
        ("forfatter:kari kanal:facebook", Query(authors=("kari",), channels=("facebook",))),
        ('channel:"Eksempel kommune"', Query(channels=("Eksempel kommune",))),
        ("after:2024 before:2024-07", Query(since=moment(2023, 12, 31, 23), until=moment(2024, 6, 30, 22))),
        ("etter:2024-5-1", Query(since=moment(2024, 4, 30, 22))),
        ("before:2024 before:2020", Query(until=moment(2019, 12, 31, 23))),
        ("before:2024-13-40 før:i-går", Query(wanted=((Term("before:2024-13-40"),), (Term("før:i-går"),)))),
        ("before:9999", Query(until=moment(9998, 12, 31, 23))),
        ("https://example.org/a", Query(wanted=((Term("https://example.org/a"),),))),
        ("-author:kari", Query(unwanted=(Term("author:kari"),))),
        ('"uten slutt', Query(wanted=((Term("uten slutt", "phrase"),),))),
        ("12:30", Query(wanted=((Term("12:30"),),))),
        ("e-post", Query(wanted=((Term("e-post"),),))),
        ("", Query()),
        ('" - --" @ : * | OR "', Query()),
    ],
)
def test_each_way_of_asking(text: str, query: Query) -> None:
    assert parse_query(text) == query


@pytest.mark.parametrize("text", ["before:0000", "after:0001-01-01", "after:10000", "before:2024-02-30"])
def test_what_no_calendar_holds_is_a_word(text: str) -> None:
    assert parse_query(text) == Query(wanted=((Term(text),),))


@pytest.mark.parametrize("text", ["-vei", "-a -b", '-"uten dette"', "!!!", "\x00", "\ud800"])
def test_what_only_leaves_out_asks_for_nothing(text: str) -> None:
    assert not parse_query(text).asks


def test_only_the_beginning_of_a_long_query_is_read() -> None:
    assert len(parse_query("a " * 5_000).wanted) == 32
    assert parse_query("å" * 10_000).wanted == ((Term("å" * 1_000),),)


@given(st.text(max_size=200) | st.text(st.sampled_from("ab \"-:@*|'\\&!<>() OR after:2024author:"), max_size=80))
def test_every_text_has_a_meaning(text: str) -> None:
    query = parse_query(text)
    terms = [term for terms in query.wanted for term in terms] + list(query.unwanted)
    assert all(any(char.isalnum() for char in term.text) for term in terms)
    assert "\x00" not in "".join(term.text for term in terms)
