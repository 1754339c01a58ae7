"""National numbers in text. Every number here is invented and synthetic: its month is above 40."""

import html
import json
import os
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.language import national_number
from ordskifte.language.personal_data import MASK, Span, find_numbers, has_number, mask

SHARED = Path(os.environ.get("ORDSKIFTE_SHARED", Path(__file__).parents[3] / "shared"))


def weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def number(date: str, individual: int, *, rest: int = 0) -> str | None:
    """An eleven-digit number by the published weights; `rest` above 0 gives one that only the rule of 2032 allows."""
    nine = [int(digit) for digit in f"{date}{individual:03d}"]
    k1 = (rest - weighted(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2))) % 11
    k2 = -weighted([*nine, k1], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return None if 10 in (k1, k2) else "".join(map(str, [*nine, k1, k2]))


def first_number(date: str, *, rest: int = 0) -> str:
    return next(found for i in range(300, 999) if (found := number(date, i, rest=rest)))


PLAIN = first_number("018190")  # Tenor: month + 80
D_NUMBER = first_number("418190")
H_NUMBER = first_number("014190")  # month + 40
NPID = first_number("016190")  # month + 60
NEW_RULE = first_number("018190", rest=3)

synthetic_numbers = (
    st.builds(
        lambda day, month, year, individual, d, plus, rest: number(
            f"{day + 40 * d:02d}{month + plus:02d}{year:02d}", individual, rest=rest
        ),
        st.integers(1, 28),
        st.integers(1, 12),
        st.integers(0, 99),
        st.integers(0, 999),
        st.booleans(),
        st.sampled_from([40, 60, 80]),
        st.integers(0, 3),
    )
    .filter(lambda found: found is not None)
    .map(str)
)
SEEN = [" ", "\u00a0", "\u2009", "\u202f", "\t", "\n", ".", "-", "\u2013", "\u2011", "\u2212", "/", "·", "\u3000"]
UNSEEN = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u0336", "\ufe0f", "\u20e3"]
ZEROS = "0\u0660\u06f0\u0966\uff10\U0001d7ce"
words = st.text(st.sampled_from("abcæøåÆØÅ «»!?😀č("), max_size=30)


@pytest.mark.parametrize(
    "digits", ["02013299997", "30108299920", "02013299903", "30108299939"]
)  # Skatteetaten's own examples of the rule from 2032: nobody's numbers
def test_the_official_examples_of_both_rules_are_numbers(digits: str) -> None:
    assert find_numbers(f"nr {digits}.") == [Span(3, 14, "fnr")]


@pytest.mark.parametrize(
    ("digits", "kind"),
    [(PLAIN, "fnr"), (D_NUMBER, "dnr"), (H_NUMBER, "hnr"), (NPID, "npid"), (NEW_RULE, "fnr"), ("02012099986", "")],
)
def test_each_kind_is_told_by_its_date(digits: str, kind: str) -> None:
    assert find_numbers(digits) == ([Span(0, 11, kind)] if kind else [])


def test_a_number_with_a_wrong_check_digit_or_date_is_left() -> None:
    wrong = PLAIN[:-1] + str((int(PLAIN[-1]) + 1) % 10)
    dates = ["329190", "318290", "308290", "298291", "009190", "319490", "018090", "019390", "728190"]
    numbers = [found for date in dates for i in range(200) if (found := number(date, i))]
    assert len(numbers) > 1000
    assert [text for text in [wrong, *numbers] if find_numbers(text)] == []


def test_the_29th_of_february_needs_a_leap_year() -> None:
    assert find_numbers(first_number("298292")) != []
    assert find_numbers(first_number("298293")) == []


def test_a_helping_number_without_date_needs_its_word() -> None:
    digits = first_number("899999")
    assert find_numbers(f"FH-nummer {digits}") == [Span(10, 21, "fh")]
    assert find_numbers(f"løpenummer {digits}") == []


@pytest.mark.parametrize(
    "written",
    [
        "{a}{b}",
        "{a} {b}",
        "{a}-{b}",
        "{a}.{b}",
        "{a} - {b}",
        "{a}\n{b}",
        "{a}\r\n{b}",
        "{a},{b}",
        "{a}, {b}",
        "{d}.{m}.{y}-{b}",
        "{d} {m} {y} {b}",
        "{d}/{m}/{y} {b}",
        "{d}.{m}.19{y} {b}",
        "{d}{m}19{y}{b}x",
        "{d}{m}19{y} {b}",
        "{a} {i} {k}",
        "fnr{a}{b}",
        "{a}{b}abc",
        "26 {a} {b}",
        "26 {a} {b} 99",
        "tlf 41 23 45 67\n{d} {m} {y} {b}",
        "tlf 41 23 45 67, {a}{b}, 900 12 345",
        "id=12345678901234567890 {a}{b} 7",
        "x?fnr={a}%20{b}&y=2",
        "x?fnr={a}+{b}",
        "x?q=p%C3%A5{a}{b}&y=100%25",
        "x?fnr={a}%C2%A0{b}",
        "({a}{b})",
        "født {a}, personnummer {b}",
    ],
)
def test_ways_of_writing_it(written: str) -> None:
    a, b = PLAIN[:6], PLAIN[6:]
    text = written.format(a=a, b=b, d=a[:2], m=a[2:4], y=a[4:], i=b[:3], k=b[3:])
    masked, count = mask(text)
    expected = 0 if written in ("{d}{m}19{y}{b}x", "født {a}, personnummer {b}") else 1
    assert (count, MASK in masked, b in masked) == (expected, bool(expected), not expected)


@pytest.mark.parametrize(
    "text",
    [
        f"Konto {PLAIN}",
        f"kontonummeret mitt er {PLAIN}",
        f"Sparekonto: {PLAIN}",
        f"IBAN NO93 {PLAIN}",
        f"{PLAIN[:4]}.{PLAIN[4:6]}.{PLAIN[6:]}",
        f"sett inn på {PLAIN[:4]} {PLAIN[4:6]} {PLAIN[6:]}",
        f"KID {PLAIN}",
        f"KID-nr: {PLAIN}",
        f"fakturanr. {PLAIN}",
        f"ordre #{PLAIN}",
        f"saksnr {PLAIN}",
        f"org.nr. {PLAIN}",
        f"tlf. {PLAIN}",
        f"+{PLAIN}",
        f"1{PLAIN}",
        f"{PLAIN}9",
        f"12{PLAIN}345678",
        f"{PLAIN[:8]}\u200b{PLAIN[8:]}4",
        f"{PLAIN[:2]} {PLAIN[2:5]} {PLAIN[5:8]} {PLAIN[8:]} kroner",
        "192.168.100.12 og 10.102.103.104",
        "Sak 2023/4567, 2024/12345-67, 24/12345-6789",
        "Org.nr 974 760 673, tlf 41 23 45 67 / 900 12 345",
        "2024-05-01 10:20:30.123, 1714551630, 1714551630123, 20240501102030",
        "1839278463528374652 og 109382746352837465",
        "",
    ],
)
def test_what_is_another_number_is_left(text: str) -> None:
    assert (find_numbers(text), mask(text)) == ([], (text, 0))


def test_a_personal_number_word_that_stands_nearer_wins_over_the_account() -> None:
    grouped = f"{PLAIN[:4]}.{PLAIN[4:6]}.{PLAIN[6:]}"
    texts = [f"konto og fnr {PLAIN}", f"Fødselsnr {grouped}", f"konto: {PLAIN} (fnr)", f"bytt konto for {PLAIN}"]
    assert [mask(text)[1] for text in texts] == [1, 1, 1, 1]


def test_a_run_with_an_odd_grouping_is_a_number_when_it_stands_alone_or_is_named() -> None:
    odd = " ".join(PLAIN)
    assert mask(f"se {odd} her") == (f"se {MASK} her", 1)
    assert find_numbers(f"7 {odd}") == []
    assert mask(f"fnr 7 {odd}") == (f"fnr 7 {MASK}", 1)


def test_many_numbers_in_one_text_are_all_masked() -> None:
    numbers = [found for i in range(100, 400) if (found := number("278255", i))]
    assert len(numbers) > 200
    assert mask(", ".join(numbers)) == (", ".join([MASK] * len(numbers)), len(numbers))
    assert mask(" ".join(numbers))[1] == len(numbers)


@given(synthetic_numbers, st.data(), words, words)
def test_any_mix_of_separators_scripts_and_invisible_characters_is_seen_through(
    digits: str, data: st.DataObject, before: str, after: str
) -> None:
    unseen = st.lists(st.sampled_from(UNSEEN), max_size=3).map("".join)
    gap = st.tuples(unseen, st.sampled_from(["", *SEEN]), unseen).map("".join)
    gaps = data.draw(st.lists(gap, min_size=10, max_size=10))
    zero = data.draw(st.sampled_from(ZEROS))
    shown = [chr(ord(zero) + int(digit)) for digit in digits]
    written = "".join(a + b for a, b in zip(shown, [*gaps, ""], strict=True))
    bare = "".join(char for char in written if char not in UNSEEN)
    other = national_number._OTHER_FORM.fullmatch(bare) is not None  # reads as a date, an address or a case number
    account = [len(part) for part in "".join("-" if char in SEEN else char for char in bare).split("-")] == [4, 2, 5]
    text = f"{before}|{written}|{after}"
    found = find_numbers(text)
    if not (other or account):
        assert [(span.start, span.end) for span in found] == [(len(before) + 1, len(before) + 1 + len(written))]
        assert mask(text) == (f"{before}|{MASK}|{after}", 1)
        assert has_number(text)


@given(synthetic_numbers, st.sampled_from([" ", "\u00a0", "\u200b", "\n", "-", "\u2009", ""]), words)
def test_a_raw_item_gives_a_number_away_however_it_is_escaped(digits: str, gap: str, around: str) -> None:
    for zero in "0\uff10":
        shown = "".join(chr(ord(zero) + int(digit)) for digit in digits)
        text = f"{around}{shown[:6]}{gap}{shown[6:]} {around}"
        pointed = "".join(f"&#{ord(char)};" for char in text)
        hexed = "".join(f"&#x{ord(char):x};" for char in text)
        tagged = f"<p>{shown[:3]}<b class='x'>{shown[3:6]}</b>{gap}<br/>{shown[6:]}</p><p>7</p>"
        raws = [text, pointed, hexed, tagged, html.escape(html.escape(tagged)), f"<td>12</td><td>{text}</td>"]
        escaped = [json.dumps({"id": "1" * 19, "t": raw}) for raw in raws]
        assert [raw for raw in [*raws, *escaped, json.dumps(escaped)] if not has_number(raw)] == []


def test_named_entities_between_the_digits_are_seen_through() -> None:
    raws = [f"{PLAIN[:6]}{entity}{PLAIN[6:]}" for entity in ("&nbsp;", "&amp;nbsp;", "&#8203;", "&thinsp;", "&shy;")]
    assert [has_number(raw) for raw in raws] == [True] * 5


def test_an_ordinary_raw_item_has_no_number() -> None:
    item = {
        "id": "1839278463528374652",
        "created_at": "2024-05-01T10:20:30.123Z",
        "date": "Wed Oct 10 20:19:24 +0000 2018",
        "text": 'Åpent 08.00–15.30, tlf 55 12 34 56. <a href="https://example.org/183927846352837465">1</a> 2',
        "indices": [[10, 20], [140, 163]],
        "ip": "192.168.100.12",
        "account": "1234.56.78903",
    }
    assert not has_number(json.dumps(item))
    assert not has_number(json.dumps(item, ensure_ascii=False))
    assert not has_number("")


@given(st.text(st.sampled_from("0123456789 .-\u200b/a,+%20\n\uff11"), max_size=120))
def test_masking_twice_changes_nothing_and_spans_are_in_order(text: str) -> None:
    spans = find_numbers(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    masked, count = mask(text)
    assert mask(masked) == (masked, 0)
    assert (count > 0) == bool(spans)
    assert has_number(text) or not spans


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_without_a_fault(text: str) -> None:
    assert mask(text)[1] >= 0
    assert has_number(text) in (True, False)


def test_lone_surrogates_and_nul_are_read() -> None:
    assert mask(f"\ud800\x00{PLAIN}\udfff") == (f"\ud800\x00{MASK}\udfff", 1)
    assert has_number(f'"\\ud800 {PLAIN[:6]}\\ud83d\\u200b{PLAIN[6:]}"') in (True, False)


def test_a_hostile_text_of_many_characters_ends() -> None:
    for piece in ("1 ", "0", "12.", "1\u200b", "%20", "<1", "1&nbsp;", "\\u0031", "01 01 90 "):
        text = piece * (200_000 // len(piece))
        assert mask(text)[1] == len(find_numbers(text)) or mask(mask(text)[0])[1] == 0
        assert has_number(text) in (True, False)


def test_the_quick_look_lets_every_digit_and_separator_of_unicode_pass() -> None:
    digits = [chr(point) for point in range(sys.maxunicode + 1) if unicodedata.category(chr(point)) == "Nd"]
    gaps = [
        char for char in map(chr, range(sys.maxunicode + 1)) if national_number._RUN.fullmatch(f"1{char}" * 11 + "1")
    ]
    assert len(digits) > 600
    assert len(gaps) > 150
    assert [digit for digit in digits if not national_number._may_have_eleven(digit * 11)] == []
    assert [gap for gap in gaps if not national_number._may_have_eleven(gap.join("1" * 11))] == []


@pytest.mark.shared
def test_the_official_sample_is_found_without_false_alarm() -> None:
    path = SHARED / "samples" / "pii.jsonl"
    if not path.exists():
        pytest.skip(f"shared samples are not here: {path}")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    kinds = {"fnr", "fnr2032", "dnr", "hnr"}
    expected = [[(span["start"], span["end"]) for span in row["spans"] if span["type"] in kinds] for row in rows]
    assert sum(map(len, expected)) == 12
    assert [[(span.start, span.end) for span in find_numbers(row["text"])] for row in rows] == expected
